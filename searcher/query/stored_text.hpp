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

  // What a query may spend on settling what terms cannot say, in microseconds or so; an equal amount of work is done on
  // any machine.
  static constexpr std::size_t k_limit = 200'000;
  static constexpr std::size_t k_cost_of_reading = 30;   ///< an article as stored
  static constexpr std::size_t k_cost_of_analysis = 110; ///< of its text
  static constexpr std::size_t k_cost_of_glance = 4;     ///< at a forward text

  explicit StoredText(std::size_t limit = k_limit) : left_(limit) {}

  /// Lets the query spend more.
  void allow(std::size_t more) { left_ += more; }

  /// Whether a forward text may still be looked at; that costs so much.
  bool may_glance() { return spend(k_cost_of_glance); }

  /// Goes to an article of the shard called `name`; false where the limit is reached.
  bool open(const Xapian::Database& shard, const std::string& name, Xapian::docid document);

  const Tokens& headline();
  const Tokens& body();

  /// The sentence of that number in the body, from 0; nothing behind the last.
  const Tokens* sentence(std::size_t number);

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
    std::optional<std::vector<text::Span>> bounds{}; ///< of the sentences
    std::vector<Tokens> sentences{};                 ///< those asked for so far
    bool is_analysed = false;                        ///< in part, at least
  };

  // Alternatives of a query do not come to an article at once, but one soon after the other.
  static constexpr std::size_t k_kept = 16;

  text::Analyzer& analyzer();
  bool spend(std::size_t cost);

  std::size_t left_;
  bool limit_reached_ = false;
  std::vector<Reading> readings_;
  std::size_t current_ = 0;
  std::size_t newest_ = k_kept - 1;
  std::map<std::string, text::Analyzer> analyzers_; // by language
};

} // namespace pfind::searcher
