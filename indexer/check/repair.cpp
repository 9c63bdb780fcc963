#include "indexer/check/repair.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

#include "common/index_files.hpp"
#include "indexer/check/index_check.hpp"
#include "indexer/check/salvage.hpp"
#include "indexer/index_directory.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/named_paths.hpp"
#include "indexer/recognizer/article_recognizer.hpp"
#include "indexer/run.hpp"

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

/// What changes with every commit: the file that says which revision holds is replaced.
using Stamp = std::pair<ino_t, std::int64_t>;

Stamp stamp_of(const CheckedGeneration& generation) {
  struct stat about {};
  const fs::path file = index_files::generation(generation.index, generation.number) / "iamglass";
  if (stat(file.c_str(), &about) != 0) return {};
  return {about.st_ino, about.st_mtim.tv_sec * 1'000'000'000 + about.st_mtim.tv_nsec};
}

/// Keeps writers away, unless the index is on a read-only file system or another user's.
std::optional<WriterLock> lock_if_writable(const Options& options, Console& console, const std::stop_token& stop) {
  if (access(options.index.c_str(), W_OK) != 0 && options.action == Action::check) return std::nullopt;
  return std::optional<WriterLock>(
      std::in_place, options.index, options.wait,
      [&] { console.note("pindex: waiting for another pindex that writes to this index"); }, stop);
}

CheckEvents shown_on(Console& console) {
  return {.damage = [&](const Damage& damage) { console.damage(damage.where, damage.what); },
          .progress = [&](std::uint64_t articles, std::uint64_t total) { console.checked(articles, total); }};
}

/// A new index in the place of a damaged one.
class Repair {
public:
  Repair(const Options& options, CheckedGeneration damaged, Console& console, std::stop_token stop)
      : options_(options), damaged_(std::move(damaged)), console_(console), stop_(std::move(stop)),
        database_(index_files::generation(damaged_.index, damaged_.number)) {}

  ExitStatus run() {
    const Remembered remembered = remembered_by(database_, stop_);
    const ReadingSettings reading = effective({options_.names, options_.read.json_fields}, remembered.reading);
    options_.names = reading.names;
    options_.read.json_fields = reading.json_fields;
    const Names names = load_names(options_.names);
    std::vector<std::string> paths = options_.paths;
    std::ranges::copy(remembered.roots, std::back_inserter(paths));
    if (!damaged_.is_named)
      index_files::publish(damaged_.index, damaged_.number); // for the writer, which keeps it until the end
    IndexWriter writer(options_.index, IndexWriter::Mode::rebuild, names.listed, filling(options_, console_));
    writer.set_reading(reading);
    const LazyRecognizer recognizer(names.recognized);
    writer.recognize_by(recognizer);
    if (!paths.empty()) read_files(writer, recognizer, update_options(options_, names, paths));
    // What is out of reach now may come back.
    for (const std::string& root : remembered.roots) writer.add_root(root);
    if (!stop_.stop_requested()) take_stored(writer, recognizer, remembered);
    if (stop_.stop_requested()) return ExitStatus::interrupted;
    if (writer.state().article_count() == 0 && paths.empty())
      throw IndexError(fmt::format("nothing of the index {} can be read; name the articles: pindex --repair PATH...",
                                   options_.index.string()));
    writer.renew_catalog(names.digest);
    writer.publish();
    return tell(writer.state().article_count());
  }

private:
  void read_files(IndexWriter& writer, const Recognizer& recognizer, const UpdateOptions& what) {
    UpdateEvents events = console_.events();
    events.outcome = [&, told = events.outcome](const FileOutcome& outcome) {
      if (outcome.result == "unreadable") unreadable_.insert(outcome.path);
      if (told) told(outcome);
    };
    events.problem = [&](const corpus::Problem& problem) { console_.problem(problem, false); };
    from_files_ = update(writer, recognizer, what, events, stop_).added;
  }

  /// Whether the articles of a file can only come from the damaged index: it was not read, and not because it is not to
  /// be.
  bool is_out_of_reach(const std::string& file) const {
    if (read_.contains(file)) return false;
    std::error_code cannot_tell;
    return unreadable_.contains(file) || !fs::exists(file, cannot_tell);
  }

  void take_stored(IndexWriter& writer, const Recognizer& recognizer, const Remembered& remembered) {
    writer.state().files().each([&](const FileRecord& record) { read_.insert(record.file.path); });
    std::map<std::string, std::uint64_t> articles; // by file
    DocumentBuilder builder;
    salvage(
        database_, [&](const std::string& file) { return is_out_of_reach(file); },
        {.article =
             [&](const Article& article) {
               writer.put(builder.build(article, recognizer.recognize(article)), false);
               ++articles[article.path];
               ++from_index_;
             },
         .lost =
             [&](const std::string& location) {
               ++lost_;
               console_.error(fmt::format("lost: {}: its file is out of reach, and what the index has of it is damaged",
                                          location));
             }},
        stop_);
    for (const auto& [path, count] : articles) writer.remember_file(record_of(path, count, remembered));
  }

  /// What is to be remembered of a file that was not read: what was, where all of its articles are there.
  static FileRecord record_of(const std::string& path, std::uint64_t articles, const Remembered& remembered) {
    const auto known = remembered.files.find(path);
    if (known != remembered.files.end() && known->second.articles == articles) return known->second;
    FileRecord record{.file = {.path = path}, .articles = articles};
    record.distrust();
    return record;
  }

  ExitStatus tell(std::uint64_t total) const {
    if (!options_.quiet)
      write_out(fmt::format("the index is made anew: {} from files, {} as they were stored, {} lost; {} in the index\n",
                            counted(from_files_, "article"), counted(from_index_, "article"), counted(lost_, "article"),
                            counted(total, "article")));
    return lost_ == 0 ? ExitStatus::success : ExitStatus::error;
  }

  Options options_;
  CheckedGeneration damaged_;
  Console& console_;
  std::stop_token stop_;
  fs::path database_;
  std::set<std::string> read_;       // files
  std::set<std::string> unreadable_; // files that are there
  std::uint64_t from_files_ = 0;     // articles
  std::uint64_t from_index_ = 0;
  std::uint64_t lost_ = 0;
};

/// Says how the files differ from what the index has of them: a sound index may be behind.
void compare_files(const Options& options, const Names& names, Console& console) {
  UpdateEvents events;
  if (options.verbose) events.file = console.events().file;
  console.preview(preview(IndexState::live(options.index), update_options(options, names, {}), events));
}

/// What can be compared only where the tables are sound.
CheckSummary compare_outside(const Options& given, const CheckedGeneration& generation, Console& console,
                             const std::stop_token& stop) {
  Options options = given;
  const ReadingSettings reading =
      effective({given.names, given.read.json_fields}, IndexState::live(given.index).reading());
  options.names = reading.names;
  options.read.json_fields = reading.json_fields;
  const Names names = load_names(options.names);
  const CheckSummary catalog = check_catalog(generation, names, shown_on(console), stop);
  if (catalog.is_sound()) compare_files(options, names, console);
  return catalog;
}

} // namespace

