#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "corpus/reader/reader.hpp"
#include "indexer/filling.hpp"

namespace pfind::indexer {

/// What a run of pindex is to do.
enum class Action {
  update,
  rebuild,
  dry_run,
  print,
  why,
  forget,
  check,
  repair,
  backup,
  restore,
  compact,
  help,
  version
};

/// Whether it reads articles without an index.
bool inspects(Action action);

/// The command line and configuration of pindex, validated.
struct Options {
  Action action = Action::update;
  std::vector<std::string> paths;
  std::filesystem::path index;
  std::vector<std::string> names; ///< the user's names files
  std::string report;             ///< file for what was skipped; empty for none
  std::size_t jobs = 1;
  corpus::ReadOptions read;
  Filling filling;
  std::chrono::seconds wait{10}; ///< for another writer
  std::filesystem::path backup;  ///< of --backup and --restore: the other index
  bool replace = false;          ///< what lies where a backup or a restored index is to go
  bool retry_failed = false;
  bool verbose = false;
  bool quiet = false;
  std::string help; ///< the text of --help
};

/// The variables of the environment that options depend on; null where unset.
struct Environment {
  const char* home = nullptr;
  const char* xdg_data_home = nullptr;
  const char* xdg_config_home = nullptr;
};

/// Reads the command line, then the configuration file for what the command line does not say. Opens nothing else.
/// Throws UsageError.
Options parse_options(int argc, const char* const* argv, const Environment& environment);

} // namespace pfind::indexer
