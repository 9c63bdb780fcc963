#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/error.hpp"
#include "corpus/source/scan.hpp"
#include "indexer/document_builder.hpp"
#include "indexer/file_record.hpp"
#include "indexer/recognizer/recognizer.hpp"

namespace pfind::indexer {

/// What kept a whole file from being read.
corpus::Problem unreadable(const std::string& path, const ReadError& error);

/// A file that has to be looked at, with what is known of it.
struct PlannedFile {
  corpus::SourceFile file;
  std::string known_digest; ///< of its content when it was last read; empty where it never was, or must be read again
  bool outdated = false;    ///< its articles must be made anew even where they are the same
};

/// Whether a planned file is standard input, which is another stream each time.
bool is_stream(const corpus::SourceFile& file);

/// Something for a worker to do: read a whole file, or analyse articles of a large file that is being read.
struct ReadTask {
  std::size_t file = 0;      ///< index into the planned files
  bool whole = true;         ///< read the file; otherwise `articles` are some of its articles
  bool last = true;          ///< nothing more of that file follows
  bool same_content = false; ///< see ReadOutcome
  bool unreadable = false;   ///< see ReadOutcome
  std::vector<Article> articles;
  std::vector<corpus::Problem> problems;
  std::string format; ///< what the file is read as
  std::string digest;
  std::uint64_t bytes = 0; ///< roughly how much of the file this stands for
};

/// What came of a ReadTask.
struct ReadOutcome {
  std::size_t file = 0;
  bool last = true;
  bool same_content = false; ///< the file's bytes are those of the last time; nothing else is set
  bool unreadable = false;   ///< the file could not be opened or read at all; `problems` says why
  std::vector<PreparedArticle> articles;
  std::vector<corpus::Problem> problems;
  std::string format; ///< what the file is read as; empty where that did not come up
  std::string digest;
  std::uint64_t bytes = 0;
};

/// Cuts planned files into tasks: small files whole, large ones article by article, so that one large file keeps all
/// workers busy in bounded memory. `push` returns false to end it; `stopped` says so while a stream keeps it waiting.
void feed_tasks(const std::vector<PlannedFile>& files, const corpus::ReadOptions& options,
                const std::function<bool(ReadTask)>& push, const std::function<bool()>& stopped);

/// Does one task: reads, recognises, builds documents. One per thread.
class ReadWorker {
public:
  ReadWorker(const std::vector<PlannedFile>& files, const corpus::ReadOptions& options, const Recognizer& recognizer,
             DocumentBuilder::Form form)
      : files_(files), options_(options), recognizer_(recognizer), builder_(form) {}

  ReadOutcome operator()(ReadTask task);

private:
  void read_file(const PlannedFile& planned, ReadOutcome& outcome);
  void prepare(const Article& article, ReadOutcome& outcome);

  const std::vector<PlannedFile>& files_;
  const corpus::ReadOptions& options_;
  const Recognizer& recognizer_;
  DocumentBuilder builder_;
};

} // namespace pfind::indexer
