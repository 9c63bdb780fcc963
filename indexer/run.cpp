#include "indexer/run.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <sstream>

#include "common/article_json.hpp"
#include "common/entity/catalog.hpp"
#include "common/index_files.hpp"
#include "common/terminal.hpp"
#include "corpus/names/shipped.hpp"
#include "corpus/source/digest.hpp"
#include "corpus/source/scan.hpp"
#include "indexer/article_source.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/recognizer/list_recognizer.hpp"
#include "indexer/writer_lock.hpp"

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf()))
    throw UsageError(fmt::format("cannot read the names file {}: {}", path, std::strerror(errno)));
  return text.str();
}

/// The names that entities are recognized by, and a digest of them.
struct Names {
  std::shared_ptr<const Catalog> catalog;
  std::string digest;
};

Names load_names(const std::vector<std::string>& files) {
  std::vector<NamesEntry> user;
  std::string everything;
  for (const EntityKind kind : k_entity_kinds) everything += corpus::shipped_names(kind);
  for (const std::string& file : files) {
    const std::string text = read_file(file);
    std::ranges::move(parse_names(text, file), std::back_inserter(user));
    everything += text;
  }
  const auto shipped = corpus::shipped_entries();
  return {std::make_shared<Catalog>(shipped, user), corpus::digest(everything)};
}

/// All names of an entity but the one asked for.
AliasSource aliases_of(const std::shared_ptr<const Catalog>& catalog) {
  return [catalog](EntityKind kind, const std::string& name) {
    std::vector<std::string> aliases;
    for (const CatalogEntity* entity : catalog->find(kind, name)) {
      if (entity->name() != name) continue;
      for (const ListedName& other : entity->names) aliases.push_back(other.text);
    }
    return aliases;
  };
}

/// Whatever decides what is read from a file besides the file: when it changes, everything is read again.
std::string settings_digest(const Names& names, const corpus::ReadOptions& read) {
  std::string settings = names.digest;
  for (const auto& [field, members] : read.json_fields) {
    settings += '\n' + field;
    for (const std::string& member : members) settings += '=' + member;
  }
  return corpus::to_hex(corpus::digest(settings));
}

void make_directory(const fs::path& index) {
  std::error_code error;
  fs::create_directories(index, error);
  if (error)
    throw IndexError(
        fmt::format("cannot make the index directory {}: {}; choose another --index", index.string(), error.message()));
  // Articles may be private: nobody else needs to read their index.
  fs::permissions(index, fs::perms::owner_all, error);
}

/// An index of something else must not be mixed with ours.
void refuse_foreign_directory(const fs::path& index) {
  std::error_code unreadable; // then it is not empty for all we know
  if (index_files::live_generation(index) || fs::is_empty(index, unreadable) || fs::exists(index_files::lock(index)))
    return;
  throw IndexError(fmt::format("{} is not empty and not an index of pfind; choose another --index", index.string()));
}

/// Whether any path that the user named could not be read.
class NamedPaths {
public:
  explicit NamedPaths(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) named_.insert(path == "-" ? path : corpus::absolute_path(path));
  }
  void problem(const corpus::Problem& problem) {
    failed_ = failed_ || (problem.where.empty() && !problem.indexed && named_.contains(problem.path));
  }
  ExitStatus status() const { return failed_ ? ExitStatus::error : ExitStatus::success; }

private:
  std::set<std::string> named_;
  bool failed_ = false;
};

/// Passes problems on to the console and to `named`.
UpdateEvents watched(UpdateEvents events, NamedPaths& named) {
  events.problem = [&named, show = events.problem](const corpus::Problem& problem) {
    named.problem(problem);
    show(problem);
  };
  return events;
}

void run_forget(const Options& options, IndexWriter& writer, Console& console) {
  for (const std::string& path : options.paths) {
    const std::uint64_t removed = forget(writer, path);
    console.note(fmt::format("{} {} removed: {}", grouped(removed), removed == 1 ? "article" : "articles", path));
  }
}

/// The paths a rebuild is made from: those given and all that the live index was made from.
std::vector<std::string> rebuild_paths(const Options& options) {
  std::vector<std::string> paths = options.paths;
  if (!index_files::live_generation(options.index)) return paths;
  try {
    std::ranges::move(live_roots(options.index), std::back_inserter(paths));
  } catch (const IndexError& error) {
    if (paths.empty())
      throw IndexError(fmt::format("{}; or name the articles: pindex --rebuild PATH...", error.what()));
  }
  return paths;
}

/// What is needed where there is no index yet.
void require_what_is_new(const Options& options) {
  if (options.action == Action::forget)
    throw IndexError(fmt::format("there is no index at {} that anything could be removed from; name it with --index",
                                 options.index.string()));
  if (options.paths.empty() && options.action != Action::rebuild)
    throw UsageError(fmt::format("there is no index at {} yet: say which files or folders to index, pindex PATH...",
                                 options.index.string()));
}

/// Without an index, every file is to be read.
ExitStatus run_dry_without_index(const Options& options, Console& console) {
  NamedPaths named(options.paths);
  Summary summary;
  const UpdateEvents shown = watched(console.events(), named);
  const corpus::ScanEvents events{.problem = [&](const corpus::Problem& problem) {
    ++summary.skipped;
    shown.problem(problem);
  }};
  summary.added = corpus::scan(options.paths, events).size();
  console.summary(summary, true);
  return named.status();
}

/// Thrown out of a reader to end it.
struct Interrupted {};

} // namespace

ExitStatus run_update(const Options& options, Console& console, std::stop_token stop) {
  const bool is_new = !index_files::live_generation(options.index);
  if (is_new) require_what_is_new(options);
  if (is_new && options.action == Action::dry_run) return run_dry_without_index(options, console);
  const Names names = load_names(options.names);
  make_directory(options.index);
  refuse_foreign_directory(options.index);
  const WriterLock lock(
      options.index, options.wait,
      [&] { console.note("pindex: waiting for another pindex that writes to this index"); }, stop);
  const bool rebuild = options.action == Action::rebuild;
  UpdateOptions update_options{.paths = rebuild ? rebuild_paths(options) : options.paths,
                               .dry_run = options.action == Action::dry_run,
                               .jobs = options.jobs,
                               .read = options.read,
                               .settings = settings_digest(names, options.read)};
  IndexWriter writer(options.index, rebuild ? IndexWriter::Mode::rebuild : IndexWriter::Mode::update,
                     aliases_of(names.catalog));
  if (options.action == Action::forget) {
    run_forget(options, writer, console);
    return ExitStatus::success;
  }
  if (update_options.paths.empty() && writer.roots().empty())
    throw UsageError("the index is empty: say which files or folders to index, pindex PATH...");
  NamedPaths named(options.paths);
  const ListRecognizer recognizer(names.catalog);
  const Summary summary = update(writer, recognizer, update_options, watched(console.events(), named), std::move(stop));
  if (rebuild && !summary.interrupted) writer.publish();
  console.summary(summary, update_options.dry_run);
  if (rebuild && summary.interrupted) console.note("the index is as it was before the rebuild");
  return summary.interrupted ? ExitStatus::interrupted : named.status();
}

ExitStatus run_print(const Options& options, Console& console, std::stop_token stop) {
  const ListRecognizer recognizer(load_names(options.names).catalog);
  NamedPaths named(options.paths);
  const UpdateEvents shown = watched(console.events(), named);
  const auto print = [&](const Article& article) {
    if (stop.stop_requested()) throw Interrupted();
    const std::string line = article_line(article, recognizer.recognize(article)) + '\n';
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
