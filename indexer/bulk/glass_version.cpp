#include "indexer/bulk/glass_version.hpp"

#include <cerrno>
#include <string>
#include <string_view>
#include <sys/random.h>
#include <system_error>
#include <xapian.h>

#include "common/codec.hpp"
#include "indexer/bulk/output_file.hpp"

namespace pfind::bulk {
namespace fs = std::filesystem;
namespace {

/// Tags up to that size Xapian leaves as they are when it changes a table; in a table with 0, all.
constexpr std::array<unsigned, glass::k_tables> k_compress_min{0, 18, 18, 0, 18, 18};

/// A random UUID (RFC 4122, version 4): readers and replication tell databases apart by it.
std::string random_uuid() {
  std::string uuid(glass::k_uuid_size, '\0');
  if (getrandom(uuid.data(), uuid.size(), 0) != static_cast<ssize_t>(uuid.size()))
    throw std::system_error(errno, std::generic_category(), "getrandom");
  uuid[6] = static_cast<char>((uuid[6] & 0x0F) | 0x40);
  uuid[8] = static_cast<char>((uuid[8] & 0x3F) | 0x80);
  return uuid;
}

/// Revision, first block that is unused, and four numbers for the list of those freed: there are none.
std::string free_list(std::uint32_t blocks) {
  std::string text;
  for (const std::uint32_t number : {k_revision, blocks, 0U, 0U, 0U, 0U}) codec::put_number(text, number);
  return text;
}

void put_root(const std::optional<TableRoot>& table, unsigned compress_min, std::string& out) {
  const TableRoot root = table.value_or(TableRoot{});
  codec::put_number(out, root.block);
  codec::put_number(out, root.level << glass::k_level_shift | (root.is_sequential ? glass::k_sequential : 0) |
                             (table ? 0 : glass::k_no_root));
  codec::put_number(out, root.entries);
  codec::put_number(out, k_block_size / glass::k_block_unit);
  codec::put_number(out, compress_min);
  codec::put_text(out, table ? free_list(root.blocks) : std::string());
}

void put_statistics(const Statistics& statistics, std::string& out) {
  codec::put_number(out, statistics.documents);
  codec::put_number(out, statistics.last_document - statistics.documents);
  codec::put_number(out, statistics.shortest);
  codec::put_number(out, statistics.largest_wdf);
  codec::put_number(out, statistics.longest - statistics.largest_wdf); // which no term exceeds
  codec::put_number(out, 0);                                           // oldest changeset, for replication
  codec::put_number(out, statistics.total_length);
  codec::put_number(out, 0); // largest frequency of a word of the spelling table
}

} // namespace

bool knows_linked_xapian() { return Xapian::major_version() == 1 && Xapian::minor_version() == 4; }

void write_version_file(const fs::path& database, const std::array<std::optional<TableRoot>, glass::k_tables>& roots,
                        const Statistics& statistics) {
  std::string text(glass::k_magic);
  text += random_uuid();
  codec::put_number(text, k_revision);
  for (std::size_t table = 0; table < glass::k_tables; ++table) put_root(roots[table], k_compress_min[table], text);
  put_statistics(statistics, text);
  OutputFile file(glass::version_file(database));
  file.write(text);
  file.sync();
  sync_directory(database);
}

} // namespace pfind::bulk
