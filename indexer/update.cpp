#include "indexer/update.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <future>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "common/at_once.hpp"
#include "common/error.hpp"
#include "corpus/source/digest.hpp"
#include "indexer/article_source.hpp"
#include "indexer/ordered_pipeline.hpp"
#include "indexer/plan.hpp"

namespace pfind::indexer {
namespace {

constexpr std::size_t k_tasks_under_way = 64;
constexpr std::size_t k_stored_bytes_per_commit = std::size_t{256} << 20; // long articles must not fill the memory

/// The digest of a file's bytes, empty where they cannot be read (which reading will report).
std::string digest_or_empty(const std::string& path) {
  try {
    return corpus::file_digest(path);
  } catch (const ReadError&) {
    return {};
  }
}

/// Counts problems and passes them on.
class Problems {
public:
  Problems(Summary& summary, const UpdateEvents& events) : summary_(summary), events_(events) {}

  void report(const corpus::Problem& problem) {
    ++(problem.indexed ? summary_.notices : summary_.skipped);
    if (events_.problem) events_.problem(problem);
  }

  /// What a file that is not read again gave when it was read.
  void repeat(const FileRecord& record) {
    summary_.skipped += record.skipped;
    summary_.notices += record.notices;
    summary_.not_retried += record.skipped > 0 ? 1 : 0;
    if (!events_.problem) return;
    for (const corpus::Problem& problem : record.problems) events_.problem(problem);
  }

private:
  Summary& summary_;
  const UpdateEvents& events_;
};

Plan planned(const IndexState& state, const UpdateOptions& options, Summary& summary, Problems& problems,
             const UpdateEvents& events) {
  Plan plan = make_plan(
      state, options.paths, {options.settings, options.retry_failed, options.jobs},
      [&](const corpus::Problem& problem) { problems.report(problem); },
      [&](const FileRecord& record) {
        problems.repeat(record);
        if (events.outcome) events.outcome({record.file.path, "unchanged", record.articles, ""});
      });
  summary.unchanged = plan.unchanged;
  summary.ignored = plan.ignored.size();
  for (const std::string& path : plan.ignored) {
    if (events.file) events.file("ignored: " + path);
    if (events.outcome) events.outcome({path, "ignored", 0, ""});
  }
  return plan;
}

/// One update under way.
class Update {
public:
  Update(IndexWriter& writer, const Recognizer& recognizer, const UpdateOptions& options, const UpdateEvents& events,
         std::stop_token stop)
      : writer_(writer), recognizer_(recognizer), options_(options), events_(events), stop_(std::move(stop)) {}

  Summary run() {
    if (!recognize_again()) {
      summary_.interrupted = true;
      count();
      return summary_;
    }
    plan_ = planned(writer_.state(), options_, summary_, problems_, events_);
    const std::future<void> preparing = prepare();
    if (plan_.settings_changed) take_settings();
    for (const std::string& root : plan_.roots) writer_.add_root(root);
    renew_stream_articles();
    find_renamed();
    remove_missing();
    is_empty_ = writer_.state().article_count() == 0;
    read_planned();
    if (is_inside_a_file()) leave_unfinished();
    for (const auto& [path, articles] : moved_) summary_.removed += articles; // fewer came back
    writer_.renew_catalog(options_.names);
    writer_.commit();
    count();
    if (events_.duplicate) writer_.state().each_duplicate(events_.duplicate);
    return summary_;
  }

private:
  /// Makes ready, on several threads, what the first article would wait for, and the catalog, where the index will
  /// change. What is returned may still be at it.
  std::future<void> prepare() {
    if (options_.jobs < 2 || (plan_.files.empty() && plan_.missing.empty())) return {};
    std::future<void> preparing;
    if (!plan_.files.empty()) preparing = std::async(k_at_once, [this] { recognizer_.prepare(); });
    writer_.prepare();
    return preparing;
  }

  void count() {
    summary_.total = writer_.state().article_count();
    summary_.duplicates = writer_.state().duplicate_count();
  }

