#pragma once

#include <cstdint>
#include <filesystem>
#include <future>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>
#include <xapian.h>

#include "indexer/bulk/batch.hpp"
#include "indexer/bulk/document.hpp"
#include "indexer/bulk/document_table.hpp"
#include "indexer/bulk/run.hpp"
#include "indexer/bulk/run_reader.hpp"

namespace pfind::bulk {

/// How often a value slot is used, and between which values.
struct SlotStatistics {
  std::uint64_t documents = 0;
  std::string lower;
  std::string upper;

  void add(std::string_view value);
};

/// Makes a Xapian database from scratch: documents are inverted in memory, a batch at a time, into runs that go to
/// files unless there is only one, and the runs are merged into the tables in one pass; what tables keep by document is
/// written into them at once. The result is what Xapian::WritableDatabase would have made, an order of magnitude
/// sooner, and changed by it like any other.
///
/// Nothing of the database can be read before `finish`. Throws std::system_error where the system cannot write,
/// std::length_error for what no database can hold.
class DatabaseBuilder {
public:
  /// Makes the database in an existing directory, which also takes the runs, with about that many bytes of memory.
  DatabaseBuilder(std::filesystem::path directory, std::size_t memory);

  /// Adds a document, or replaces that of the same number.
  void put(Xapian::docid number, const EncodedDocument& document);

  /// Removes a document, where there is one.
  void remove(Xapian::docid number);

  /// The data of documents that are there, of those asked for; nothing where that is more than a quarter of the memory.
  std::optional<std::map<Xapian::docid, std::string>> data_of(const std::unordered_set<Xapian::docid>& documents);

  /// The greatest number that was put.
  Xapian::docid last_document() const { return last_; }

  /// Writes the tables, with that user metadata, and makes them durable. Nothing can be added afterwards.
  void finish(const std::map<std::string, std::string>& metadata);

private:
  /// A run that is complete: in a file, or its image in memory.
  struct CompleteRun {
    std::filesystem::path file;
    std::string image;
  };

  void put_in_tables(Xapian::docid number, const EncodedDocument& document);
  void put_in_lists(const EncodedDocument& document);
  DocumentTable& data_table();
  void take_out(Xapian::docid number);
  void sort_gone();
  CompleteRun next_in_file() const;
  void end_batch();
  void spill();
  void wait_for_spill();
  void complete();
  std::vector<RunReader> readers() const;
  std::map<Xapian::valueno, SlotStatistics> count_values() const;

  std::filesystem::path directory_;
  std::size_t memory_;
  std::size_t piece_size_;
  std::optional<DocumentTable> data_; // none as long as no document has data
  DocumentTable terms_;
  Batch batch_;
  Run run_;
  std::vector<CompleteRun> complete_; // runs, the one on its way to its file too
  FirstLiveRuns first_live_;          // of those in `complete_` and the one under way
  std::vector<Xapian::docid> gone_;   // whose first version, if there was one, is not what is wanted any more
  Xapian::docid last_ = 0;
  std::map<Xapian::valueno, SlotStatistics> slots_; // counts also what was removed
  std::string key_;
  std::string text_;
  std::vector<std::uint32_t> slots_of_document_;            // that is put
  std::vector<std::pair<Posting, std::uint64_t>> postings_; // likewise, with the hash of the term
  std::future<void> spilling_;                              // last, so that it is waited for before anything goes
};

} // namespace pfind::bulk
