#include "indexer/bulk/run.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "common/codec.hpp"
#include "indexer/bulk/list_number.hpp"

namespace pfind::bulk {
namespace {

// How many parts before its turn what is needed of a list is fetched: its slot of the index, itself and its key.
constexpr std::size_t k_slot_before = 24;
constexpr std::size_t k_list_before = 16;
constexpr std::size_t k_key_before = 8;

} // namespace

void Run::add(const std::vector<ListPart>& parts) {
  const auto known = [&](std::size_t part) -> const List* {
    const std::uint32_t list = part < parts.size() ? index_.guess(parts[part].hash) : HashIndex::k_absent;
    return list == HashIndex::k_absent ? nullptr : &lists_[list];
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i + k_slot_before < parts.size()) index_.fetch(parts[i + k_slot_before].hash);
    __builtin_prefetch(known(i + k_list_before));
    if (const List* const list = known(i + k_key_before)) __builtin_prefetch(list->key.data());
    add_part(parts[i]);
  }
}

void Run::add_part(const ListPart& part) {
  List& list = lists_[list_of(part)];
  const Xapian::docid gap = part.first - list.last_document;
  const PartHead head{.before = list.last, .size = size_of_number(gap) + part.entries.size()};
  char* const at = room(sizeof head + head.size);
  std::memcpy(at, &head, sizeof head);
  put_bytes(put_number(at + sizeof head, gap), part.entries);
  list.last = at;
  list.bytes += head.size;
  list.last_document = part.last;
  last_ = std::max(last_, part.last);
}

/// Takes so much room in one piece.
char* Run::room(std::size_t size) {
  if (pieces_.empty() || pieces_.back().size - pieces_.back().used < size) {
    const std::size_t whole = std::max(size, piece_size_);
    pieces_.push_back({std::make_unique_for_overwrite<char[]>(whole), whole, 0}); // NOLINT(modernize-avoid-c-arrays)
    memory_ += whole;
  }
  return pieces_.back().bytes.get() + std::exchange(pieces_.back().used, pieces_.back().used + size);
}

std::uint32_t Run::list_of(const ListPart& part) {
  const std::uint32_t number =
      index_.find_or_add(part.hash, [&](std::uint32_t known) { return lists_[known].key == part.key; });
  if (number == lists_.size()) {
    lists_.push_back({.key = keys_.keep(part.key)});
    memory_ += sizeof(List) + part.key.size();
  }
  return number;
}

std::vector<NumberedKey> Run::sorted_lists() const {
  std::vector<NumberedKey> sorted;
  order_keys(
      lists_.size(), [&](std::uint32_t list) { return lists_[list].key; }, sorted);
  return sorted;
}

void Run::put_head(const List& list, std::string& out) {
  codec::put_text(out, list.key);
  codec::put_number(out, list.bytes);
}

/// The entries of a list, part by part; each part only says where the one before is.
void Run::find_parts(const List& list, std::vector<std::string_view>& parts) {
  parts.clear();
  for (const char* at = list.last; at != nullptr;) {
    PartHead head;
    std::memcpy(&head, at, sizeof head);
    parts.emplace_back(at + sizeof head, head.size);
    at = head.before;
  }
  std::ranges::reverse(parts);
}

std::size_t Run::image_size(std::span<const NumberedKey> lists) const {
  std::size_t size = 0;
  std::string head;
  for (const NumberedKey& key : lists) {
    head.clear();
    put_head(lists_[key.number], head);
    size += head.size() + lists_[key.number].bytes;
  }
  return size;
}

} // namespace pfind::bulk
