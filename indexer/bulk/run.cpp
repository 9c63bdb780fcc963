#include "indexer/bulk/run.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>
#include <xxhash.h>

#include "common/codec.hpp"
#include "indexer/bulk/list_number.hpp"

namespace pfind::bulk {

void Run::add(const std::vector<ListPart>& parts) {
  for (const ListPart& part : parts) add_part(part);
}

void Run::add_part(const ListPart& part) {
  List& list = lists_[list_of(part.key)];
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

std::uint32_t Run::list_of(std::string_view key) {
  const std::uint32_t number = index_.find_or_add(XXH3_64bits(key.data(), key.size()),
                                                  [&](std::uint32_t known) { return lists_[known].key == key; });
  if (number == lists_.size()) {
    lists_.push_back({.key = keys_.keep(key)});
    memory_ += sizeof(List) + key.size();
  }
  return number;
}

std::vector<std::uint32_t> Run::lists_in_halves() const {
  std::vector<std::uint32_t> numbers(lists_.size());
  std::iota(numbers.begin(), numbers.end(), 0U);
  std::ranges::nth_element(numbers, numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2), {},
                           [&](std::uint32_t list) { return lists_[list].key; });
  return numbers;
}

void Run::sort(std::span<std::uint32_t> lists) const {
  std::ranges::sort(lists, {}, [&](std::uint32_t list) { return lists_[list].key; });
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

std::size_t Run::image_size(std::span<const std::uint32_t> lists) const {
  std::size_t size = 0;
  std::string head;
  for (const std::uint32_t number : lists) {
    head.clear();
    put_head(lists_[number], head);
    size += head.size() + lists_[number].bytes;
  }
  return size;
}

} // namespace pfind::bulk
