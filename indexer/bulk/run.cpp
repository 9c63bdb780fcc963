#include "indexer/bulk/run.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>
#include <utility>
#include <xxhash.h>

#include "common/codec.hpp"

namespace pfind::bulk {
namespace {

constexpr std::size_t k_list_bytes = sizeof(std::uint32_t);
constexpr std::size_t k_longest_number = 5; // bytes of 32 bits in LEB128

char* put_number(char* at, std::uint32_t value) {
  for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(value | 0x80);
  *at++ = static_cast<char>(value);
  return at;
}

const char* take_number(const char* at, std::uint32_t& value) {
  value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    value |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return at;
  }
}

std::size_t size_of_number(std::uint32_t value) {
  return (static_cast<std::size_t>(std::bit_width(value | 1)) + 6) / 7;
}

char* put_text(char* at, std::string_view text) {
  if (!text.empty()) std::memcpy(at, text.data(), text.size());
  return at + text.size();
}

std::size_t size_of(Xapian::docid gap, std::uint32_t number, std::string_view text) {
  return size_of_number(gap) + size_of_number(number) + size_of_number(static_cast<std::uint32_t>(text.size())) +
         text.size();
}

} // namespace

void Run::begin(Xapian::docid document) {
  if (ascending_ && !documents_.empty() && document <= documents_.back().number) {
    ascending_ = false;
    for (std::size_t i = 0; i < documents_.size(); ++i) positions_[documents_[i].number] = i;
  }
  if (!ascending_) positions_[document] = documents_.size();
  const bool fresh = pieces_.empty();
  documents_.push_back({.number = document,
                        .entries = 0,
                        .piece = fresh ? 0 : static_cast<std::uint32_t>(pieces_.size() - 1),
                        .offset = fresh ? 0 : static_cast<std::uint32_t>(pieces_.back().used),
                        .removed = false});
  memory_ += sizeof(Document);
}

void Run::add(std::string_view key, std::uint32_t number, std::string_view text) {
  const std::uint32_t list = list_of(key);
  const std::size_t most = k_list_bytes + 2 * k_longest_number + text.size();
  char* const start = room(pieces_, most);
  std::memcpy(start, &list, k_list_bytes);
  char* at = put_number(start + k_list_bytes, number);
  at = put_number(at, static_cast<std::uint32_t>(text.size()));
  at = put_text(at, text);
  pieces_.back().used += static_cast<std::size_t>(at - start);
  ++documents_.back().entries;
}

bool Run::remove(Xapian::docid document) {
  const std::size_t found = find(document);
  if (found == documents_.size() || documents_[found].removed) return false;
  documents_[found].removed = true;
  return true;
}

std::size_t Run::find(Xapian::docid document) const {
  if (!ascending_) {
    const auto it = positions_.find(document);
    return it == positions_.end() ? documents_.size() : it->second;
  }
  const auto it = std::ranges::lower_bound(documents_, document, {}, &Document::number);
  const bool is_there = it != documents_.end() && it->number == document;
  return is_there ? static_cast<std::size_t>(it - documents_.begin()) : documents_.size();
}

/// Room for `size` bytes in one piece; the caller says how many of them are used.
char* Run::room(std::vector<Piece>& pieces, std::size_t size) {
  if (pieces.empty() || pieces.back().size - pieces.back().used < size) {
    const std::size_t whole = std::max(size, piece_size_);
    pieces.push_back({std::make_unique_for_overwrite<char[]>(whole), whole, 0}); // NOLINT(modernize-avoid-c-arrays)
    memory_ += whole;
  }
  return pieces.back().bytes.get() + pieces.back().used;
}

std::uint32_t Run::list_of(std::string_view key) {
  const std::uint32_t number = index_.find_or_add(XXH3_64bits(key.data(), key.size()),
                                                  [&](std::uint32_t known) { return lists_[known].key == key; });
  if (number < lists_.size()) return number;
  char* const kept = room(keys_, key.size());
  put_text(kept, key);
  keys_.back().used += key.size();
  lists_.push_back({.key = {kept, key.size()}});
  memory_ += sizeof(List);
  return number;
}

