#include "indexer/bulk/batch.hpp"

#include <algorithm>
#include <xxhash.h>

#include "indexer/bulk/list_number.hpp"

namespace pfind::bulk {
namespace {

constexpr std::size_t k_list_bytes = sizeof(std::uint32_t);
constexpr std::size_t k_kept_slots = std::size_t{1} << 16; // of the index of lists, from one batch to the next

} // namespace

void Batch::begin(Xapian::docid document) {
  ascending_ = ascending_ && (documents_.empty() || document > documents_.back().number);
  documents_.push_back({.number = document, .begin = entries_.size(), .count = 0, .removed = false});
}

std::uint64_t Batch::hash_of(std::string_view key) { return XXH3_64bits(key.data(), key.size()); }

void Batch::add(std::string_view key, std::uint64_t hash, std::uint32_t number, std::string_view text) {
  const std::uint32_t list = list_of(key, hash);
  char* at = entries_.room(k_list_bytes + 2 * k_longest_number + text.size());
  std::memcpy(at, &list, k_list_bytes);
  at = put_number(at + k_list_bytes, number);
  entries_.end_at(put_text(at, text));
  ++documents_.back().count;
}

std::uint32_t Batch::list_of(std::string_view key, std::uint64_t hash) {
  const std::uint32_t number = index_.find_or_add(hash, [&](std::uint32_t known) { return parts_[known].key == key; });
  if (number == lists_.size()) {
    parts_.push_back({.key = keys_.keep(key), .hash = hash});
    lists_.emplace_back();
  }
  return number;
}

bool Batch::remove(Xapian::docid document) {
  bool found = false;
  for (Document& one : documents_) { // few, and hardly ever done
    if (one.number != document || one.removed) continue;
    one.removed = found = true;
  }
  return found;
}

Xapian::docid Batch::first_document() const {
  if (ascending_) return documents_.front().number;
  return std::ranges::min_element(documents_, {}, &Document::number)->number;
}

/// Calls `use(document, list, bytes of the entry)` for the entries of documents that were not taken out.
template <typename Use>
void Batch::for_each_entry(Use&& use) const {
  for (const Document& document : documents_) {
    if (document.removed) continue;
    const char* at = entries_.bytes().data() + document.begin;
    for (std::uint32_t i = 0; i < document.count; ++i) {
      std::uint32_t list = 0;
      std::uint32_t number = 0;
      std::uint32_t size = 0;
      std::memcpy(&list, at, k_list_bytes);
      const char* const begin = at + k_list_bytes;
      at = take_number(take_number(begin, number), size) + size;
      use(document.number, list, std::string_view(begin, static_cast<std::size_t>(at - begin)));
    }
  }
}

/// By counting: how long each list is, then where it goes, then all that goes there.
const std::vector<ListPart>& Batch::lists() {
  if (!ascending_) std::ranges::stable_sort(documents_, {}, &Document::number);
  for_each_entry([&](Xapian::docid document, std::uint32_t list, std::string_view entry) {
    List& of_key = lists_[list];
    if (of_key.bytes == 0)
      parts_[list].first = document;
    else
      of_key.bytes += size_of_number(document - of_key.last);
    of_key.bytes += entry.size();
    of_key.last = document;
  });
  std::size_t size = 0;
  for (const List& list : lists_) size += list.bytes;
  sorted_.resize(size);
  std::size_t begin = 0;
  for (std::uint32_t list = 0; list < lists_.size(); ++list) {
    List& of_key = lists_[list];
    parts_[list].last = of_key.last;
    parts_[list].entries = std::string_view(sorted_).substr(begin, of_key.bytes);
    of_key = {begin, parts_[list].first};
    begin += parts_[list].entries.size();
  }
  for_each_entry([&](Xapian::docid document, std::uint32_t list, std::string_view entry) {
    List& of_key = lists_[list];
    char* at = &sorted_[of_key.bytes];
    const bool is_first = at == parts_[list].entries.data();
    if (!is_first) at = put_number(at, document - of_key.last);
    of_key = {static_cast<std::size_t>(put_bytes(at, entry) - sorted_.data()), document};
  });
  std::erase_if(parts_, [](const ListPart& part) { return part.entries.empty(); });
  return parts_;
}

void Batch::clear() {
  entries_.clear();
  documents_.clear();
  ascending_ = true;
  parts_.clear();
  lists_.clear();
  index_.clear(k_kept_slots);
  keys_ = TextPool();
}

} // namespace pfind::bulk
