// Totals, facet counts, pages and orders are exact for any query.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <map>
#include <random>
#include <set>

#include "tests/support/sample_index.hpp"
#include "tests/support/trials.hpp"

using namespace pfind;
using namespace pfind::query;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

constexpr std::array k_facets{Field::company, Field::organization, Field::person,   Field::place, Field::technology,
                              Field::outlet,  Field::author,       Field::language, Field::year,  Field::month};

/// Articles that the samples lack: names with signs, in several spellings, in several kinds; no date, no anything.
std::vector<IndexedArticle> odd_articles() {
  std::vector<IndexedArticle> articles;
  for (int i = 0; i < 24; ++i) {
    Article article =
        article_of(fmt::format("/odd/{}", i), "The license of 5G patents was cross-licensed in court again.");
    article.outlet = std::array{"The Daily", "THE DAILY", "", "E*Trade News"}[static_cast<std::size_t>(i % 4)];
    article.language = std::array{"en", "de", ""}[static_cast<std::size_t>(i % 3)];
    if (i % 3 != 0) article.date = Date{1999 + i % 2, 1 + i % 12, 28, i % 5 == 0 ? 3600 * i : -1};
    if (i % 4 == 1) article.authors = {"Å. Öst", "N. N."};
    Named named{.companies = {"AT&T", "Yahoo!"}, .organizations = {"Apple"}, .technologies = {"C++", "5G"}};
    if (i % 2 == 0) named.companies = {"E*Trade", "Apple", "at&t"};
    articles.push_back({article, named});
  }
  articles.push_back({{.path = "/odd/empty"}, {}});
  for (int i = 0; i < 12; ++i) { // four articles, each met three times
    std::string text = fmt::format("The license number {} of 5G patents", i % 4);
    for (int word = 0; text.size() < 2000; ++word) text += fmt::format(" was cross-licensed in court {}", word);
    Article article = article_of(fmt::format("/copies/{}", i), text, "Nokia");
    article.outlet = std::array{"The Daily", "the daily", "", "E*Trade News", "Wire"}[static_cast<std::size_t>(i % 5)];
    article.date = Date{2001, 1 + i % 12, 28, -1};
    articles.push_back({article, Named{.companies = {i % 3 == 0 ? "Nokia" : "Apple"}}});
  }
  return articles;
}

/// Draws queries from what a collection holds.
class QuerySource {
public:
  QuerySource(Index& index, unsigned seed) : random_(seed) {
    for (const Hit& hit : search(index, request_for("")).hits) add_words(hit.article.title + ' ' + hit.article.body);
    for (const Field field : k_facets) {
      for (const FacetCount& value : list_values(index, field, "")) values_[field].push_back(value.value);
    }
  }

  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  template <typename Values>
  const auto& pick(const Values& values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(std::size(values))))];
  }

  Node tree(int depth) {
    switch (below(depth > 0 ? 12 : 8)) {
    case 0:
    case 1:
    case 2: return {Text{run(1 + below(2)), field()}};
    case 3: return {Phrase{run(2), below(6) == 0, field()}};
    case 4: return below(2) == 0 ? Node{Exact{word(), field()}} : Node{Wildcard{pattern(), field()}};
    case 5: return {Near{1 + below(20), {near_operand(), near_operand()}}};
    case 6: return filter();
    case 7: return {period()};
    case 8: return negation(tree(depth - 1));
    case 9: return any_of({tree(depth - 1), tree(depth - 1)});
    default: return all_of({tree(depth - 1), tree(depth - 1)});
    }
  }

private:
  void add_words(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find_first_of(" \n", begin), text.size());
      if (end > begin) words.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    if (!words.empty()) texts_.push_back(std::move(words));
  }

  /// Neighbouring words of an article.
  std::string run(int length) {
    const auto& words = pick(texts_);
    auto at = static_cast<std::size_t>(below(static_cast<int>(words.size())));
    std::string text = words[at];
    while (--length > 0 && ++at < words.size()) text += ' ' + words[at];
    return text;
  }
  std::string word() { return run(1); }
  Field field() { return below(6) == 0 ? Field::title : Field::body; }

  std::string pattern() {
    std::string head;
    for (const char c : word().substr(0, 3)) head += std::isalpha(static_cast<unsigned char>(c)) ? c : 'a';
    return below(5) == 0 ? '*' + head : head + '*';
  }

  Node near_operand() {
    switch (below(8)) {
    case 0: return {Phrase{run(2)}};
    case 1: return {Wildcard{pattern()}};
    case 2: return {Exact{word()}};
    case 3: return any_of({Node{Text{word()}}, Node{Phrase{run(2)}}});
    default: return {Text{word()}};
    }
  }

  Node filter() {
    const Field kind = k_facets[static_cast<std::size_t>(below(8))];
    Filter filter{kind, {pick(values_.at(kind))}};
    if (below(3) == 0) filter.values.push_back(pick(values_.at(kind)));
    if (below(8) == 0) filter.values.front() = filter.values.front().substr(0, 1) + '*';
    if (below(8) == 0) filter.values = {"*"};
    return {filter};
  }

  Period period() {
    static constexpr std::array<std::string_view, 8> k_periods{
        "2023",       "..2023-08", "2024-03-06..", "2023-01..2023-06",
        "2024-03-07", "1999",      "1998..2000",   "2022-12-31..2023-01-31"};
    return parse_period(pick(k_periods), k_test_today).value();
  }

  std::mt19937 random_;
  std::vector<std::vector<std::string>> texts_;
  std::map<Field, std::vector<std::string>> values_;
};

