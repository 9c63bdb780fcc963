// Readers ask without pause while a writer updates, rebuilds, compacts and restores the index they read.
//
//   under_fire --rounds N | --minutes N
//
// In every state of the articles those that are asked for all carry the number of the state, and there are as many as
// that number says. So an answer is of one state if all of its articles have the same number, they are as many as that
// number says, and every count agrees. They stand among thousands that nobody asks for, with words in common, so that
// the tables have leaves, branches and branches of these, and a writer reuses blocks of each kind. Four readers must
// never see anything else, nor an error: one asks question after question, two ask many of an index that they keep
// open, and one makes a backup of the index and asks that. Prints how many rounds, answers and failures there were;
// exit status 1 where there was a failure.
#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <thread>
#include <vector>

#include "common/glass_format.hpp"
#include "common/index_files.hpp"
#include "tests/integration/collection.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::tests;
namespace fs = std::filesystem;
using nlohmann::json;
using pfind::glass::Table;

namespace {

constexpr int k_readers = 4;
constexpr int k_most_articles = 60;
constexpr int k_others = 3500; // articles that nobody asks for
constexpr int k_words = 60;    // that an article has of all
constexpr int k_all_words = 4000;
constexpr int k_questions_of_a_batch = 21;

/// What all articles of a state are found by, and no others: by posting lists, and by positions of words that all have.
constexpr std::array k_questions{"royalties", "\"licence for phones\"", "phones near/3 licence"};

/// How many articles there are in a state; more and fewer in turn, so that some are added and some removed each time.
int articles_of(int state) { return k_most_articles - state * 7 % 23; }

/// Words that differ from article to article.
std::string varied_words(unsigned seed) {
  std::mt19937 random(seed);
  std::string words;
  for (int i = 0; i < k_words; ++i) words += fmt::format("word{} ", random() % k_all_words);
  return words;
}

/// What is wrong with the articles of one answer; nothing where all are of one state and there are as many as it has.
std::string complaint_about(const std::vector<std::string>& titles) {
  if (titles.empty()) return "no article";
  for (const std::string& title : titles) {
    if (title != titles.front()) return fmt::format("of two states: \"{}\" and \"{}\"", titles.front(), title);
  }
  const int state = std::stoi(titles.front().substr(titles.front().rfind(' ')));
  const auto expected = static_cast<std::size_t>(articles_of(state));
  return titles.size() == expected ? ""
                                   : fmt::format("{} articles, not {}, of state {}", titles.size(), expected, state);
}

class Fire {
public:
  explicit Fire(const fs::path& directory) : directory_(directory) {
    fs::create_directories(directory_ / "articles");
    std::ofstream queries(directory_ / "queries");
    for (std::size_t i = 0; i < k_questions_of_a_batch; ++i)
      queries << i << '\t' << k_questions.at(i % k_questions.size()) << '\n';
    queries.close();
    for (unsigned i = 0; i < k_others; ++i) {
      std::ofstream(directory_ / fmt::format("articles/other-{}.txt", i))
          << article_text(fmt::format("Another title, {}", i), "a licence, " + varied_words(i) + "and phones");
    }
    write_state(0);
    pindex({"articles"});
    expect_branches();
  }

  int run(int rounds, std::chrono::minutes time) {
    const auto end = std::chrono::steady_clock::now() + time;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < k_readers; ++reader) readers.emplace_back([this, reader] { read(reader); });
    int round = 0;
    try {
      while (rounds > 0 ? round < rounds : std::chrono::steady_clock::now() < end) change(++round);
    } catch (const std::exception& error) {
      fail(error.what());
    }
    done_ = true;
    for (std::thread& reader : readers) reader.join();
    std::cout << fmt::format("{} rounds of the writer, {} answers to {} readers, {} failures\n", round, answers_.load(),
                             k_readers, failures_.load());
    return failures_ == 0 && answers_ >= k_readers ? 0 : 1;
  }

private:
  RunResult program(const char* path, const std::vector<std::string>& arguments,
                    const std::string& index = "index") const {
    std::vector<std::string> command{path, "--index", index};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return pfind::tests::run(
        command, {.environment = {{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}, {"HOME", directory_.string()}},
                  .directory = directory_});
  }

