#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/terminal.hpp"
#include "searcher/output/output.hpp"
#include "searcher/search.hpp"

namespace pfind::searcher {

/// What a run of pfind is to do.
enum class Action : std::uint8_t { search, count, list, entity, show, batch, help, version };

/// The command line and configuration of pfind, validated.
struct Options {
  Action action = Action::search;
  std::vector<std::filesystem::path> indexes;
  SearchRequest request;                            ///< of a batch: what all its queries ask for
  std::vector<std::string> notices;                 ///< from reading the query
  bool synonyms = true;                             ///< whether words are also looked for as their synonyms
  std::vector<std::filesystem::path> synonym_files; ///< beside those that come with pfind
  Field list_field = Field::company;
  std::string list_beginning;
  std::string entity;                    ///< the name of an entity to show
  std::optional<EntityKind> entity_kind; ///< of that kind; nothing for any
  std::string show_path;
  std::string batch; ///< the file of queries, "-" for standard input
  Date today;        ///< what relative dates count from
  OutputFormat format = OutputFormat::text;
  bool nul_separated = false;
  When color = When::automatic;
  bool pager = true;
  std::string help; ///< the text of --help
};

/// The variables of the environment that options depend on; null where unset.
struct Environment {
  const char* home = nullptr;
  const char* xdg_data_home = nullptr;
  const char* xdg_config_home = nullptr;
};

/// Reads the command line, then the configuration file for what the command line does not say. Opens nothing else.
/// `today` is what relative dates count from. Throws UsageError.
Options parse_options(int argc, const char* const* argv, const Environment& environment, const Date& today);

} // namespace pfind::searcher
