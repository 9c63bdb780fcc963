// Runs pindex again and again, each time dying or failing at another of the calls by which it changes its index, and
// looks at what is left.
//
//   torture [--points N] [SCENARIO/FAULT]...
//
// SCENARIO is build, update, rebuild, compact or restore (a backup is the same with the places exchanged); FAULT is
// kill, short, ENOSPC, EIO, EDQUOT or EMFILE. --points tries N calls of each, spread evenly, instead of all. Prints a
// line each: points tried, points at which something was not as it must be. Exit status 1 where there is any.
//
// After every fault: xapian-check finds nothing wrong, a reader sees the state before or that after and nothing
// between, and pindex run again makes the index that an undisturbed run makes. A program that is not killed says in one
// line what went wrong and ends with status 2, or 0 where the fault could be made good or came too late to matter.
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "common/index_files.hpp"
#include "tests/integration/collection.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

struct Fault {
  std::string name;
  std::string kind; ///< for the library of faults
};

const std::vector<Fault> k_faults{{"kill", "kill"},
                                  {"short", "short"},
                                  {"ENOSPC", std::to_string(ENOSPC)},
                                  {"EIO", std::to_string(EIO)},
                                  {"EDQUOT", std::to_string(EDQUOT)},
                                  {"EMFILE", std::to_string(EMFILE)}};

/// What there is before pindex runs, and what it is asked to do.
struct Scenario {
  std::string name;
  bool has_index = false;  ///< one of the articles as they were
  bool is_changed = false; ///< articles were added, changed and removed since
  std::vector<std::string> options;
  bool is_named_paths = true; ///< the articles are named too
};

const std::vector<Scenario> k_scenarios{{"build", false, false, {}},
                                        {"xapian", false, false, {"--builder=xapian"}},
                                        {"update", true, true, {}},
                                        {"rebuild", true, true, {"--rebuild"}},
                                        {"compact", true, false, {"--compact"}, false},
                                        {"restore", false, false, {"--replace", "--restore"}, false}};

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A scenario that can be run any number of times.
class Stage {
public:
  Stage(const Scenario& scenario, const fs::path& directory)
      : scenario_(scenario), articles_(directory / "articles"), before_(directory / "before"),
        index_(directory / "index"), count_(directory / "count") {
    write_articles();
    if (scenario.has_index || scenario.name == "restore") {
      build(before_);
      old_ = contents(before_);
    }
    if (scenario.is_changed) change_articles();
    reset();
    calls_ = count_calls();
    new_ = contents(index_);
    if (new_.copies.empty()) throw std::runtime_error("no article is a copy of another one");
  }

  long calls() const { return calls_; }

