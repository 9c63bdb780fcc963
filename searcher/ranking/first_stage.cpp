#include "searcher/ranking/first_stage.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <numeric>

#include "searcher/postings/at_once.hpp"
#include "searcher/query/matches.hpp"
#include "searcher/query/operators.hpp"
#include "searcher/ranking/candidate_pool.hpp"
#include "searcher/ranking/weighed_units.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_window = 16384; // articles whose weights are added up together: as many as stay near

/// Looking up an article in a list costs as much as walking over so many postings.
constexpr std::size_t k_worth_looking_up = 16;

/// A list with less than a posting in so many articles is weighed without windows: these take longer to look through.
constexpr std::uint64_t k_sparse = 8;

/// Walking so many postings takes as long as starting ten threads.
constexpr std::size_t k_postings_at_once = 50'000;

constexpr double k_rounding = 1.2e-7; // of a float, relatively

/// What BM25 makes of occurrences and lengths.
class Saturation {
public:
  Saturation(const RankingModel& model, double mean_length)
      : per_word_(mean_length > 0 ? 1 / mean_length : 0), shortest_(model.shortest), k1_(model.k1), b_(model.b),
        by_length_(static_cast<float>(model.k1 * model.b * per_word_)),
        at_least_(static_cast<float>(model.k1 * model.b * shortest_)),
        of_mean_(static_cast<float>(model.k1 * (1 - model.b))) {}

  /// As Xapian computes it.
  double of(std::uint32_t occurrences, std::uint32_t length) const {
    const double relative = std::max(length * per_word_, shortest_);
    const double count = occurrences;
    return count / (k1_ * (relative * b_ + (1 - b_)) + count);
  }

  /// The same, roughly.
  float roughly(std::uint32_t occurrences, std::uint32_t length) const {
    const auto count = static_cast<float>(occurrences);
    return count / (std::max(static_cast<float>(length) * by_length_, at_least_) + of_mean_ + count);
  }

private:
  double per_word_;
  double shortest_;
  double k1_;
  double b_;
  float by_length_;
  float at_least_;
  float of_mean_;
};

/// Walks the postings of a unit's words and phrases in the order of articles.
class UnitWalk {
public:
  UnitWalk(const WeighedUnit& unit, const PostingLists& lists) : unit_(&unit), at_(unit.phrases.size(), 0) {
    for (const std::string& term : unit.terms) lists_.push_back({PostingList(lists, term)});
  }

  double weight() const { return unit_->weight; }
  bool is_one_list() const { return lists_.size() == 1 && unit_->phrases.empty(); }

  /// Calls `use(article, count)` for the postings at hand below `end`, which are then behind.
  template <typename Use>
  void walk_until(Xapian::docid end, Use&& use) {
    for (List& list : lists_) walk_list(list, end, use);
    for (std::size_t i = 0; i < at_.size(); ++i) {
      const PhrasePlaces& places = unit_->phrases[i];
      for (; at_[i] < places.articles.size() && places.articles[at_[i]] < end; ++at_[i])
        use(places.articles[at_[i]], places.counts[at_[i]]);
    }
  }

  /// How often an article has it; articles must be asked for in increasing order.
  std::uint32_t count_in(Xapian::docid article) {
    std::uint64_t count = 0;
    for (List& list : lists_) {
      const Xapian::docid before = list.postings.articles().empty() ? 0 : list.postings.articles().back();
      if (!list.postings.skip_to(article)) continue;
      const auto articles = list.postings.articles();
      if (articles.back() != before) list.at = 0;
      list.at = place_from(articles, list.at, article);
      if (articles[list.at] == article) count += list.postings.counts()[list.at];
    }
    for (std::size_t i = 0; i < at_.size(); ++i) {
      const PhrasePlaces& places = unit_->phrases[i];
      at_[i] = place_from(places.articles, at_[i], article);
      if (at_[i] < places.articles.size() && places.articles[at_[i]] == article) count += places.counts[at_[i]];
    }
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(count, UINT32_MAX));
  }

