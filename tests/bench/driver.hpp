#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace pfind::bench {

/// A query as suite/queries.py writes it, a line each: kind, words, first and last day, between tabs.
struct DrawnQuery {
  std::string kind; ///< `and`, `or` or `phrase`
  std::vector<std::string> words;
  std::string first, last; ///< YYYY-MM-DD, both within; empty for any time
};

inline std::vector<DrawnQuery> read_queries(const std::string& path) {
  std::ifstream in(path);
  if (!in.is_open()) throw std::runtime_error("cannot read " + path);
  std::vector<DrawnQuery> queries;
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    DrawnQuery query;
    std::string words;
    std::getline(fields, query.kind, '\t');
    std::getline(fields, words, '\t');
    std::getline(fields, query.first, '\t');
    std::getline(fields, query.last, '\t');
    std::istringstream each(words);
    for (std::string word; each >> word;) query.words.push_back(word);
    queries.push_back(std::move(query));
  }
  return queries;
}

/// Answers modes from standard input as suite.measure.Driver asks: a line of JSON with the microseconds of each query
/// and the processor time of all. `ask(query, mode)`: its number of results, nothing where that was not asked for.
template <typename Ask>
void answer_all(const std::vector<DrawnQuery>& queries, Ask ask) {
  using Clock = std::chrono::steady_clock;
  for (std::string mode; std::getline(std::cin, mode);) {
    std::vector<double> took, cpu_took;
    auto totals = nlohmann::json::array();
    for (const DrawnQuery& query : queries) {
      const std::clock_t cpu = std::clock();
      const auto start = Clock::now();
      const std::optional<std::uint64_t> total = ask(query, mode);
      took.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
      cpu_took.push_back(static_cast<double>(std::clock() - cpu) * 1e6 / CLOCKS_PER_SEC);
      totals.push_back(total ? nlohmann::json(*total) : nlohmann::json());
    }
    std::cout << nlohmann::json{{"us", took}, {"cpu_us", cpu_took}, {"totals", totals}} << std::endl;
  }
}

} // namespace pfind::bench