  /// Gives stored articles the entities that the user's names make of them now. Returns whether it came to the end;
  /// otherwise nothing is changed.
  bool recognize_again() {
    const std::string before = writer_.state().looked_for();
    if (before == options_.looked_for) return true;
    if (writer_.state().article_count() > 0 && options_.found_differently) {
      for (const Xapian::docid article :
           writer_.articles_with(options_.found_differently(before, options_.looked_for))) {
        if (stop_.stop_requested()) {
          writer_.cancel();
          return false;
        }
        summary_.recognized += writer_.put_entities(article, recognizer_.recognize(writer_.article(article))) ? 1 : 0;
      }
    }
    writer_.set_looked_for(options_.looked_for);
    if (summary_.recognized > 0) writer_.commit(); // what follows may be interrupted
    return true;
  }

  /// From here on every file known counts as outdated until it is read, however many runs that takes.
  void take_settings() {
    plan_.known.each([&](const FileRecord& record) { writer_.remember_file(record); });
    writer_.set_settings(options_.settings);
  }

  /// What came through standard input cannot be read again: what is stored of it is analysed anew, where that is
  /// outdated or a rebuild takes it over.
  void renew_stream_articles() {
    const auto known = plan_.known.find(std::string(corpus::k_standard_input));
    const bool is_outdated = known && known->outdated;
    if (!is_outdated && !options_.rebuilt) return;
    const IndexState source = is_outdated ? writer_.state() : *options_.rebuilt;
    const std::vector<ArticleLocation> locations = source.locations_in(std::string(corpus::k_standard_input));
    if (locations.empty() && !is_outdated) return;
    current_.file.path = corpus::k_standard_input;
    current_.outdated = true;
    DocumentBuilder builder;
    std::uint64_t lost = 0;
    for (const ArticleLocation& location : locations) {
      if (stop_.stop_requested()) break; // the record says that it is outdated still
      const std::optional<Article> article = source.article_at(location);
      if (article)
        put(builder.build(*article, recognizer_.recognize(*article)));
      else
        ++lost;
    }
    if (lost > 0)
      problems_.report({current_.file.path, "indexed earlier",
                        fmt::format("{} of its {} articles cannot be taken over; put them through pindex - again", lost,
                                    locations.size())});
    is_renewal_cut_ = stop_.stop_requested();
    if (is_renewal_cut_) return;
    current_.outdated = false;
    writer_.finish_stream(std::exchange(current_, {}));
    is_stream_renewed_ = true;
  }

  /// A new file with the bytes of one that is gone is that file under another name.
  void find_renamed() {
    std::set<std::uint64_t> sizes;
    std::multimap<std::string, std::string> gone; // digest -> path
    for (const FileRecord& record : plan_.missing) {
      if (record.digest.empty()) continue;
      sizes.insert(record.file.size);
      gone.emplace(record.digest, record.file.path);
    }
    for (const PlannedFile& planned : plan_.files) {
      if (is_stream(planned.file) || !sizes.contains(planned.file.size) || plan_.known.contains(planned.file.path))
        continue;
      const auto it = gone.find(digest_or_empty(planned.file.path));
      if (it == gone.end()) continue;
      renamed_from_.emplace(it->second, planned.file.path);
      tell("renamed: " + it->second + " to " + planned.file.path);
      gone.erase(it);
    }
  }

  void remove_missing() {
    for (const FileRecord& record : plan_.missing) {
      const std::string& path = record.file.path;
      const std::uint64_t articles = writer_.remove_file(path);
      if (const auto it = renamed_from_.find(path); it != renamed_from_.end()) {
        moved_[it->second] = articles;
      } else {
        summary_.removed += articles;
        tell("removed: " + path);
        outcome(path, "removed", articles);
      }
    }
  }

