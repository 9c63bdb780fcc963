// Damages an index again and again, each time at another place, and looks at what the programs make of it.
//
//   damage TRIALS [SEED [DIRECTORY]]
//
// A trial flips a bit, overwrites 16 bytes, zeroes 512 or cuts a file short, at random places of the database's files
// and of the stub file. After it, pfind answers as from the undamaged index or says in one line what is wrong; it
// neither crashes nor hangs, and gives no other answer without a word. Where pindex --check finds no damage, the index
// says all that the undamaged one says. Every tenth trial also runs an update that adds an article, after which the
// same holds, and pindex --check --repair, after which the index is as it was. Every eleventh trial starts the programs
// by themselves, the others run them in copies of this process, which is a tenth of the work. Prints what came of it
// for each file; exit status 1 where something was not as it must be. The indexes of such trials are left in DIRECTORY,
// where one is named.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>

#include "tests/integration/collection.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/torture/forked_programs.hpp"

using namespace pfind;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

constexpr int k_articles = 150;
constexpr int k_copies = 10; // of the first of them
constexpr int k_trials_per_repair = 10;
constexpr int k_trials_per_start = 11; // of the programs by themselves; no multiple of the others, to meet all of them

using Arguments = std::vector<std::string>;

/// What is asked of every damaged index: each way in which pfind reads one.
const std::vector<Arguments> k_questions{
    {"--sort", "newest", "--format", "json", "--limit", "20", "royalties huawei"},
    {"--format", "json", "--facets", "company,place,year,outlet", "--limit", "5", "nokia OR licence*"},
    {"--format", "json", "\"spoke in munich\" =Huawei SENTENCE"},
    {"--list", "company"},
    {"--entity", "Nokia"},
    {"--show", "articles/117.txt"},
    {"--similar", "articles/042.txt", "--format", "json"},
    {"--format", "json", "--explain", "--company", "Huawei", "date:2024", "arbitraton award"},
    {"--format", "json", "royalties NEAR/9 licences"},
    {"--format", "json", "--timeout", "600", "\"spoke in munich\" OR \"arbitration award\""},
    {"--format", "json", "--index", "sound", "\"spoke in munich\" huawei"}};

/// What came of the trials with one file.
struct Tally {
  int trials = 0;
  int refused = 0;  ///< trials in which pfind said that something is wrong
  int wrong = 0;    ///< in which an answer was wrong without a word
  int found = 0;    ///< in which pindex --check found damage
  int failures = 0; ///< at which something was not as it must be
};

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// An article of words that differ from article to article, so that the lists of words have many blocks.
std::string varied_text(std::mt19937& random) {
  std::string words;
  for (int i = 0; i < 120; ++i) words += fmt::format("{}word{} ", i % 7 == 0 ? "cross-" : "", random() % 3000);
  return words + "royalties, arbitration award and licences";
}

class Stage {
public:
  Stage(const fs::path& directory, unsigned seed, fs::path kept)
      : directory_(directory), random_(seed), kept_(std::move(kept)) {
    fs::create_directories(directory_ / "articles");
    std::mt19937 words(1);
    std::vector<std::string> texts;
    for (int i = 0; i < k_articles; ++i)
      texts.push_back(article_text(fmt::format("Title {} of the day", i), varied_text(words)));
    for (int i = 0; i < k_articles + k_copies; ++i) {
      const fs::path file = directory_ / fmt::format("articles/{:03}.txt", i);
      std::ofstream(file) << texts[static_cast<std::size_t>(i % k_articles)];
      fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(24) + std::chrono::seconds(i));
    }
    build();
    fs::rename(directory_ / "index", directory_ / "sound");
    reset();
    answers_ = answers();
    update_with_another();
    updated_answers_ = answers();
    reset();
    contents_ = contents(directory_ / "index");
    for (const auto& entry : fs::recursive_directory_iterator(directory_ / "sound")) {
      if (entry.is_regular_file() && entry.file_size() > 0)
        files_.push_back(fs::relative(entry.path(), directory_ / "sound"));
    }
    std::ranges::sort(files_);
  }

  void try_once(int trial) {
    is_started_ = trial % k_trials_per_start == 0;
    reset();
    const fs::path file = files_[random_() % files_.size()];
    const std::string damage = damage_file(directory_ / "index" / file);
    Tally& tally = tallies_[file.string()];
    ++tally.trials;
    const std::string complaint = complaint_about_trial(trial % k_trials_per_repair == 0, tally);
    if (complaint.empty()) return;
    ++tally.failures;
    if (!kept_.empty()) fs::copy(directory_ / "index", kept_ / std::to_string(trial), fs::copy_options::recursive);
    std::cout << fmt::format("trial {}: {}: {}: {}\n", trial, file.string(), damage, complaint) << std::flush;
  }

  int tell() const {
    int failures = 0;
    for (const auto& [file, tally] : tallies_) {
      std::cout << fmt::format(
          "{}: {} trials, pfind refused {}, wrong without a word {}, --check found damage in {}, {} "
          "failures\n",
          file, tally.trials, tally.refused, tally.wrong, tally.found, tally.failures);
      failures += tally.failures;
    }
    return failures;
  }

