#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pfind {

/// An option as a program declares it: the one place that parsing, --help and the configuration file read.
struct OptionSpec {
  std::string_view name;       ///< the long form, without its dashes
  char letter = 0;             ///< the short form; 0 for none
  std::string_view value_name; ///< what --help calls the option's value; empty for an option that takes none
  std::string_view help;       ///< one line
  bool repeatable = false;     ///< every value counts; of other options the last
  bool in_file = true;         ///< may stand in a configuration file
};

/// Options that --help shows under one heading.
struct OptionGroup {
  std::string_view heading;
  std::vector<OptionSpec> options;
};

/// The options that a user gave, by name.
class OptionValues {
public:
  bool has(std::string_view name) const { return values_.contains(name); }

  /// The option's value, or `otherwise` where it was not given.
  std::string text(std::string_view name, std::string_view otherwise = {}) const;

  /// All values of a repeatable option, in the order given.
  std::vector<std::string> texts(std::string_view name) const;

  /// The option's value as a whole number from `least` to `most`, or `otherwise` where it was not given. Throws
  /// UsageError for any other value.
  std::uint64_t number(std::string_view name, std::uint64_t otherwise, std::uint64_t least, std::uint64_t most) const;

  /// Throws a UsageError about the option's value that says where it was given.
  [[noreturn]] void refuse(std::string_view name, std::string_view problem) const;

  /// Replaces what was given before unless the option is repeatable. `origin`: `--limit` or a place in a file.
  void add(const OptionSpec& option, const std::string& value, const std::string& origin);

  /// Adds the options of `other` that are not here yet.
  void fill_in(const OptionValues& other);

private:
  struct Given {
    std::vector<std::string> values;
    std::string origin; // of the last
  };
  std::map<std::string, Given, std::less<>> values_;
};

/// What a command line holds.
struct ParsedCommandLine {
  OptionValues options;
  std::vector<std::string> arguments; ///< all that is no option
};

/// The options of one program.
class CommandLine {
public:
  /// `program`: its name, as messages and the configuration file's sections have it.
  CommandLine(std::string_view program, std::vector<OptionGroup> groups);

  /// The option of that name or letter (without dashes); null where there is none.
  const OptionSpec* find(std::string_view name) const;

  /// Reads a command line without the program's own name. Throws UsageError.
  ParsedCommandLine parse(const std::vector<std::string>& arguments) const;

  /// Adds the settings of a configuration file for options that were not given yet. Throws UsageError.
  void read_file(const std::filesystem::path& file, OptionValues& options) const;

  /// The options under their headings, for --help: lines of at most 80 columns.
  std::string help() const;

  /// A UsageError about the command line that says where to look for help.
  [[noreturn]] void fail(std::string_view problem) const;

private:
  std::string program_;
  std::vector<OptionGroup> groups_;
};

} // namespace pfind