  void read_planned() {
    for (const PlannedFile& planned : plan_.files) progress_.bytes_total += planned.file.size;
    progress_.files_total = plan_.files.size();
    OrderedPipeline<ReadTask, ReadOutcome> pipeline;
    pipeline.run(
        std::max<std::size_t>(options_.jobs, 1), k_tasks_under_way,
        [&](const auto& push) {
          feed_tasks(
              plan_.files, options_.read,
              [&](ReadTask task) { return !stop_.stop_requested() && push(std::move(task)); },
              [&] { return stop_.stop_requested(); });
        },
        [&, form = form()] { return ReadWorker(plan_.files, options_.read, recognizer_, form); },
        [&](ReadOutcome outcome) {
          take(std::move(outcome));
          return true;
        });
    summary_.interrupted = is_renewal_cut_ || progress_.files_done < plan_.files.size();
  }

  /// What the bulk builder is given is encoded by those who read.
  DocumentBuilder::Form form() const {
    const bool in_bulk = writer_.takes_encoded() && std::ranges::all_of(plan_.files, [&](const PlannedFile& planned) {
                           return place_in(planned.file) == Place::empty;
                         });
    return in_bulk ? DocumentBuilder::Form::encoded : DocumentBuilder::Form::xapian;
  }

  void take(ReadOutcome outcome) {
    const PlannedFile& planned = plan_.files[outcome.file];
    current_.file = planned.file;
    current_.outdated = planned.outdated;
    for (const corpus::Problem& problem : outcome.problems) problems_.report(problem);
    if (outcome.unreadable) {
      stay();
    } else if (outcome.same_content) {
      finish_same(outcome.digest);
    } else {
      for (PreparedArticle& article : outcome.articles) put(std::move(article));
      for (corpus::Problem& problem : outcome.problems) current_.add(std::move(problem));
      if (outcome.last) finish(outcome.digest, outcome.format);
    }
    if (outcome.last) current_ = {};
    if (outcome.last) ++progress_.files_done;
    progress_.bytes_done += outcome.bytes;
    if (events_.progress) events_.progress(progress_);
  }

  void put(PreparedArticle article) {
    ++current_.articles;
    ++progress_.articles;
    stored_bytes_ += article.stored_bytes;
    switch (writer_.put(std::move(article), current_.outdated, place())) {
    case PutResult::added: ++(is_moved() ? summary_.renamed : summary_.added); break;
    case PutResult::changed: ++summary_.changed; break;
    case PutResult::unchanged: ++summary_.unchanged; break;
    }
    if (++put_ < options_.articles_per_commit && stored_bytes_ < k_stored_bytes_per_commit) return;
    leave_unfinished();
    writer_.checkpoint();
    put_ = stored_bytes_ = 0;
  }

  /// Whether an article added to the current file is one of those that were removed under the file's old name.
  bool is_moved() {
    const auto it = moved_.find(current_.file.path);
    if (it == moved_.end() || it->second == 0) return false;
    --it->second;
    return true;
  }

  /// Of a file that the index does not know it holds no articles either.
  /// (What comes through standard input may name an article twice.)
  Place place_in(const corpus::SourceFile& file) const {
    if (is_stream(file)) return Place::unknown;
    return is_empty_ || !plan_.known.contains(file.path) ? Place::empty : Place::unknown;
  }
  Place place() const { return place_in(current_.file); }

  bool is_inside_a_file() const { return !current_.file.path.empty(); }

  /// The articles of the current file so far must be found again by the next run, whatever becomes of the file.
  void leave_unfinished() {
    FileRecord record = current_;
    record.distrust();
    if (is_stream(record.file)) record.articles = writer_.article_count(record.file.path);
    writer_.remember_file(record);
  }

  void finish(const std::string& digest, const std::string& format) {
    current_.file = remembered(current_.file, plan_.scanned_ns);
    current_.digest = digest;
    current_.outdated = false;
    if (is_stream(current_.file))
      finish_stream();
    else
      summary_.removed += writer_.finish_file(current_, place());
    tell("read: " + current_.file.path);
    outcome(current_.file.path, "read", current_.articles, format);
  }

  /// What came before and was analysed anew is counted as that.
  void finish_stream() {
    const std::uint64_t others = writer_.finish_stream({.file = current_.file});
    if (!is_stream_renewed_) summary_.unchanged += others;
  }

