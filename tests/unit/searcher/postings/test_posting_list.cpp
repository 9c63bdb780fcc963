#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fstream>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "searcher/postings/positions.hpp"
#include "searcher/postings/posting_list.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::searcher;
using namespace pfind::tests;

CATCH_TRANSLATE_EXCEPTION(const Xapian::Error& error) { return error.get_description(); }

namespace {

/// An article has most words of a few, some of them very often, at positions far apart.
class Collection {
public:
  static constexpr Xapian::valueno k_slot = 3; // in which each article has a value

  Collection() { database_.begin_transaction(); }

  std::filesystem::path path() const { return dir_.path() / "db"; }

  void add(unsigned articles) {
    for (unsigned i = 0; i < articles; ++i) database_.add_document(article());
  }

  void change(Xapian::docid number) { database_.replace_document(number, article()); }
  void remove(Xapian::docid number) { database_.delete_document(number); }
  void commit() {
    database_.commit_transaction();
    database_.begin_transaction();
  }

  static std::vector<std::string> words() {
    return {"the", "of", std::string("zero\0byte", 9), std::string("zero\0", 5), "zero", "rare", "absent", ""};
  }

private:
  Xapian::Document article() {
    Xapian::Document document;
    for (const std::string& word : words()) {
      const unsigned times = word == "rare" ? random_() % 50 == 0 : word == "absent" ? 0 : random_() % 4;
      for (unsigned i = 0; i < times && !word.empty(); ++i)
        document.add_posting(word, 1 + random_() % (random_() % 9 == 0 ? 90'000 : 30), random_() % 7 == 0 ? 700 : 1);
    }
    document.add_value(k_slot, std::string(1 + random_() % 300, 'v'));
    return document;
  }

  TempDir dir_;
  Xapian::WritableDatabase database_{(dir_.path() / "db").string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC};
  std::mt19937 random_{7}; // NOLINT(cert-msc32-c,cert-msc51-cpp): the same articles each time
};

/// An index of so many articles that have one word.
void add_articles(Xapian::WritableDatabase& database, unsigned articles) {
  for (unsigned i = 0; i < articles; ++i) {
    Xapian::Document document;
    document.add_posting("word", 1);
    database.add_document(document);
  }
  database.commit();
}

using Postings = std::vector<std::pair<Xapian::docid, std::uint32_t>>;

Postings all_of(PostingList list) {
  Postings all;
  do {
    for (std::size_t i = 0; i < list.articles().size(); ++i) all.emplace_back(list.articles()[i], list.counts()[i]);
  } while (list.next());
  return all;
}

Postings asked_of_xapian(const Xapian::Database& database, const std::string& term) {
  Postings all;
  for (auto it = database.postlist_begin(term); it != database.postlist_end(term); ++it)
    all.emplace_back(*it, term.empty() ? it.get_doclength() : it.get_wdf());
  return all;
}

/// The posting at or behind an article, found by leaping there from the beginning in several leaps.
std::pair<Xapian::docid, std::uint32_t> leapt(const PostingLists& lists, const std::string& term, Xapian::docid leap,
                                              Xapian::docid to) {
  PostingList list(lists, term);
  for (Xapian::docid at = 1; at < to; at += leap) list.skip_to(at);
  if (!list.skip_to(to)) return {};
  const auto place = std::ranges::lower_bound(list.articles(), to) - list.articles().begin();
  return {list.articles()[static_cast<std::size_t>(place)], list.counts()[static_cast<std::size_t>(place)]};
}

void check_all(const Collection& collection) {
  const Xapian::Database database(collection.path().string());
  const PostingLists lists(database, collection.path());
  REQUIRE(lists.table() != nullptr);
  REQUIRE(lists.positions() != nullptr);
  for (const std::string& word : Collection::words()) {
    INFO("word " << word);
    const Postings expected = asked_of_xapian(database, word);
    CHECK(all_of(PostingList(lists, word)) == expected);
    if (!word.empty()) CHECK(lists.frequency(word) == database.get_termfreq(word));
    CHECK(all_of(PostingList(PostingLists(database), word)) == expected);
    for (const Xapian::docid leap : {1U, 37U, 1000U, 100'000U}) {
      for (const Xapian::docid to : {1U, 2U, 999U, 5000U, database.get_lastdocid(), database.get_lastdocid() + 1}) {
        const auto at = std::ranges::lower_bound(expected, std::pair<Xapian::docid, std::uint32_t>(to, 0));
        CHECK(leapt(lists, word, leap, to) == (at == expected.end() ? Postings::value_type() : *at));
      }
    }
    if (word.empty()) continue;
    Positions positions(*lists.positions(), word);
    for (Xapian::docid article = 1; article <= database.get_lastdocid(); article += article % 5 == 0 ? 40 : 1) {
      const std::vector<std::uint32_t> there(database.positionlist_begin(article, word),
                                             database.positionlist_end(article, word));
      REQUIRE(positions.in(article) == there);
    }
  }
}

} // namespace

TEST_CASE("posting lists and positions are those that Xapian reads, after any changes") {
  Collection collection;
  collection.add(6000);
  collection.commit();
  check_all(collection);
  for (Xapian::docid number = 100; number < 6000; number += 7) collection.change(number);
  for (Xapian::docid number = 50; number < 2500; number += 1 + number % 3) collection.remove(number);
  collection.commit();
  collection.add(500);
  collection.commit();
  check_all(collection);
}

TEST_CASE("positions that take many parts, and words as long as a key can be, are those that Xapian reads") {
  const TempDir dir;
  const std::string path = (dir.path() / "db").string();
  Xapian::WritableDatabase writer(path, Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
  // With the numbers of articles behind them, and zeros written as two bytes each, keys take up to 251 of 255 bytes.
  const std::string longest(245, 'l');
  const std::string longer = fmt::format("{}m", longest.substr(1));
  const std::string zeros(120, '\0');
  const std::vector<std::string> words{"often", longest, longer, zeros, zeros + "z"};
  std::mt19937 random{5}; // NOLINT(cert-msc32-c,cert-msc51-cpp): the same articles each time
  for (unsigned article = 1; article <= 300; ++article) {
    Xapian::Document document;
    for (const std::string& word : words) {
      const bool is_everywhere = word == "often" && article % 100 == 50;
      const unsigned times = is_everywhere ? 100'000 : random() % 4;
      for (unsigned i = 0, at = 0; i < times; ++i) document.add_posting(word, at += 1 + random() % 20);
    }
    writer.add_document(document);
  }
  writer.commit();
  const Xapian::Database database(path);
  const PostingLists lists(database, path);
  REQUIRE(lists.positions() != nullptr);
  for (const std::string& word : words) {
    INFO("word " << word);
    CHECK(all_of(PostingList(lists, word)) == asked_of_xapian(database, word));
    Positions positions(*lists.positions(), word);
    for (Xapian::docid article = 1; article <= database.get_lastdocid(); ++article) {
      const std::vector<std::uint32_t> there(database.positionlist_begin(article, word),
                                             database.positionlist_end(article, word));
      REQUIRE(positions.in(article) == there);
    }
  }
}

TEST_CASE("the value of an article is what Xapian reads, in one slot or another") {
  const TempDir dir;
  const std::string path = (dir.path() / "db").string();
  Xapian::WritableDatabase database(path, Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
  std::mt19937 random(3);
  for (int i = 0; i < 400; ++i) {
    Xapian::Document document;
    for (const Xapian::valueno slot : {0U, 1U, 200U}) {
      if (random() % 3 != 0) document.add_value(slot, std::string(1 + random() % (i % 50 == 7 ? 9000 : 300), 'v'));
    }
    database.add_document(document);
  }
  database.delete_document(17);
  database.delete_document(400);
  database.commit();
  const Xapian::Database opened(path);
  const PostingLists lists(opened, path);
  REQUIRE(lists.table() != nullptr);
  std::size_t having = 0;
  for (Xapian::docid article = 1; article <= 401; ++article) {
    for (const Xapian::valueno slot : {0U, 1U, 2U, 200U, 201U}) {
      const std::string value = lists.value(article, slot);
      CHECK(value == opened.get_document(article, Xapian::DOC_ASSUME_VALID).get_value(slot));
      having += value.empty() ? 0 : 1;
    }
  }
  CHECK(having > 700);
}

TEST_CASE("places of a phrase are counted as far as is asked for") {
  Collection collection;
  collection.add(2000);
  collection.commit();
  const Xapian::Database database(collection.path().string());
  const PostingLists lists(database, collection.path());
  for (const std::vector<std::string>& terms :
       {std::vector<std::string>{"the"}, {"the", "of"}, {"zero", "the"}, {"of", "zero", "the"}, {"rare", "of"}}) {
    const std::vector<PhraseWord> words = rarest_first(terms, lists);
    PhraseFinder phrase(*lists.positions(), words);
    PhraseFinder any(*lists.positions(), words);
    PhraseFinder two(*lists.positions(), words);
    for (Xapian::docid article = 1; article <= 2000; ++article) {
      const std::size_t places = phrase.begins_in(article).size();
      REQUIRE(any.is_in(article) == (places > 0));
      REQUIRE(two.count_in(article, 2) == std::min<std::size_t>(places, 2));
    }
  }
}

TEST_CASE("the place of an article is found from any place before it") {
  std::vector<Xapian::docid> articles;
  for (Xapian::docid article = 1; articles.size() < 500; article += 1 + article % 7) articles.push_back(article);
  for (const std::size_t size : {0UL, 1UL, 15UL, 16UL, 17UL, 129UL, 500UL}) {
    const std::span<const Xapian::docid> some(articles.data(), size);
    for (std::size_t at = 0; at <= size; at += 5) {
      for (Xapian::docid article = 1; article <= articles.back() + 1; article += 3) {
        const auto from = some.begin() + static_cast<std::ptrdiff_t>(at);
        const auto place = std::lower_bound(from, some.end(), article) - some.begin();
        REQUIRE(place_from(some, at, article) == static_cast<std::size_t>(place));
      }
    }
  }
}

TEST_CASE("a database that has changed since it was opened is left to Xapian") {
  Collection collection;
  collection.add(10);
  collection.commit();
  const Xapian::Database database(collection.path().string());
  CHECK(GlassTable::open(collection.path(), database) != nullptr);
  collection.add(10);
  collection.commit();
  CHECK(GlassTable::open(collection.path(), database) == nullptr);
  CHECK(GlassTable::open(collection.path() / "nowhere", database) == nullptr);
}

TEST_CASE("blocks that a writer has reused are refused") {
  Collection collection;
  collection.add(3000);
  collection.commit();
  const Xapian::Database database(collection.path().string());
  const PostingLists lists(database, collection.path());
  for (int i = 0; i < 4; ++i) {
    for (Xapian::docid number = 1; number < 3000; ++number) collection.change(number);
    collection.commit();
  }
  CHECK_THROWS_AS(all_of(PostingList(lists, "the")), Xapian::DatabaseModifiedError);
}

TEST_CASE("damaged tables are found out or read as something else, and never crash") {
  Collection collection;
  collection.add(1500);
  collection.commit();
  std::mt19937 random{11}; // NOLINT(cert-msc32-c,cert-msc51-cpp): the same damage each time
  const Xapian::Database database(collection.path().string());
  std::size_t refused = 0;
  for (const std::string_view file : {"postlist.glass", "position.glass"}) {
    std::ifstream in(collection.path() / file, std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    for (int round = 0; round < 300; ++round) {
      std::string damaged = whole;
      for (int i = 0; i < 40; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
      std::ofstream(collection.path() / file, std::ios::binary) << damaged;
      const PostingLists lists(database, collection.path());
      for (const std::string& word : Collection::words()) {
        try {
          const Postings all = all_of(PostingList(lists, word));
          CHECK((all.empty() || all.back().first <= database.get_lastdocid()));
          leapt(lists, word, 100, 1400);
          PhraseFinder phrase(*lists.positions(), rarest_first({word, "the"}, lists));
          for (Xapian::docid article = 1; article <= 1500; ++article) phrase.begins_in(article);
          for (Xapian::docid article = 1; article <= 1500; article += 37) lists.value(article, Collection::k_slot);
        } catch (const Xapian::DatabaseError&) {
          ++refused;
        }
      }
    }
    std::ofstream(collection.path() / file, std::ios::binary) << whole;
  }
  CHECK(refused > 100);
}

TEST_CASE("a list that leads behind the last article is damaged, whoever reads it") {
  const TempDir dir;
  const std::string path = (dir.path() / "db").string();
  Xapian::WritableDatabase writer(path, Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
  add_articles(writer, 3);
  Xapian::Database database(path);
  const PostingLists lists(database); // of three articles
  add_articles(writer, 3);
  REQUIRE(database.reopen());
  CHECK_THROWS_AS(all_of(PostingList(lists, "word")), Xapian::DatabaseCorruptError);
  CHECK_THROWS_AS(article_lengths(lists), Xapian::DatabaseCorruptError);
}

TEST_CASE("memory is not taken for a number of articles that is nonsense") {
  const TempDir dir;
  Xapian::WritableDatabase database((dir.path() / "db").string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
  database.replace_document(60'000'000, Xapian::Document());
  database.commit();
  CHECK_THROWS_AS(PostingLists(database), Xapian::DatabaseCorruptError);
}
