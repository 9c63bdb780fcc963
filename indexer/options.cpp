#include "indexer/options.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <thread>

#include "common/command_line.hpp"
#include "common/config_file.hpp"
#include "common/error.hpp"
#include "common/index_files.hpp"

namespace pfind::indexer {
namespace {

constexpr std::array k_json_fields{"title", "body", "date", "url", "outlet", "author", "id", "language"};
constexpr std::uint64_t k_most_jobs = 256;
constexpr unsigned k_megabyte = 20;                // as a power of two
constexpr std::uint64_t k_least_memory = 16;       // megabytes
constexpr std::uint64_t k_most_memory = 1U << 24U; // likewise, 16 TB
constexpr std::uint64_t k_longest_wait = 86400;    // seconds, a day

CommandLine command_line() {
  return CommandLine(
      "pindex",
      {{.heading = "Index",
        .options =
            {{.name = "index", .value_name = "DIR", .help = "the index to write"},
             {.name = "config", .value_name = "FILE", .help = "read further options from FILE", .in_file = false},
             {.name = "wait", .value_name = "SECONDS", .help = "wait for another pindex that long; default: 10"}}},
       {.heading = "Instead of bringing the index up to date",
        .options = {{.name = "rebuild", .help = "replace the index by one made from scratch", .in_file = false},
                    {.name = "forget", .help = "remove from the index what lies at or below PATH", .in_file = false},
                    {.name = "dry-run", .help = "say what would be done; write nothing", .in_file = false},
                    {.name = "print", .help = "print the articles as lines of JSON, use no index", .in_file = false},
                    {.name = "why", .help = "say how each article is read, use no index", .in_file = false}}},
       {.heading = "Looking after the index",
        .options = {{.name = "check", .help = "look for damage in the index; write nothing", .in_file = false},
                    {.name = "repair", .help = "look for damage, and mend what there is", .in_file = false},
                    {.name = "backup",
                     .value_name = "DIR",
                     .help = "write a copy of the index to DIR; searches and updates may go on",
                     .in_file = false},
                    {.name = "restore", .value_name = "DIR", .help = "make the index that of DIR", .in_file = false},
                    {.name = "replace", .help = "let --backup and --restore replace an index", .in_file = false},
                    {.name = "compact", .help = "write the index anew as small as it can be", .in_file = false}}},
       {.heading = "Reading",
        .options =
            {{.name = "names", .value_name = "FILE", .help = "recognize the names in FILE too", .repeatable = true},
             {.name = "json-field",
              .value_name = "FIELD=NAME",
              .help = "read FIELD from the JSON member or table column NAME",
              .repeatable = true},
             {.name = "retry-failed", .help = "read files with problems again though unchanged", .in_file = false},
             {.name = "jobs", .letter = 'j', .value_name = "N", .help = "use N threads; default: one per processor"},
             {.name = "builder",
              .value_name = "NAME",
              .help = "how a new index is written: bulk (at the end, fast; default) or xapian"},
             {.name = "memory",
              .value_name = "MB",
              .help = "take about that much memory for it; default: a quarter of all"}}},
       {.heading = "Messages",
        .options = {{.name = "report", .value_name = "FILE", .help = "write what came of every file to FILE"},
                    {.name = "verbose", .letter = 'v', .help = "name every file that is read, removed or skipped"},
                    {.name = "quiet", .letter = 'q', .help = "no progress, no summary; only what went wrong"},
                    {.name = "help", .letter = 'h', .help = "show this text and exit", .in_file = false},
                    {.name = "version", .letter = 'V', .help = "show the version and exit", .in_file = false}}}});
}

std::string help_text() {
  return "Usage: pindex [OPTION]... PATH...\n"
         "Index the news articles in files and folders for pfind, or bring the index up to date.\n"
         "Without PATH, what was indexed before is brought up to date.\n" +
         command_line().help() + "\nThe manual page pindex(1) says more.\n";
}

void read_config(OptionValues& values, const Environment& environment) {
  const bool named = values.has("config");
  const std::filesystem::path file = named ? std::filesystem::path(values.text("config"))
                                           : default_config(environment.xdg_config_home, environment.home);
  std::error_code unreachable; // then there is none to read
  if (!named && !std::filesystem::exists(file, unreachable)) return;
  command_line().read_file(file, values);
}

void add_json_field(const std::string& text, corpus::ReadOptions& options) {
  if (text.empty()) { // forget those that the index remembers
    options.json_fields.try_emplace("");
    return;
  }
  const std::size_t equals = text.find('=');
  const std::string field = text.substr(0, equals);
  if (equals == std::string::npos || equals + 1 == text.size() ||
      std::ranges::find(k_json_fields, field) == k_json_fields.end())
    throw UsageError(
        fmt::format("--json-field {}: expected FIELD=NAME with FIELD one of title, body, date, url, outlet, "
                    "author, id, language",
                    text));
  options.json_fields[field].push_back(text.substr(equals + 1));
}

Builder chosen_builder(const OptionValues& values) {
  const std::string name = values.text("builder", "bulk");
  if (name == "bulk") return Builder::bulk;
  if (name != "xapian") values.refuse("builder", "expected bulk or xapian");
  return Builder::xapian;
}

Action chosen_action(const OptionValues& values) {
  constexpr std::array<std::pair<const char*, Action>, 12> actions{{{"help", Action::help},
                                                                    {"version", Action::version},
                                                                    {"print", Action::print},
                                                                    {"why", Action::why},
                                                                    {"dry-run", Action::dry_run},
                                                                    {"forget", Action::forget},
                                                                    {"rebuild", Action::rebuild},
                                                                    {"check", Action::check},
                                                                    {"repair", Action::repair},
                                                                    {"backup", Action::backup},
                                                                    {"restore", Action::restore},
                                                                    {"compact", Action::compact}}};
  Action action = Action::update;
  const char* chosen = nullptr;
  for (const auto& [name, meant] : actions) {
    if (!values.has(name)) continue;
    if (meant == Action::help || meant == Action::version) return meant;
    if (meant == Action::repair && action == Action::check) chosen = nullptr; // --check --repair is --repair
    if (chosen != nullptr) throw UsageError(fmt::format("--{} and --{} do not go together", chosen, name));
    chosen = name;
    action = meant;
  }
  return action;
}

std::string_view name_of(Action action) {
  switch (action) {
  case Action::print: return "print";
  case Action::why: return "why";
  case Action::check: return "check";
  case Action::backup: return "backup";
  case Action::restore: return "restore";
  case Action::compact: return "compact";
  default: return "forget";
  }
}

/// Whether it is about an index as a whole, so that naming articles makes no sense.
bool takes_no_paths(Action action) {
  return action == Action::check || action == Action::backup || action == Action::restore || action == Action::compact;
}

bool names_standard_input(const std::vector<std::string>& paths) {
  return std::ranges::find(paths, corpus::k_standard_input) != paths.end();
}

void validate(const Options& options) {
  if (std::ranges::find(options.paths, "") != options.paths.end()) throw UsageError("an empty PATH names no file");
  if (options.verbose && options.quiet) throw UsageError("--verbose and --quiet do not go together");
  if (options.paths.empty() && (inspects(options.action) || options.action == Action::forget))
    command_line().fail(fmt::format("--{} needs a file or folder", name_of(options.action)));
  if (!options.paths.empty() && takes_no_paths(options.action))
    throw UsageError(fmt::format("--{} takes no PATH ({}): it is about the whole index", name_of(options.action),
                                 options.paths.front()));
  if (options.replace && options.action != Action::backup && options.action != Action::restore)
    throw UsageError("--replace goes with --backup or --restore");
  if ((options.action == Action::backup || options.action == Action::restore) && options.backup.empty())
    throw UsageError(fmt::format("--{} needs the directory of a backup", name_of(options.action)));
  if (options.action == Action::dry_run && names_standard_input(options.paths))
    throw UsageError("what standard input (-) holds is not known before it is read; --print shows its articles");
}

} // namespace

bool inspects(Action action) { return action == Action::print || action == Action::why; }

Options parse_options(int argc, const char* const* argv, const Environment& environment) {
  auto [values, paths] = command_line().parse({argv + 1, argv + argc});
  Options options;
  options.action = chosen_action(values);
  options.help = help_text();
  if (options.action == Action::help || options.action == Action::version) return options;
  read_config(values, environment);
  options.paths = std::move(paths);
  options.names = values.texts("names");
  options.report = values.text("report");
  options.jobs = values.number("jobs", std::max(1U, std::thread::hardware_concurrency()), 1, k_most_jobs);
  options.filling = {chosen_builder(values),
                     values.number("memory", default_memory() >> k_megabyte, k_least_memory, k_most_memory)
                         << k_megabyte};
  options.wait = std::chrono::seconds(values.number("wait", 10, 0, k_longest_wait));
  options.backup = values.text(options.action == Action::restore ? "restore" : "backup");
  options.replace = values.has("replace");
  options.retry_failed = values.has("retry-failed");
  options.verbose = values.has("verbose");
  options.quiet = values.has("quiet");
  for (const std::string& field : values.texts("json-field")) add_json_field(field, options.read);
  if (!inspects(options.action))
    options.index = values.has("index") ? std::filesystem::path(values.text("index"))
                                        : index_files::default_index(environment.xdg_data_home, environment.home);
  validate(options);
  return options;
}

} // namespace pfind::indexer
