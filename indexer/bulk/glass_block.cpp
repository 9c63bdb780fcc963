#include "indexer/bulk/glass_block.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <utility>

#include "common/codec.hpp"

namespace pfind::bulk {
namespace {

using glass::k_branch_head;
using glass::k_directory_end;
using glass::k_entry;
using glass::k_first_part;
using glass::k_header;
using glass::k_last_part;
using glass::k_leaf_head;
using glass::k_level;
using glass::k_part_number;

constexpr std::size_t k_most_item = (k_block_size - k_header - 4 * k_entry) / 4;
constexpr std::size_t k_least_first_part = 512; // less is not worth another part

void put_16(unsigned char* at, std::size_t value) {
  at[0] = static_cast<unsigned char>(value >> 8);
  at[1] = static_cast<unsigned char>(value);
}

void put_32(unsigned char* at, std::uint32_t value) {
  put_16(at, value >> 16);
  put_16(at + 2, value & 0xFFFF);
}

std::size_t taken_16(std::string_view bytes, std::size_t at) {
  return std::size_t{static_cast<unsigned char>(bytes[at])} << 8 | static_cast<unsigned char>(bytes[at + 1]);
}

unsigned char* put_key(unsigned char* at, std::string_view key) {
  *at++ = static_cast<unsigned char>(key.size());
  return std::ranges::copy(key, at).out;
}

/// The shortest beginning of `key` that is greater than `before`, which is less than `key`.
std::string_view parting(std::string_view before, std::string_view key) {
  const auto differs = std::ranges::mismatch(before, key).in2;
  return key.substr(0, static_cast<std::size_t>(differs - key.begin()) + 1);
}

} // namespace

std::size_t item_count(std::string_view leaf) {
  const std::size_t end = taken_16(leaf, k_directory_end);
  if (end <= k_header || end > leaf.size()) throw codec::DecodeError(); // there is none without an item
  return (end - k_header) / k_entry;
}

LeafItem item_at(std::string_view leaf, std::size_t index) {
  const std::size_t begin = taken_16(leaf, k_header + index * k_entry);
  if (begin + k_leaf_head > leaf.size()) throw codec::DecodeError();
  const std::size_t head = taken_16(leaf, begin);
  std::string_view rest = leaf.substr(begin + 2, 1 + (head & glass::k_size));
  LeafItem item{.flags = static_cast<unsigned>(head) & (k_first_part | k_last_part)};
  const std::size_t key_size = static_cast<unsigned char>(rest.front());
  if (rest.size() < 1 + key_size) throw codec::DecodeError();
  item.key = rest.substr(1, key_size);
  rest.remove_prefix(1 + key_size);
  if ((item.flags & k_first_part) == 0 && rest.size() < k_part_number) throw codec::DecodeError();
  if ((item.flags & k_first_part) == 0) {
    item.part = static_cast<unsigned>(taken_16(rest, 0));
    rest.remove_prefix(k_part_number);
  }
  item.text = rest;
  return item;
}

std::size_t Block::size_of(const LeafItem& item) {
  return k_leaf_head + item.key.size() + (item.part > 1 ? k_part_number : 0) + item.text.size();
}

std::size_t Block::size_of(const Separator& separator) { return k_branch_head + separator.key.size() + k_part_number; }

Block::Block() : bytes_{}, directory_end_(k_header), lowest_(k_block_size) {}

/// Room for an item of that size, entered in the directory.
unsigned char* Block::push(std::size_t size) {
  lowest_ -= size;
  put_16(&bytes_[directory_end_], lowest_);
  directory_end_ += k_entry;
  return &bytes_[lowest_];
}

void Block::add(const LeafItem& item) {
  const std::size_t size = size_of(item);
  unsigned char* at = push(size);
  put_16(at, item.flags | (size - k_leaf_head)); // the head is not counted
  at = put_key(at + 2, item.key);
  if (item.part > 1) {
    put_16(at, item.part);
    at += k_part_number;
  }
  if (!item.text.empty()) std::memcpy(at, item.text.data(), item.text.size());
}

void Block::add(std::uint32_t child, const Separator& separator) {
  unsigned char* const at = push(size_of(separator));
  put_32(at, child);
  put_16(put_key(at + 4, separator.key), separator.part);
}

std::string_view Block::complete(unsigned level) {
  unsigned char* const at = bytes_.data();
  put_32(at, k_revision);
  at[k_level] = static_cast<unsigned char>(level);
  put_16(at + 5, room());
  put_16(at + 7, room());
  put_16(at + k_directory_end, directory_end_);
  return {reinterpret_cast<const char*>(at), k_block_size};
}

void LeafPacker::add(std::string_view key, std::string_view tag) {
  if (key.size() > k_longest_key) throw std::length_error("a key of a table is too long");
  if (key <= std::string_view(last_key_)) throw std::logic_error("a key of a table is out of order");
  const std::size_t head = k_leaf_head + key.size();
  std::size_t taken = std::min(tag.size(), k_most_item - head);
  if (taken < tag.size()) { // in parts anyway: the first fills up the leaf under way
    const std::size_t room = leaf_.room();
    if (room >= head + k_entry + k_least_first_part) taken = std::min(taken, room - head - k_entry);
  }
  add({key, 1, k_first_part | (taken == tag.size() ? k_last_part : 0), tag.substr(0, taken)});
  for (unsigned part = 2; taken < tag.size(); ++part) {
    if (part > std::numeric_limits<std::uint16_t>::max()) throw std::length_error("a tag of a table is too long");
    const std::size_t size = std::min(tag.size() - taken, k_most_item - head - k_part_number);
    add({key, part, taken + size == tag.size() ? k_last_part : 0, tag.substr(taken, size)});
    taken += size;
  }
}

void LeafPacker::add(const LeafItem& item) {
  if (!leaf_.has_room(item)) finish();
  if (leaf_.is_empty()) {
    const bool goes_on = item.part > 1 || item.key.empty();
    separator_ = {std::string(goes_on ? item.key : parting(last_key_, item.key)),
                  static_cast<std::uint16_t>(item.part)};
  }
  leaf_.add(item);
  last_key_ = item.key;
}

void LeafPacker::finish() {
  if (leaf_.is_empty()) return;
  use_(leaf_.complete(0), std::exchange(separator_, {}));
  leaf_ = Block();
}

} // namespace pfind::bulk
