#include "common/command_line.hpp"

#include <boost/program_options.hpp>
#include <charconv>
#include <fmt/format.h>

#include "common/config_file.hpp"
#include "common/error.hpp"
#include "common/terminal.hpp"

namespace pfind {
namespace po = boost::program_options;
namespace {

constexpr std::size_t k_help_columns = 80;
constexpr std::size_t k_help_indent = 30;

bool takes_value(const OptionSpec& option) { return !option.value_name.empty(); }

/// The options as the parser wants them. All values are texts here: what they mean is the program's to say.
po::options_description parser_options(const std::vector<OptionGroup>& groups) {
  po::options_description options;
  for (const OptionGroup& group : groups) {
    for (const OptionSpec& option : group.options) {
      std::string names(option.name);
      if (option.letter != 0) names += fmt::format(",{}", option.letter);
      if (takes_value(option)) {
        options.add_options()(names.c_str(), po::value<std::string>());
      } else {
        options.add_options()(names.c_str(), "");
      }
    }
  }
  return options;
}

/// `-n, --limit N`, the long forms of all options below each other.
std::string shown_names(const OptionSpec& option) {
  const std::string letter = option.letter == 0 ? "    " : fmt::format("-{}, ", option.letter);
  const std::string value = takes_value(option) ? fmt::format(" {}", option.value_name) : "";
  return fmt::format("  {}--{}{}", letter, option.name, value);
}

std::string shown_option(const OptionSpec& option) {
  std::string shown = shown_names(option);
  bool first = shown.size() + 2 <= k_help_indent; // longer names have their lines for themselves
  if (!first) shown += '\n';
  for (const text::Span line : wrap(option.help, k_help_columns - k_help_indent)) {
    shown.append(first ? k_help_indent - shown.size() : k_help_indent, ' ');
    shown += fmt::format("{}\n", option.help.substr(line.begin, line.size()));
    first = false;
  }
  return shown;
}

} // namespace

std::string OptionValues::text(std::string_view name, std::string_view otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string(otherwise) : found->second.values.back();
}

std::vector<std::string> OptionValues::texts(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second.values;
}

std::uint64_t OptionValues::number(std::string_view name, std::uint64_t otherwise, std::uint64_t least,
                                   std::uint64_t most) const {
  if (!has(name)) return otherwise;
  const std::string value = text(name);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc() && end == value.data() + value.size() && number >= least && number <= most) return number;
  refuse(name, fmt::format("expected a whole number from {} to {}", least, most));
}

void OptionValues::refuse(std::string_view name, std::string_view problem) const {
  const Given& given = values_.find(name)->second;
  throw UsageError(fmt::format("{} {}: {}", given.origin, given.values.back(), problem));
}

void OptionValues::add(const OptionSpec& option, const std::string& value, const std::string& origin) {
  Given& given = values_[std::string(option.name)];
  if (!option.repeatable) given.values.clear();
  given.values.push_back(value);
  given.origin = origin;
}

void OptionValues::fill_in(const OptionValues& other) { values_.insert(other.values_.begin(), other.values_.end()); }

CommandLine::CommandLine(std::string_view program, std::vector<OptionGroup> groups)
    : program_(program), groups_(std::move(groups)) {}

const OptionSpec* CommandLine::find(std::string_view name) const {
  for (const OptionGroup& group : groups_) {
    for (const OptionSpec& option : group.options) {
      if (option.name == name || (name.size() == 1 && option.letter == name.front())) return &option;
    }
  }
  return nullptr;
}

ParsedCommandLine CommandLine::parse(const std::vector<std::string>& arguments) const {
  using namespace po::command_line_style;
  const po::options_description known = parser_options(groups_);
  ParsedCommandLine parsed;
  try {
    const auto result = po::command_line_parser(arguments).options(known).style(unix_style & ~allow_guessing).run();
    for (const po::option& option : result.options) {
      if (option.position_key >= 0) {
        parsed.arguments.insert(parsed.arguments.end(), option.value.begin(), option.value.end());
      } else {
        parsed.options.add(*find(option.string_key), option.value.empty() ? "" : option.value.front(),
                           "--" + option.string_key);
      }
    }
  } catch (const po::unknown_option& error) {
    fail(fmt::format("there is no option {}", error.get_option_name()));
  } catch (const po::invalid_command_line_syntax& error) {
    const bool needless = error.kind() == po::invalid_syntax::extra_parameter;
    fail(fmt::format("{} {}", error.get_option_name(), needless ? "takes no value" : "needs a value"));
  } catch (const po::error& error) {
    fail(error.what());
  }
  return parsed;
}

void CommandLine::read_file(const std::filesystem::path& file, OptionValues& options) const {
  OptionValues settings;
  for (const Setting& setting : read_settings(file, program_)) {
    const auto refuse = [&](std::string_view problem) {
      throw UsageError(fmt::format("{}, line {}: {}", file.string(), setting.line, problem));
    };
    const OptionSpec* option = setting.name.size() > 1 ? find(setting.name) : nullptr;
    if (option == nullptr)
      refuse(fmt::format("{} has no option \"{}\"; what is for one program only goes below a line [pindex] or [pfind]",
                         program_, setting.name));
    if (!option->in_file) refuse(fmt::format("{} is for the command line only", setting.name));
    if (takes_value(*option)) {
      if (setting.value.empty()) refuse(fmt::format("{} needs a value", setting.name));
    } else if (setting.value == "no" || setting.value == "false") {
      continue;
    } else if (setting.value != "yes" && setting.value != "true") {
      refuse(fmt::format("{} is yes or no, not \"{}\"", setting.name, setting.value));
    }
    settings.add(*option, setting.value, fmt::format("{}, line {}: {}", file.string(), setting.line, setting.name));
  }
  options.fill_in(settings); // the command line goes first
}

std::string CommandLine::help() const {
  std::string text;
  for (const OptionGroup& group : groups_) {
    text += fmt::format("\n{}:\n", group.heading);
    for (const OptionSpec& option : group.options) text += shown_option(option);
  }
  return text;
}

void CommandLine::fail(std::string_view problem) const {
  throw UsageError(fmt::format("{}; {} --help lists the options", problem, program_));
}

} // namespace pfind
