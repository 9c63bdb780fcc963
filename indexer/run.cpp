#include "indexer/run.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "common/index_files.hpp"
#include "common/terminal.hpp"
#include "corpus/source/digest.hpp"
#include "corpus/source/scan.hpp"
#include "indexer/bulk/glass_version.hpp"
#include "indexer/index_directory.hpp"
#include "indexer/index_state.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/named_paths.hpp"
#include "indexer/names.hpp"
#include "indexer/recognizer/article_recognizer.hpp"
#include "indexer/recognizer/name_model.hpp"
#include "indexer/writer_lock.hpp"

namespace pfind::indexer {
namespace {

/// Whatever decides what is read from a file besides the file and the user's names: when it changes, everything is read
/// again.
std::string settings_digest(const Names& names, const corpus::ReadOptions& read) {
  std::string settings = fmt::format("{}{}{} {}", names.shipped_digest, corpus::digest(NameModel::shipped_bytes()),
                                     k_recognizer_version, corpus::k_reader_version);
  for (const auto& [field, members] : read.json_fields) {
    settings += '\n' + field;
    for (const std::string& member : members) settings += '=' + member;
  }
  return corpus::to_hex(corpus::digest(settings));
}

/// The first of `roots` at or below which `path` lies, or nothing.
std::optional<std::string> root_of(const std::string& path, const std::vector<std::string>& roots) {
  const auto it = std::ranges::find_if(roots, [&](const auto& root) { return is_at_or_below(path, root); });
  return it == roots.end() ? std::nullopt : std::optional(*it);
}

ExitStatus forget_paths(const Options& options, IndexWriter& writer, Console& console) {
  const LazyRecognizer recognizer(recognized_names(writer.state().looked_for()));
  ExitStatus status = ExitStatus::success;
  for (const std::string& path : options.paths) {
    const bool is_stdin = path == corpus::k_standard_input;
    const std::string place = is_stdin ? "standard input (-)" : corpus::absolute_path(path);
    const auto removed = forget(writer, recognizer, path);
    if (!removed) {
      console.error(fmt::format("the index holds nothing {} {}", is_stdin ? "from" : "at or below", place));
      status = ExitStatus::error;
      continue;
    }
    console.note(fmt::format("{} {} removed: {}", grouped(*removed), *removed == 1 ? "article" : "articles", path));
    if (const auto root = root_of(place, writer.state().roots()))
      console.note(fmt::format("{} lies below {}, which is still indexed: the next run reads it again", path, *root));
  }
  return status;
}

/// The paths a rebuild is made from: those given and all that the live index was made from.
std::vector<std::string> rebuild_paths(const Options& options) {
  std::vector<std::string> paths = options.paths;
  try {
    std::ranges::move(IndexState::live(options.index).roots(), std::back_inserter(paths));
  } catch (const IndexError& error) {
    if (paths.empty())
      throw IndexError(fmt::format("{}; or name the articles: pindex --rebuild PATH...", error.what()));
  }
  return paths;
}

/// The index that a rebuild replaces, where there is one that can be read.
std::optional<IndexState> rebuilt_index(const Options& options) {
  if (options.action != Action::rebuild) return std::nullopt;
  try {
    IndexState state = IndexState::live(options.index);
    state.locations_in(std::string(corpus::k_standard_input));
    return state;
  } catch (const IndexError&) { // damaged; that is why it is rebuilt
    return std::nullopt;
  }
}

/// Whether articles came through standard input, which no path stands for.
bool has_stream_articles(const IndexState& state) {
  return state.has_articles_of(std::string(corpus::k_standard_input));
}

/// How this run reads articles: as its options say, else as the index remembers. A damaged index that is to be rebuilt
/// remembers nothing.
ReadingSettings reading_settings(const Options& options) {
  const ReadingSettings given{options.names, options.read.json_fields};
  try {
    return effective(given, IndexState::live(options.index).reading());
  } catch (const IndexError&) {
    if (options.action == Action::rebuild) return effective(given, {});
    throw;
  }
}

/// The live index of a run that needs one: to forget from, to preview, or to update without naming paths.
IndexState existing_index(const Options& options) {
  const bool is_new = !index_files::live_generation(options.index);
  if (is_new && options.action == Action::forget)
    throw IndexError(fmt::format("there is no index at {} that anything could be removed from; name it with --index",
                                 options.index.string()));
  if (is_new && options.paths.empty())
    throw UsageError(fmt::format("there is no index at {} yet: say which files or folders to index, pindex PATH...",
                                 options.index.string()));
  IndexState state = IndexState::live(options.index);
  if (!is_new) state.check_versions();
  if (options.paths.empty() && state.roots().empty() && !has_stream_articles(state))
    throw UsageError("the index is empty: say which files or folders to index, pindex PATH...");
  return state;
}

ExitStatus run_forget(const Options& options, Console& console, const std::stop_token& stop) {
  existing_index(options);
  const WriterLock lock = lock_index(options.index, options.wait, console, stop);
  IndexWriter writer(options.index, IndexWriter::Mode::update, {});
  return forget_paths(options, writer, console);
}

ExitStatus run_preview(const Options& options, const Names& names, Console& console) {
  const IndexState state = existing_index(options);
  NamedPaths named(options.paths.empty() ? state.roots() : options.paths);
  console.preview(preview(state, update_options(options, names, options.paths), named.watched(console)));
  return named.status();
}

} // namespace

Filling filling(const Options& options, Console& console) {
  if (options.filling.builder != Builder::bulk || bulk::knows_linked_xapian()) return options.filling;
  if (options.action != Action::update || !index_files::live_generation(options.index))
    console.note(fmt::format("pindex: the bulk builder does not know the format of Xapian {}; the index is written by "
                             "Xapian itself, which takes longer",
                             Xapian::version_string()));
  return {Builder::xapian, options.filling.memory};
}

UpdateOptions update_options(const Options& options, const Names& names, std::vector<std::string> paths) {
  return {.paths = std::move(paths),
          .jobs = options.jobs,
          .read = options.read,
          .settings = settings_digest(names, options.read),
          .names = names.digest,
          .looked_for = names.looked_for,
          .found_differently = changed_names,
          .rebuilt = rebuilt_index(options),
          .retry_failed = options.retry_failed};
}

ExitStatus run_update(const Options& given, Console& console, std::stop_token stop) {
  if (given.action == Action::forget) return run_forget(given, console, stop);
  const ReadingSettings reading = reading_settings(given);
  Options options = given;
  options.names = reading.names;
  options.read.json_fields = reading.json_fields;
  const Names names = load_names(options.names);
  if (options.action == Action::dry_run) return run_preview(options, names, console);
  const bool rebuild = options.action == Action::rebuild;
  if (!rebuild) existing_index(options);
  const WriterLock lock = lock_index(options.index, options.wait, console, stop);
  const UpdateOptions what = update_options(options, names, rebuild ? rebuild_paths(options) : options.paths);
  if (what.paths.empty() && rebuild && !(what.rebuilt && has_stream_articles(*what.rebuilt)))
    throw UsageError("the index is empty: say which files or folders to index, pindex --rebuild PATH...");
  IndexWriter writer(options.index, rebuild ? IndexWriter::Mode::rebuild : IndexWriter::Mode::update, names.listed,
                     filling(options, console));
  writer.set_reading(reading);
  NamedPaths named(what.paths.empty() ? writer.state().roots() : what.paths);
  const LazyRecognizer recognizer(names.recognized);
  const Summary summary = update(writer, recognizer, what, named.watched(console), std::move(stop));
  // A rebuild without a path that is out of reach would lose its articles.
  const bool complete = !summary.interrupted && named.status() == ExitStatus::success;
  if (rebuild && complete) writer.publish();
  console.summary(summary);
  if (writer.sums_failure())
    console.note(
        fmt::format("pindex: the sums of the blocks of {} cannot be written ({}): that one of those just written "
                    "is damaged will not be noticed, until another run can write them",
                    options.index.string(), *writer.sums_failure()));
  if (rebuild && !complete)
    console.error("the index is as it was before the rebuild; what could not be read must be put back, or removed with "
                  "pindex --forget PATH, first");
  return summary.interrupted ? ExitStatus::interrupted : named.status();
}

} // namespace pfind::indexer
