#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "indexer/bulk/database_builder.hpp"
#include "indexer/bulk/glass_table.hpp"
#include "indexer/bulk/glass_version.hpp"
#include "indexer/bulk/run_reader.hpp"

/// The tables of a database that are written from lists, each from the lists by itself, so that threads can share the
/// work. Each function reads lists from their beginning, leaves out what is of other tables, and makes its table
/// durable.
namespace pfind::bulk {

/// Writes positions; where there is none, no table and nothing.
std::optional<TableRoot> write_positions(const std::filesystem::path& database, MergedRuns& lists);

struct PostlistTable {
  TableRoot root;
  Statistics statistics; ///< without the last document, which may have been removed
};

/// Writes posting lists, lengths and values, with metadata and what there is to know of slots.
PostlistTable write_postings(const std::filesystem::path& database, const std::map<std::string, std::string>& metadata,
                             const std::map<Xapian::valueno, SlotStatistics>& slots, MergedRuns& lists);

} // namespace pfind::bulk
