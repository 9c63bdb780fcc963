#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <iostream>
#include <sstream>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <unistd.h>

#include "common/article_json.hpp"
#include "common/crash_report.hpp"
#include "common/error.hpp"
#include "common/terminal.hpp"
#include "common/version.hpp"
#include "searcher/batch.hpp"
#include "searcher/entity_profile.hpp"
#include "searcher/options.hpp"
#include "searcher/output/output.hpp"
#include "searcher/pager.hpp"
#include "searcher/record_names.hpp"
#include "searcher/search.hpp"

namespace {

using namespace pfind;
using namespace pfind::searcher;

std::optional<std::string_view> variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? std::optional<std::string_view>(value) : std::nullopt;
}

Date today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return {local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
}

constexpr std::string_view k_default_pager =
    "command -v less >/dev/null || exit 127; LESS=${LESS-FRX} exec less"; // 127: as where a command is not found

void say(std::string_view line) { write_error(fmt::format("pfind: {}\n", printable(line))); }

/// How results are shown: what standard output is, and what the options say.
OutputOptions output_options(const Options& options) {
  const Terminal terminal = detect_terminal(
      STDOUT_FILENO, {.no_color = variable("NO_COLOR"), .term = variable("TERM"), .columns = variable("COLUMNS")},
      options.color);
  std::error_code no_directory; // then paths are shown whole
  return {.format = options.format,
          .terminal = terminal.is_terminal,
          .color = terminal.color,
          .hyperlinks = terminal.hyperlinks,
          .columns = terminal.columns,
          .nul_separated = options.nul_separated,
          .cwd = std::filesystem::current_path(no_directory).string(),
          .home = std::string(variable("HOME").value_or(""))};
}

/// The pager for a terminal: `less`, where there is one, passing colours on and leaving at once when all fits, unless
/// LESS says otherwise.
std::string pager_command(const Options& options, const OutputOptions& output) {
  if (!options.pager || !output.terminal || output.nul_separated) return {};
  return std::string(variable("PAGER").value_or(k_default_pager));
}

std::size_t screen_lines() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : 24;
}

/// Those that come with pfind and the user's.
std::shared_ptr<const Synonyms> read_synonyms(const Options& options) {
  if (!options.synonyms) return nullptr;
  Synonyms all = Synonyms::shipped();
  for (const std::filesystem::path& file : options.synonym_files) all.merge(Synonyms::read(file));
  return std::make_shared<const Synonyms>(std::move(all));
}

/// What a search that was cut short gives is not all, whatever there is of it.
ExitStatus status_of(bool any, bool timed_out) {
  return timed_out ? ExitStatus::incomplete : any ? ExitStatus::success : ExitStatus::no_results;
}

/// Ends the program where a search does not end by itself when its time is up: Xapian looks at the clock only where it
/// finds something. Twice the time, and a second, are given.
class LastResort {
public:
  explicit LastResort(const std::optional<std::chrono::nanoseconds>& limit) {
    if (!limit) return;
    std::signal(SIGALRM, [](int) {
      constexpr std::string_view message = "pfind: time was up long ago and nothing is found yet; ask for less\n";
      static_cast<void>(!write(STDERR_FILENO, message.data(), message.size()));
      _exit(static_cast<int>(ExitStatus::incomplete));
    });
    const auto wait =
        std::chrono::duration_cast<std::chrono::microseconds>(2 * *limit + std::chrono::seconds(1)).count();
    set(wait);
  }
  ~LastResort() { set(0); }
  LastResort(const LastResort&) = delete;
  LastResort& operator=(const LastResort&) = delete;

private:
  static void set(std::int64_t microseconds) {
    const itimerval timer{{}, {microseconds / 1'000'000, microseconds % 1'000'000}};
    setitimer(ITIMER_REAL, &timer, nullptr);
  }
};

Results search_in_time(Index& index, const SearchRequest& request) {
  const LastResort last_resort(request.time_limit);
  return search(index, request);
}

ExitStatus run_search(const Options& options) {
  Index index(options.indexes);
  SearchRequest request = options.request;
  if (options.action == Action::count) request.limit = 0;
  Results results = search_in_time(index, request);
  results.notices.insert(results.notices.begin(), options.notices.begin(), options.notices.end());
  const OutputOptions output = output_options(options);
  const bool in_output = output.format == OutputFormat::json && options.action != Action::count;
  if (!in_output) {
    for (const std::string& notice : results.notices) say(notice);
    if (!results.suggestion.empty()) say(fmt::format("Did you mean: {}", results.suggestion));
  }
  if (options.action == Action::count) {
    write_out(fmt::format("{}\n", results.total));
  } else {
    std::ostringstream out;
    write_results(out, results, output);
    page(out.str(), pager_command(options, output), screen_lines());
  }
  return status_of(results.total > 0, results.timed_out);
}

