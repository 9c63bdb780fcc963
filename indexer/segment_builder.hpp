#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>
#include <xapian.h>

namespace pfind::indexer {

/// Makes a Xapian database from scratch by what Xapian offers to everybody: some hundreds of documents or more at a
/// time become a small database of their own, a segment, and Xapian's compaction makes one of all. Small databases are
/// made in less time than a large one, whose blocks are read and written again and again, and several at once.
///
/// Nothing of the database can be read before `finish`. What it holds does not depend on the number of threads. Members
/// throw Xapian::Error, and std::system_error where files cannot be removed; after that nothing more can be done.
class SegmentBuilder {
public:
  /// Makes the database in an existing directory, which also takes the segments, with about that many bytes of memory.
  SegmentBuilder(std::filesystem::path directory, std::size_t memory);

  /// Adds a document whose number is greater than that of any before, or replaces one that is there. It goes to another
  /// thread: the caller keeps no copy, for copies share what they hold.
  void put(Xapian::docid number, Xapian::Document&& document);

  /// Removes a document that is there.
  void remove(Xapian::docid number);

  /// The data of documents, all of which are there; nothing where that is more than a quarter of the memory.
  std::optional<std::map<Xapian::docid, std::string>> data_of(const std::unordered_set<Xapian::docid>& documents);

  /// The greatest number that was put.
  Xapian::docid last_document() const { return last_; }

  /// Makes the database, with that user metadata, and makes it durable. Nothing can be added afterwards.
  void finish(const std::map<std::string, std::string>& metadata);

private:
  /// What is to be done with documents: put, or removed where there is nothing.
  struct Changes {
    std::map<Xapian::docid, std::optional<Xapian::Document>> documents;
    std::size_t memory = 0;

    void set(Xapian::docid number, std::optional<Xapian::Document> document);
  };

  /// A database of the documents behind those of the segment before.
  struct Segment {
    std::filesystem::path path;
    Xapian::docid last;
    unsigned merges; // by which it came about
  };

  std::size_t largest_segment() const;
  Segment& add_segment(unsigned merges);
  void start(std::function<void()> work);
  void wait();
  void end_segment();
  void apply_changes();
  void merge_many();

  std::filesystem::path directory_;
  std::size_t memory_;
  std::size_t threads_;
  Changes added_;   // documents that come behind the last segment
  Changes changed_; // of those in segments
  std::vector<Segment> segments_;
  std::size_t made_ = 0;  // segments
  std::size_t ended_ = 0; // memory that making them took, all together
  Xapian::docid last_ = 0;
  std::deque<std::future<void>> under_way_; // last, so that it is waited for before anything goes
};

} // namespace pfind::indexer