private:
  struct List {
    PostingList postings;
    std::size_t at = 0; ///< the first of those at hand that is not behind
  };

  template <typename Use>
  static void walk_list(List& list, Xapian::docid end, Use&& use) {
    while (!list.postings.articles().empty()) {
      const Xapian::docid* const articles = list.postings.articles().data();
      const std::uint32_t* const counts = list.postings.counts().data();
      const std::size_t size = list.postings.articles().size();
      std::size_t at = list.at;
      for (; at < size && articles[at] < end; ++at) use(articles[at], counts[at]);
      list.at = at;
      if (at < size) return;
      list.postings.next();
      list.at = 0;
    }
  }

  const WeighedUnit* unit_;
  std::vector<List> lists_;
  std::vector<std::size_t> at_; // in the places of each phrase
};

/// Weight that some articles have besides that of words.
struct AddedWeight {
  DocumentBits articles;
  double weight = 0;
};

/// What articles of one shard are weighed by.
struct Weighing {
  const WeighedUnits& query;
  std::span<const std::uint32_t> lengths;
  const DocumentBits* matched;        ///< those that are weighed; null for all that have a word
  std::span<const AddedWeight> added; ///< not where `matched` is null
  Saturation saturation;
};

/// Finds those of some articles that may be among the best, going by rough weights, which are added up for a window of
/// articles at a time.
class RoughStage {
public:
  RoughStage(const Weighing& by, const PostingLists& lists)
      : lengths_(by.lengths), matched_(by.matched), added_(by.added), saturation_(by.saturation) {
    for (const WeighedUnit& unit : by.query.units) walks_.emplace_back(unit, lists);
    // The most frequent words first: those are left aside soonest.
    std::ranges::stable_sort(walks_, {}, &UnitWalk::weight);
  }

  /// Among the articles from `begin` on, before `end`; windows begin at multiples of their size.
  std::vector<Xapian::docid> candidates(std::uint64_t begin, std::uint64_t end, std::size_t wanted,
                                        SharedLeast& least) {
    if (begin > 0)
      for (UnitWalk& walk : walks_) walk.count_in(static_cast<Xapian::docid>(begin));
    CandidatePool pool(wanted, error(), least);
    std::vector<float> weights(k_window);
    for (; begin < end; begin += k_window) {
      begin_ = static_cast<Xapian::docid>(begin);
      end_ = static_cast<Xapian::docid>(std::min(begin + k_window, end));
      pool.learn();
      leave_aside(pool.least());
      std::ranges::fill(weights, 0.0F);
      for (std::size_t i = aside_; i < walks_.size(); ++i) add_weights(walks_[i], weights);
      for (const AddedWeight& added : added_) add_weight(added, weights);
      if (matched_ != nullptr)
        take_matched(weights, pool);
      else
        take_any(weights, pool);
    }
    return pool.take();
  }

  /// Among all articles, of one list: nothing has to be added up.
  std::vector<Xapian::docid> candidates_of_list(std::size_t wanted) {
    SharedLeast alone;
    CandidatePool pool(wanted, error(), alone);
    const auto weight = static_cast<float>(walks_.front().weight());
    walks_.front().walk_until(std::numeric_limits<Xapian::docid>::max(), [&](Xapian::docid article, std::uint32_t n) {
      const float rough = weight * saturation_.roughly(n, lengths_[article]);
      if (rough >= std::max(pool.least(), std::numeric_limits<float>::min())) pool.add(article, rough);
    });
    return pool.take();
  }

private:
  /// By how much of it a rough weight may be wrong.
  double error() const { return k_rounding * static_cast<double>(8 + walks_.size() + added_.size()); }

  /// Words that together cannot make an article one of the best are only looked up in articles that have others.
  void leave_aside(float least) {
    while (aside_ + 1 < walks_.size() && aside_weight_ + static_cast<float>(walks_[aside_].weight()) < least * k_surely)
      aside_weight_ += static_cast<float>(walks_[aside_++].weight());
  }

  void add_weights(UnitWalk& walk, std::vector<float>& weights) {
    const auto weight = static_cast<float>(walk.weight());
    float* const sums = weights.data();
    const std::uint32_t* const lengths = lengths_.data();
    if (walk.is_one_list()) {
      walk.walk_until(end_, [&](Xapian::docid article, std::uint32_t count) {
        sums[article - begin_] += weight * saturation_.roughly(count, lengths[article]);
      });
      return;
    }
    counts_.assign(k_window, 0);
    walk.walk_until(end_, [&](Xapian::docid article, std::uint32_t count) { counts_[article - begin_] += count; });
    for (std::size_t row = 0; row < end_ - begin_; row += k_row) {
      if (!has_any(&counts_[row])) continue;
      for (std::size_t i = row; i < row + k_row; ++i) {
        if (counts_[i] == 0) continue;
        const std::uint32_t length = lengths[begin_ + i];
        sums[i] += weight * saturation_.roughly(std::min(counts_[i], length), length);
      }
    }
  }

