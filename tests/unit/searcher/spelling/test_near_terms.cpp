#include <catch2/catch.hpp>
#include <random>

#include "searcher/spelling/edit_distance.hpp"
#include "searcher/spelling/near_terms.hpp"

using namespace pfind::searcher;

namespace {

using Strings = std::vector<std::string>;

/// Terms, each in as many articles as it is given times.
Xapian::WritableDatabase index_of(const Strings& terms) {
  Xapian::WritableDatabase database(std::string(), Xapian::DB_BACKEND_INMEMORY);
  for (const std::string& term : terms) {
    Xapian::Document document;
    document.add_term(term);
    database.add_document(document);
  }
  return database;
}

WordPattern whole(const std::u32string& letters) { return {letters, allowed_edits(letters.size()), 0}; }

Strings near(const Strings& terms, const WordPattern& pattern, std::size_t most = 100) {
  const PostingLists lists(index_of(terms));
  const auto by_pattern = near_terms(std::vector{pattern}, ComparedDatabase({&lists}), most);
  Strings found;
  for (const NearTerm& term : by_pattern.front()) found.push_back(term.term);
  return found;
}

std::string random_word(std::mt19937& random) {
  std::string word;
  for (std::size_t length = 1 + random() % 8; word.size() < length;) word += static_cast<char>('a' + random() % 3);
  return word;
}

} // namespace

TEST_CASE("near terms come by likelihood: few edits, then many articles") {
  CHECK(near({"huawei", "hawaii", "huave", "nokia"}, whole(U"huwaei")) == Strings{"huawei", "hawaii"});
  CHECK(near({"court", "count", "count"}, whole(U"coumt")) == Strings{"count", "court"});
  CHECK(near({"patent", "patient", "patient"}, whole(U"pattent")) == Strings{"patient", "patent"});
  CHECK(near({"patent", "patient", "patient"}, whole(U"pattent"), 1) == Strings{"patient"});
}

TEST_CASE("numbers, codes and filter terms are near to nothing") {
  CHECK(near({"h100", "XChuawei", "huawei5", "5g", "r&d"}, whole(U"huawei")).empty());
}

TEST_CASE("letters of any script are near to each other") {
  CHECK(near({"патент", "пакет"}, whole(U"патнет")) == Strings{"патент", "пакет"});
}

TEST_CASE("an ending that a stem lacks costs nothing") {
  CHECK(near({"licens", "linen"}, {U"licensign", 2, 4}) == Strings{"licens", "linen"});
  CHECK(near({"negoti"}, {U"negotiatoin", 2, 5}) == Strings{"negoti"});
  CHECK(near({"negoti"}, whole(U"negotiatoin")).empty());
}

TEST_CASE("the walk finds what comparing every term finds") {
  std::mt19937 random(20231114); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same words in every run
  Strings terms;
  while (terms.size() < 400) terms.push_back(random_word(random));
  const PostingLists lists(index_of(terms));
  const ComparedDatabase database({&lists});
  std::vector<WordPattern> patterns;
  while (patterns.size() < 60) patterns.push_back(whole(code_points(random_word(random))));
  const auto found = near_terms(patterns, database, terms.size());
  std::ranges::sort(terms);
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  for (std::size_t p = 0; p < patterns.size(); ++p) {
    std::map<std::string, std::size_t> expected;
    for (const std::string& term : terms) {
      const std::size_t edits = misspelling_distance(patterns[p].letters, code_points(term), patterns[p].limit);
      if (edits <= patterns[p].limit) expected[term] = edits;
    }
    std::map<std::string, std::size_t> walked;
    for (const NearTerm& term : found[p]) walked[term.term] = term.distance;
    INFO(p);
    CHECK(walked == expected);
  }
}