SearchRequest request_of(Node tree) {
  SearchRequest request;
  request.tree = std::move(tree);
  return request;
}

/// The condition that a shown facet value stands for.
Node condition(Field field, const std::string& value) {
  if (field == Field::year || field == Field::month) return {parse_period(value, k_test_today).value()};
  return {Filter{field, {value}}};
}

std::uint64_t total(Index& index, Node tree) {
  SearchRequest request = request_of(std::move(tree));
  request.limit = 0;
  return search(index, request).total;
}

std::vector<std::string> values_of(const Hit& hit, Field field) {
  for (const EntityKind kind : k_entity_kinds) {
    if (field == field_of(kind)) return hit.entities[static_cast<std::size_t>(kind)];
  }
  const auto known = [](const std::string& value) {
    return value.empty() ? std::vector<std::string>{} : std::vector{value};
  };
  const std::optional<Date>& date = hit.article.date;
  switch (field) {
  case Field::outlet: {
    std::vector<std::string> outlets = known(hit.article.outlet);
    for (const Appearance& copy : hit.copies) {
      if (!copy.outlet.empty()) outlets.push_back(copy.outlet);
    }
    return outlets;
  }
  case Field::author: return hit.article.authors;
  case Field::language: return known(hit.article.language);
  case Field::year: return known(date ? fmt::format("{:04}", date->year) : "");
  default: return known(date ? fmt::format("{:04}-{:02}", date->year, date->month) : "");
  }
}

/// What every facet of a result must be, counted over its hits.
std::map<std::string, std::uint64_t> counted(const std::vector<Hit>& hits, Field field) {
  std::map<std::string, std::uint64_t> counts;
  for (const Hit& hit : hits) {
    std::set<std::string> keys;
    for (const std::string& value : values_of(hit, field)) keys.insert(facet_key(value));
    for (const std::string& key : keys) ++counts[key];
  }
  return counts;
}

void check_facet(const FacetCounts& facet, const std::vector<Hit>& hits) {
  std::map<std::string, std::uint64_t> shown;
  for (const FacetCount& value : facet.values) shown[facet_key(value.value)] = value.count;
  CHECK(shown == counted(hits, facet.field));
  CHECK(facet.distinct == facet.values.size());
  CHECK(std::ranges::is_sorted(facet.values, [](const FacetCount& a, const FacetCount& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  }));
}

std::vector<std::string> locations(const std::vector<Hit>& hits) {
  std::vector<std::string> all;
  for (const Hit& hit : hits) all.push_back(hit.article.location());
  return all;
}

void check_page(Index& index, SearchRequest request, const std::vector<std::string>& all, QuerySource& source) {
  request.facets.resize(1); // a page without any may go on with articles that have few words of a long query
  request.offset = static_cast<std::size_t>(source.below(static_cast<int>(all.size()) + 3));
  request.limit = static_cast<std::size_t>(source.below(12));
  const Results page = search(index, request);
  CHECK(page.total == all.size());
  const std::size_t begin = std::min(request.offset, all.size());
  const std::size_t end = std::min(begin + request.limit, all.size());
  const auto at = [&](std::size_t i) { return all.begin() + static_cast<std::ptrdiff_t>(i); };
  CHECK(locations(page.hits) == std::vector(at(begin), at(end)));
  if (!page.hits.empty()) CHECK(page.hits.front().rank == begin + 1);
}

void check_order(const std::vector<Hit>& hits, SortOrder order) {
  const auto before = [&](const Hit& a, const Hit& b) {
    if (!a.article.date || !b.article.date) return a.article.date.has_value() && !b.article.date.has_value();
    return order == SortOrder::newest ? *a.article.date > *b.article.date : *a.article.date < *b.article.date;
  };
  CHECK(std::ranges::is_sorted(hits, before));
}

} // namespace

