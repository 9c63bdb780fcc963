#include "indexer/named_paths.hpp"

#include "corpus/source/scan.hpp"

namespace pfind::indexer {

NamedPaths::NamedPaths(const std::vector<std::string>& paths) {
  for (const std::string& path : paths)
    named_.insert(path == corpus::k_standard_input ? path : corpus::absolute_path(path));
}

bool NamedPaths::is_failure(const corpus::Problem& problem) {
  const bool failure = !problem.indexed && problem.where.empty() && named_.contains(problem.path);
  failed_ = failed_ || failure;
  return failure;
}

UpdateEvents NamedPaths::watched(Console& console) {
  UpdateEvents events = console.events();
  events.problem = [&](const corpus::Problem& problem) { console.problem(problem, is_failure(problem)); };
  return events;
}

} // namespace pfind::indexer
