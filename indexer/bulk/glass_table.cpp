#include "indexer/bulk/glass_table.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <span>
#include <stdexcept>
#include <utility>

#include "common/glass_format.hpp"

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

TableWriter::Block::Block() : bytes{}, directory_end(k_header), lowest(k_block_size) {}

unsigned char* TableWriter::Block::push(std::size_t size) {
  lowest -= size;
  put_16(&bytes[directory_end], lowest);
  directory_end += k_entry;
  return &bytes[lowest];
}

TableWriter::TableWriter(const std::filesystem::path& path) : file_(path) {
  levels_.emplace_back();
  add_item({}, 1, k_first_part | k_last_part, {});
}

void TableWriter::add(std::string_view key, std::string_view tag) {
  if (key.size() > k_longest_key) throw std::length_error("a key of a table is too long");
  if (key <= std::string_view(last_key_)) throw std::logic_error("a key of a table is out of order");
  const std::size_t head = k_leaf_head + key.size();
  std::size_t taken = std::min(tag.size(), k_most_item - head);
  if (taken < tag.size()) { // in parts anyway: the first fills up the block under way
    const std::size_t room = levels_.front().block.room();
    if (room >= head + k_entry + k_least_first_part) taken = std::min(taken, room - head - k_entry);
  }
  add_item(key, 1, k_first_part | (taken == tag.size() ? k_last_part : 0), tag.substr(0, taken));
  for (unsigned part = 2; taken < tag.size(); ++part) {
    if (part > std::numeric_limits<std::uint16_t>::max()) throw std::length_error("a tag of a table is too long");
    const std::size_t size = std::min(tag.size() - taken, k_most_item - head - k_part_number);
    add_item(key, part, taken + size == tag.size() ? k_last_part : 0, tag.substr(taken, size));
    taken += size;
  }
  last_key_ = key;
  ++entries_;
}

void TableWriter::add_item(std::string_view key, unsigned part, unsigned flags, std::string_view text) {
  const bool numbered = part > 1;
  const std::size_t size = k_leaf_head + key.size() + (numbered ? k_part_number : 0) + text.size();
  if (levels_.front().block.room() < size + k_entry) {
    pass_up(0);
    levels_.front().separator = {std::string(numbered ? key : parting(last_key_, key)),
                                 static_cast<std::uint16_t>(part)};
  }
  unsigned char* at = levels_.front().block.push(size);
  put_16(at, flags | (size - k_leaf_head)); // the head is not counted
  at = put_key(at + 2, key);
  if (numbered) {
    put_16(at, part);
    at += k_part_number;
  }
  if (!text.empty()) std::memcpy(at, text.data(), text.size());
}

void TableWriter::add_branch(std::size_t level, std::uint32_t child, Separator separator) {
  if (levels_.size() == level) levels_.emplace_back();
  const auto size_of = [](std::string_view key) { return k_branch_head + key.size() + k_part_number; };
  Level& here = levels_[level];
  if (here.block.room() < size_of(separator.key) + k_entry) pass_up(level);
  if (here.block.directory_end == k_header) here.separator = std::exchange(separator, {});
  unsigned char* at = here.block.push(size_of(separator.key));
  put_32(at, child);
  put_16(put_key(at + 4, separator.key), separator.part);
}

/// Writes the block under way at a level and begins another; returns its number.
std::uint32_t TableWriter::write(std::size_t level) {
  Block& block = levels_[level].block;
  unsigned char* at = block.bytes.data();
  put_32(at, k_revision);
  at[k_level] = static_cast<unsigned char>(level);
  put_16(at + 5, block.room());
  put_16(at + 7, block.room());
  put_16(at + k_directory_end, block.directory_end);
  const std::span<const char> bytes{reinterpret_cast<const char*>(at), k_block_size};
  file_.write({bytes.data(), bytes.size()});
  block = Block();
  return blocks_++;
}

/// Ends the block under way at a level and enters it at the one above.
void TableWriter::pass_up(std::size_t level) {
  Separator separator = std::exchange(levels_[level].separator, {});
  add_branch(level + 1, write(level), std::move(separator));
}

TableRoot TableWriter::finish() {
  std::size_t level = 0;
  for (; level + 1 < levels_.size(); ++level) pass_up(level);
  const std::uint32_t root = write(level);
  file_.sync();
  return {root, blocks_, static_cast<unsigned>(level), entries_};
}

} // namespace pfind::bulk
