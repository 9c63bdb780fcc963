#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/bulk/run.hpp"

namespace pfind::bulk {

/// Reads the image of a run, list by list. Throws std::system_error, codec::DecodeError.
class RunReader {
public:
  /// Reads an image in memory, which must outlive it.
  explicit RunReader(std::string_view image) : window_(image) {}

  /// Reads an image in a file, in pieces of about that many bytes.
  RunReader(const std::filesystem::path& file, std::size_t piece);

  RunReader(RunReader&& other) noexcept;
  RunReader& operator=(RunReader&&) = delete;
  ~RunReader();

  /// Goes on to the next list, past what is left of the present one; returns whether there is one.
  bool next_list();

  /// Takes the next entry of the list; its text is valid until the next call of a member. Returns whether there was
  /// one.
  bool next(Entry& entry);

  const std::string& key() const { return key_; }

private:
  void want(std::size_t bytes);
  void skip(std::uint64_t bytes);
  std::uint64_t take_number();

  /// Whether the number there is a byte.
  bool is_short(std::size_t at) const { return static_cast<unsigned char>(window_[at]) < 0x80; }

  std::filesystem::path path_;
  int fd_ = -1; // of the file; none for an image in memory
  std::size_t piece_ = 0;
  std::string buffer_;      // of what was read of the file
  std::string_view window_; // of the buffer, what was read; or the image
  std::size_t at_ = 0;      // in the window
  std::string key_;
  std::uint64_t left_ = 0; // bytes of the list
  Xapian::docid document_ = 0;
};

/// Which runs no longer count for a document: those before the given one.
using FirstLiveRuns = std::unordered_map<Xapian::docid, std::size_t>;

/// Reads runs together: each key once, with the entries of all runs by ascending document, less those that were
/// replaced later.
class MergedRuns {
public:
  /// `runs` in the order they were made; both must outlive it.
  MergedRuns(std::vector<RunReader>& runs, const FirstLiveRuns& first_live);

  bool next_list();
  bool next(Entry& entry);
  const std::string& key() const { return key_; }

private:
  /// A run that has the list, and its entry that comes next.
  struct Cursor {
    std::size_t run = 0;
    Entry entry{};
  };

  void wait(std::size_t run);
  bool advance(Cursor& cursor);
  void choose();

  std::vector<RunReader>& runs_;
  const FirstLiveRuns& first_live_;
  std::vector<std::size_t> waiting_; // heap of runs by the key they are at, least first
  std::vector<std::size_t> at_key_;  // the runs that have the list
  std::vector<Cursor> cursors_;      // those of them with entries left
  std::size_t chosen_ = 0;           // whose entry was given last
  Xapian::docid limit_ = 0;          // before which it may go on without looking at the others
  bool started_ = false;
  std::string key_;
};

} // namespace pfind::bulk
