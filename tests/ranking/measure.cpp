// Measures the ranking model on a test collection that pindex has indexed.
//
//   measure_ranking plain INDEX QUERIES                      a TREC run of BM25 as Xapian has it
//   measure_ranking run INDEX QUERIES [PARAMETER=VALUE]...   a TREC run with some numbers of the model changed
//   measure_ranking time INDEX QUERIES [PARAMETER=VALUE]...  microseconds a query, beside those of plain BM25
//   measure_ranking similar INDEX LABELS [PARAMETER=VALUE]... how well --similar finds articles with the same labels
//
// QUERIES is a file as `pfind --batch` reads it. tests/ranking/measure makes the tables of docs/RANKING.md of it.
#include <algorithm>
#include <charconv>
#include <ctime>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <span>
#include <stdexcept>

#include "common/text/analyzer.hpp"
#include "searcher/batch.hpp"
#include "searcher/output/output.hpp"
#include "searcher/query/stop_words.hpp"
#include "searcher/record_names.hpp"
#include "tests/ranking/measure_similar.hpp"

namespace {

using namespace pfind;
using namespace pfind::searcher;

constexpr std::size_t k_depth = 1000;    // of a run
constexpr std::size_t k_first_page = 10; // results that are timed
constexpr std::size_t k_rounds = 7;

double number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw std::runtime_error(fmt::format("{} is no number", text));
  return value;
}

using Setter = std::function<void(RankingModel&, double)>;

const std::map<std::string, Setter, std::less<>>& parameters() {
  static const std::map<std::string, Setter, std::less<>> all{
      {"k1", [](RankingModel& m, double v) { m.k1 = v; }},
      {"b", [](RankingModel& m, double v) { m.b = v; }},
      {"shortest", [](RankingModel& m, double v) { m.shortest = v; }},
      {"candidates", [](RankingModel& m, double v) { m.candidates = static_cast<std::size_t>(v); }},
      {"headline", [](RankingModel& m, double v) { m.headline = v; }},
      {"headline_length", [](RankingModel& m, double v) { m.headline_length = v; }},
      {"written", [](RankingModel& m, double v) { m.written = v; }},
      {"acronym", [](RankingModel& m, double v) { m.acronym = v; }},
      {"stop_word", [](RankingModel& m, double v) { m.stop_word = v; }},
      {"entity", [](RankingModel& m, double v) { m.entity = v; }},
      {"side_by_side", [](RankingModel& m, double v) { m.side_by_side = v; }},
      {"side_by_side_short", [](RankingModel& m, double v) { m.side_by_side_short = v; }},
      {"bound_stop_word", [](RankingModel& m, double v) { m.bound_stop_word = v; }},
      {"near", [](RankingModel& m, double v) { m.near = v; }},
      {"window", [](RankingModel& m, double v) { m.window = static_cast<int>(v); }},
      {"feedback", [](RankingModel& m, double v) { m.feedback = v; }},
      {"feedback_articles", [](RankingModel& m, double v) { m.feedback_articles = static_cast<std::size_t>(v); }},
      {"feedback_words", [](RankingModel& m, double v) { m.feedback_words = static_cast<std::size_t>(v); }},
      {"feedback_sharpness", [](RankingModel& m, double v) { m.feedback_sharpness = v; }},
      {"similar_words", [](RankingModel& m, double v) { m.similar_words = static_cast<std::size_t>(v); }},
      {"similar_headline", [](RankingModel& m, double v) { m.similar_headline = v; }},
      {"similar_feedback", [](RankingModel& m, double v) { m.similar_feedback = v; }}};
  return all;
}

SearchRequest request_with(std::span<const std::string> changes) {
  SearchRequest request;
  request.tree = {query::All{}};
  request.partial = Partial::all;
  request.without_total = request.only_locations = true;
  for (const std::string& change : changes) {
    const std::size_t equals = std::min(change.find('='), change.size());
    const std::string name = change.substr(0, equals);
    const std::string value = change.substr(std::min(equals + 1, change.size()));
    if (name == "match") {
      if (value != "any" && value != "all") throw std::runtime_error("match is any or all");
      request.matching = value == "any" ? Matching::any : Matching::all;
      continue;
    }
    const auto parameter = parameters().find(name);
    if (parameter == parameters().end()) throw std::runtime_error(fmt::format("there is no parameter {}", name));
    parameter->second(request.model, number(value));
  }
  return request;
}

void for_each_query(const std::string& file, const std::function<void(const BatchQuery&)>& use) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(fmt::format("cannot read {}", file));
  QueryReader reader(in, file, [](const std::string& problem) { fmt::print(stderr, "{}\n", problem); });
  while (const auto query = reader.next()) use(*query);
}

