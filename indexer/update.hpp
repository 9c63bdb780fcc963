#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "corpus/reader/reader.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/recognizer/recognizer.hpp"

namespace pfind::indexer {

/// What an update did, in articles; `skipped` counts files and records that could not be read, `notices` what was read
/// but for something, and both count what unchanged files gave when they were read.
struct Summary {
  std::uint64_t added = 0;
  std::uint64_t changed = 0;
  std::uint64_t removed = 0;
  std::uint64_t renamed = 0; ///< same content under another path
  std::uint64_t unchanged = 0;
  std::uint64_t skipped = 0;
  std::uint64_t notices = 0;
  std::uint64_t ignored = 0;     ///< files and folders that ignore files exclude
  std::uint64_t not_retried = 0; ///< unchanged files that could not be read in full and were not read again
  std::uint64_t recognized = 0;  ///< whose entities are others, because the user's names are
  std::uint64_t total = 0;       ///< articles in the index afterwards
  std::uint64_t duplicates = 0;  ///< copies of these, beside them: not in `total`
  bool interrupted = false;

  bool operator==(const Summary&) const = default;
};

/// How far an update is.
struct Progress {
  std::uint64_t bytes_done = 0;
  std::uint64_t bytes_total = 0; ///< of the files that have to be read
  std::uint64_t files_done = 0;
  std::uint64_t files_total = 0;
  std::uint64_t articles = 0;
};

/// What came of one file.
struct FileOutcome {
  std::string path;
  std::string_view result;    ///< `read`, `unchanged`, `unreadable`, `removed` or `ignored`
  std::uint64_t articles = 0; ///< from it in the index, or removed
  std::string format = {};    ///< what it was read as, where it was read: "HTML", "JSON lines", "archive"
};

/// What an update tells while it runs. All called on the calling thread; any may be empty.
struct UpdateEvents {
  std::function<void(const Progress&)> progress;       ///< after each file, and now and then inside long ones
  std::function<void(const corpus::Problem&)> problem; ///< also for unchanged files that could not be read before
  std::function<void(const std::string&)> file;        ///< what is done with a file, one line, for --verbose
  std::function<void(const FileOutcome&)> outcome;     ///< of every file looked at, of folders that are ignored
  std::function<void(const Duplicate&)> duplicate;     ///< at the end, all that there are in the index
};

struct UpdateOptions {
  std::vector<std::string> paths; ///< files, folders, `-` for standard input; none: those the index was made from
  std::size_t jobs = 1;           ///< threads that read and analyse
  corpus::ReadOptions read;
  std::string settings;   ///< digest of whatever else decides what is read; another one reads all files again
  std::string names;      ///< digest of what the catalog is made with; with another one it is made anew
  std::string looked_for; ///< the user's names that the recognizer finds, as a names file; see looked_for
  /// The names that are found in text by one `looked_for` and not, or otherwise, by another.
  std::function<std::vector<NamesEntry>(const std::string& before, const std::string& now)> found_differently;
  /// Of a rebuild: the index that is rebuilt. What it has from standard input is taken over.
  std::optional<IndexState> rebuilt = {};
  bool retry_failed = false;                ///< read files with problems again though they are unchanged
  std::uint64_t articles_per_commit = 5000; ///< at most; at the end there is a commit in any case
};

/// Brings an index up to date with its files: reads new and changed ones, removes the articles of those that are gone
/// from below the given paths, leaves the rest. Commits at the end, and now and then before. When `stop` is requested
/// it commits what is complete and returns; a later run does the rest. Interrupted in any other way, the next run
/// completes it likewise: an index depends on the files alone, not on how it came about.
///
/// Where the user's names have changed, the articles that hold their words are recognized again as they are stored, and
/// nothing else is; in one commit, so that no index has half of it. The catalog is part of the last commit.
///
/// Articles of standard input are added to those that came through it before, or replace those of the same name; none
/// is removed.
///
/// A path, folder or file that cannot be looked into is a problem, and what the index has of it stays: a disk that is
/// not there must not empty the index. `forget` removes it.
Summary update(IndexWriter& writer, const Recognizer& recognizer, const UpdateOptions& options,
               const UpdateEvents& events, std::stop_token stop);

/// What an update would do. `added` counts new files and `changed` files whose content is another; the rest is as
/// `update` counts it, but for what only reading can tell.
Summary preview(const IndexState& state, const UpdateOptions& options, const UpdateEvents& events);

/// Removes the articles at or below `path` from the index, and what lies there from what later updates look at. Returns
/// how many articles there were; nothing where the index knows no such path. `recognizer` is asked where a copy of one
/// takes its place.
std::optional<std::uint64_t> forget(IndexWriter& writer, const Recognizer& recognizer, const std::string& path);

} // namespace pfind::indexer
