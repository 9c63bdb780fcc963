// Runs pindex command after command, kills each at a random moment and goes on with what it left.
//
//   random_kills KILLS [SEED]
//
// A folder of articles, some of them copies of others, passes between a few states at random; its index is brought up
// to date, rebuilt, compacted, saved to a backup and restored from it. Half of the kills come before a random call by
// which pindex changes a file, half after a random time. No command follows to mend what a kill left but the next one
// that chance draws. After each, index and backup are as before or as after, to the last posting; now and then a
// command comes to its end, and nothing is left of the killed ones then. Prints how many commands, kills and failures
// there were; exit status 1 where there was a failure.
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <set>

#include "common/index_files.hpp"
#include "tests/integration/collection.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

constexpr int k_states = 3;
constexpr int k_places = 60;
constexpr long k_most_calls = 90;               // by which a command changes files, about
constexpr unsigned k_commands_per_survivor = 8; // of which one is not killed

struct Command {
  std::string name;
  std::vector<std::string> arguments; ///< beside the index
  bool reads_articles = false;
};

const std::array k_commands{Command{"update", {"articles"}, true}, Command{"rebuild", {"--rebuild", "articles"}, true},
                            Command{"compact", {"--compact"}}, Command{"backup", {"--replace", "--backup", "backup"}},
                            Command{"restore", {"--replace", "--restore", "backup"}}};

/// The text at a place of the folder in a state; nothing where there is none.
std::optional<std::string> text_at(int place, int state) {
  if ((place + 7 * state) % 5 == 0) return std::nullopt;
  const int original = place % 10 < 3 ? place - place % 10 : place; // the others of these are its copies
  const char* words = original % 4 == state ? "an injunction" : "royalties";
  return article_text(fmt::format("Title {}", original),
                      fmt::format("{} for patents on the fourth generation of networks", words));
}

class Newsroom {
public:
  Newsroom(const fs::path& directory, unsigned seed) : directory_(directory), random_(seed) {
    fs::create_directories(directory_ / "articles");
    const auto begin = std::chrono::steady_clock::now();
    for (int state = 0; state < k_states; ++state) {
      turn_to(state);
      expect_success(k_commands.at(1), {});
      contents_.push_back(contents(directory_ / "index"));
      if (contents_.back().copies.empty()) throw std::runtime_error("no article is a copy of another one");
    }
    longest_ = (std::chrono::steady_clock::now() - begin) / k_states;
    index_ = k_states - 1;
    expect_success(k_commands.at(3), {});
    backup_ = index_;
  }

  /// What is not as it must be after one more command; nothing where all is.
  std::string complaint() {
    if (random_() % 2 == 0) turn_to(static_cast<int>(random_() % k_states));
    const Command& command = k_commands.at(random_() % k_commands.size());
    const bool is_spared = random_() % k_commands_per_survivor == 0;
    const auto environment = is_spared ? std::map<std::string, std::string>{} : random_kill();
    const RunResult result = run_pindex(command, environment);
    const bool is_killed = result.status == 128 + SIGKILL && !is_spared;
    kills_ += is_killed ? 1 : 0;
    std::string wrong;
    if (result.status != 0 && !is_killed) wrong = fmt::format("ends with {}: {}", result.status, result.err);
    int& target = command.name == "backup" ? backup_ : index_;
    const int after = command.reads_articles ? folder_ : command.name == "restore" ? backup_ : index_;
    if (wrong.empty()) wrong = complaint_about("index", index_, &target == &index_ ? after : index_, is_killed);
    if (wrong.empty()) wrong = complaint_about("backup", backup_, &target == &backup_ ? after : backup_, is_killed);
    if (wrong.empty() && !is_killed) wrong = complaint_about_remains(&target == &index_ ? "index" : "backup");
    return wrong.empty() ? "" : fmt::format("{}{}: {}", command.name, is_killed ? ", killed" : "", wrong);
  }

  long kills() const { return kills_; }

private:
  std::map<std::string, std::string> random_kill() {
    const auto upto = [this](long most) {
      return std::to_string(std::uniform_int_distribution<long>(1, most)(random_));
    };
    if (random_() % 2 == 0) return {{"PFIND_FAULT_KIND", "kill"}, {"PFIND_FAULT_AT", upto(k_most_calls)}};
    return {{"PFIND_FAULT_AFTER", upto(std::chrono::duration_cast<std::chrono::microseconds>(longest_).count())}};
  }

