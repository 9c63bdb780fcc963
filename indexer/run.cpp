#include "indexer/run.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <sstream>

#include "common/article_json.hpp"
#include "common/entity/catalog.hpp"
#include "common/entity/looked_for.hpp"
#include "common/index_files.hpp"
#include "common/terminal.hpp"
#include "corpus/names/shipped.hpp"
#include "corpus/source/digest.hpp"
#include "corpus/source/scan.hpp"
#include "indexer/article_source.hpp"
#include "indexer/index_state.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/recognizer/article_recognizer.hpp"
#include "indexer/recognizer/name_model.hpp"
#include "indexer/writer_lock.hpp"

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file && file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf(); // of nothing it would fail
  if (!file.is_open() || file.bad())
    throw UsageError(
        fmt::format("cannot read the names file {}: {}; name another with --names FILE, or none with --names ''", path,
                    std::strerror(errno)));
  return text.str();
}

/// The names of the lists and of the user.
struct Names {
  std::vector<NamesEntry> shipped;
  std::shared_ptr<const Catalog> listed;     ///< with all that the user says of them
  std::shared_ptr<const Catalog> recognized; ///< what is looked for in text
  std::string looked_for;                    ///< what of that is the user's: UpdateOptions::looked_for
  std::string shipped_digest;
  std::string digest; ///< of all of it
};

Names load_names(const std::vector<std::string>& files) {
  std::vector<NamesEntry> user;
  std::string everything;
  for (const EntityKind kind : k_entity_kinds) everything += corpus::shipped_names(kind);
  Names names{.shipped = corpus::shipped_entries(), .shipped_digest = corpus::digest(everything)};
  for (const std::string& file : files) {
    const std::string text = read_file(file);
    std::ranges::move(parse_names(text, file), std::back_inserter(user));
    everything += text;
  }
  const std::vector<NamesEntry> found = looked_for(names.shipped, user);
  names.listed = std::make_shared<Catalog>(names.shipped, user);
  names.recognized = std::make_shared<Catalog>(names.shipped, found);
  names.looked_for = to_names_file(found);
  names.digest = corpus::to_hex(corpus::digest(everything));
  return names;
}

/// The names that text is to be looked through for when what the user looks for changes.
std::vector<NamesEntry> changed_names(const Names& names, const std::string& before, const std::string& now) {
  const Catalog a(names.shipped, parse_names(before, "the index"));
  const Catalog b(names.shipped, parse_names(now, "the names files"));
  return found_differently(a, b);
}

/// An article's entities under their canonical names as far as lists tell.
EntitySets canonical_names(const EntitySets& found, const Catalog& listed) {
  EntitySets names;
  for (const EntityKind kind : k_entity_kinds) {
    for (const std::string& name : found[static_cast<std::size_t>(kind)]) {
      if (listed.is_forbidden(kind, name)) continue;
      const CatalogEntity* owner = listed.owner(kind, name);
      std::vector<std::string>& of_kind = names[static_cast<std::size_t>(owner != nullptr ? owner->kind : kind)];
      const std::string& canonical = owner != nullptr ? owner->name() : name;
      if (std::ranges::find(of_kind, canonical) == of_kind.end()) of_kind.push_back(canonical);
    }
  }
  return names;
}

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

void make_directory(const fs::path& index) {
  std::error_code error;
  const bool made = fs::create_directories(index, error);
  if (error)
    throw IndexError(
        fmt::format("cannot make the index directory {}: {}; choose another --index", index.string(), error.message()));
  // Articles may be private: nobody else needs to read their index. One that was there keeps what its owner set.
  if (made) fs::permissions(index, fs::perms::owner_all, error);
}

/// What is not an index, nor the beginning of one, is left alone.
void refuse_foreign_directory(const fs::path& index) {
  if (index_files::live_generation(index)) return;
  std::error_code error;
  for (fs::directory_iterator entry(index, error), end; !error && entry != end; entry.increment(error)) {
    if (!index_files::is_part(entry->path().filename().native()))
      throw IndexError(
          fmt::format("{} is not empty and not an index of pfind; choose another --index", index.string()));
  }
  if (error)
    throw IndexError(
        fmt::format("cannot read the index directory {}: {}; choose another --index", index.string(), error.message()));
}

/// Whether a path that the user named could not be read at all, which makes the run a failure.
class NamedPaths {
public:
  explicit NamedPaths(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) named_.insert(path == "-" ? path : corpus::absolute_path(path));
  }

  /// Whether `problem` is a failure; remembers that there was one.
  bool is_failure(const corpus::Problem& problem) {
    const bool failure = !problem.indexed && problem.where.empty() && named_.contains(problem.path);
    failed_ = failed_ || failure;
    return failure;
  }

  ExitStatus status() const { return failed_ ? ExitStatus::error : ExitStatus::success; }

private:
  std::set<std::string> named_;
  bool failed_ = false;
};

UpdateEvents watched(Console& console, NamedPaths& named) {
  UpdateEvents events = console.events();
  events.problem = [&](const corpus::Problem& problem) { console.problem(problem, named.is_failure(problem)); };
  return events;
}