void run(Index& index, const std::string& queries, std::span<const std::string> changes) {
  SearchRequest request = request_with(changes);
  request.limit = k_depth;
  const RecordNames names = index.read([](const Snapshot& snapshot) { return RecordNames(snapshot); });
  for_each_query(queries, [&](const BatchQuery& query) {
    write_results(std::cout, search_one(index, query, request, {}), {.format = OutputFormat::trec, .names = &names});
  });
}

/// The query's words, stop words aside, under Xapian's BM25 as it comes: what any engine does.
std::vector<Hit> search_plainly(Index& index, const BatchQuery& query, text::Analyzer& analyzer, std::size_t limit) {
  return index.read([&](Snapshot& snapshot) {
    std::set<std::string> terms;
    for (const text::Token& token : analyzer.analyze(query.text)) {
      const bool is_word = token.kind == text::TokenKind::word || token.kind == text::TokenKind::part;
      if (is_word && !is_stop_word(token.word)) terms.insert(token.term);
    }
    Xapian::Enquire enquire(snapshot.database().plain());
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()));
    const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(limit));
    std::vector<Hit> hits;
    for (auto it = found.begin(); it != found.end(); ++it)
      hits.push_back({.rank = hits.size() + 1, .score = it.get_weight(), .article = snapshot.identity_of(*it).article});
    return hits;
  });
}

void run_plainly(Index& index, const std::string& queries) {
  const RecordNames names = index.read([](const Snapshot& snapshot) { return RecordNames(snapshot); });
  text::Analyzer analyzer;
  for_each_query(queries, [&](const BatchQuery& query) {
    Results results;
    results.query_id = query.id;
    results.hits = search_plainly(index, query, analyzer, k_depth);
    write_results(std::cout, results, {.format = OutputFormat::trec, .names = &names});
  });
}

double thread_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

/// The processor time that `work` takes, in microseconds: what else the machine does changes it least.
double timed(const std::function<void()>& work) {
  const double begin = thread_microseconds();
  work();
  return thread_microseconds() - begin;
}

double percentile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// Microseconds that a query takes, in the rounds.
struct Times {
  std::vector<double> plain;
  std::vector<double> full;
};

void print_times(std::string_view name, const std::vector<Times>& queries,
                 double (*choose)(const std::vector<double>&)) {
  std::vector<double> plain;
  std::vector<double> full;
  for (const Times& times : queries) {
    plain.push_back(choose(times.plain));
    full.push_back(choose(times.full));
  }
  for (const double share : {0.5, 0.95}) {
    const double ours = percentile(full, share);
    const double theirs = percentile(plain, share);
    fmt::print("{} p{:.0f} us: plain BM25 {:.0f}, default {:.0f}, ratio {:.2f}\n", name, 100 * share, theirs, ours,
               ours / theirs);
  }
}

/// All queries in turn, several rounds, both ways by turns. In the first round articles and words are met for the first
/// time.
void time(Index& index, const std::string& file, std::span<const std::string> changes) {
  SearchRequest request = request_with(changes);
  request.limit = k_first_page;
  text::Analyzer analyzer;
  std::vector<BatchQuery> queries;
  for_each_query(file, [&](const BatchQuery& query) { queries.push_back(query); });
  if (queries.empty()) throw std::runtime_error("there is no query");
  std::vector<Times> times(queries.size());
  for (std::size_t round = 0; round < k_rounds; ++round) {
    for (std::size_t i = 0; i < queries.size(); ++i) {
      times[i].plain.push_back(timed([&] { search_plainly(index, queries[i], analyzer, k_first_page); }));
      times[i].full.push_back(timed([&] { search_one(index, queries[i], request, {}); }));
    }
  }
  print_times("first", times, [](const std::vector<double>& rounds) { return rounds.front(); });
  print_times("median", times, [](const std::vector<double>& rounds) { return percentile(rounds, 0.5); });
}

int measure(const std::vector<std::string>& arguments) {
  const std::set<std::string> modes{"plain", "run", "time", "similar"};
  if (arguments.size() < 3 || !modes.contains(arguments[0]))
    throw std::runtime_error("measure_ranking plain|run|time|similar INDEX QUERIES|LABELS [PARAMETER=VALUE]...");
  Index index({arguments[1]});
  const auto rest = std::span(arguments).subspan(3);
  if (arguments[0] == "plain")
    run_plainly(index, arguments[2]);
  else if (arguments[0] == "run")
    run(index, arguments[2], rest);
  else if (arguments[0] == "similar")
    tests::measure_similar(index, arguments[2], request_with(rest));
  else
    time(index, arguments[2], rest);
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return measure({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    fmt::print(stderr, "measure_ranking: {}\n", error.what());
    return 2;
  }
}
