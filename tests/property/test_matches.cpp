// What posting lists say a query matches is what Xapian's matcher finds, for any query over any collection.
#include <catch2/catch.hpp>
#include <string>
#include <vector>
#include <xapian.h>

#include "searcher/query/matches.hpp"
#include "tests/property/word_draw.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/trials.hpp"

using namespace pfind::searcher;
using namespace pfind::tests;
using Xapian::Query;

CATCH_TRANSLATE_EXCEPTION(const Xapian::Error& error) { return error.get_description(); }

namespace {

/// Draws collections and queries.
class Draw : public WordDraw {
public:
  using WordDraw::WordDraw;

  /// An article is a few words with positions, and a value; one in `gap` numbers is of an article that is gone.
  Xapian::Database collection(const std::string& path, unsigned size, unsigned gap) {
    Xapian::WritableDatabase database(path, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
    for (unsigned i = 0; i < size; ++i) {
      Xapian::Document document;
      for (unsigned at = below(12); at > 0; --at) document.add_posting(word(), at);
      if (below(4) != 0) document.add_value(0, word());
      database.add_document(document);
    }
    for (Xapian::docid article = 1; article <= size; ++article) {
      if (below(gap) == 0) database.delete_document(article);
    }
    database.commit();
    return Xapian::Database(path);
  }

  /// Some add weight by what need not match; Xapian 1.4 compares a number that it has not set where that is part of
  /// what must not match.
  Query query(unsigned depth) {
    const Query query = part(depth);
    return below(8) == 0 ? Query(Query::OP_AND_MAYBE, query, part(depth)) : query;
  }

private:
  /// Without OP_XOR and OP_MAX, which pfind does not use: Xapian 1.4 gets them wrong over lists that end early.
  Query part(unsigned depth) {
    if (depth == 0 || below(5) == 0) return leaf();
    const Query first = part(depth - 1);
    const Query second = part(depth - 1);
    switch (below(8)) {
    case 0: return {Query::OP_AND_NOT, first, second};
    case 1: return {Query::OP_FILTER, first, second};
    case 2: return several(Query::OP_SYNONYM, depth);
    case 3: return first * 0.5;
    case 4: return several(Query::OP_OR, depth);
    case 5: return {Query::OP_OR, first, second};
    case 6: return several(Query::OP_AND, depth);
    default: return {Query::OP_AND, first, second};
    }
  }

  Query several(Query::op op, unsigned depth) {
    std::vector<Query> parts;
    for (unsigned n = 2 + below(4); n > 0; --n) parts.push_back(part(depth - 1));
    return {op, parts.begin(), parts.end()};
  }

  Query leaf() {
    switch (below(14)) {
    case 0: return Query::MatchAll;
    case 1: return Query::MatchNothing;
    case 2: return {Query::OP_PHRASE, Query(word()), Query(word())};
    case 3: return near();
    case 4: return {Query::OP_VALUE_RANGE, 0, word(), word()};
    case 5: return {Query::OP_VALUE_GE, 0, word()};
    case 6: return Query((new Xapian::ValuePostingSource(0))->release()); // Xapian takes it over
    case 7: return Query("absent");
    default: return Query(word());
    }
  }

  Query near() {
    const std::vector<Query> words{Query(word()), Query(Query::OP_OR, Query(word()), Query(word()))};
    return {Query::OP_NEAR, words.begin(), words.end(), 2 + below(5)};
  }
};

DocumentBits by_matcher(const Query& query, const Xapian::Database& database) {
  Xapian::Enquire enquire(database);
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const Xapian::MSet found = enquire.get_mset(0, database.get_doccount());
  DocumentBits articles(database.get_lastdocid());
  for (auto it = found.begin(); it != found.end(); ++it) articles.add(*it);
  return articles;
}

} // namespace

TEST_CASE("what posting lists say that 20,000 random queries match is what Xapian's matcher finds") {
  std::size_t found = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Draw draw(seed);
    const TempDir dir;
    const Xapian::Database database =
        draw.collection((dir.path() / "db").string(), draw.below(3) == 0 ? draw.below(70) : 400, 2 + draw.below(30));
    const PostingLists asked(database); // of Xapian
    const PostingLists lists(database, dir.path() / "db");
    REQUIRE((lists.table() != nullptr || database.get_doccount() == 0));
    for (unsigned i = 0; i < trials(1000U); ++i) {
      const Query query = draw.query(1 + i % 4);
      INFO("seed " << seed << ", query " << i << ": " << query.get_description());
      const DocumentBits expected = by_matcher(query, database);
      const DocumentBits articles = matches(query, lists);
      found += !articles.empty();
      REQUIRE(articles == expected);
      REQUIRE(matches(query, asked) == expected);
      REQUIRE(articles.empty() == (articles.count() == 0));
    }
  }
  CHECK(found > trials(5000U)); // most queries are about something
}

TEST_CASE("phrases among so many articles that several threads look for them are those that the matcher finds") {
  Draw draw(31);
  const TempDir dir;
  const Xapian::Database database = draw.collection((dir.path() / "db").string(), 40'000, 30);
  const PostingLists lists(database, dir.path() / "db");
  std::size_t found = 0;
  for (unsigned i = 0; i < 60; ++i) {
    std::vector<std::string> words;
    for (unsigned n = 2 + draw.below(2); n > 0; --n) words.push_back(draw.word());
    const Query query(Query::OP_PHRASE, words.begin(), words.end());
    INFO("query " << i << ": " << query.get_description());
    const DocumentBits articles = matches(query, lists);
    found += articles.count();
    REQUIRE(articles == by_matcher(query, database));
  }
  CHECK(found > 20'000);
}
