#include "indexer/update.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "common/error.hpp"
#include "common/index_files.hpp"
#include "corpus/source/digest.hpp"
#include "indexer/article_source.hpp"
#include "indexer/ordered_pipeline.hpp"

namespace pfind::indexer {
namespace {

constexpr std::uint64_t k_articles_per_commit = 5000;
constexpr std::size_t k_tasks_under_way = 64;

/// One update under way.
class Update {
public:
  Update(IndexWriter& writer, const Recognizer& recognizer, const UpdateOptions& options, const UpdateEvents& events,
         std::stop_token stop)
      : writer_(writer), recognizer_(recognizer), options_(options), events_(events), stop_(std::move(stop)) {}

  Summary run() {
    everything_again_ = writer_.metadata(metadata::k_names) != options_.settings;
    choose_roots();
    plan();
    if (options_.dry_run) return preview();
    for (const std::string& root : roots_) writer_.add_root(root);
    find_renamed();
    remove_missing();
    read_planned();
    if (everything_again_ && !summary_.interrupted) writer_.set_metadata(metadata::k_names, options_.settings);
    writer_.commit();
    summary_.total = writer_.article_count();
    return summary_;
  }

private:
  /// Without paths, and whenever everything has to be read again, all that was ever indexed counts.
  void choose_roots() {
    for (const std::string& path : options_.paths) roots_.push_back(corpus::absolute_path(path));
    if (roots_.empty() || everything_again_) {
      for (std::string& root : writer_.roots()) roots_.push_back(std::move(root));
    }
    std::ranges::sort(roots_);
    roots_.erase(std::unique(roots_.begin(), roots_.end()), roots_.end());
  }

  void report(const corpus::Problem& problem) {
    if (!problem.indexed) ++summary_.skipped;
    if (events_.problem) events_.problem(problem);
  }

  /// Compares what is there with what the index remembers.
  void plan() {
    std::vector<std::string> unseen; // paths that could not be looked into: what is below them is not gone
    const auto files = corpus::scan(roots_, {.problem = [&](const corpus::Problem& problem) {
                                      unseen.push_back(problem.path);
                                      report(problem);
                                    }});
    known_ = writer_.files(roots_);
    missing_ = known_;
    for (const corpus::SourceFile& file : files) {
      missing_.erase(file.path);
      const auto it = known_.find(file.path);
      if (it == known_.end()) {
        planned_.push_back({.file = file});
      } else if (it->second.file == file && !everything_again_) {
        keep(it->second);
      } else {
        planned_.push_back({.file = file,
                            .known_digest = everything_again_ ? "" : it->second.digest,
                            .known_articles = it->second.articles});
      }
    }
    std::erase_if(missing_, [&](const auto& entry) {
      const bool hidden =
          std::ranges::any_of(unseen, [&](const auto& path) { return is_at_or_below(entry.first, path); });
      if (hidden) summary_.unchanged += entry.second.articles;
      return hidden;
    });
    for (const PlannedFile& planned : planned_) progress_.bytes_total += planned.file.size;
    progress_.files_total = planned_.size();
  }

  void keep(const FileRecord& record) {
    summary_.unchanged += record.articles;
    for (const corpus::Problem& problem : record.problems) report(problem);
  }

  Summary preview() {
    for (const PlannedFile& planned : planned_) {
      const bool is_new = !known_.contains(planned.file.path);
      ++(is_new ? summary_.added : summary_.changed);
      tell((is_new ? "new: " : "changed: ") + planned.file.path);
    }
    for (const auto& [path, record] : missing_) {
      summary_.removed += record.articles;
      tell("gone: " + path);
    }
    summary_.total = writer_.article_count();
    return summary_;
  }

  /// A new file with the bytes of one that is gone is that file under another name.
  void find_renamed() {
    std::set<std::uint64_t> sizes;
    std::multimap<std::string, std::string> gone; // digest -> path
    for (const auto& [path, record] : missing_) {
      sizes.insert(record.file.size);
      gone.emplace(record.digest, path);
    }
    for (const PlannedFile& planned : planned_) {
      if (!sizes.contains(planned.file.size) || known_.contains(planned.file.path)) continue;
      const auto it = gone.find(digest_or_empty(planned.file.path));
      if (it == gone.end()) continue;
      renamed_.insert(planned.file.path);
      renamed_from_.insert(it->second);
      tell("renamed: " + it->second + " to " + planned.file.path);
      gone.erase(it);
    }
  }

