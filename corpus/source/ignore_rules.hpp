#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pfind::corpus {

/// The file that says, in any folder, which files and folders at and below it are not read.
inline constexpr std::string_view k_ignore_file = ".pfindignore";

/// One pattern of an ignore file, with the syntax and meaning that gitignore(5) gives it.
class IgnorePattern {
public:
  /// The pattern that a line holds; nothing for a comment or an empty line.
  static std::optional<IgnorePattern> parse(std::string_view line);

  /// Whether it speaks of `path`, relative to the folder of its ignore file.
  bool matches(std::string_view path, bool is_directory) const;

  bool is_negated() const { return negated_; }

private:
  enum class Kind : std::uint8_t { literal, any, one_of, star, star_star, folders, until_slash, never };
  struct Token {
    Kind kind = Kind::literal;
    char c = 0;
    std::vector<bool> set = {}; ///< of one_of: by byte
  };

  void compile(std::string_view glob);
  std::size_t add_stars(std::string_view glob, std::size_t at);
  std::size_t add_set(std::string_view glob, std::size_t at);
  void follow(std::vector<bool>& states) const;
  std::vector<bool> step(const std::vector<bool>& states, char c) const;

  std::vector<Token> tokens_;
  bool negated_ = false;
  bool directories_only_ = false;
  bool anchored_ = false; ///< of the whole path, not of its last part
};

/// The patterns of one ignore file.
class IgnoreRules {
public:
  explicit IgnoreRules(std::string_view text);

  /// Whether the file ignores `path` (relative to its folder) or asks to keep it; nothing where it does not speak of
  /// it.
  std::optional<bool> ignores(std::string_view path, bool is_directory) const;

private:
  std::vector<IgnorePattern> patterns_;
};

} // namespace pfind::corpus
