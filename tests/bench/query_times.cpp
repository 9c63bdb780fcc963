// How long queries take, kind by kind, on an index that is there already:
//   query_times INDEX [QUERIES-PER-KIND [KIND]]
// One process, everything warm: the queries of a kind run once unmeasured, then once measured. The queries are drawn
// from the articles of the index by a fixed seed, so that two builds of pfind answer the same ones; the last column is
// a digest of all answers (which articles in which order, totals, counts, snippets), and is the same for both where
// they answer the same.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <exception>
#include <fmt/format.h>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "common/stored_article.hpp"
#include "searcher/query/parser.hpp"
#include "searcher/query/stop_words.hpp"
#include "searcher/search.hpp"

using namespace pfind;
using namespace pfind::searcher;

namespace {

/// Draws words and neighbours from the articles of an index.
class Words {
public:
  explicit Words(Index& index) {
    index.read([&](Snapshot& snapshot) {
      const Xapian::Database& database = snapshot.database().plain();
      for (int i = 0; i < k_articles; ++i) {
        auto it = database.postlist_begin("");
        it.skip_to(1 + random_() % database.get_lastdocid());
        if (it != database.postlist_end("")) add(decode_article(database.get_document(*it).get_data()).body);
      }
      return 0;
    });
  }

  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::string run(std::size_t length) {
    for (;;) {
      const std::vector<std::string>& text = texts_[below(texts_.size())];
      if (text.size() < length) continue;
      const std::size_t at = below(text.size() - length + 1);
      std::string words = text[at];
      for (std::size_t i = 1; i < length; ++i) words += ' ' + text[at + i];
      return words;
    }
  }

  std::string word() {
    for (;;) {
      std::string word = run(1);
      if (word.size() > 1 && !is_stop_word(word)) return word;
    }
  }

  std::string words(std::size_t count, std::string_view between = " ") {
    std::string all = word();
    while (--count > 0) all.append(between).append(word());
    return all;
  }

  std::string misspelt() {
    std::string text;
    while (text.size() < 5) text = word();
    std::swap(text[text.size() / 2], text[text.size() / 2 - 1]);
    return text;
  }

private:
  static constexpr int k_articles = 2000;

  /// Words of small letters, which stand for nothing but themselves.
  void add(const std::string& body) {
    std::vector<std::string> words(1);
    bool is_small = true;
    for (const char c : body + ' ') {
      if (c >= 'a' && c <= 'z') {
        words.back() += c;
      } else if (c >= 'A' && c <= 'Z') {
        is_small = false;
      } else {
        if (!is_small) words.back().clear();
        if (!words.back().empty()) words.emplace_back();
        is_small = true;
      }
    }
    words.pop_back();
    if (!words.empty()) texts_.push_back(std::move(words));
  }