  /// What is wrong with an index that was in one state and may be in another, which it is in where nothing was killed.
  std::string complaint_about(const std::string& name, int& state, int after, bool is_killed) const {
    const fs::path index = directory_ / name;
    const auto live = index_files::live_generation(index);
    if (!live) return name + " is gone";
    const RunResult check = run({"xapian-check", index_files::generation(index, *live).string()});
    if (check.status != 0) return "xapian-check of " + name + ": " + check.out + check.err;
    if (!is_summed(index)) return name + " has a sum of metadata that is not that of its metadata";
    const IndexContents now = contents(index);
    if (now == contents_.at(static_cast<std::size_t>(after)))
      state = after;
    else if (!is_killed || now != contents_.at(static_cast<std::size_t>(state)))
      return fmt::format("{} is neither as before nor as after: {}", name,
                         difference(now, contents_.at(static_cast<std::size_t>(after))));
    return "";
  }

  /// What a command that came to its end has left of those that were killed before it.
  std::string complaint_about_remains(const std::string& name) const {
    const fs::path index = directory_ / name;
    const std::set<fs::path> own{index_files::stub(index), index_files::lock(index),
                                 index_files::generation(index, index_files::live_generation(index).value())};
    for (const auto& entry : fs::directory_iterator(index)) {
      if (!own.contains(entry.path())) return "leaves " + entry.path().string();
    }
    return "";
  }

  /// Changes the folder to a state.
  void turn_to(int state) {
    for (int place = 0; place < k_places; ++place) {
      const fs::path file = directory_ / fmt::format("articles/{:02}.txt", place);
      const auto text = text_at(place, state);
      if (folder_ >= 0 && text == text_at(place, folder_)) continue;
      fs::remove(file);
      if (!text) continue;
      std::ofstream(file) << *text;
      fs::last_write_time(file,
                          fs::file_time_type::clock::now() - std::chrono::hours(24) + std::chrono::seconds(++clock_));
    }
    folder_ = state;
  }

  RunResult run_pindex(const Command& command, std::map<std::string, std::string> environment) const {
    environment.insert({{"PATH", "/usr/bin:/bin"},
                        {"LANG", "C.UTF-8"},
                        {"HOME", directory_.string()},
                        {"LD_PRELOAD", PFIND_TESTS_FAULTS},
                        {"PFIND_FAULT_BELOW", directory_.string()}});
    std::vector<std::string> words{PFIND_TESTS_PINDEX, "--quiet", "--index", (directory_ / "index").string()};
    for (const std::string& argument : command.arguments)
      words.push_back(argument.starts_with("--") ? argument : (directory_ / argument).string());
    return run(words, {.environment = std::move(environment)});
  }

  void expect_success(const Command& command, const std::map<std::string, std::string>& environment) const {
    const RunResult result = run_pindex(command, environment);
    if (result.status != 0) throw std::runtime_error(fmt::format("pindex fails undisturbed: {}", result.err));
  }

  fs::path directory_;
  std::mt19937 random_;
  std::vector<IndexContents> contents_; // by state of the folder
  std::chrono::steady_clock::duration longest_{};
  int folder_ = -1; // states
  int index_ = 0;
  int backup_ = 0;
  int clock_ = 0;
  long kills_ = 0;
};

int test(long kills, unsigned seed) {
  const TempDir directory(memory_directory());
  Newsroom newsroom(directory.path(), seed);
  long commands = 0;
  while (newsroom.kills() < kills) {
    const std::string wrong = newsroom.complaint();
    ++commands;
    if (wrong.empty()) continue;
    std::cout << fmt::format("command {}: {}\n", commands, wrong); // what follows would be about no known index
    return 1;
  }
  std::cout << fmt::format("{} commands, {} of them killed, 0 failures\n", commands, kills);
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  try {
    if (argc < 2 || argc > 3) throw std::runtime_error("say how many kills: random_kills KILLS [SEED]");
    return test(std::stol(argv[1]), argc > 2 ? static_cast<unsigned>(std::stoul(argv[2])) : 1);
  } catch (const std::exception& error) {
    std::cerr << "random_kills: " << error.what() << '\n';
    return 2;
  }
}
