#include "tests/ranking/judgements.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace pfind::tests {

namespace {

class Parser {
public:
  std::vector<JudgedQuery> parse(std::string_view text) {
    std::istringstream lines{std::string(text)};
    std::string line;
    for (; std::getline(lines, line); ++number_) take(line);
    end_block();
    return std::move(judged_);
  }

private:
  void take(const std::string& line) {
    if (line.starts_with('#')) return;
    if (line.empty())
      end_block();
    else if (line.starts_with("  "))
      take_judgement(line);
    else
      take_query(line);
  }

  void take_query(const std::string& line) {
    if (!grades_.empty()) fail("a query follows judgements without a blank line");
    const bool goes_on = line.ends_with('\\');
    query_ += goes_on ? line.substr(0, line.size() - 1) : line;
    if (goes_on) return;
    if (!labels_.insert(label(query_)).second) fail("a query is judged twice: " + label(query_));
    queries_.push_back(std::exchange(query_, {}));
  }

  void take_judgement(const std::string& line) {
    if (queries_.empty() || !query_.empty()) fail("a judgement without a query");
    if (line.size() < 5 || line[2] < '0' || line[2] > '3' || line[3] != ' ')
      fail("expected a grade, 0 to 3, and a path");
    if (!grades_.emplace(line.substr(4), line[2] - '0').second) fail("an article is judged twice: " + line.substr(4));
  }

  void end_block() {
    const auto relevant = [](const auto& judgement) { return judgement.second > k_near_miss; };
    if (!query_.empty()) fail("a query that does not go on");
    if (!queries_.empty() && std::ranges::none_of(grades_, relevant)) fail("a query to which nothing is relevant");
    for (std::string& query : queries_) judged_.push_back({std::move(query), grades_});
    queries_.clear();
    grades_.clear();
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(fmt::format("judgements, line {}: {}", number_, what));
  }

  std::vector<JudgedQuery> judged_;
  std::set<std::string> labels_;
  std::string query_;                ///< the part read of one that goes on in the next line
  std::vector<std::string> queries_; ///< of the block
  std::map<std::string, int> grades_;
  std::size_t number_ = 1;
};

} // namespace

std::optional<int> JudgedQuery::grade_of(const std::string& name) const {
  const auto found = grades.find(name);
  return found == grades.end() ? std::nullopt : std::optional(found->second);
}

std::string label(const std::string& query) {
  constexpr std::size_t k_longest = 80;
  if (query.size() <= k_longest) return query;
  return query.substr(0, query.rfind(' ', k_longest)) + " ...";
}

std::vector<JudgedQuery> parse_judgements(std::string_view text) { return Parser().parse(text); }

} // namespace pfind::tests