  void pindex(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "--quiet");
    const RunResult result = program(PFIND_TESTS_PINDEX, arguments);
    if (result.status != 0) throw std::runtime_error(fmt::format("pindex ends with {}: {}", result.status, result.err));
  }

  void write_state(int state) const {
    for (int i = 0; i < k_most_articles; ++i) {
      const fs::path file = directory_ / fmt::format("articles/{:02}.txt", i);
      if (i < articles_of(state))
        std::ofstream(file) << article_text(fmt::format("Title of state {}", state),
                                            "royalties and a licence for phones, " +
                                                varied_words(static_cast<unsigned>(k_others + state * 100 + i)));
      else
        fs::remove(file);
    }
  }

  /// Blocks are of every kind only where the trees are high enough.
  void expect_branches() const {
    const fs::path index = directory_ / "index";
    const auto live = pfind::index_files::live_generation(index).value();
    const auto version = pfind::glass::read_version(pfind::index_files::generation(index, live)).value();
    for (const Table table : {Table::postlist, Table::position}) {
      if (version.root(table).level < 2) throw std::runtime_error("a table has no branches of branches");
    }
  }

  /// One change of the index by each way there is.
  void change(int round) const {
    write_state(round);
    switch (round % 4) {
    case 0: return pindex({"--rebuild"});
    case 1: return pindex({});
    case 2:
      pindex({});
      pindex({"--backup", "backup", "--replace"});
      return pindex({"--compact"});
    default: pindex({}); return pindex({"--restore", "backup", "--replace"});
    }
  }

  void read(int reader) {
    while (!done_) {
      const std::string complaint = reader == 0 ? ask_once("index") : reader == 1 ? ask_a_backup() : ask_a_batch();
      if (!complaint.empty()) fail(complaint);
    }
  }

  std::string ask_a_backup() {
    const RunResult saved = program(PFIND_TESTS_PINDEX, {"--quiet", "--wait", "3600", "--backup", "copy", "--replace"});
    if (saved.status != 0) return fmt::format("pindex --backup ends with {}: {}", saved.status, saved.err);
    return ask_once("copy");
  }

  std::string ask_once(const std::string& index) {
    const char* const question = k_questions.at(static_cast<std::size_t>(answers_) % k_questions.size());
    const RunResult result = program(
        PFIND_TESTS_PFIND, {"--format", "json", "--limit", "1000", "--facets", "company,year", question}, index);
    if (result.status != 0 || !result.err.empty())
      return fmt::format("pfind ends with {}: {}", result.status, result.err);
    ++answers_;
    const json answer = json::parse(result.out);
    std::vector<std::string> titles;
    for (const json& hit : answer["hits"]) titles.push_back(hit["title"]);
    if (answer["total"] != titles.size())
      return fmt::format("{} of {} articles", titles.size(), answer["total"].dump());
    for (const auto& [facet, values] : answer["facets"].items()) {
      for (const json& value : values) {
        if (value["count"] != titles.size())
          return fmt::format("{} counts {} of {}", facet, value.dump(), titles.size());
      }
    }
    return complaint_about(titles);
  }

  std::string ask_a_batch() {
    const RunResult result = program(PFIND_TESTS_PFIND, {"--batch", "queries", "--format", "jsonl", "--limit", "1000"});
    if (result.status != 0 || !result.err.empty())
      return fmt::format("pfind ends with {}: {}", result.status, result.err);
    std::vector<std::vector<std::string>> titles(k_questions_of_a_batch);
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);) {
      const json hit = json::parse(line);
      titles.at(std::stoul(hit["query_id"].get<std::string>())).push_back(hit["title"]);
    }
    for (const auto& answer : titles) {
      ++answers_;
      if (std::string complaint = complaint_about(answer); !complaint.empty()) return complaint;
    }
    return "";
  }

  void fail(const std::string& complaint) {
    ++failures_;
    const std::lock_guard guard(output_);
    std::cout << complaint << std::endl;
  }

  fs::path directory_;
  std::atomic<bool> done_ = false;
  std::atomic<long> answers_ = 0;
  std::atomic<long> failures_ = 0;
  std::mutex output_;
};

} // namespace

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const bool is_counted = arguments.size() == 2 && arguments[0] == "--rounds";
    if (!is_counted && (arguments.size() != 2 || arguments[0] != "--minutes"))
      throw std::runtime_error("say for how long: under_fire --rounds N | --minutes N");
    const TempDir directory(memory_directory());
    const int number = std::stoi(arguments[1]);
    return Fire(directory.path()).run(is_counted ? number : 0, std::chrono::minutes(is_counted ? 0 : number));
  } catch (const std::exception& error) {
    std::cerr << "under_fire: " << error.what() << '\n';
    return 2;
  }
}
