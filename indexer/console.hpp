#pragma once

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "common/terminal.hpp"
#include "corpus/reader/reader.hpp"
#include "indexer/update.hpp"

namespace pfind::indexer {

/// How much pindex says.
enum class Verbosity { quiet, normal, verbose };

/// Writes all of `text` to standard output. Throws OutputError.
void write_out(std::string_view text);

/// `1 article`, `1,200 articles`.
std::string counted(std::uint64_t number, std::string_view what);

/// What pindex shows while it works: a progress line on a terminal (a plain line now and then otherwise), what was
/// skipped and why, the summary. Progress and problems go to standard error, the summary to standard output. When quiet
/// it shows failures only.
class Console {
public:
  /// `report`: file that gets every problem and every file as a line of JSON; empty for none. Throws UsageError if it
  /// cannot be written.
  Console(Verbosity verbosity, const std::string& report, bool terminal, std::size_t columns);

  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// What shows an update's progress. Its problems are to go to `problem`.
  UpdateEvents events();

  /// Shows a problem; a `failure`, which makes the exit status an error, in any case.
  void problem(const corpus::Problem& problem, bool failure);

  /// Writes a problem that is shown elsewhere into the report.
  void record(const corpus::Problem& problem);

  void note(const std::string& line);

  /// Shows what makes the exit status an error.
  void error(const std::string& line);

  /// Shows one more thing that is wrong with the index; unless verbose, the first twenty.
  void damage(const std::string& where, const std::string& what);

  /// Shows how many articles of the index have been looked at.
  void checked(std::uint64_t articles, std::uint64_t total);

  void summary(const Summary& summary);
  void preview(const Summary& summary);

  /// Says how many problems were not shown, and checks that everything written has arrived. Throws UsageError where the
  /// report has not, OutputError where standard output has not.
  void finish();

private:
  void show_progress(const Progress& progress);
  void show_line(const pfind::Progress& progress, bool complete);
  void show_hidden();
  void clear_progress();

  using Clock = std::chrono::steady_clock;

  Verbosity verbosity_;
  bool terminal_;
  std::size_t columns_;
  std::string report_path_;
  std::ofstream report_;
  std::size_t problems_shown_ = 0;
  std::size_t problems_hidden_ = 0;
  std::size_t damages_ = 0;
  bool progress_shown_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_progress_;
};

} // namespace pfind::indexer
