#include "indexer/bulk/run.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <xxhash.h>

#include "common/codec.hpp"
#include "indexer/bulk/list_number.hpp"

namespace pfind::bulk {

void Run::add(const std::vector<ListPart>& parts) {
  for (const ListPart& part : parts) add_part(part);
}

void Run::add_part(const ListPart& part) {
  if (part.entries.size() > std::numeric_limits<std::uint32_t>::max())
    throw std::length_error("a list of some documents is too long");
  const PartHead head{.list = list_of(part.key),
                      .first = part.first,
                      .last = part.last,
                      .size = static_cast<std::uint32_t>(part.entries.size())};
  char* const at = room(sizeof head + part.entries.size());
  std::memcpy(at, &head, sizeof head);
  put_bytes(at + sizeof head, part.entries);
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

/// Calls `use(head, entries)` for the parts in the order they came.
template <typename Use>
void Run::for_each_part(Use&& use) const {
  for (const Piece& piece : pieces_) {
    const char* const end = piece.bytes.get() + piece.used;
    for (const char* at = piece.bytes.get(); at != end;) {
      PartHead head{};
      std::memcpy(&head, at, sizeof head);
      at += sizeof head;
      use(head, std::string_view(at, head.size));
      at += head.size;
    }
  }
}

std::vector<std::uint32_t> Run::lists_by_key() const {
  std::vector<std::uint32_t> order(lists_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t list) { return lists_[list].key; });
  return order;
}

std::string Run::take_image() {
  for_each_part([&](const PartHead& head, std::string_view entries) {
    List& list = lists_[head.list];
    list.bytes += size_of_number(head.first - list.last) + entries.size();
    list.last = head.last;
  });
  std::string image;
  std::string list_head;
  const auto put_head = [&](const List& list) {
    list_head.clear();
    codec::put_text(list_head, list.key);
    codec::put_number(list_head, list.bytes);
  };
  const std::vector<std::uint32_t> order = lists_by_key();
  std::size_t size = 0;
  for (const std::uint32_t number : order) {
    put_head(lists_[number]);
    size += list_head.size() + lists_[number].bytes;
  }
  image.resize(size);
  char* at = image.data();
  for (const std::uint32_t number : order) {
    List& list = lists_[number];
    put_head(list);
    at = put_bytes(at, list_head);
    at += std::exchange(list.bytes, static_cast<std::uint64_t>(at - image.data()));
    list.last = 0;
  }
  for_each_part([&](const PartHead& head, std::string_view entries) {
    List& list = lists_[head.list];
    char* to = put_number(&image[list.bytes], head.first - list.last);
    to = put_bytes(to, entries);
    list.bytes = static_cast<std::uint64_t>(to - image.data());
    list.last = head.last;
  });
  *this = Run(piece_size_);
  return image;
}

} // namespace pfind::bulk
