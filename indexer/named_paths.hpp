#pragma once

#include <set>
#include <string>
#include <vector>

#include "common/error.hpp"
#include "indexer/console.hpp"

namespace pfind::indexer {

/// Whether a path that the user named could not be read at all, which makes the run a failure.
class NamedPaths {
public:
  explicit NamedPaths(const std::vector<std::string>& paths);

  /// Whether `problem` is a failure; remembers that there was one.
  bool is_failure(const corpus::Problem& problem);

  /// The console's events, with problems that are told to be failures or not. `console` and this must outlive them.
  UpdateEvents watched(Console& console);

  ExitStatus status() const { return failed_ ? ExitStatus::error : ExitStatus::success; }

private:
  std::set<std::string> named_;
  bool failed_ = false;
};

} // namespace pfind::indexer
