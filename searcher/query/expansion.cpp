#include "searcher/query/expansion.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "searcher/query/pattern.hpp"

namespace pfind::searcher {
namespace {

/// Collects the most frequent terms, of terms that come in their order.
class MostFrequent {
public:
  void add(Xapian::doccount frequency, std::string_view term) {
    if (heap_.size() == k_max_expansion) {
      cut_ = true;
      if (frequency <= heap_.front().first) return; // of equals the first in order stays
      std::ranges::pop_heap(heap_, comes_before);
      heap_.pop_back();
    }
    heap_.emplace_back(frequency, term);
    std::ranges::push_heap(heap_, comes_before);
  }

  Expansion expansion() && {
    std::ranges::sort_heap(heap_, comes_before);
    Expansion expansion{.terms = {}, .cut = cut_};
    for (Entry& entry : heap_) expansion.terms.push_back(std::move(entry.second));
    return expansion;
  }

private:
  using Entry = std::pair<Xapian::doccount, std::string>;

  static bool comes_before(const Entry& a, const Entry& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  }

  std::vector<Entry> heap_; // its front comes last
  bool cut_ = false;
};

/// Whether a term without its field's prefix belongs to another field, whose prefix is longer.
bool is_of_other_field(std::string_view term) { return !term.empty() && term.front() >= 'A' && term.front() <= 'Z'; }

} // namespace

std::string_view literal_of(std::string_view pattern) { return pattern.substr(0, pattern.find_first_of("*?")); }

std::vector<Expansion> expand_patterns(const ComparedDatabase& database, const std::string& prefix,
                                       const std::vector<std::string>& patterns) {
  const std::string start = prefix + std::string(literal_of(patterns.front()));
  const std::string behind_fields = prefix + "["; // the character after Z
  std::vector<MostFrequent> found(patterns.size());
  for (Terms terms = database.terms(start); !terms.at_end();) {
    const std::string_view term = std::string_view(*terms).substr(prefix.size());
    if (is_of_other_field(term)) { // most terms are no words but places and names: not looked at one by one
      terms.skip_to(behind_fields);
      continue;
    }
    std::optional<Xapian::doccount> articles; // asked for once
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      if (!matches_pattern(term, patterns[i])) continue;
      if (!articles) articles = terms.frequency();
      found[i].add(*articles, term);
    }
    ++terms;
  }
  std::vector<Expansion> expansions;
  for (MostFrequent& terms : found) expansions.push_back(std::move(terms).expansion());
  return expansions;
}

} // namespace pfind::searcher
