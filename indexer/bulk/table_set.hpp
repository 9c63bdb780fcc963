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

/// The tables that are ordered by document: data and term lists. Apart from those ordered by term, so that two threads
/// can write a database.
class DocumentTables {
public:
  explicit DocumentTables(const std::filesystem::path& database);

  /// Writes what these tables have of the lists; leaves the others out.
  void write_lists(MergedRuns& lists);

  /// Completes the tables and makes them durable.
  void finish();

  /// Where they begin, once they are complete; of the data nothing where there is none.
  TableRoot termlist_root() const { return *termlist_root_; }
  std::optional<TableRoot> docdata_root() const { return docdata_root_; }

private:
  void write_data(MergedRuns& lists);
  void write_term_lists(MergedRuns& lists);

  std::filesystem::path database_;
  TableWriter termlist_;
  std::optional<TableWriter> docdata_; // made when there is something to write
  std::optional<TableRoot> termlist_root_;
  std::optional<TableRoot> docdata_root_;
  std::string key_;
};

/// The tables that are ordered by term, with metadata and values: postings and positions.
class PostingTables {
public:
  explicit PostingTables(const std::filesystem::path& database);

  void write_metadata(const std::map<std::string, std::string>& metadata);
  void write_slots(const std::map<Xapian::valueno, SlotStatistics>& slots);

  /// Likewise.
  void write_lists(MergedRuns& lists);
  void finish();

  TableRoot postlist_root() const { return *postlist_root_; }
  std::optional<TableRoot> position_root() const { return position_root_; }

  /// Of what was written.
  const Statistics& statistics() const { return statistics_; }

private:
  void write_values(MergedRuns& lists);
  void write_lengths(MergedRuns& lists);
  void write_term(MergedRuns& lists);

  std::filesystem::path database_;
  TableWriter postlist_;
  std::optional<TableWriter> position_; // made when there is something to write
  PostingListWriter postings_;
  std::optional<TableRoot> postlist_root_;
  std::optional<TableRoot> position_root_;
  Statistics statistics_;
  std::string key_;
  std::string tag_;
};

} // namespace pfind::bulk