namespace {

/// What a user may say of the samples' names: merged, renamed, forbidden, of another kind.
constexpr std::string_view k_corrections = "company\tE-Trade Group\tE*Trade|AT&T\n"
                                           "company\tSamsung Group\tSamsung\n"
                                           "technology\tFifth Generation\t5G|company:Apple\n"
                                           "!company\tYahoo!\n"
                                           "!place\tMunich\n";

/// Asks a number of random queries and compares all that can be counted in two ways. Returns how many found anything.
std::size_t check_queries(Index& index, unsigned seed, int queries) {
  QuerySource source(index, seed);
  std::size_t found = 0;
  for (int i = 0; i < queries; ++i) {
    const Node tree = source.tree(3);
    INFO("query " << i << ": " << to_query(tree));
    SearchRequest request = request_of(tree);
    request.facets.assign(k_facets.begin(), k_facets.end());
    request.limit = request.facet_limit = SIZE_MAX;
    request.sort =
        std::array{SortOrder::relevance, SortOrder::newest, SortOrder::oldest}[static_cast<std::size_t>(i % 3)];
    const Results results = search(index, request);
    found += results.total > 0 && !results.relaxed;
    REQUIRE(results.hits.size() == results.total);
    if (request.sort != SortOrder::relevance) check_order(results.hits, request.sort);
    check_page(index, request, locations(results.hits), source);
    for (const FacetCounts& facet : results.facets) {
      check_facet(facet, results.hits);
      if (facet.values.empty()) continue;
      const FacetCount& value = source.pick(facet.values);
      INFO(info(facet.field).name << " " << value.value);
      CHECK(total(index, all_of({tree, condition(facet.field, value.value)})) == value.count);
    }
  }
  return found;
}

void check_values(Index& index) {
  for (const Field field : k_facets) {
    for (const FacetCount& value : list_values(index, field, "")) {
      INFO(info(field).name << " " << value.value);
      CHECK(total(index, condition(field, value.value)) == value.count);
    }
  }
}

/// Articles with a few of a few names, in several kinds.
std::vector<IndexedArticle> random_articles(const std::string& folder, unsigned seed) {
  std::mt19937 random(seed);
  const std::vector<std::string> names{"Alpha", "Alpha Inc", "Beta Works", "Beta",  "BW",
                                       "Gamma", "GAMMA",     "Delta Ltd",  "Delta", "Epsilon"};
  std::vector<IndexedArticle> articles;
  for (int i = 0; i < 40; ++i) {
    ArticleEntities entities;
    for (std::size_t n = random() % 4; n > 0; --n) {
      NamedEntity entity{names[random() % names.size()]};
      if (entity.name == "Beta Works") entity.aliases = {"BW"};
      entities[std::array{0, 0, 0, 1, 1, 2, 3, 4}[random() % 8]].push_back(entity);
    }
    Article article = article_of(fmt::format("/{}/{}", folder, i), "The patents were licensed again.");
    article.outlet = "Daily";
    article.authors = {"N. N."};
    article.date = Date{2000 + i % 3, 1 + i % 12, 1, -1};
    articles.push_back({std::move(article), std::move(entities)});
  }
  return articles;
}

} // namespace

TEST_CASE("totals, counts, pages and orders of 1,000 random queries are exact") {
  const SampleIndex samples(odd_articles());
  Index index = samples.open();
  CHECK(check_queries(index, 20240331, trials(1000)) > trials(300U)); // most queries are about something
}

TEST_CASE("so they are where the user has corrected names") {
  const SampleIndex samples(odd_articles(), k_corrections);
  Index index = samples.open();
  CHECK(total(index, condition(Field::company, "Yahoo!")) == 0);
  CHECK(total(index, condition(Field::technology, "Fifth Generation")) > 20);
  CHECK(check_queries(index, 20240401, trials(500)) > trials(150U));
  check_values(index);
}

TEST_CASE("so they are over several indexes whose catalogs disagree, one of them older than its articles") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    const TestIndex one(random_articles("one", seed), "company\tAlpha One\tAlpha|Beta\n!company\tGamma\n");
    const TestIndex two(random_articles("two", seed + 1000),
                        "organization\tBeta Works\tcompany:Beta Works\ncompany\tBeta\tDelta|Epsilon\n");
    {
      indexer::IndexWriter writer(two.path(), indexer::IndexWriter::Mode::update, {});
      for (const IndexedArticle& late : random_articles("late", seed + 2000))
        writer.put(indexer::DocumentBuilder().build(late.article, late.entities), false);
      writer.commit(); // and the catalog is not made anew
    }
    Index both({one.path(), two.path()});
    check_values(both);
    check_queries(both, seed, 20);
    Index alone({two.path()});
    check_values(alone);
  }
}

TEST_CASE("every value listed has as many articles as its filter finds") {
  const SampleIndex samples(odd_articles());
  Index index = samples.open();
  check_values(index);
}
