#include "searcher/ranking/term_statistics.hpp"

#include <cmath>

#include "common/forward_text.hpp"
#include "searcher/query/stop_words.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_max_known = 1'000'000; // terms, some 200 MB

/// Capitals begin terms with a prefix.
bool is_word(const std::string& term) { return !term.empty() && (term.front() < 'A' || term.front() > 'Z'); }

} // namespace

const TermInfo& TermStatistics::of(const std::string& term) { return read(met(term)); }

TermStatistics::Entry& TermStatistics::met(const std::string& term) {
  const auto [place, is_new] = known_.try_emplace(term);
  Entry& entry = place->second;
  if (!is_new) return entry;
  entry.info.term = place->first;
  if (is_word(term)) by_number_.emplace(term_number(term), &entry);
  return entry;
}

const TermInfo& TermStatistics::read(Entry& entry) const {
  TermInfo& info = entry.info;
  if (entry.is_read) return info;
  const std::string term(info.term);
  info.articles = database_.get_termfreq(term);
  if (info.articles > 0) info.idf = idf(info.articles);
  info.is_telling = is_word(term) && !is_stop_word(term) && info.articles > 1;
  entry.is_read = true;
  return info;
}

double TermStatistics::idf(Xapian::doccount articles) const {
  const auto all = static_cast<double>(database_.get_doccount());
  const auto having = static_cast<double>(articles);
  return std::log(1 + (all - having + 0.5) / (having + 0.5));
}

const TermInfo* TermStatistics::of_number(std::uint32_t number) {
  const auto it = by_number_.find(number);
  return it == by_number_.end() ? nullptr : &read(*it->second);
}

void TermStatistics::learn_terms(Xapian::docid article) {
  const std::string behind_prefixes(1, 'Z' + 1); // terms come in the order of their bytes
  const auto end = database_.termlist_end(article);
  for (auto it = database_.termlist_begin(article); it != end;) {
    const std::string term = *it;
    if (is_word(term)) {
      met(term);
      ++it;
    } else {
      it.skip_to(behind_prefixes);
    }
  }
}

void TermStatistics::forget_if_many() {
  if (known_.size() < k_max_known) return;
  by_number_.clear();
  known_.clear();
}

} // namespace pfind::searcher