  std::mt19937 random_{20240331}; // NOLINT(cert-msc32-c,cert-msc51-cpp): the same queries each time
  std::vector<std::vector<std::string>> texts_;
};

struct Kind {
  std::string name;
  std::function<std::string(Words&)> query;
  std::function<void(SearchRequest&)> change = [](SearchRequest& /*request*/) {};
};

std::size_t one_to_four(Words& words) { return 1 + words.below(4); }

std::vector<Kind> kinds() {
  const auto all = [](Words& words) { return words.words(one_to_four(words)); };
  const auto any = [](Words& words) { return words.words(one_to_four(words), " OR "); };
  const auto phrase = [](Words& words) { return '"' + words.run(2 + words.below(2)) + '"'; };
  const auto top = [](SearchRequest& r) { r.without_total = r.only_locations = true; };
  const auto total = [](SearchRequest& r) { r.only_locations = true; };
  const auto count = [](SearchRequest& r) { r.limit = 0; };
  const auto companies = [](SearchRequest& r) {
    r.only_locations = true;
    r.facets = {Field::company};
  };
  const auto as_typed = [](SearchRequest& r) { r.partial = Partial::few; };
  return {
      {"AND top ten", all, top},
      {"AND total", all, total},
      {"AND count", all, count},
      {"AND companies", all, companies},
      {"AND as pfind", all, as_typed},
      {"OR top ten", any, top},
      {"OR total", any, total},
      {"OR count", any, count},
      {"OR companies", any, companies},
      {"OR as pfind", any, as_typed},
      {"phrase top ten", phrase, top},
      {"phrase", phrase, total},
      {"phrase companies", phrase, companies},
      {"of the", [](Words& /*w*/) { return R"("of the")"; }, total},
      {"in spite of the", [](Words& /*w*/) { return R"("in spite of the")"; }, total},
      {"near", [](Words& w) { return w.word() + " near/5 " + w.word(); }, total},
      {"without", [](Words& w) { return w.word() + " -" + w.word(); }, total},
      {"period", [](Words& w) { return w.words(1 + w.below(2)) + " date:1987-03-05..2009-11-17"; }, total},
      {"newest", [](Words& w) { return w.words(1 + w.below(2)); },
       [](SearchRequest& r) {
         r.only_locations = true;
         r.sort = SortOrder::newest;
       }},
      {"oldest OR", any,
       [](SearchRequest& r) {
         r.only_locations = true;
         r.sort = SortOrder::oldest;
       }},
      {"question", [](Words& w) { return "what did " + w.run(8); }, as_typed},
      {"text of 200 words", [](Words& w) { return w.words(200); }, as_typed},
      {"pattern", [](Words& w) { return w.word().substr(0, 3) + "*"; }, total},
      {"a*", [](Words& w) { return std::string(1, static_cast<char>('a' + w.below(26))) + "*"; }, as_typed},
      {"*ing", [](Words& w) { return "*" + w.word().substr(1); }, as_typed},
      {"misspelt", [](Words& w) { return w.misspelt(); }, as_typed},
      {"misspelt two", [](Words& w) { return w.misspelt() + ' ' + w.misspelt(); }, as_typed},
      {"exact", [](Words& w) { return '=' + w.word(); }, as_typed},
      {"SENTENCE", [](Words& w) { return w.word() + " SENTENCE " + w.word(); }, as_typed},
      {"said SENTENCE the", [](Words& /*w*/) { return "said SENTENCE the"; }, as_typed},
      {"ATLEAST", [](Words& w) { return "ATLEAST/3 " + w.word(); }, as_typed},
      {"ATLEAST of the", [](Words& /*w*/) { return R"(ATLEAST/2 "of the")"; }, as_typed},
      {"all articles", [](Words& /*w*/) { return "*"; }, as_typed},
      {"all facets of all", [](Words& /*w*/) { return "*"; },
       [](SearchRequest& r) {
         r.limit = 0;
         r.facets = {Field::company,    Field::organization, Field::person, Field::place,
                     Field::technology, Field::year,         Field::month,  Field::language};
       }},
  };
}

std::uint64_t mixed(std::uint64_t digest, std::uint64_t value) { return (digest ^ value) * 0x100000001b3ULL; }

std::uint64_t mixed(std::uint64_t digest, const std::string& text) {
  for (const char c : text) digest = mixed(digest, static_cast<unsigned char>(c));
  return digest;
}

std::uint64_t digest_of(std::uint64_t digest, const Results& results) {
  digest = mixed(digest, results.total);
  for (const Hit& hit : results.hits) {
    digest = mixed(mixed(digest, hit.article.location()), hit.snippet.text);
    for (const Highlight& highlight : hit.snippet.highlights)
      digest = mixed(mixed(digest, highlight.begin), highlight.end);
    for (const std::string& missing : hit.missing) digest = mixed(digest, missing);
  }
  for (const FacetCounts& facet : results.facets) {
    for (const FacetCount& value : facet.values) digest = mixed(mixed(digest, value.value), value.count);
  }
  for (const std::string& notice : results.notices) digest = mixed(digest, notice);
  return mixed(digest, results.suggestion);
}

/// Milliseconds.
double cpu_time() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double wall_time() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double percentile(std::vector<double> times, double share) {
  std::ranges::sort(times);
  return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
}

void measure(const Kind& kind, Words words, std::size_t count, Index& index, const SearchRequest& common) {
  const Date today{2024, 3, 31, -1};
  std::vector<SearchRequest> requests;
  while (requests.size() < count) {
    SearchRequest request = common;
    request.query = kind.query(words);
    request.tree = query::parse_query(request.query, today).root;
    kind.change(request);
    requests.push_back(std::move(request));
  }
  for (const SearchRequest& request : requests) search(index, request);
  std::vector<double> cpu;
  std::vector<double> wall;
  std::uint64_t digest = 0xcbf29ce484222325ULL;
  std::size_t slowest = 0;
  for (const SearchRequest& request : requests) {
    const double cpu_begin = cpu_time();
    const double wall_begin = wall_time();
    const Results results = search(index, request);
    cpu.push_back(cpu_time() - cpu_begin);
    wall.push_back(wall_time() - wall_begin);
    if (cpu.back() > cpu[slowest]) slowest = cpu.size() - 1;
    digest = digest_of(digest, results);
  }
  const double most = *std::ranges::max_element(cpu);
  fmt::print("{:20} {:4} {:9.2f} {:9.2f} {:9.2f} {:9.2f} {:9.2f}  {:016x}  {}\n", kind.name, cpu.size(),
             percentile(cpu, 0.5), percentile(cpu, 0.95), most, percentile(wall, 0.5), percentile(wall, 0.95), digest,
             requests[slowest].query.substr(0, 40));
  std::fflush(stdout);
}

int run(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: query_times INDEX [QUERIES-PER-KIND [KIND]]\n");
    return 2;
  }
  const std::size_t count = argc > 2 ? std::stoul(argv[2]) : 50;
  Index index({argv[1]});
  SearchRequest common;
  common.synonyms = std::make_shared<const Synonyms>(Synonyms::shipped());
  const Words words(index);
  fmt::print("{:20} {:>4} {:>9} {:>9} {:>9} {:>9} {:>9}  {:16}  {}\n", "milliseconds", "n", "cpu p50", "cpu p95",
             "cpu max", "wall p50", "wall p95", "digest", "slowest");
  for (const Kind& kind : kinds()) {
    if (argc <= 3 || kind.name.starts_with(argv[3])) measure(kind, words, count, index, common);
  }
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "query_times: {}\n", error.what());
    return 2;
  }
}
