#include "indexer/inspection.hpp"

#include <cerrno>
#include <cstdio>
#include <functional>
#include <utility>

#include "common/article_json.hpp"
#include "corpus/source/scan.hpp"
#include "indexer/article_source.hpp"
#include "indexer/named_paths.hpp"
#include "indexer/names.hpp"
#include "indexer/reading_report.hpp"
#include "indexer/reading_settings.hpp"
#include "indexer/recognizer/article_recognizer.hpp"

namespace pfind::indexer {
namespace {

/// Thrown out of a reader to end it.
struct Interrupted {};

/// Reads articles without an index, and tells what the recognizer finds in them.
class Inspection {
public:
  Inspection(const Options& options, std::stop_token stop)
      : options_(options), stop_(std::move(stop)), names_(load_names(effective({options.names, {}}, {}).names)),
        recognizer_(names_.recognized.get()) {}

  EntitySets entities_of(const Article& article) const {
    return canonical_names(names_of(recognizer_.recognize(article)), *names_.listed.get());
  }

  /// Reads all that was given; false where it was interrupted. `end_of_file` is called behind each file.
  bool read(const corpus::ReadEvents& events, const std::function<void()>& end_of_file) const {
    corpus::ReadEvents stopping = events;
    stopping.article = [&](Article article) {
      if (stop_.stop_requested()) throw Interrupted();
      events.article(std::move(article));
    };
    stopping.problem = [&](corpus::Problem problem) {
      if (stop_.stop_requested()) throw Interrupted();
      events.problem(std::move(problem));
    };
    try {
      for (const std::string& path : options_.paths) read_all(path, stopping, end_of_file);
    } catch (const Interrupted&) {
      return false;
    }
    return true;
  }

private:
  void read_all(const std::string& path, const corpus::ReadEvents& events,
                const std::function<void()>& end_of_file) const {
    if (path == corpus::k_standard_input) return read_one(path, events, end_of_file);
    for (const corpus::SourceFile& file : corpus::scan({path}, {.problem = events.problem})) {
      if (stop_.stop_requested()) throw Interrupted();
      read_one(file.path, events, end_of_file);
    }
    end_of_file(); // there may have been problems without any file
  }

  void read_one(const std::string& path, const corpus::ReadEvents& events,
                const std::function<void()>& end_of_file) const {
    try {
      const auto stream = path == corpus::k_standard_input
                              ? corpus::open_stdin([this] { return stop_.stop_requested(); })
                              : corpus::open_file(path);
      corpus::read_articles(*stream, path, options_.read, events);
    } catch (const ReadError& error) {
      events.problem(unreadable(path, error));
    }
    end_of_file();
  }

  const Options& options_;
  std::stop_token stop_;
  Names names_;
  ArticleRecognizer recognizer_;
};

} // namespace

ExitStatus run_print(const Options& options, Console& console, std::stop_token stop) {
  const Inspection inspection(options, std::move(stop));
  NamedPaths named(options.paths);
  const auto print = [&](const Article& article) {
    const std::string line = article_line(article, inspection.entities_of(article)) + '\n';
    if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) throw OutputError(errno);
  };
  const bool complete = inspection.read({.article = print, .problem = named.watched(console).problem}, [] {});
  return complete ? named.status() : ExitStatus::interrupted;
}

ExitStatus run_why(const Options& options, Console& console, const Terminal& terminal, std::stop_token stop) {
  const Inspection inspection(options, std::move(stop));
  NamedPaths named(options.paths);
  ReadingReport report{.color = terminal.color, .columns = terminal.columns};
  corpus::ReadingNotes notes;
  std::vector<corpus::Problem> problems; // of the article that comes next
  bool first = true;
  const auto write_block = [&](const std::string& block) {
    write_out(first ? block : '\n' + block);
    first = false;
  };
  const corpus::ReadEvents events{
      .article =
          [&](const Article& article) {
            write_block(report.describe(article, inspection.entities_of(article), notes, problems));
            problems.clear();
            notes = {};
          },
      .problem =
          [&](corpus::Problem problem) {
            if (problem.indexed) return problems.push_back(std::move(problem));
            console.record(problem);
            named.is_failure(problem);
            write_block(report.describe(problem));
          },
      .notes = [&](const Article&, const corpus::ReadingNotes& of_article) { notes = of_article; }};
  const bool complete = inspection.read(events, [&] {
    for (const corpus::Problem& problem : std::exchange(problems, {})) write_block(report.describe(problem));
  });
  return complete ? named.status() : ExitStatus::interrupted;
}

} // namespace pfind::indexer
