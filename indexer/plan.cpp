#include "indexer/plan.hpp"

#include <algorithm>
#include <chrono>

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

/// Marks everything known as outdated where the settings are others; returns whether anything is.
bool mark_outdated(Plan& plan) {
  bool is_any_outdated = false;
  for (auto& [path, record] : plan.known) {
    record.outdated = record.outdated || plan.settings_changed;
    is_any_outdated = is_any_outdated || record.outdated;
  }
  return is_any_outdated;
}

/// Tells the files to read from those that are as they were and those that are gone. Files and records both come in the
/// order of their paths.
void compare(const std::vector<corpus::SourceFile>& files, bool retry_failed, Plan& plan,
             const std::function<void(const FileRecord&)>& keep) {
  auto known = plan.known.cbegin();
  const auto pass_missing_before = [&](const std::string* path) {
    for (; known != plan.known.cend() && (path == nullptr || known->first < *path); ++known) {
      if (is_at_or_below_any(known->first, plan.roots)) plan.missing.emplace_hint(plan.missing.end(), *known);
    }
  };
  for (const corpus::SourceFile& file : files) {
    pass_missing_before(&file.path);
    if (known == plan.known.cend() || known->first != file.path) {
      plan.files.push_back({.file = file});
      continue;
    }
    const FileRecord& record = (known++)->second;
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
  pass_missing_before(nullptr);
}

/// What came through standard input earlier stays. Where it is read again it comes first, for somebody waits at its
/// other end.
void add_stream(const std::vector<std::string>& paths, Plan& plan) {
  const std::string stream(corpus::k_standard_input);
  if (std::ranges::find(paths, stream) != paths.end()) {
    plan.files.insert(plan.files.begin(), {.file = {.path = stream}});
  } else if (const auto it = plan.known.find(stream); it != plan.known.end() && !it->second.outdated) {
    plan.unchanged += it->second.articles;
  }
}

/// What is below a path that could not be looked into is not gone.
void spare_unseen(const std::vector<std::string>& unseen, Plan& plan) {
  std::erase_if(plan.missing, [&](const auto& entry) {
    const bool hidden = is_at_or_below_any(entry.first, unseen);
    if (hidden) plan.unchanged += entry.second.articles;
    return hidden;
  });
  std::erase_if(plan.roots, [&](const std::string& root) {
    const bool knows_it =
        std::ranges::any_of(plan.known, [&](const auto& entry) { return is_at_or_below(entry.first, root); });
    return !knows_it && std::ranges::find(unseen, root) != unseen.end();
  });
}

} // namespace

Plan make_plan(const IndexState& state, const std::vector<std::string>& paths, const PlanOptions& options,
               const std::function<void(const corpus::Problem&)>& report,
               const std::function<void(const FileRecord&)>& keep) {
  Plan plan{.settings_changed = state.settings() != options.settings, .known = state.files(), .scanned_ns = now_ns()};
  plan.roots = chosen_roots(paths, state.roots(), mark_outdated(plan));
  const std::string index = corpus::absolute_path(state.index().string());
  std::vector<std::string> unseen;
  auto files = corpus::scan(plan.roots, {.problem =
                                             [&](const corpus::Problem& problem) {
                                               if (is_at_or_below(problem.path, index)) return;
                                               unseen.push_back(problem.path);
                                               report(problem);
                                             },
                                         .ignored = [&](const std::string& path) { plan.ignored.push_back(path); }});
  std::erase_if(files, [&](const corpus::SourceFile& file) { return is_at_or_below(file.path, index); });
  compare(files, options.retry_failed, plan, keep);
  spare_unseen(unseen, plan);
  add_stream(paths, plan);
  return plan;
}

corpus::SourceFile remembered(corpus::SourceFile file, std::int64_t scanned_ns) {
  if (file.mtime_ns > scanned_ns - k_mtime_step_ns) file.mtime_ns = -1;
  return file;
}

} // namespace pfind::indexer