/// Says what there is to say about a query, then writes its results; nothing of it is kept.
void show_answer(const Results& results, const OutputOptions& output) {
  for (const std::string& notice : results.notices) say(fmt::format("{}: {}", results.query_id, notice));
  if (!results.suggestion.empty()) say(fmt::format("{}: Did you mean: {}", results.query_id, results.suggestion));
  std::ostringstream out;
  write_results(out, results, output);
  write_out(out.str());
}

ExitStatus run_queries(const Options& options, std::istream& in, const std::string& name) {
  Index index(options.indexes);
  OutputOptions output = output_options(options);
  std::optional<RecordNames> names;
  if (output.format == OutputFormat::trec) {
    names = index.read([](const Snapshot& snapshot) { return RecordNames(snapshot); });
    output.names = &*names;
  }
  QueryReader queries(in, name, say);
  bool any = false;
  bool timed_out = false;
  while (const auto query = queries.next()) {
    const Results results = [&] {
      const LastResort last_resort(options.request.time_limit);
      return search_one(index, *query, options.request, options.today);
    }();
    timed_out = timed_out || results.timed_out;
    any = any || results.total > 0 || !results.hits.empty();
    show_answer(results, output);
  }
  return status_of(any, timed_out);
}

ExitStatus run_batch(const Options& options) {
  const auto check = [&](bool is_open, const std::string& name) {
    if (!is_open) throw UsageError(fmt::format("cannot read {}: {}", name, std::strerror(errno)));
  };
  if (options.batch == "-") {
    const std::string name = "standard input";
    check(fcntl(STDIN_FILENO, F_GETFD) != -1, name); // a file of the index would get its number
    return run_queries(options, std::cin, name);
  }
  std::ifstream in(options.batch);
  check(in.is_open(), options.batch);
  return run_queries(options, in, options.batch);
}

ExitStatus run_list(const Options& options) {
  Index index(options.indexes);
  bool timed_out = false;
  const auto values = [&] {
    const LastResort last_resort(options.request.time_limit);
    return list_values(index, options.list_field, options.list_beginning, options.request, &timed_out);
  }();
  if (timed_out)
    say("Time was up before all articles were looked at: there may be more values, and counts are too low.");
  std::ostringstream out;
  write_values(out, options.list_field, values, output_options(options));
  page(out.str(), pager_command(options, output_options(options)), screen_lines());
  return status_of(!values.empty(), timed_out);
}

ExitStatus run_entity(const Options& options) {
  Index index(options.indexes);
  const EntityAnswer answer = look_up_entity(index, options.entity_kind, options.entity);
  if (answer.entities.empty()) {
    std::string line = fmt::format("no {} of the index is called \"{}\"",
                                   options.entity_kind ? to_string(*options.entity_kind) : "entity", options.entity);
    if (!answer.suggestions.empty()) line += fmt::format("; did you mean {}?", fmt::join(answer.suggestions, ", "));
    say(line);
    return ExitStatus::no_results;
  }
  std::ostringstream out;
  write_entities(out, answer.entities, output_options(options));
  page(out.str(), pager_command(options, output_options(options)), screen_lines());
  return ExitStatus::success;
}

ExitStatus run_show(const Options& options) {
  Index index(options.indexes);
  const auto hit = find_article(index, options.show_path);
  if (!hit) {
    say(fmt::format("no article of the index lies at {}", options.show_path));
    return ExitStatus::no_results;
  }
  const OutputOptions output = output_options(options);
  std::ostringstream out;
  write_article(out, *hit, output);
  page(out.str(), pager_command(options, output), screen_lines());
  return ExitStatus::success;
}

ExitStatus run(int argc, const char* const* argv) {
  Options options = parse_options(argc, argv,
                                  {.home = std::getenv("HOME"),
                                   .xdg_data_home = std::getenv("XDG_DATA_HOME"),
                                   .xdg_config_home = std::getenv("XDG_CONFIG_HOME")},
                                  today());
  const bool asks = options.action == Action::search || options.action == Action::count ||
                    options.action == Action::list || options.action == Action::batch;
  if (asks) options.request.synonyms = read_synonyms(options);
  switch (options.action) {
  case Action::help: write_out(options.help); return ExitStatus::success;
  case Action::version: write_out(fmt::format("pfind {}\n", k_version)); return ExitStatus::success;
  case Action::list: return run_list(options);
  case Action::entity: return run_entity(options);
  case Action::show: return run_show(options);
  case Action::batch: return run_batch(options);
  default: return run_search(options);
  }
}

} // namespace

int main(int argc, char** argv) {
  report_crashes("pfind");
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen as a failed write
  try {
    return static_cast<int>(run(argc, argv));
  } catch (const OutputError& error) {
    if (error.is_closed_pipe()) return static_cast<int>(ExitStatus::success); // the reader has seen enough
    say(error.what());
    return static_cast<int>(exit_status(error));
  } catch (const std::exception& error) {
    say(line_of(error));
    return static_cast<int>(exit_status(error));
  }
}