  static bool has_any(const std::uint32_t* counts) {
    std::uint32_t any = 0;
    for (std::size_t i = 0; i < k_row; ++i) any |= counts[i];
    return any != 0;
  }

  void add_weight(const AddedWeight& added, std::vector<float>& weights) const {
    for (Xapian::docid article = added.articles.first_from(begin_); article != 0 && article < end_;
         article = added.articles.first_from(article + 1))
      weights[article - begin_] += static_cast<float>(added.weight);
  }

  /// Most articles weigh too little, and so do most rows of them, which are compared at once.
  void take_any(const std::vector<float>& weights, CandidatePool& pool) {
    static_assert(k_window % k_row == 0);
    const std::size_t end = end_ - begin_;
    for (std::size_t row = 0;; row += k_row) {
      const float least = std::max(pool.least() - aside_weight_, std::numeric_limits<float>::min());
      while (row < end && !has_any_of(&weights[row], least)) row += k_row;
      if (row >= end) return;
      for (std::size_t i = row; i < row + k_row; ++i) {
        if (weights[i] >= least) take(begin_ + static_cast<Xapian::docid>(i), weights[i], pool);
      }
    }
  }

  /// Whether any weight of a row is at least `least`. Their bits are in the order of the numbers, none of which is
  /// negative, and are compared several at a time even where compilers have to mind what is no number.
  static bool has_any_of(const float* first, float least) {
    std::array<std::int32_t, k_row> bits{};
    std::memcpy(bits.data(), first, sizeof bits);
    const auto wanted = std::bit_cast<std::int32_t>(least);
    std::int32_t any = 0;
    for (std::size_t i = 0; i < k_row; ++i) any |= -static_cast<std::int32_t>(bits.data()[i] >= wanted);
    return any != 0;
  }

  void take_matched(const std::vector<float>& weights, CandidatePool& pool) {
    for (Xapian::docid article = matched_->first_from(begin_); article != 0 && article < end_;
         article = matched_->first_from(article + 1)) {
      const float weight = weights[article - begin_];
      if (weight + aside_weight_ >= pool.least()) take(article, weight, pool);
    }
  }

  /// Adds what the words that were left aside say.
  void take(Xapian::docid article, float weight, CandidatePool& pool) {
    float left = aside_weight_;
    for (std::size_t i = aside_; i-- > 0;) {
      left -= static_cast<float>(walks_[i].weight());
      const std::uint32_t count = walks_[i].count_in(article);
      const std::uint32_t length = lengths_[article];
      if (count > 0)
        weight += static_cast<float>(walks_[i].weight()) * saturation_.roughly(std::min(count, length), length);
      if (weight + left < pool.least() * k_surely) return;
    }
    if (weight >= pool.least()) pool.add(article, weight);
  }

  static constexpr std::size_t k_row = 16; // articles that are looked at together

  static constexpr float k_surely = 0.9999F; // bounds are sums of rough weights too

  std::span<const std::uint32_t> lengths_;
  const DocumentBits* matched_;
  std::span<const AddedWeight> added_;
  Saturation saturation_;

  std::vector<UnitWalk> walks_;       // of units, the lightest first
  std::size_t aside_ = 0;             // of them, the first
  float aside_weight_ = 0;            // that these may add, at most
  std::vector<std::uint32_t> counts_; // of a unit in the window
  Xapian::docid begin_ = 0;           // of the window
  Xapian::docid end_ = 0;
};

/// Weighs the articles of one shard.
class FirstStage {
public:
  FirstStage(const WeighedUnits& query, const PostingLists& lists, std::span<const std::uint32_t> lengths,
             const RankingModel& model, const DocumentBits* matched, std::span<const AddedWeight> added = {})
      : by_{query, lengths, matched, added, Saturation(model, lists.shard().get_avlength())}, lists_(lists) {
    for (const WeighedUnit& unit : query.units) {
      const auto more = [&](std::size_t sum, const std::string& term) { return sum + lists.frequency(term); };
      postings_ = std::accumulate(unit.terms.begin(), unit.terms.end(), postings_, more);
    }
  }

