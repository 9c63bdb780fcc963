#include "common/version_file.hpp"

#include <bit>
#include <fstream>
#include <iterator>
#include <string>
#include <xapian.h>

#include "common/codec.hpp"

namespace pfind {
namespace {

constexpr std::string_view k_magic = "\x0f\x0dXapian Glass";
constexpr std::size_t k_before_revision = 32; // magic, version of the format, UUID
constexpr int k_tables = 6;
constexpr unsigned k_level_shift = 2; // flags stand below
constexpr std::uint64_t k_levels = 10;
constexpr std::uint64_t k_largest_block = 32; // in units of 2,048 bytes; each size is a power of two

/// Whether one table's root (Xapian's glass_version.cc, RootInfo) is one that there can be; takes it from `text`.
bool is_possible_root(std::string_view& text) {
  codec::take_number(text); // block
  const std::uint64_t level = codec::take_number(text) >> k_level_shift;
  codec::take_number(text); // entries
  const std::uint64_t block = codec::take_number(text);
  codec::take_number(text); // size from which tags are compressed
  codec::take_text(text);   // list of free blocks
  return level < k_levels && std::has_single_bit(block) && block <= k_largest_block;
}

} // namespace

void check_version_file(const std::filesystem::path& database) {
  std::ifstream file(database / "iamglass", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::string_view text = bytes;
  if (!text.starts_with(k_magic) || text.size() < k_before_revision) return;
  text.remove_prefix(k_before_revision);
  bool is_possible = true;
  try {
    codec::take_number(text);
    for (int table = 0; table < k_tables && is_possible; ++table) is_possible = is_possible_root(text);
  } catch (const codec::DecodeError&) {
    return;
  }
  if (!is_possible) throw Xapian::DatabaseCorruptError("The tables are said to have a shape that none has");
}

} // namespace pfind
