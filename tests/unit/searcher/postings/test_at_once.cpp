#include <atomic>
#include <catch2/catch.hpp>
#include <iterator>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "searcher/postings/at_once.hpp"
#include "searcher/postings/positions.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::searcher;
using namespace pfind::tests;

CATCH_TRANSLATE_EXCEPTION(const Xapian::Error& error) { return error.get_description(); }

namespace {

constexpr Xapian::docid k_articles = 3 * k_articles_at_once;

/// Articles that have two words, side by side in some.
class Articles {
public:
  Articles() {
    Xapian::WritableDatabase writer(path().string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    for (Xapian::docid number = 1; number <= k_articles; ++number) {
      Xapian::Document article;
      article.add_posting("of", 1 + number % 5);
      article.add_posting("the", 1 + number % 7);
      article.add_posting("the", 20 + number % 11);
      writer.add_document(article);
    }
    writer.commit();
  }

  std::filesystem::path path() const { return dir_.path() / "db"; }

private:
  TempDir dir_;
};

std::vector<Xapian::docid> having_phrase(std::span<const Xapian::docid> articles, const PostingLists& lists) {
  PhraseFinder phrase(*lists.positions(), rarest_first({"of", "the"}, lists));
  std::vector<Xapian::docid> having;
  std::ranges::copy_if(articles, std::back_inserter(having),
                       [&](Xapian::docid article) { return phrase.is_in(article); });
  return having;
}

std::vector<Xapian::docid> joined(const std::vector<std::vector<Xapian::docid>>& parts) {
  std::vector<Xapian::docid> all;
  for (const std::vector<Xapian::docid>& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

} // namespace

TEST_CASE("what several threads find in parts is what one finds") {
  const Articles articles;
  const Xapian::Database database(articles.path().string());
  const PostingLists lists(database, articles.path());
  std::vector<Xapian::docid> all(k_articles);
  std::iota(all.begin(), all.end(), 1);
  const std::vector<Xapian::docid> expected = having_phrase(all, lists);
  REQUIRE(expected.size() > 100);
  CHECK(joined(in_ranges(all, lists, having_phrase)) == expected);
  for (const std::size_t parts : {2U, 5U}) {
    const auto found = in_parts(parts, lists, [&](std::size_t part, const PostingLists& own) {
      const std::size_t begin = all.size() * part / parts;
      return having_phrase(std::span(all).subspan(begin, all.size() * (part + 1) / parts - begin), own);
    });
    CHECK(found.size() == parts);
    CHECK(joined(found) == expected);
  }
}

TEST_CASE("of several parts that fail the first is heard of, after all have ended") {
  const Articles articles;
  const Xapian::Database database(articles.path().string());
  const PostingLists lists(database, articles.path());
  std::atomic<unsigned> ended = 0;
  const auto fail_from = [&](std::size_t first) {
    in_parts(4, lists, [&](std::size_t part, const PostingLists& own) {
      own.frequency("of");
      ++ended;
      if (part >= first) throw std::runtime_error("part " + std::to_string(part));
      return part;
    });
  };
  CHECK_THROWS_WITH(fail_from(0), "part 0");
  CHECK_THROWS_WITH(fail_from(2), "part 2");
  CHECK(ended == 8);
}

TEST_CASE("work is done in parts where there is enough of it, and the files can be read") {
  const Articles articles;
  const Xapian::Database database(articles.path().string());
  const PostingLists lists(database, articles.path());
  CHECK(parts_of_work(0, 1000, lists) == 1);
  CHECK(parts_of_work(1999, 1000, lists) == 1);
  CHECK(parts_of_work(2000, 1000, lists) <= 2);
  CHECK(parts_of_work(1'000'000, 1000, lists) == std::max(1U, std::thread::hardware_concurrency()));
  CHECK(parts_of_work(1'000'000, 1000, PostingLists(database)) == 1);
}
