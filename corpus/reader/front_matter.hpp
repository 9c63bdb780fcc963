#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pfind::corpus {

/// The metadata block at the head of a Markdown file, between two lines `---`.
struct FrontMatter {
  /// Keys (lower case) and their values in the order of the file; a list gives its key several times.
  std::vector<std::pair<std::string, std::string>> entries;
  std::string_view rest; ///< the text behind the block; the whole text where there is none

  /// Every value of the first of `keys` that has any.
  std::vector<std::string> values(std::initializer_list<std::string_view> keys) const;
  /// The first value of the first of `keys` that has any, or "".
  std::string value(std::initializer_list<std::string_view> keys) const;
};

/// Reads the subset of YAML that front matter uses: `key: value`, quoted values, `[a, b]` and `- a` lists. Lines of any
/// other shape are passed over.
FrontMatter parse_front_matter(std::string_view text);

} // namespace pfind::corpus
