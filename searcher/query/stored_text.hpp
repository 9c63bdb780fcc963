#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "common/article.hpp"
#include "common/text/analyzer.hpp"
#include "common/text/span.hpp"

namespace pfind::searcher {

/// The text of the article that a search stands at, analysed as far as it is asked for. All parts of a query share one,
/// so that what several of them want to know of an article is read once.
class StoredText {
public:
  using Tokens = std::vector<text::Token>;

  /// How many articles one query may read, at a tenth of a millisecond each.
  static constexpr std::size_t k_limit = 50'000;

  explicit StoredText(std::size_t limit = k_limit) : left_(limit) {}

  /// Goes to an article of the shard called `name`; false where no more may be read.
  bool open(const Xapian::Database& shard, const std::string& name, Xapian::docid document);

  const Tokens& headline();
  const Tokens& body();

  /// The sentence of that number in the body, from 0; nothing behind the last.
  const Tokens* sentence(std::size_t number);

  /// Whether the body has `word` (small ASCII letters, at least two), or it with a capital, standing so that it surely
  /// is a word of it. Quick, since nothing is analysed.
  bool surely_has(std::string_view word) const;

  /// Whether an article was to be opened past the limit.
  bool limit_reached() const { return limit_reached_; }

private:
  struct Reading {
    std::string shard;
    Xapian::docid document = 0;
    Article article{};
    std::optional<Tokens> headline{};
    std::optional<Tokens> body{};
    std::optional<std::vector<text::Span>> bounds{}; ///< of the sentences
    std::vector<Tokens> sentences{};                 ///< those asked for so far
  };

  // Alternatives of a query do not come to an article at once, but one soon after the other.
  static constexpr std::size_t k_kept = 16;

  text::Analyzer& analyzer();

  std::size_t left_;
  bool limit_reached_ = false;
  std::vector<Reading> readings_;
  std::size_t current_ = 0;
  std::size_t newest_ = k_kept - 1;
  std::map<std::string, text::Analyzer> analyzers_; // by language
};

} // namespace pfind::searcher