  std::vector<WeighedArticle> best(std::size_t wanted) const {
    std::vector<Xapian::docid> articles;
    if (by_.matched != nullptr && by_.matched->count() * k_worth_looking_up * by_.query.units.size() < postings_)
      by_.matched->for_each([&](Xapian::docid article) { articles.push_back(article); });
    else
      articles = candidates(wanted);
    return exactly(articles, wanted);
  }

private:
  bool is_one_list() const {
    const std::vector<WeighedUnit>& units = by_.query.units;
    return by_.matched == nullptr && units.size() == 1 && units.front().terms.size() == 1 &&
           units.front().phrases.empty();
  }

  /// Those that may be among the best of their part of the articles: among them are those of all.
  std::vector<Xapian::docid> candidates(std::size_t wanted) const {
    const std::uint64_t numbers = std::uint64_t{lists_.last_article()} + 1;
    if (is_one_list() && postings_ * k_sparse < numbers) return RoughStage(by_, lists_).candidates_of_list(wanted);
    const std::uint64_t windows = (numbers + k_window - 1) / k_window;
    const std::size_t parts = std::min(parts_of_work(postings_, k_postings_at_once, lists_), windows);
    SharedLeast least;
    const auto of_parts = in_parts(parts, lists_, [&](std::size_t part, const PostingLists& own) {
      const std::uint64_t end = std::min(windows * (part + 1) / parts * k_window, numbers);
      return RoughStage(by_, own).candidates(windows * part / parts * k_window, end, wanted, least);
    });
    std::vector<Xapian::docid> all;
    for (const std::vector<Xapian::docid>& some : of_parts) all.insert(all.end(), some.begin(), some.end());
    return all;
  }

  std::vector<WeighedArticle> exactly(const std::vector<Xapian::docid>& articles, std::size_t wanted) const {
    std::vector<WeighedArticle> weighed;
    weighed.reserve(articles.size());
    for (const Xapian::docid article : articles) weighed.push_back({article, 0});
    for (const WeighedUnit& unit : by_.query.units) {
      UnitWalk walk(unit, lists_);
      for (WeighedArticle& one : weighed) {
        const std::uint32_t length = by_.lengths[one.article];
        const std::uint32_t count = walk.count_in(one.article);
        if (count == 0) continue;
        one.weight += unit.weight * by_.saturation.of(walk.is_one_list() ? count : std::min(count, length), length);
      }
    }
    for (const AddedWeight& added : by_.added) {
      for (WeighedArticle& one : weighed) one.weight += added.articles.has(one.article) ? added.weight : 0;
    }
    const auto is_better = [](const WeighedArticle& a, const WeighedArticle& b) {
      return a.weight != b.weight ? a.weight > b.weight : a.article < b.article;
    };
    const auto kept = weighed.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, weighed.size()));
    std::partial_sort(weighed.begin(), kept, weighed.end(), is_better);
    weighed.erase(kept, weighed.end());
    return weighed;
  }

  Weighing by_;
  const PostingLists& lists_;
  std::size_t postings_ = 0; // of all words together
};

/// Finds the best articles of a query whose matches are not known yet. What posting lists say is known at once; what
/// takes more (that words stand side by side, or in one sentence) is only asked of those articles that are the best if
/// it holds.
class Finder {
public:
  Finder(const Xapian::Query& query, const PostingLists& lists, std::span<const std::uint32_t> lengths,
         const RankingModel& model)
      : query_(query), lists_(lists), lengths_(lengths), model_(model), loose_(loosened(query)) {}

