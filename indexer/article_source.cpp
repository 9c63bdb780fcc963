#include "indexer/article_source.hpp"

#include <algorithm>
#include <array>

#include "common/error.hpp"
#include "corpus/source/digest.hpp"

namespace pfind::indexer {
namespace {

// Bytes from which on a file's articles are analysed in parallel, in bounded memory.
constexpr std::uint64_t k_large_file = 2u << 20;
constexpr std::uint64_t k_large_compressed = 64u << 10;

constexpr std::size_t k_batch_bytes = 64u << 10; // of article text per task of a large file
constexpr std::size_t k_batch_problems = 1000;   // likewise, where a file holds little else

/// Unwinds a reader whose articles nobody wants any more.
struct Stopped {};

/// What is small on disk may be large once unpacked.
bool is_large(const corpus::SourceFile& file) {
  if (file.path.ends_with(".pdf")) return false; // one article, whose size is mostly that of images
  constexpr std::array extensions{".gz", ".bz2", ".xz", ".zst", ".zip", ".7z", ".tgz", ".tbz2", ".txz", ".tzst"};
  const bool compressed = std::ranges::any_of(extensions, [&](const char* end) { return file.path.ends_with(end); });
  return file.size >= (compressed ? k_large_compressed : k_large_file);
}

/// Streams a large file's articles into tasks.
class LargeFile {
public:
  LargeFile(std::size_t number, const PlannedFile& planned, const std::function<bool(ReadTask)>& push)
      : planned_(planned), push_(push), task_{.file = number, .whole = false, .last = false} {}

  void read(const corpus::ReadOptions& options, const std::function<bool()>& stopped) {
    std::string digest;
    try {
      if (is_stream(planned_.file)) {
        stream_ = corpus::open_stdin(stopped);
      } else {
        digest = corpus::file_digest(planned_.file.path);
        if (digest == planned_.known_digest) return pass_same();
        stream_ = corpus::open_file(planned_.file.path);
      }
      corpus::read_articles(*stream_, planned_.file.path, options,
                            {.article = [&](Article article) { add(std::move(article)); },
                             .problem = [&](corpus::Problem problem) { add(std::move(problem)); },
                             .format = [&](std::string_view name) { format_ = name; }});
    } catch (const ReadError& error) {
      task_.unreadable = true;
      task_.problems.push_back(unreadable(planned_.file.path, error));
    }
    task_.last = true;
    task_.digest = digest;
    task_.bytes = planned_.file.size - std::min(planned_.file.size, passed_);
    pass();
  }

private:
  void add(Article article) {
    batch_bytes_ += article.title.size() + article.body.size();
    task_.articles.push_back(std::move(article));
    if (batch_bytes_ >= k_batch_bytes) pass_batch();
  }

  void add(corpus::Problem problem) {
    task_.problems.push_back(std::move(problem));
    if (task_.problems.size() >= k_batch_problems) pass_batch();
  }

  void pass_batch() {
    task_.bytes = stream_->stored_bytes_read() - passed_;
    pass();
  }

  void pass() {
    const std::size_t file = task_.file;
    passed_ += task_.bytes;
    task_.format = format_;
    if (!push_(std::move(task_))) throw Stopped();
    task_ = ReadTask{.file = file, .whole = false, .last = false};
    batch_bytes_ = 0;
  }

  void pass_same() {
    task_.same_content = task_.last = true;
    task_.bytes = planned_.file.size;
    pass();
  }

  const PlannedFile& planned_;
  const std::function<bool(ReadTask)>& push_;
  std::unique_ptr<corpus::ByteStream> stream_;
  ReadTask task_;
  std::string format_;
  std::size_t batch_bytes_ = 0;
  std::uint64_t passed_ = 0; // bytes of the file that tasks so far stood for
};

} // namespace

bool is_stream(const corpus::SourceFile& file) { return file.path == corpus::k_standard_input; }

corpus::Problem unreadable(const std::string& path, const ReadError& error) {
  const std::string_view reason = error.what();
  const std::string name = path + ": ";
  return {path, "", std::string(reason.starts_with(name) ? reason.substr(name.size()) : reason)};
}

void feed_tasks(const std::vector<PlannedFile>& files, const corpus::ReadOptions& options,
                const std::function<bool(ReadTask)>& push, const std::function<bool()>& stopped) {
  try {
    for (std::size_t number = 0; number < files.size(); ++number) {
      const PlannedFile& planned = files[number];
      if (is_stream(planned.file) || is_large(planned.file)) {
        LargeFile(number, planned, push).read(options, stopped);
      } else if (!push(ReadTask{.file = number, .bytes = planned.file.size})) {
        return;
      }
    }
  } catch (const Stopped&) { // as asked
  }
}

ReadOutcome ReadWorker::operator()(ReadTask task) {
  ReadOutcome outcome{.file = task.file,
                      .last = task.last,
                      .same_content = task.same_content,
                      .unreadable = task.unreadable,
                      .problems = std::move(task.problems),
                      .format = std::move(task.format),
                      .digest = std::move(task.digest),
                      .bytes = task.bytes};
  if (task.whole) {
    try {
      read_file(files_[task.file], outcome);
    } catch (const ReadError& error) {
      outcome.unreadable = true;
      outcome.problems.push_back(unreadable(files_[task.file].file.path, error));
    }
  }
  outcome.articles.reserve(task.articles.size());
  for (const Article& article : task.articles) prepare(article, outcome);
  return outcome;
}

void ReadWorker::read_file(const PlannedFile& planned, ReadOutcome& outcome) {
  outcome.digest = corpus::file_digest(planned.file.path);
  outcome.same_content = outcome.digest == planned.known_digest;
  if (outcome.same_content) return;
  const auto stream = corpus::open_file(planned.file.path);
  corpus::read_articles(*stream, planned.file.path, options_,
                        {.article = [&](const Article& article) { prepare(article, outcome); },
                         .problem = [&](corpus::Problem problem) { outcome.problems.push_back(std::move(problem)); },
                         .format = [&](std::string_view name) { outcome.format = name; }});
}

void ReadWorker::prepare(const Article& article, ReadOutcome& outcome) {
  outcome.articles.push_back(builder_.build(article, recognizer_.recognize(article)));
}

} // namespace pfind::indexer
