#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <random>
#include <string>
#include <vector>

#include "searcher/postings/compared_database.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::searcher;
using namespace pfind::tests;
using namespace std::string_literals;

CATCH_TRANSLATE_EXCEPTION(const Xapian::Error& error) { return error.get_description(); }

namespace {

/// Two databases whose articles have words that both, one or few of them have; some lists are of many chunks.
class Shards {
public:
  Shards() {
    std::mt19937 random{5}; // NOLINT(cert-msc32-c,cert-msc51-cpp): the same articles each time
    for (const char* name : {"one", "two"}) {
      const std::string path = (dir_.path() / name).string();
      Xapian::WritableDatabase writer(path, Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
      for (int i = 0; i < 3000; ++i) writer.add_document(article(random, name));
      writer.commit();
      databases_.emplace_back(path);
      both_.add_database(databases_.back());
      lists_.emplace_back(databases_.back(), path);
    }
  }

  const Xapian::Database& both() const { return both_; }
  const Xapian::Database& one() const { return databases_.front(); }
  std::vector<const PostingLists*> lists() const { return {&lists_.front(), &lists_.back()}; }
  std::vector<const PostingLists*> lists_of_one() const { return {&lists_.front()}; }

private:
  static Xapian::Document article(std::mt19937& random, const std::string& name) {
    Xapian::Document document;
    document.add_term("the", 1 + random() % 200);
    document.add_term("the"s + '\0', 1 + random() % 200);
    document.add_term("the\0zero"s);
    document.add_term(fmt::format("Q{}", random() % 500));
    document.add_term(name);
    document.add_term("\xff");
    for (int i = 0; i < 5; ++i) document.add_term(fmt::format("w{}", random() % 2000));
    return document;
  }

  TempDir dir_;
  std::vector<Xapian::Database> databases_;
  Xapian::Database both_;
  std::vector<PostingLists> lists_;
};

const Shards& shards() {
  static const Shards shards;
  return shards;
}

using Listed = std::vector<std::pair<std::string, Xapian::doccount>>;

Listed listed(Terms terms) {
  Listed all;
  for (; !terms.at_end(); ++terms) all.emplace_back(*terms, terms.frequency());
  return all;
}

Listed listed_by_xapian(const Xapian::Database& database, const std::string& beginning) {
  Listed all;
  for (auto it = database.allterms_begin(beginning); it != database.allterms_end(beginning); ++it)
    all.emplace_back(*it, it.get_termfreq());
  return all;
}

} // namespace

TEST_CASE("terms are those that Xapian lists, with as many articles") {
  const std::string beginning = GENERATE(""s, "w"s, "w12"s, "Q"s, "the"s, "the\0"s, "o"s, "x"s, "\xff"s, "\0"s);
  CAPTURE(beginning);
  REQUIRE(shards().lists().front()->table() != nullptr);
  CHECK(listed(Terms(shards().lists_of_one(), beginning)) == listed_by_xapian(shards().one(), beginning));
  CHECK(listed(Terms(shards().lists(), beginning)) == listed_by_xapian(shards().both(), beginning));
}

TEST_CASE("terms of a database whose files are not read are asked of Xapian") {
  const PostingLists unread(shards().one());
  CHECK(listed(Terms(std::vector{&unread}, "w")) == listed_by_xapian(shards().one(), "w"));
  Terms terms(std::vector{&unread}, "");
  terms.skip_to("w5");
  CHECK(*terms == *shards().one().allterms_begin("w5"));
}

TEST_CASE("leaping among terms comes to the term or the next behind it") {
  std::mt19937 random{3}; // NOLINT(cert-msc32-c,cert-msc51-cpp): the same leaps each time
  const auto all = listed_by_xapian(shards().both(), "");
  Terms terms(shards().lists(), "");
  std::string wanted;
  for (std::size_t at = 0; at < all.size(); at += 1 + random() % 40) {
    wanted = std::max(wanted, random() % 2 == 0 ? all[at].first : all[at].first + "5"); // never back
    terms.skip_to(wanted);
    const auto expected = std::ranges::find_if(all, [&](const auto& one) { return one.first >= wanted; });
    if (expected == all.end()) break;
    REQUIRE(*terms == expected->first);
    REQUIRE(terms.frequency() == expected->second);
  }
  terms.skip_to("\xff\xff");
  CHECK(terms.at_end());
}