  std::optional<std::vector<WeighedArticle>> best(std::size_t wanted) {
    at_most_ = weighed_units(query_, lists_, model_, nullptr, Phrases::by_words);
    if (!at_most_) return std::nullopt;
    if (!at_most_->match_alone) candidates_ = matches(loose_.query, lists_);
    const std::size_t open = to_be_settled();
    std::size_t most = 4 * std::max(wanted, k_first_settled);
    while (wanted < SIZE_MAX / 32 && most < open / 2) {
      const std::vector<WeighedArticle> promising = stage(*at_most_, candidates()).best(most);
      DocumentBits among(lists_.last_article());
      for (const WeighedArticle& one : promising) among.add(one.article);
      std::vector<WeighedArticle> settled = best_among(&among, wanted);
      const bool are_all = promising.size() < most;
      if (are_all || (settled.size() == wanted && settled.back().weight > promising.back().weight)) return settled;
      // If it goes on like this, so many will do.
      most = std::max(8 * most, most / std::max<std::size_t>(settled.size(), 1) * wanted);
    }
    return best_among(candidates(), wanted);
  }

private:
  /// Those that posting lists say match; null where the words that are weighed say it.
  const DocumentBits* candidates() const { return candidates_ ? &*candidates_ : nullptr; }

  FirstStage stage(const WeighedUnits& units, const DocumentBits* matched) const {
    return FirstStage(units, lists_, lengths_, model_, matched);
  }

  std::size_t to_be_settled() const {
    if (candidates_ && !loose_.is_exact) return candidates_->count();
    std::size_t open = 0;
    for (const WeighedUnit& unit : at_most_->units) {
      for (const PhrasePlaces& places : unit.phrases) open += places.articles.size();
    }
    return open;
  }

  std::vector<WeighedArticle> best_among(const DocumentBits* among, std::size_t wanted) const {
    std::optional<DocumentBits> matched;
    if (among != nullptr) matched = loose_.is_exact && among == candidates() ? *among : matches(query_, lists_, *among);
    const DocumentBits* const found = matched ? &*matched : nullptr;
    const auto units = weighed_units(query_, lists_, model_, found, Phrases::as_they_are);
    return stage(*units, found).best(wanted);
  }

  static constexpr std::size_t k_first_settled = 64;

  const Xapian::Query& query_;
  const PostingLists& lists_;
  std::span<const std::uint32_t> lengths_;
  const RankingModel& model_;
  LooseQuery loose_;
  std::optional<WeighedUnits> at_most_;
  std::optional<DocumentBits> candidates_;
};

/// Whether it asks what it cannot be seen to ask.
bool has_source(const Xapian::Query& query) {
  return query.get_type() == Xapian::Query::LEAF_POSTING_SOURCE || std::ranges::any_of(parts_of(query), has_source);
}

/// The best where constant weights count, too. These tell articles so far apart that all that match are looked at.
std::optional<std::vector<WeighedArticle>> best_with(std::span<const ConstantWeight> weights,
                                                     const Xapian::Query& query, std::size_t wanted,
                                                     const PostingLists& lists, std::span<const std::uint32_t> lengths,
                                                     const RankingModel& model, const DocumentBits* matched) {
  const auto has_one = [](const ConstantWeight& constant) { return has_source(constant.query); };
  const DocumentBits none(lists.last_article());
  if (has_source(query) || std::ranges::any_of(weights, has_one) ||
      !weighed_units(query, lists, model, &none, Phrases::as_they_are))
    return std::nullopt; // found out at little cost
  const DocumentBits all = matched != nullptr ? *matched : matches(query, lists);
  std::vector<AddedWeight> added;
  for (const ConstantWeight& constant : weights)
    added.push_back({matches(constant.query, lists, all), constant.weight});
  const auto units = weighed_units(query, lists, model, &all, Phrases::as_they_are);
  return FirstStage(*units, lists, lengths, model, &all, added).best(wanted);
}

} // namespace

std::optional<std::vector<WeighedArticle>> best_articles(const Xapian::Query& query, std::size_t wanted,
                                                         const PostingLists& lists,
                                                         std::span<const std::uint32_t> lengths,
                                                         const RankingModel& model, const DocumentBits* matched,
                                                         std::span<const ConstantWeight> weights) {
  if (wanted == 0) return std::vector<WeighedArticle>{};
  if (!weights.empty()) return best_with(weights, query, wanted, lists, lengths, model, matched);
  if (matched == nullptr) return Finder(query, lists, lengths, model).best(wanted);
  const auto units = weighed_units(query, lists, model, matched, Phrases::as_they_are);
  if (!units) return std::nullopt;
  return FirstStage(*units, lists, lengths, model, units->match_alone ? nullptr : matched).best(wanted);
}

} // namespace pfind::searcher
