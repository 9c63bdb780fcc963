#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "common/schema.hpp"
#include "common/text/analyzer.hpp"
#include "searcher/query/stored_text.hpp"

namespace pfind::searcher {

/// One way in which a word or phrase of a query may stand in an article.
struct Spelling {
  Field field = Field::body;          ///< title: in the headline only
  std::vector<std::string> terms{};   ///< at consecutive positions, without prefix; at least one
  std::vector<text::Token> written{}; ///< where only one spelling will do, its words; else empty
};

/// Finds in analysed texts what any of some spellings matches, as the index would, and spellings exactly.
class Mentions {
public:
  explicit Mentions(const std::vector<Spelling>& spellings);

  /// Adds the words that are looked for.
  void add_wanted(text::WantedWords& wanted) const;

  /// Whether the headline and the text together hold at least `wanted` places where a spelling begins.
  bool are_in(StoredText& text, std::size_t wanted) const;

  /// At how many places of a text, or of the headline, a spelling begins; stops counting at `enough`.
  std::size_t count(std::span<const text::Token> tokens, bool is_headline, std::size_t enough) const;

private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  struct Words {
    std::unordered_set<std::string, Hash, std::equal_to<>> single; ///< spellings of one term
    std::vector<Spelling> several;                                 ///< the others
  };

  static bool begin_at(const Words& words, std::span<const text::Token> tokens, std::size_t at);

  Words anywhere_; // spellings of the body: in headline or text
  Words headline_;
};

} // namespace pfind::searcher
