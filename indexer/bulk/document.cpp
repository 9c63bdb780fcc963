#include "indexer/bulk/document.hpp"

#include <algorithm>
#include <xxhash.h>

#include "common/codec.hpp"
#include "common/glass_key.hpp"
#include "indexer/bulk/encoding.hpp"
#include "indexer/bulk/list_number.hpp"

namespace pfind::bulk {
namespace {

constexpr std::size_t k_kept_slots = 4096; // of the index: after a long document it is made anew

} // namespace

void EncodedDocument::add_value(Xapian::valueno slot, std::string value) {
  const auto place = std::ranges::lower_bound(values, slot, {}, [](const auto& known) { return known.first; });
  values.emplace(place, slot, std::move(value));
}

bool PostingReader::next(Posting& posting) {
  if (rest_.empty()) return false;
  posting.term = codec::take_text(rest_);
  posting.wdf = static_cast<std::uint32_t>(codec::take_number(rest_));
  posting.positions = codec::take_text(rest_);
  return true;
}

DocumentEncoder::Term& DocumentEncoder::find(std::string_view term) {
  const std::uint32_t number = index_.find_or_add(XXH3_64bits(term.data(), term.size()),
                                                  [&](std::uint32_t known) { return text_of(terms_[known]) == term; });
  if (number == terms_.size()) {
    terms_.push_back({.text = texts_.size(), .size = term.size(), .wdf = 0, .last = 0});
    texts_ += term;
  }
  return terms_[number];
}

void DocumentEncoder::add_occurrence(Term& term, Xapian::termpos position) {
  if (term.last != 0 && occurrences_[term.last - 1].position == position) return;
  occurrences_.push_back({position, term.last});
  term.last = static_cast<std::uint32_t>(occurrences_.size());
}

void DocumentEncoder::add_posting(std::string_view term, Xapian::termpos position) {
  Term& known = find(term);
  ++known.wdf;
  add_occurrence(known, position);
}

void DocumentEncoder::add_terms(const Xapian::Document& document) {
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    Term& known = find(*term);
    known.wdf += term.get_wdf();
    for (auto position = term.positionlist_begin(); position != term.positionlist_end(); ++position)
      add_occurrence(known, *position);
  }
}

/// The tag that a term's positions make; empty for none. Holds until the next call.
std::string_view DocumentEncoder::positions_tag(const Term& term) {
  tag_.clear();
  if (term.last == 0) return tag_;
  if (const Occurrence& last = occurrences_[term.last - 1]; last.before == 0) { // as most have
    put_positions(tag_, {&last.position, 1});
    return tag_;
  }
  positions_.clear();
  for (std::uint32_t at = term.last; at != 0; at = occurrences_[at - 1].before)
    positions_.push_back(occurrences_[at - 1].position);
  std::ranges::reverse(positions_); // they mostly come in order
  if (!std::ranges::is_sorted(positions_)) {
    std::ranges::sort(positions_);
    positions_.erase(std::ranges::unique(positions_).begin(), positions_.end());
  }
  put_positions(tag_, positions_);
  return tag_;
}

void DocumentEncoder::put_posting(const Term& term, bool is_escaped) {
  std::string_view text = text_of(term);
  if (!is_escaped) {
    escaped_.clear();
    glass::put_escaped(escaped_, text);
    text = escaped_;
  }
  const std::string_view positions = positions_tag(term);
  char* at = postings_.room(text.size() + positions.size() + 3 * k_longest_number);
  at = put_number(put_text(at, text), term.wdf);
  postings_.end_at(put_text(at, positions));
}

EncodedDocument DocumentEncoder::take(const Xapian::Document& rest) {
  if (std::string data = rest.get_data(); !data.empty()) set_data(std::move(data));
  add_terms(rest);
  for (auto value = rest.values_begin(); value != rest.values_end(); ++value) add_value(value.get_valueno(), *value);
  return take();
}

EncodedDocument DocumentEncoder::take() {
  EncodedDocument encoded = std::exchange(encoded_, {});
  order_keys(
      terms_.size(), [&](std::uint32_t term) { return text_of(terms_[term]); }, order_);
  for (const Term& term : terms_) encoded.length += term.wdf;
  const bool are_escaped = texts_.find('\0') == std::string::npos; // already
  TermListEncoder list(term_list_, encoded.length, static_cast<std::uint32_t>(terms_.size()));
  for (const NumberedKey& key : order_) {
    const Term& term = terms_[key.number];
    list.add(text_of(term), term.wdf);
    put_posting(term, are_escaped);
  }
  encoded.terms = term_list_.bytes();
  encoded.postings = postings_.bytes();
  clear();
  return encoded;
}

void DocumentEncoder::clear() {
  texts_.clear();
  term_list_.clear();
  postings_.clear();
  terms_.clear();
  occurrences_.clear();
  index_.clear(k_kept_slots);
}

} // namespace pfind::bulk