private:
  /// Makes an index that has been updated since, so that it has free blocks and what lists them.
  void build() const {
    const auto must_succeed = [](const RunResult& result) {
      if (result.status != 0) throw std::runtime_error("pindex fails undamaged: " + result.err);
    };
    must_succeed(pindex({"articles"}));
    must_succeed(update_with_another());
    must_succeed(pindex({"articles"}));
  }

  RunResult run_program(const char* program, int (*main)(int, char**), const Arguments& arguments) const {
    Arguments command{program, "--index", "index"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    if (!is_started_) return run_forked(main, command);
    return run(command, {.environment = {{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}, {"HOME", directory_.string()}},
                         .directory = directory_});
  }
  RunResult pfind(const Arguments& arguments) const { return run_program(PFIND_TESTS_PFIND, pfind_main, arguments); }
  RunResult pindex(const Arguments& arguments) const {
    Arguments all{"--quiet", "--jobs", "1"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run_program(PFIND_TESTS_PINDEX, pindex_main, all);
  }

  std::vector<RunResult> answers() const {
    std::vector<RunResult> answers;
    for (const Arguments& question : k_questions) answers.push_back(pfind(question));
    return answers;
  }

  static bool is_same(const RunResult& a, const RunResult& b) { return a.status == b.status && a.out == b.out; }

  /// Brings the index up to date with an article more, which is then gone.
  RunResult update_with_another() const {
    const fs::path file = directory_ / "articles/new.txt";
    std::ofstream(file) << article_text("A new title", "Nokia and Huawei spoke in munich of royalties and word17.");
    RunResult result = pindex({"articles"});
    fs::remove(file);
    return result;
  }

  void reset() const {
    fs::remove_all(directory_ / "index");
    fs::copy(directory_ / "sound", directory_ / "index", fs::copy_options::recursive);
  }

  /// Returns what was done.
  std::string damage_file(const fs::path& file) {
    std::string bytes = text_of(file);
    const std::size_t at = random_() % bytes.size();
    const unsigned kind = random_() % 8;
    std::string what;
    if (kind < 3) {
      bytes[at] = static_cast<char>(bytes[at] ^ 1 << random_() % 8);
      what = "a bit flipped";
    } else if (kind < 6) {
      for (std::size_t i = at; i < std::min(at + 16, bytes.size()); ++i) bytes[i] = static_cast<char>(random_());
      what = "16 bytes overwritten";
    } else if (kind == 6) {
      std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                bytes.begin() + static_cast<std::ptrdiff_t>(std::min(at + 512, bytes.size())), '\0');
      what = "512 bytes zeroed";
    } else {
      bytes.resize(at);
      what = "cut short";
    }
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    return fmt::format("{} at {}", what, at);
  }

  /// What is wrong with how a program ended; nothing where it may end so.
  static std::string complaint_about(const RunResult& result) {
    if (result.timed_out) return "does not end";
    if (result.status > 2) return fmt::format("ends with {}: {}", result.status, result.err);
    if (result.err.find(": crashed (") != std::string::npos) return "crashes: " + result.err;
    const auto lines = std::count(result.err.begin(), result.err.end(), '\n');
    return result.status == 2 && lines != 1 ? "does not say in one line what is wrong: " + result.err : "";
  }

  std::string complaint_about_trial(bool is_repaired, Tally& tally) const {
    bool is_refused = false;
    bool is_wrong = false;
    std::string complaint;
    for (std::size_t i = 0; i < k_questions.size(); ++i) {
      const RunResult result = pfind(k_questions[i]);
      const std::string question = fmt::format("{}", fmt::join(k_questions[i], " "));
      if (const std::string bad = complaint_about(result); !bad.empty())
        complaint += fmt::format("pfind {} {}; ", question, bad);
      is_refused = is_refused || result.status == 2;
      if (result.status == 2 || is_same(result, answers_[i])) continue;
      complaint += fmt::format("pfind {} answers something else without a word; ", question);
      is_wrong = true;
    }
    tally.refused += is_refused ? 1 : 0;
    tally.wrong += is_wrong ? 1 : 0;
    complaint += complaint_about_check(is_refused, tally);
    if (complaint.empty() && is_repaired) complaint = complaint_about_repair();
    return complaint;
  }

  std::string complaint_about_check(bool is_refused, Tally& tally) const {
    const RunResult check = pindex({"--check"});
    if (check.timed_out || (check.status != 0 && check.status != 2) || check.err.starts_with("pindex: crashed ("))
      return fmt::format("pindex --check ends with {}: {}", check.status, check.err);
    tally.found += check.status == 2 ? 1 : 0;
    if (check.status == 2) return check.err.empty() ? "pindex --check does not say what is wrong" : "";
    if (is_refused) return "pindex --check finds nothing where pfind does";
    const std::string differs = difference(contents(directory_ / "index"), contents_);
    return differs.empty() ? "" : "pindex --check finds nothing, but the index is another: " + differs;
  }

  std::string complaint_about_repair() const {
    fs::copy(directory_ / "index", directory_ / "damaged", fs::copy_options::recursive);
    const RunResult update = update_with_another();
    std::string after_update;
    for (std::size_t i = 0; i < k_questions.size(); ++i) {
      const RunResult result = pfind(k_questions[i]);
      if (result.status != 2 && !is_same(result, answers_[i]) && !is_same(result, updated_answers_[i]))
        after_update += fmt::format("after an update, pfind {} answers something else without a word; ",
                                    fmt::join(k_questions[i], " "));
    }
    fs::remove_all(directory_ / "index");
    fs::rename(directory_ / "damaged", directory_ / "index");
    if (const std::string bad = complaint_about(update); !bad.empty()) after_update += "pindex " + bad;
    if (!after_update.empty()) return after_update;
    const RunResult repair = pindex({"--check", "--repair", "articles"});
    if (repair.status != 0) return fmt::format("pindex --repair ends with {}: {}", repair.status, repair.err);
    const RunResult check = pindex({"--check"});
    if (check.status != 0) return "repaired, the index is damaged: " + check.err;
    const std::string differs = difference(contents(directory_ / "index"), contents_);
    return differs.empty() ? "" : "repaired, the index is another: " + differs;
  }

  fs::path directory_;
  std::mt19937 random_;
  fs::path kept_;               // what is to be looked at
  bool is_started_ = true;      // programs are started by themselves
  std::vector<fs::path> files_; // below the index
  std::vector<RunResult> answers_;
  std::vector<RunResult> updated_answers_; // with an article more
  IndexContents contents_;
  std::map<std::string, Tally> tallies_;
};

/// Makes this process one that programs can be run in copies of.
void become_origin(const fs::path& home) {
  fs::current_path(home);
  clearenv();
  setenv("PATH", "/usr/bin:/bin", 1);
  setenv("LANG", "C.UTF-8", 1);
  setenv("HOME", home.c_str(), 1);
}

} // namespace

int main(int argc, char** argv) {
  try {
    if (argc < 2 || argc > 4) throw std::runtime_error("say how many trials: damage TRIALS [SEED [DIRECTORY]]");
    const fs::path kept = argc > 3 ? fs::absolute(argv[3]) : fs::path();
    if (!kept.empty()) fs::create_directories(kept);
    const TempDir directory(memory_directory());
    become_origin(directory.path());
    Stage stage(directory.path(), argc > 2 ? static_cast<unsigned>(std::stoul(argv[2])) : 1, kept);
    const int trials = std::stoi(argv[1]);
    for (int trial = 1; trial <= trials; ++trial) stage.try_once(trial);
    return stage.tell() == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "damage: " << error.what() << '\n';
    return 2;
  }
}
