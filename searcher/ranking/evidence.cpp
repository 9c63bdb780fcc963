#include "searcher/ranking/evidence.hpp"

#include <algorithm>

namespace pfind::searcher {
namespace {

constexpr std::uint32_t k_gap = 1000; // between headline and body: nothing is near across it

std::size_t terms_of(const QueryWords& query) {
  std::size_t terms = 0;
  for (const QueryWord& word : query.words) terms += word.terms.size() + word.joined.size() + 1;
  return terms;
}

/// How many of a word's positions are below `end`.
std::uint32_t count_below(const std::vector<std::uint32_t>& places, std::uint32_t end) {
  return static_cast<std::uint32_t>(std::ranges::lower_bound(places, end) - places.begin());
}

void add_positions(const std::vector<std::uint32_t>& places, std::uint32_t headline,
                   std::vector<std::uint32_t>& positions) {
  const bool is_second_spelling = !positions.empty();
  for (const std::uint32_t at : places) positions.push_back(at < headline ? at : at + k_gap);
  if (is_second_spelling) std::ranges::sort(positions);
}

} // namespace

EvidenceReader::EvidenceReader(const QueryWords& query, int window)
    : query_(query), window_(static_cast<std::uint32_t>(window)), in_sequence_(terms_of(query)),
      beside_(terms_of(query)), has_neighbour_(query.words.size(), false), positions_(query.words.size()) {
  for (const auto& [first, second] : query.neighbours) has_neighbour_[first] = has_neighbour_[second] = true;
  for (std::size_t i = 0; i < query.words.size(); ++i) {
    const QueryWord& word = query.words[i];
    written_.push_back(written_number(word.word));
    acronyms_.push_back(term_number(word.acronym));
    for (const std::string& term : word.terms) {
      map(term, i, in_sequence_, sequence_targets_);
      map(term, i, beside_, beside_targets_); // a compound of the article that the query writes as one
    }
    for (const std::string& term : word.joined) map(term, i, in_sequence_, sequence_targets_);
    if (!word.acronym.empty()) map(word.acronym, i, beside_, beside_targets_);
  }
}

void EvidenceReader::map(std::string_view term, std::size_t word, NumberTable& table, Targets& targets) {
  const std::uint32_t target = table.add(term_number(term), static_cast<std::uint32_t>(targets.size()));
  if (target == targets.size()) targets.emplace_back();
  targets[target].push_back(static_cast<std::uint32_t>(word));
}

void EvidenceReader::read(const ForwardText& text, Evidence& out) {
  out.words.assign(query_.words.size(), {});
  out.pairs.assign(query_.neighbours.size(), {});
  out.headline = text.headline();
  out.length = text.length();
  for (std::vector<std::uint32_t>& positions : positions_) positions.clear();
  text.for_each_word([&](const ForwardText::Word& word) {
    if (word.is_beside())
      count_beside(word, text.headline(), out);
    else
      count_word(word, text.headline(), out);
  });
  for (std::size_t i = 0; i < query_.neighbours.size(); ++i) {
    const auto [first, second] = query_.neighbours[i];
    if (!positions_[first].empty() && !positions_[second].empty())
      out.pairs[i] = count_pair(positions_[first], positions_[second]);
  }
}

void EvidenceReader::find_places(const ForwardText::Word& word) {
  places_.clear();
  word.for_each_position([&](std::uint32_t at) { places_.push_back(at); });
}

void EvidenceReader::count_word(const ForwardText::Word& found, std::uint32_t headline, Evidence& out) {
  const std::uint32_t target = in_sequence_.find(found.term());
  if (target == NumberTable::k_absent) return;
  find_places(found);
  const auto count = static_cast<std::uint32_t>(places_.size());
  const std::uint8_t written = found.written();
  for (const std::uint32_t word : sequence_targets_[target]) {
    WordEvidence& evidence = out.words[word];
    evidence.occurrences += count;
    if (written == written_[word]) evidence.as_written += count;
    evidence.in_headline += count_below(places_, headline);
    if (has_neighbour_[word]) add_positions(places_, headline, positions_[word]);
  }
}

void EvidenceReader::count_beside(const ForwardText::Word& found, std::uint32_t headline, Evidence& out) {
  const std::uint32_t target = beside_.find(found.term());
  if (target == NumberTable::k_absent) return;
  find_places(found);
  const auto count = static_cast<std::uint32_t>(places_.size());
  for (const std::uint32_t word : beside_targets_[target]) {
    WordEvidence& evidence = out.words[word];
    const bool is_acronym = found.term() == acronyms_[word];
    (is_acronym ? evidence.in_capitals : evidence.occurrences) += count;
    if (!is_acronym) evidence.in_headline += count_below(places_, headline);
  }
}

PairEvidence EvidenceReader::count_pair(const std::vector<std::uint32_t>& first,
                                        const std::vector<std::uint32_t>& second) const {
  PairEvidence evidence;
  std::size_t begin = 0;
  for (const std::uint32_t at : first) {
    while (begin < second.size() && second[begin] + window_ <= at) ++begin;
    for (std::size_t i = begin; i < second.size() && second[i] < at + window_; ++i) {
      if (second[i] != at) ++evidence.near;
      if (second[i] == at + 1) ++evidence.side_by_side;
    }
  }
  return evidence;
}

} // namespace pfind::searcher