void Run::sort_documents() {
  if (!ascending_) std::ranges::stable_sort(documents_, {}, &Document::number);
}

/// Calls `use(list, document, number, text)` for the entries of a document.
template <typename Use>
void Run::for_each_entry(const Document& document, Use&& use) const {
  std::size_t piece = document.piece;
  std::size_t offset = document.offset;
  for (std::uint32_t i = 0; i < document.entries; ++i) {
    if (offset == pieces_[piece].used) {
      ++piece;
      offset = 0;
    }
    const char* const start = pieces_[piece].bytes.get() + offset;
    std::uint32_t list = 0;
    std::uint32_t number = 0;
    std::uint32_t size = 0;
    std::memcpy(&list, start, k_list_bytes);
    const char* at = take_number(start + k_list_bytes, number);
    at = take_number(at, size);
    use(list, document.number, number, std::string_view(at, size));
    offset = static_cast<std::size_t>(at + size - pieces_[piece].bytes.get());
  }
}

/// Likewise for those of all documents that were not taken out, in their order.
template <typename Use>
void Run::for_each_entry(Use&& use) const {
  for (const Document& document : documents_) {
    if (!document.removed) for_each_entry(document, use);
  }
}

bool Run::contains(Xapian::docid document) const {
  const std::size_t found = find(document);
  return found < documents_.size() && !documents_[found].removed;
}

std::optional<Entry> Run::entry(Xapian::docid document, std::string_view key) const {
  if (!contains(document)) return std::nullopt;
  std::optional<Entry> found;
  for_each_entry(documents_[find(document)],
                 [&](std::uint32_t list, Xapian::docid of, std::uint32_t number, std::string_view text) {
                   if (!found && lists_[list].key == key) found = Entry{of, number, text};
                 });
  return found;
}

/// The lists that have entries, by key.
std::vector<std::uint32_t> Run::lists_by_key() const {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < lists_.size(); ++i) {
    if (lists_[i].entries > 0) order.push_back(i);
  }
  std::ranges::sort(order, {}, [&](std::uint32_t list) { return lists_[list].key; });
  return order;
}

std::string Run::take_image() {
  sort_documents();
  for_each_entry([&](std::uint32_t list, Xapian::docid document, std::uint32_t number, std::string_view text) {
    List& of_key = lists_[list];
    of_key.bytes += size_of(document - of_key.last, number, text);
    of_key.last = document;
    ++of_key.entries;
  });
  std::string image;
  std::string head;
  const auto order = lists_by_key();
  std::size_t size = 0;
  for (const std::uint32_t list : order) {
    head.clear();
    codec::put_text(head, lists_[list].key);
    codec::put_number(head, lists_[list].bytes);
    size += head.size() + lists_[list].bytes;
  }
  image.resize(size);
  char* at = image.data();
  for (const std::uint32_t list : order) {
    List& of_key = lists_[list];
    head.clear();
    codec::put_text(head, of_key.key);
    codec::put_number(head, of_key.bytes);
    at = put_text(at, head);
    const std::uint64_t bytes = std::exchange(of_key.bytes, static_cast<std::uint64_t>(at - image.data()));
    at += bytes;
    of_key.last = 0;
  }
  for_each_entry([&](std::uint32_t list, Xapian::docid document, std::uint32_t number, std::string_view text) {
    List& of_key = lists_[list];
    char* const start = &image[of_key.bytes];
    char* to = put_number(start, document - of_key.last);
    to = put_number(to, number);
    to = put_number(to, static_cast<std::uint32_t>(text.size()));
    of_key.bytes += static_cast<std::uint64_t>(put_text(to, text) - start);
    of_key.last = document;
  });
  *this = Run(piece_size_);
  return image;
}

} // namespace pfind::bulk
