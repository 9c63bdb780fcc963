#pragma once

#include <algorithm>
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
#include "searcher/postings/posting_list.hpp"

namespace pfind::searcher {

/// The text of the article that a search stands at, analysed as far as it is asked for. All parts of a query share one,
/// so that what several of them want to know of an article is read once.
class StoredText {
public:
  using Tokens = std::vector<text::Token>;

  // What a query may spend on settling what terms cannot say, in microseconds or so; an equal amount of work is done on
  // any machine. Texts cost a little each, and one more for every so many of their bytes.
  static constexpr std::size_t k_limit = 140'000;
  static constexpr std::size_t k_cost_of_reading = 8; ///< an article as stored
  static constexpr std::size_t k_bytes_read = 250;
  static constexpr std::size_t k_cost_of_analysis = 2; ///< of its text, or headline
  static constexpr std::size_t k_bytes_analysed = 80;
  static constexpr std::size_t k_bytes_cut = 300;    ///< into sentences
  static constexpr std::size_t k_cost_of_glance = 4; ///< at a forward text

  explicit StoredText(std::size_t limit = k_limit) : left_(limit) {}

  /// The words that will be looked for, to be added to before articles are opened: others may be left out of what is
  /// analysed. Where nobody asks for these, none is.
  text::WantedWords& wanted() { return wanted_ ? *wanted_ : wanted_.emplace(); }

  /// Lets the query spend more.
  void allow(std::size_t more) { left_ += more; }

  /// Whether a forward text may still be looked at; that costs so much.
  bool may_glance() { return spend(k_cost_of_glance); }

  /// Goes to an article of the shard called `name`; false where the limit is reached.
  bool open(const PostingLists& shard, const std::string& name, Xapian::docid document);

  const Tokens& headline();
  const Tokens& body();

  /// The bytes of the sentences of the body.
  const std::vector<text::Span>& sentences();

  /// Whether the body has `word` (small ASCII letters, at least two), or it with a capital, standing so that it surely
  /// is a word of it. Quick, since nothing is analysed.
  bool surely_has(std::string_view word) const;

  /// Whether more was to be spent than the limit.
  bool limit_reached() const { return limit_reached_; }

private:
  struct Reading {
    std::string shard;
    Xapian::docid document = 0;
    Article article{};
    std::optional<Tokens> headline{};
    std::optional<Tokens> body{};
    std::optional<std::vector<text::Span>> sentences{};
  };

  // Alternatives of a query do not come to an article at once, but one soon after the other.
  static constexpr std::size_t k_kept = 16;

  Tokens analysed(std::string_view text);
  bool spend(std::size_t cost);
  void charge(std::size_t cost) { left_ -= std::min(left_, cost); }

  std::size_t left_;
  bool limit_reached_ = false;
  std::optional<text::WantedWords> wanted_; // nothing where all words are
  std::vector<Reading> readings_;
  std::size_t current_ = 0;
  std::size_t newest_ = k_kept - 1;
  std::map<std::string, text::Analyzer> analyzers_; // by language
};

} // namespace pfind::searcher