  static std::string digest_or_empty(const std::string& path) {
    try {
      return corpus::file_digest(path);
    } catch (const ReadError&) {
      return {}; // reported when it is read
    }
  }

  void remove_missing() {
    for (const auto& [path, record] : missing_) {
      const std::uint64_t articles = writer_.remove_file(path);
      if (renamed_from_.contains(path)) continue;
      summary_.removed += articles;
      tell("removed: " + path);
    }
  }

  void read_planned() {
    OrderedPipeline<ReadTask, ReadOutcome> pipeline;
    pipeline.run(
        std::max<std::size_t>(options_.jobs, 1), k_tasks_under_way,
        [&](const auto& push) {
          feed_tasks(planned_, options_.read,
                     [&](ReadTask task) { return !stop_.stop_requested() && push(std::move(task)); });
        },
        [&] { return ReadWorker(planned_, options_.read, recognizer_); },
        [&](ReadOutcome outcome) {
          take(std::move(outcome));
          return true;
        });
    summary_.interrupted = progress_.files_done < planned_.size();
  }

  void take(ReadOutcome outcome) {
    const PlannedFile& planned = planned_[outcome.file];
    for (const corpus::Problem& problem : outcome.problems) report(problem);
    if (outcome.same_content) {
      finish_same(planned, outcome.digest);
    } else {
      for (PreparedArticle& article : outcome.articles) put(std::move(article), planned);
      std::ranges::move(outcome.problems, std::back_inserter(current_.problems));
      if (outcome.last) finish(planned, outcome.digest);
    }
    progress_.bytes_done += outcome.bytes;
    if (outcome.last) ++progress_.files_done;
    if (events_.progress) events_.progress(progress_);
  }

  void put(PreparedArticle article, const PlannedFile& planned) {
    ++current_.articles;
    ++progress_.articles;
    switch (writer_.put(std::move(article), everything_again_)) {
    case PutResult::added: ++(renamed_.contains(planned.file.path) ? summary_.renamed : summary_.added); break;
    case PutResult::changed: ++summary_.changed; break;
    case PutResult::unchanged: ++summary_.unchanged; break;
    }
    if (++since_commit_ < k_articles_per_commit) return;
    writer_.commit();
    since_commit_ = 0;
  }

  void finish(const PlannedFile& planned, const std::string& digest) {
    current_.file = planned.file;
    current_.digest = digest;
    summary_.removed += writer_.finish_file(current_);
    tell("read: " + planned.file.path);
    current_ = {};
  }

  /// Touched or copied over, but with the same bytes: only the record is renewed.
  void finish_same(const PlannedFile& planned, const std::string& digest) {
    FileRecord record = known_.at(planned.file.path);
    for (const corpus::Problem& problem : record.problems) report(problem);
    summary_.unchanged += record.articles;
    record.file = planned.file;
    record.digest = digest;
    writer_.remember_file(record);
  }

  void tell(const std::string& line) const {
    if (events_.file) events_.file(line);
  }

  IndexWriter& writer_;
  const Recognizer& recognizer_;
  const UpdateOptions& options_;
  const UpdateEvents& events_;
  std::stop_token stop_;

  bool everything_again_ = false;
  std::vector<std::string> roots_;
  std::map<std::string, FileRecord> known_;   // files the index remembers below the roots
  std::map<std::string, FileRecord> missing_; // of these, the ones that are gone
  std::vector<PlannedFile> planned_;
  std::unordered_set<std::string> renamed_;      // planned files that are renamed ones
  std::unordered_set<std::string> renamed_from_; // where those were
  FileRecord current_;                           // the file whose articles are being put
  std::uint64_t since_commit_ = 0;
  Progress progress_;
  Summary summary_;
};

} // namespace

Summary update(IndexWriter& writer, const Recognizer& recognizer, const UpdateOptions& options,
               const UpdateEvents& events, std::stop_token stop) {
  return Update(writer, recognizer, options, events, std::move(stop)).run();
}

std::uint64_t forget(IndexWriter& writer, const std::string& path) {
  std::uint64_t removed = 0;
  const std::string root = corpus::absolute_path(path);
  for (const auto& [file, record] : writer.files({root})) removed += writer.remove_file(file);
  writer.remove_root(root);
  writer.commit();
  return removed;
}

} // namespace pfind::indexer