ExitStatus run_check(const Options& options, Console& console, const std::stop_token& stop) {
  checked_generation(options.index); // throws where there is none, before anything is made
  const auto lock = lock_if_writable(options, console, stop);
  const CheckedGeneration generation = checked_generation(options.index);
  const Stamp before = stamp_of(generation);
  CheckSummary summary = check_index(generation, shown_on(console), stop);
  if (summary.is_sound()) {
    const CheckSummary outside = compare_outside(options, generation, console, stop);
    summary.damages += outside.damages;
    summary.interrupted = outside.interrupted;
  }
  if (!lock && stamp_of(generation) != before)
    throw LockedError(
        fmt::format("the index {} was written to while it was checked; try again", options.index.string()));
  if (summary.interrupted) return ExitStatus::interrupted;
  const std::string looked_at = counted(summary.articles, "article") + " checked";
  if (summary.damages == 0) {
    const std::string_view unseen = summary.is_structure_unseen
                                        ? ", as far as can be told without permission to write: the structure of its "
                                          "tables was not looked at"
                                        : "";
    if (!options.quiet) write_out(fmt::format("{}: the index is sound{}\n", looked_at, unseen));
    return ExitStatus::success;
  }
  console.error(fmt::format("{}: the index {} is damaged{}", looked_at, options.index.string(),
                            options.action == Action::repair ? "" : "; pindex --check --repair mends it"));
  return options.action == Action::repair ? Repair(options, generation, console, stop).run() : ExitStatus::error;
}

} // namespace pfind::indexer