  /// Touched or copied over, but with the same bytes: only the record is renewed.
  void finish_same(const std::string& digest) {
    FileRecord record = plan_.known.find(current_.file.path).value();
    problems_.repeat(record);
    summary_.unchanged += record.articles;
    outcome(record.file.path, "unchanged", record.articles);
    record.file = remembered(current_.file, plan_.scanned_ns);
    record.digest = digest;
    writer_.remember_file(record);
  }

  /// Neither gone nor changed as far as can be told. The record stays as well, so the next run tries again.
  void stay() {
    const auto record = plan_.known.find(current_.file.path);
    const std::uint64_t articles = record ? record->articles : 0;
    summary_.unchanged += articles;
    outcome(current_.file.path, "unreadable", articles);
  }

  void tell(const std::string& line) const {
    if (events_.file) events_.file(line);
  }

  void outcome(const std::string& path, std::string_view result, std::uint64_t articles,
               const std::string& format = {}) const {
    if (events_.outcome) events_.outcome({path, result, articles, format});
  }

  IndexWriter& writer_;
  const Recognizer& recognizer_;
  const UpdateOptions& options_;
  const UpdateEvents& events_;
  std::stop_token stop_;

  Summary summary_;
  Problems problems_{summary_, events_};
  Plan plan_;
  bool is_empty_ = false;                                     // the index, before files are read
  std::unordered_map<std::string, std::string> renamed_from_; // path of a file that is gone -> its new path
  std::unordered_map<std::string, std::uint64_t> moved_;      // new path -> articles removed under the old one
  FileRecord current_;                                        // the file whose articles are being put
  std::uint64_t put_ = 0;                                     // articles since the last commit
  std::size_t stored_bytes_ = 0;                              // their size
  bool is_renewal_cut_ = false;                               // of articles of standard input
  bool is_stream_renewed_ = false;
  Progress progress_;
};

} // namespace

Summary update(IndexWriter& writer, const Recognizer& recognizer, const UpdateOptions& options,
               const UpdateEvents& events, std::stop_token stop) {
  writer.recognize_by(recognizer);
  return Update(writer, recognizer, options, events, std::move(stop)).run();
}

Summary preview(const IndexState& state, const UpdateOptions& options, const UpdateEvents& events) {
  Summary summary;
  Problems problems(summary, events);
  const auto tell = [&](const std::string& line) {
    if (events.file) events.file(line);
  };
  const Plan plan = planned(state, options, summary, problems, events);
  for (const PlannedFile& planned : plan.files) {
    const auto record = plan.known.find(planned.file.path);
    if (!record) {
      ++summary.added;
      tell("new: " + planned.file.path);
    } else if (!planned.known_digest.empty() && digest_or_empty(planned.file.path) == planned.known_digest) {
      summary.unchanged += record->articles;
      problems.repeat(*record);
    } else {
      ++summary.changed;
      tell("changed: " + planned.file.path);
    }
  }
  for (const FileRecord& record : plan.missing) {
    summary.removed += record.articles;
    tell("gone: " + record.file.path);
  }
  summary.total = state.article_count();
  summary.duplicates = state.duplicate_count();
  return summary;
}

std::optional<std::uint64_t> forget(IndexWriter& writer, const Recognizer& recognizer, const std::string& path) {
  writer.recognize_by(recognizer);
  const std::string place = path == corpus::k_standard_input ? path : corpus::absolute_path(path);
  bool known = false;
  for (const std::string& root : writer.state().roots()) {
    if (!is_at_or_below(root, place)) continue;
    known = true;
    writer.remove_root(root);
  }
  std::uint64_t removed = 0;
  writer.state().files().each([&](const FileRecord& record) {
    if (!is_at_or_below(record.file.path, place)) return;
    known = true;
    removed += writer.remove_file(record.file.path);
  });
  writer.commit();
  return known ? std::optional(removed) : std::nullopt;
}

} // namespace pfind::indexer