  /// What is not as it must be where the fault comes at that call; nothing where all is. Adds to `ended` where pindex
  /// did not do what it was asked.
  std::string complaint(const Fault& fault, long call, long& ended) const {
    reset();
    const RunResult result =
        run_pindex(index_, {{"PFIND_FAULT_AT", std::to_string(call)}, {"PFIND_FAULT_KIND", fault.kind}});
    ended += result.status == 0 ? 0 : 1;
    std::string wrong = complaint_about(result, fault);
    if (wrong.empty()) wrong = complaint_about_state();
    if (!wrong.empty()) return wrong;
    const RunResult again = run_pindex(index_, {});
    if (again.status != 0) return fmt::format("run again, pindex ends with {}: {}", again.status, again.err);
    const std::string differs = difference(contents(index_), new_);
    return differs.empty() ? "" : "run again, the index is not that of an undisturbed run: " + differs;
  }

private:
  /// The article of that number, or a copy of another one.
  void write(int number, std::string_view words, std::optional<int> copied = std::nullopt) const {
    const fs::path file = file_of(number);
    std::ofstream(file) << article_text(fmt::format("Title {}", copied.value_or(number)),
                                        fmt::format("{} for patents on the fourth generation of networks", words));
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(24) + std::chrono::seconds(number));
  }

  fs::path file_of(int number) const { return articles_ / fmt::format("{:03}.txt", number); }

  void write_articles() const {
    fs::create_directories(articles_);
    for (int i = 0; i < 40; ++i) write(i, "royalties");
    for (int i = 8; i < 12; ++i) write(100 + i, "royalties", i);
    for (int i = 30; i < 34; ++i) write(100 + i, "royalties", i);
  }

  /// Of articles with copies, some go, some are others, some lose their copy, and some get one.
  void change_articles() const {
    for (int i = 0; i < 10; ++i) fs::remove(file_of(i));
    for (int i = 10; i < 20; ++i) write(i, "an injunction");
    for (int i = 40; i < 50; ++i) write(i, "arbitration");
    for (int i = 32; i < 36; ++i) write(i, "a settlement", 32);
    for (int i = 30; i < 32; ++i) fs::remove(file_of(100 + i));
    for (int i = 38; i < 40; ++i) write(100 + i, "royalties", i);
  }

  void reset() const {
    fs::remove_all(index_);
    if (scenario_.has_index) fs::copy(before_, index_, fs::copy_options::recursive);
  }

  RunResult run_pindex(const fs::path& index, std::map<std::string, std::string> environment) const {
    environment.insert({{"PATH", "/usr/bin:/bin"},
                        {"LANG", "C.UTF-8"},
                        {"HOME", articles_.parent_path().string()},
                        {"LD_PRELOAD", PFIND_TESTS_FAULTS},
                        {"PFIND_FAULT_BELOW", index_.string()},
                        {"PFIND_FAULT_COUNT", count_.string()}});
    std::vector<std::string> command{PFIND_TESTS_PINDEX, "--quiet", "--jobs", "1", "--index", index.string()};
    command.insert(command.end(), scenario_.options.begin(), scenario_.options.end());
    if (scenario_.name == "restore") command.push_back(before_.string());
    if (scenario_.is_named_paths) command.push_back(articles_.string());
    return run(command, {.environment = std::move(environment)});
  }

  void build(const fs::path& index) const {
    const RunResult result = run({PFIND_TESTS_PINDEX, "--quiet", "--index", index.string(), articles_.string()});
    if (result.status != 0) throw std::runtime_error("pindex cannot build an index: " + result.err);
  }

  long count_calls() const {
    const RunResult result = run_pindex(index_, {});
    if (result.status != 0) throw std::runtime_error("pindex fails undisturbed: " + result.err);
    return std::stol(text_of(count_));
  }

  static std::string complaint_about(const RunResult& result, const Fault& fault) {
    if (result.timed_out) return "pindex does not end";
    const auto lines = std::count(result.err.begin(), result.err.end(), '\n');
    if (fault.kind == "kill") return result.status == 128 + SIGKILL ? "" : fmt::format("ends with {}", result.status);
    if (result.status == 0) return "";
    if (result.status != 2) return fmt::format("ends with {}: {}", result.status, result.err);
    return lines == 1 ? "" : fmt::format("does not say in one line what went wrong: {}", result.err);
  }

  std::string complaint_about_state() const {
    const auto live = index_files::live_generation(index_);
    if (!live) return scenario_.has_index ? "the index is gone" : "";
    const RunResult check = run({"xapian-check", index_files::generation(index_, *live).string()});
    if (check.status != 0) return "xapian-check: " + check.out + check.err;
    const IndexContents now = contents(index_);
    const bool is_empty = now.articles.empty() && now.files.empty();
    if (now == new_ || (scenario_.has_index ? now == old_ : is_empty)) return "";
    return "the index is neither as before nor as after: " + difference(now, new_);
  }

  const Scenario& scenario_;
  fs::path articles_;
  fs::path before_;
  fs::path index_;
  fs::path count_;
  IndexContents old_;
  IndexContents new_;
  long calls_ = 0;
};

/// Tries the points of one fault; the number at which something was wrong.
long try_points(const Stage& stage, const std::string& name, const Fault& fault, std::optional<long> points) {
  const long tried = std::min(stage.calls(), points.value_or(stage.calls()));
  long failures = 0;
  long ended = 0;
  for (long i = 0; i < tried; ++i) {
    const long call = 1 + i * stage.calls() / tried;
    const std::string wrong = stage.complaint(fault, call, ended);
    if (wrong.empty()) continue;
    ++failures;
    std::cout << fmt::format("{}/{} at call {}: {}\n", name, fault.name, call, wrong);
  }
  std::cout << fmt::format("{}/{}: {} of {} points tried, at {} of them pindex ended early, {} failures", name,
                           fault.name, tried, stage.calls(), ended, failures)
            << std::endl;
  return failures;
}

int torture(const std::vector<std::string>& arguments) {
  std::optional<long> points;
  std::set<std::string> wanted;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--points" && i + 1 < arguments.size())
      points = std::stol(arguments[++i]);
    else
      wanted.insert(arguments[i]);
  }
  std::set<std::string> untried = wanted;
  long failures = 0;
  for (const Scenario& scenario : k_scenarios) {
    const TempDir directory(memory_directory());
    std::optional<Stage> stage;
    for (const Fault& fault : k_faults) {
      const std::string name = scenario.name + '/' + fault.name;
      if (!wanted.empty() && !wanted.contains(name)) continue;
      untried.erase(name);
      if (!stage) stage.emplace(scenario, directory.path());
      failures += try_points(*stage, scenario.name, fault, points);
    }
  }
  if (!untried.empty()) {
    std::cerr << "torture: there is no " << *untried.begin() << "; there are build/kill, update/EIO, ...\n";
    return 2;
  }
  return failures == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return torture({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "torture: " << error.what() << '\n';
    return 2;
  }
}
