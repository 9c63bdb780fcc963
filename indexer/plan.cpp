#include "indexer/plan.hpp"

#include <algorithm>
#include <chrono>
#include <future>

#include "common/at_once.hpp"
#include "corpus/source/scan.hpp"

namespace pfind::indexer {
namespace {

constexpr std::int64_t k_mtime_step_ns = 2'000'000'000; // the coarsest file system in use (FAT) counts two seconds

bool is_at_or_below_any(std::string_view path, const std::vector<std::string>& roots) {
  return std::ranges::any_of(roots, [&](const std::string& root) { return is_at_or_below(path, root); });
}

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::vector<std::string> chosen_roots(const std::vector<std::string>& paths, std::vector<std::string> earlier,
                                      bool all) {
  std::vector<std::string> roots;
  for (const std::string& path : paths) {
    if (path != corpus::k_standard_input) roots.push_back(corpus::absolute_path(path));
  }
  if (paths.empty() || all) std::ranges::move(earlier, std::back_inserter(roots));
  std::ranges::sort(roots);
  roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
  return roots;
}

/// What a scan found.
struct Seen {
  std::vector<corpus::SourceFile> files;
  std::vector<corpus::Problem> problems;
  std::vector<std::string> ignored;
};

Seen look(const std::vector<std::string>& roots, std::size_t threads) {
  Seen seen;
  seen.files = corpus::scan(roots,
                            {.problem = [&](corpus::Problem problem) { seen.problems.push_back(std::move(problem)); },
                             .ignored = [&](const std::string& path) { seen.ignored.push_back(path); }},
                            threads);
  return seen;
}

/// Tells the files to read from those that are as they were and those that are gone. Files and records both come in the
/// order of their paths. Files of the index are none.
void compare(const std::vector<corpus::SourceFile>& files, const std::string& index, bool retry_failed, Plan& plan,
             const std::function<void(const FileRecord&)>& keep) {
  std::size_t known = 0;
  FileRecord record;
  const auto note_missing = [&](std::size_t at) {
    if (is_at_or_below_any(plan.known.path(at), plan.roots)) plan.known.read(at, plan.missing.emplace_back());
  };
  for (const corpus::SourceFile& file : files) {
    if (is_at_or_below(file.path, index)) continue;
    int order = 1;
    while (known < plan.known.size() && (order = plan.known.path(known).compare(file.path)) < 0) note_missing(known++);
    if (known == plan.known.size() || order > 0) {
      plan.files.push_back({.file = file});
      continue;
    }
    plan.known.read(known++, record);
    const bool retry = retry_failed && record.skipped + record.notices > 0;
    if (record.outdated) {
      plan.files.push_back({.file = file, .outdated = true});
    } else if (retry || record.file != file || record.digest.empty()) {
      plan.files.push_back({.file = file, .known_digest = retry ? std::string() : record.digest});
    } else {
      plan.unchanged += record.articles;
      keep(record);
    }
  }
  while (known < plan.known.size()) note_missing(known++);
}

/// What came through standard input earlier stays. Where it is read again it comes first, for somebody waits at its
/// other end.
void add_stream(const std::vector<std::string>& paths, Plan& plan) {
  const std::string stream(corpus::k_standard_input);
  if (std::ranges::find(paths, stream) != paths.end()) {
    plan.files.insert(plan.files.begin(), {.file = {.path = stream}});
  } else if (const auto record = plan.known.find(stream); record && !record->outdated) {
    plan.unchanged += record->articles;
  }
}

bool knows_any_below(const FileRecords& known, const std::string& root) {
  bool is_any = false;
  for (std::size_t at = 0; at < known.size() && !is_any; ++at) is_any = is_at_or_below(known.path(at), root);
  return is_any;
}

/// What is below a path that could not be looked into is not gone.
void spare_unseen(const std::vector<corpus::Problem>& problems, Plan& plan) {
  std::vector<std::string> unseen;
  for (const corpus::Problem& problem : problems) unseen.push_back(problem.path);
  std::erase_if(plan.missing, [&](const FileRecord& record) {
    const bool hidden = is_at_or_below_any(record.file.path, unseen);
    if (hidden) plan.unchanged += record.articles;
    return hidden;
  });
  std::erase_if(plan.roots, [&](const std::string& root) {
    return std::ranges::find(unseen, root) != unseen.end() && !knows_any_below(plan.known, root);
  });
}

} // namespace

Plan make_plan(const IndexState& state, const std::vector<std::string>& paths, const PlanOptions& options,
               const std::function<void(const corpus::Problem&)>& report,
               const std::function<void(const FileRecord&)>& keep) {
  Plan plan{.settings_changed = state.settings() != options.settings, .scanned_ns = now_ns()};
  plan.roots = chosen_roots(paths, state.roots(), plan.settings_changed);
  // The system is asked for the files while the records are read.
  auto looking = std::async(options.jobs > 1 ? k_at_once : std::launch::deferred,
                            [&, roots = plan.roots] { return look(roots, options.jobs); });
  plan.known = state.files();
  if (plan.settings_changed) plan.known.mark_outdated();
  Seen seen = looking.get();
  const std::vector<std::string> roots = chosen_roots(paths, state.roots(), plan.known.is_any_outdated());
  if (roots != plan.roots) {
    plan.roots = roots;
    seen = look(roots, options.jobs);
  }
  const std::string index = corpus::absolute_path(state.index().string());
  std::erase_if(seen.problems, [&](const corpus::Problem& problem) { return is_at_or_below(problem.path, index); });
  std::ranges::for_each(seen.problems, report);
  compare(seen.files, index, options.retry_failed, plan, keep);
  spare_unseen(seen.problems, plan);
  add_stream(paths, plan);
  plan.ignored = std::move(seen.ignored);
  return plan;
}

corpus::SourceFile remembered(corpus::SourceFile file, std::int64_t scanned_ns) {
  if (file.mtime_ns > scanned_ns - k_mtime_step_ns) file.mtime_ns = -1;
  return file;
}

} // namespace pfind::indexer
