#include "indexer/console.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/article_json.hpp"
#include "common/error.hpp"

namespace pfind::indexer {
namespace {

constexpr std::size_t k_problems_shown = 10; // on the console unless verbose
constexpr std::size_t k_damages_shown = 20;  // likewise
constexpr std::chrono::milliseconds k_terminal_interval{100};
constexpr std::chrono::seconds k_plain_interval{10};

std::string described(const corpus::Problem& problem) {
  const std::string where = problem.where.empty() ? "" : ", " + problem.where;
  return printable(fmt::format("{}{}: {}", problem.path, where, problem.reason));
}

} // namespace

std::string counted(std::uint64_t number, std::string_view what) {
  return fmt::format("{} {}{}", grouped(number), what, number == 1 ? "" : "s");
}

void write_out(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    throw OutputError(errno);
}

Console::Console(Verbosity verbosity, const std::string& report, bool terminal, std::size_t columns)
    : verbosity_(verbosity), terminal_(terminal), columns_(columns), report_path_(report) {
  if (report.empty()) return;
  report_.open(report, std::ios::trunc);
  if (!report_) throw UsageError(fmt::format("cannot write the report {}: {}", report, std::strerror(errno)));
}

Console::~Console() { clear_progress(); }

UpdateEvents Console::events() {
  UpdateEvents events;
  if (verbosity_ != Verbosity::quiet) events.progress = [this](const Progress& progress) { show_progress(progress); };
  if (report_.is_open()) {
    events.outcome = [this](const FileOutcome& outcome) {
      report_ << json_text({{"path", outcome.path},
                            {"result", outcome.result},
                            {"articles", outcome.articles},
                            {"format", text_or_null(outcome.format)}})
              << '\n';
    };
  }
  if (report_.is_open()) {
    events.duplicate = [this](const Duplicate& duplicate) {
      report_ << json_text({{"path", duplicate.location.path},
                            {"where", text_or_null(duplicate.location.record)},
                            {"duplicate_of", duplicate.shown.text()}})
              << '\n';
    };
  }
  if (verbosity_ == Verbosity::verbose) events.file = [this](const std::string& line) { note(line); };
  return events;
}

void Console::note(const std::string& line) {
  if (verbosity_ == Verbosity::quiet) return;
  clear_progress();
  write_error(fmt::format("{}\n", printable(line)));
}

void Console::error(const std::string& line) {
  clear_progress();
  write_error(fmt::format("pindex: {}\n", printable(line)));
}

void Console::show_progress(const Progress& progress) {
  const std::string label = counted(progress.articles, "article");
  show_line({.label = label, .done = progress.bytes_done, .total = progress.bytes_total, .in_bytes = true},
            progress.files_done == progress.files_total);
}

void Console::checked(std::uint64_t articles, std::uint64_t total) {
  if (verbosity_ == Verbosity::quiet) return;
  show_line({.label = "checking", .done = articles, .total = total}, articles == total);
}

void Console::show_line(const pfind::Progress& progress, bool complete) {
  const Clock::time_point now = Clock::now();
  const auto interval = terminal_ ? Clock::duration(k_terminal_interval) : Clock::duration(k_plain_interval);
  const Clock::time_point last = last_progress_ == Clock::time_point() && !terminal_ ? start_ : last_progress_;
  if (now - last < interval && !(terminal_ && complete)) return;
  last_progress_ = now;
  pfind::Progress shown = progress;
  shown.elapsed_seconds = std::chrono::duration<double>(now - start_).count();
  if (terminal_) {
    write_error(fmt::format("\r\033[K{}", progress_line(shown, columns_)));
    progress_shown_ = true;
  } else {
    write_error(fmt::format("{}\n", progress_line(shown, 80)));
  }
}

void Console::clear_progress() {
  if (progress_shown_) write_error("\r\033[K");
  progress_shown_ = false;
}

void Console::record(const corpus::Problem& problem) {
  if (report_.is_open())
    report_ << json_text({{"path", problem.path},
                          {"where", text_or_null(problem.where)},
                          {"reason", problem.reason},
                          {"indexed", problem.indexed}})
            << '\n';
}

void Console::problem(const corpus::Problem& problem, bool failure) {
  record(problem);
  if (failure) return error("skipped " + described(problem));
  if (verbosity_ == Verbosity::quiet) return;
  if (verbosity_ != Verbosity::verbose && problems_shown_ == k_problems_shown) {
    ++problems_hidden_;
    return;
  }
  ++problems_shown_;
  clear_progress();
  write_error(fmt::format("pindex: {}{}\n", problem.indexed ? "" : "skipped ", described(problem)));
}

void Console::damage(const std::string& where, const std::string& what) {
  record({.path = where, .where = "", .reason = what});
  if (++damages_ <= k_damages_shown || verbosity_ == Verbosity::verbose)
    error(fmt::format("damaged: {}: {}", where, what));
  else if (damages_ == k_damages_shown + 1)
    error("more is damaged; --verbose or --report FILE names it all");
}

void Console::show_hidden() {
  clear_progress();
  if (problems_hidden_ > 0)
    write_error(fmt::format("pindex: {} more; --verbose or --report FILE names them all\n",
                            counted(problems_hidden_, "problem")));
  problems_hidden_ = 0;
}

void Console::preview(const Summary& summary) {
  show_hidden();
  if (verbosity_ == Verbosity::quiet) return;
  const std::string ignored = summary.ignored > 0 ? fmt::format(", {} ignored", grouped(summary.ignored)) : "";
  write_out(fmt::format("{} to read, {} to read again, {} to remove, {} unchanged, {} skipped{}\n",
                        counted(summary.added, "file"), counted(summary.changed, "file"),
                        counted(summary.removed, "article"), counted(summary.unchanged, "article"),
                        grouped(summary.skipped), ignored));
}

void Console::summary(const Summary& summary) {
  show_hidden();
  if (verbosity_ == Verbosity::quiet) return;
  std::string line = fmt::format("{} added, {} changed, {} removed, ", grouped(summary.added), grouped(summary.changed),
                                 grouped(summary.removed));
  if (summary.renamed > 0) line += fmt::format("{} renamed, ", grouped(summary.renamed));
  line += fmt::format("{} unchanged, {} skipped", grouped(summary.unchanged), grouped(summary.skipped));
  if (summary.ignored > 0) line += fmt::format(", {} ignored", grouped(summary.ignored));
  if (summary.recognized > 0) line += fmt::format(", {} with other entities", grouped(summary.recognized));
  if (summary.notices > 0) line += fmt::format(", {}", counted(summary.notices, "notice"));
  line += fmt::format("; {} in the index", counted(summary.total, "article"));
  if (summary.duplicates > 0) line += fmt::format(" and {} of them", counted(summary.duplicates, "duplicate"));
  if (summary.not_retried > 0)
    line +=
        fmt::format("; {} with problems not read again (--retry-failed does)", counted(summary.not_retried, "file"));
  if (summary.interrupted) line += "; interrupted: run pindex again for the rest";
  write_out(line + '\n');
}

void Console::finish() {
  clear_progress();
  if (problems_hidden_ > 0)
    write_error(fmt::format("pindex: {} more; --verbose or --report FILE names them all\n",
                            counted(problems_hidden_, "problem")));
  if (report_.is_open() && !report_.flush())
    throw UsageError(fmt::format("cannot write the report {}: {}", report_path_, std::strerror(errno)));
  if (std::fflush(stdout) != 0) throw OutputError(errno);
}

} // namespace pfind::indexer
