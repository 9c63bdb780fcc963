#include "common/glass_format.hpp"

#include <bit>
#include <fstream>
#include <iterator>
#include <xapian.h>

#include "common/codec.hpp"

namespace pfind::glass {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, k_tables> k_names{"postlist", "docdata",  "termlist",
                                                         "position", "spelling", "synonym"};
constexpr std::uint64_t k_largest_block = 32; // in units; each size is a power of two

/// As Xapian::Database::get_uuid shows it.
std::string shown_uuid(std::string_view bytes) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    const auto byte = static_cast<unsigned char>(bytes[i]);
    text += k_digits[byte >> 4];
    text += k_digits[byte & 0xF];
  }
  return text;
}

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

/// Xapian's glass_version.cc, RootInfo.
Root take_root(std::string_view& text) {
  Root root;
  root.block = codec::take_number(text);
  const std::uint64_t level_and_flags = codec::take_number(text);
  root.level = level_and_flags >> k_level_shift;
  root.is_empty = (level_and_flags & k_no_root) != 0;
  root.entries = codec::take_number(text);
  root.block_units = codec::take_number(text);
  codec::take_number(text); // size from which tags are compressed
  std::string_view free = codec::take_text(text);
  if (free.empty()) return root; // there are no blocks
  codec::take_number(free);      // revision
  root.blocks = codec::take_number(free);
  const std::uint64_t first = codec::take_number(free);
  const bool is_begun = codec::take_number(free) != 0;
  if (!is_begun) return root;
  root.free = FreeList{.first = first};
  root.free->last = codec::take_number(free);
  root.free->end = codec::take_number(free) * k_free_entry;
  return root;
}

} // namespace

fs::path table_file(const fs::path& database, Table table) {
  return database / (std::string(k_names.at(static_cast<std::size_t>(table))) + ".glass");
}

fs::path version_file(const fs::path& database) { return database / "iamglass"; }

bool Root::is_possible() const {
  return level < k_levels && std::has_single_bit(block_units) && block_units <= k_largest_block;
}

std::string version_bytes(const fs::path& database) {
  std::ifstream file(version_file(database), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::optional<Version> parse_version(std::string_view bytes) {
  std::string_view text = bytes;
  if (!text.starts_with(k_magic) || text.size() < k_magic.size() + k_uuid_size) return std::nullopt;
  text.remove_prefix(k_magic.size());
  Version version{.uuid = shown_uuid(text.substr(0, k_uuid_size))};
  text.remove_prefix(k_uuid_size);
  try {
    version.revision = codec::take_number(text);
    for (Root& root : version.roots) root = take_root(text);
  } catch (const codec::DecodeError&) {
    return std::nullopt;
  }
  return version;
}

std::uint32_t next_of_free_list(std::string_view block) {
  return big_endian(block.substr(block.size() - sizeof(std::uint32_t)));
}

std::vector<BlockBelow> blocks_below(std::string_view block, const KeyRange& keys) {
  const auto bytes_at = [&](std::size_t at, std::size_t size) {
    if (at + size > block.size()) throw Xapian::DatabaseCorruptError("a block of a table is damaged");
    return block.substr(at, size);
  };
  const auto number_at = [&](std::size_t at, std::size_t size) { return big_endian(bytes_at(at, size)); };
  std::vector<BlockBelow> below;
  const std::uint32_t end = number_at(k_directory_end, 2);
  for (std::size_t entry = k_header; entry + k_entry <= end; entry += k_entry) {
    const std::size_t at = number_at(entry, k_entry);
    below.push_back({number_at(at, 4), {below.empty() ? keys.first : std::string(), keys.end}});
    if (below.size() == 1) continue; // its key is none: it begins before all
    const std::size_t size = number_at(at + 4, 1);
    std::string& first = below.back().keys.first;
    first = bytes_at(at + k_branch_head, size);
    const bool goes_on = number_at(at + k_branch_head + size, k_part_number) > 1; // what the block before began
    below.end()[-2].keys.end = goes_on ? first + '\0' : first;
  }
  return below;
}

} // namespace pfind::glass
