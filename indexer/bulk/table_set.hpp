#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/bulk/database_builder.hpp"
#include "indexer/bulk/glass_table.hpp"
#include "indexer/bulk/glass_version.hpp"
#include "indexer/bulk/posting_list_writer.hpp"
#include "indexer/bulk/run_reader.hpp"

namespace pfind::bulk {

/// The tables of a database that is being written from merged runs.
class TableSet {
public:
  explicit TableSet(std::filesystem::path database);

  void write_metadata(const std::map<std::string, std::string>& metadata);
  void write_slots(const std::map<Xapian::valueno, SlotStatistics>& slots);
  void write_lists(MergedRuns& lists);

  /// Completes the tables, then makes them a database.
  void finish(Xapian::docid last_document);

private:
  void write_data(MergedRuns& lists);
  void write_term_lists(MergedRuns& lists);
  void write_values(MergedRuns& lists);
  void write_lengths(MergedRuns& lists);
  void write_term(MergedRuns& lists);
  TableWriter& lazy(std::optional<TableWriter>& table, Table which);

  std::filesystem::path database_;
  TableWriter postlist_;
  TableWriter termlist_;
  std::optional<TableWriter> docdata_; // made when there is something to write
  std::optional<TableWriter> position_;
  PostingListWriter postings_;
  Statistics statistics_;
  std::string key_;
  std::string tag_;
};

} // namespace pfind::bulk
