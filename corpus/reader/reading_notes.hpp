#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pfind::corpus {

/// Where a field of an article was found.
struct FieldEvidence {
  std::string field;  ///< as `pindex --print` calls it: "title", "date", ...
  std::string value;  ///< as the article has it
  std::string source; ///< in words: "JSON-LD datePublished", "the dateline of the text"
};

/// A part of a text that is not the article.
struct Omission {
  std::string text;   ///< its beginning
  std::string reason; ///< in words: "a menu", "a link to another article"
};

/// How an article was read: what a reader took for which field, and what it left out. For people who wonder.
struct ReadingNotes {
  std::vector<FieldEvidence> fields;
  std::vector<Omission> omissions; ///< in the order of the text

  void found(std::string_view field, std::string_view value, std::string_view source);

  /// Of `text` the beginning is kept, in one line. Empty text says nothing.
  void left_out(std::string_view text, std::string_view reason);
};

} // namespace pfind::corpus