/// The first of `roots` at or below which `path` lies, or nothing.
std::optional<std::string> root_of(const std::string& path, const std::vector<std::string>& roots) {
  const auto it = std::ranges::find_if(roots, [&](const auto& root) { return is_at_or_below(path, root); });
  return it == roots.end() ? std::nullopt : std::optional(*it);
}

ExitStatus forget_paths(const Options& options, IndexWriter& writer, Console& console) {
  ExitStatus status = ExitStatus::success;
  for (const std::string& path : options.paths) {
    const auto removed = forget(writer, path);
    if (!removed) {
      console.error(fmt::format("the index holds nothing at or below {}", corpus::absolute_path(path)));
      status = ExitStatus::error;
      continue;
    }
    console.note(fmt::format("{} {} removed: {}", grouped(*removed), *removed == 1 ? "article" : "articles", path));
    if (const auto root = root_of(corpus::absolute_path(path), writer.state().roots()))
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
  if (options.paths.empty() && state.roots().empty())
    throw UsageError("the index is empty: say which files or folders to index, pindex PATH...");
  return state;
}

WriterLock lock_index(const Options& options, Console& console, const std::stop_token& stop) {
  make_directory(options.index);
  refuse_foreign_directory(options.index);
  return {options.index, options.wait,
          [&] { console.note("pindex: waiting for another pindex that writes to this index"); }, stop};
}

ExitStatus run_forget(const Options& options, Console& console, const std::stop_token& stop) {
  existing_index(options);
  const WriterLock lock = lock_index(options, console, stop);
  IndexWriter writer(options.index, IndexWriter::Mode::update, {});
  return forget_paths(options, writer, console);
}

UpdateOptions update_options(const Options& options, const Names& names) {
  return {.paths = options.action == Action::rebuild ? rebuild_paths(options) : options.paths,
          .jobs = options.jobs,
          .read = options.read,
          .settings = settings_digest(names, options.read),
          .names = names.digest,
          .looked_for = names.looked_for,
          .found_differently = [&names](const std::string& before, const std::string& now) {
            return changed_names(names, before, now);
          }};
}

ExitStatus run_preview(const Options& options, const Names& names, Console& console) {
  const IndexState state = existing_index(options);
  NamedPaths named(options.paths.empty() ? state.roots() : options.paths);
  console.preview(preview(state, update_options(options, names), watched(console, named)));
  return named.status();
}

/// Thrown out of a reader to end it.
struct Interrupted {};

} // namespace

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
  const WriterLock lock = lock_index(options, console, stop);
  const UpdateOptions what = update_options(options, names);
  if (what.paths.empty() && rebuild)
    throw UsageError("the index is empty: say which files or folders to index, pindex --rebuild PATH...");
  IndexWriter writer(options.index, rebuild ? IndexWriter::Mode::rebuild : IndexWriter::Mode::update, names.listed);
  writer.set_reading(reading);
  NamedPaths named(what.paths.empty() ? writer.state().roots() : what.paths);
  const ArticleRecognizer recognizer(names.recognized);
  const Summary summary = update(writer, recognizer, what, watched(console, named), std::move(stop));
  // A rebuild without a path that is out of reach would lose its articles.
  const bool complete = !summary.interrupted && named.status() == ExitStatus::success;
  if (rebuild && complete) writer.publish();
  console.summary(summary);
  if (rebuild && !complete)
    console.error("the index is as it was before the rebuild; what could not be read must be put back, or removed with "
                  "pindex --forget PATH, first");
  return summary.interrupted ? ExitStatus::interrupted : named.status();
}

ExitStatus run_print(const Options& options, Console& console, std::stop_token stop) {
  const Names names = load_names(effective({options.names, {}}, {}).names);
  const ArticleRecognizer recognizer(names.recognized);
  NamedPaths named(options.paths);
  const UpdateEvents shown = watched(console, named);
  const auto print = [&](const Article& article) {
    if (stop.stop_requested()) throw Interrupted();
    const EntitySets entities = canonical_names(names_of(recognizer.recognize(article)), *names.listed);
    const std::string line = article_line(article, entities) + '\n';
    if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) throw OutputError(errno);
  };
  const auto read = [&](const std::string& path) {
    try {
      const auto stream = path == "-" ? corpus::open_stdin() : corpus::open_file(path);
      corpus::read_articles(*stream, path, options.read, {.article = print, .problem = shown.problem});
    } catch (const ReadError& error) {
      shown.problem(unreadable(path, error));
    }
  };
  const auto read_all = [&](const std::string& path) {
    if (path == "-") return read(path);
    for (const corpus::SourceFile& file : corpus::scan({path}, {.problem = shown.problem})) {
      if (stop.stop_requested()) throw Interrupted();
      read(file.path);
    }
  };
  try {
    for (const std::string& path : options.paths) read_all(path);
  } catch (const Interrupted&) {
    return ExitStatus::interrupted;
  }
  return named.status();
}

} // namespace pfind::indexer
