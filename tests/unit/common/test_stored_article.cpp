#include <catch2/catch.hpp>
#include <random>

#include "common/codec.hpp"
#include "common/stored_article.hpp"
#include "tests/support/deflated.hpp"
#include "tests/support/mutations.hpp"

using pfind::Article;
using pfind::Date;
using pfind::decode_article;
using pfind::tests::deflated;

namespace {

Article full_article() {
  return {.path = "/articles/a.jsonl",
          .record = "7",
          .id = "id-7",
          .url = "https://example.com/7",
          .title = "A title\nwith a line end",
          .authors = {"Ann Lee", "Bo Chen"},
          .date = Date{2024, 2, 29, 3600, -300},
          .outlet = "The Outlet",
          .language = "en",
          .body = std::string("Body with a \0 byte.", 19)};
}

std::string compressed_form(const std::string& encoded) {
  std::string stored = deflated(std::string_view(encoded).substr(1));
  stored.insert(stored.begin(), pfind::k_deflated_article);
  return stored;
}

void check_equal(const Article& a, const Article& b) {
  CHECK(a.path == b.path);
  CHECK(a.record == b.record);
  CHECK(a.id == b.id);
  CHECK(a.url == b.url);
  CHECK(a.title == b.title);
  CHECK(a.authors == b.authors);
  CHECK(a.date == b.date);
  CHECK(a.outlet == b.outlet);
  CHECK(a.language == b.language);
  CHECK(a.body == b.body);
}

} // namespace

TEST_CASE("a stored article comes back with every field") {
  check_equal(decode_article(encode(full_article())), full_article());
  check_equal(decode_article(encode(Article{})), Article{});
}

TEST_CASE("an article that is kept deflated is the same") {
  Article article = full_article();
  for (int i = 0; i < 100; ++i) article.body += " and a sentence that comes again";
  const std::string plain = encode(article);
  const std::string stored = compressed_form(plain);
  CHECK(stored.size() < plain.size() / 3);
  check_equal(decode_article(stored), article);
  check_equal(pfind::decode_verified_article(stored, content_digest(article)), article);
  check_equal(pfind::decode_with_digest(pfind::with_digest(stored, content_digest(article))), article);
  CHECK(pfind::encoded_article(stored) == plain);
  CHECK(pfind::encoded_article(plain) == plain);
  article.body.clear();
  check_equal(decode_article(stored, false), article);
  for (std::size_t size = 0; size < stored.size(); ++size)
    CHECK_THROWS_AS(decode_article(stored.substr(0, size)), pfind::codec::DecodeError);
}

TEST_CASE("a date without a time of day comes back without one") {
  Article article;
  article.date = Date{1999, 12, 31, -1};
  CHECK(decode_article(encode(article)).date == article.date);
}

TEST_CASE("a stored article can be read without its body") {
  Article expected = full_article();
  expected.body.clear();
  check_equal(decode_article(encode(full_article()), false), expected);
}

TEST_CASE("the places where an article was met come back in their order") {
  const std::vector<pfind::Appearance> places{{{"/a.jsonl", "7"}, "7", "https://example.com/7", "The Outlet"},
                                              {{"/b.txt", ""}, "", "", ""}};
  CHECK(pfind::decode_appearances(pfind::encode_appearances(places)) == places);
  CHECK(pfind::encode_appearances({}).empty());
  CHECK(pfind::decode_appearances("").empty());
  CHECK_THROWS_AS(pfind::decode_appearances("\x05/a"), pfind::codec::DecodeError);
}

TEST_CASE("the content digest tells every difference but that of the path") {
  const std::string digest = content_digest(full_article());
  CHECK(digest.size() == 16);
  const auto changed = [&](auto change) {
    Article article = full_article();
    change(article);
    return content_digest(article) != digest;
  };
  CHECK_FALSE(changed([](Article& a) { a.path = "/elsewhere"; }));
  CHECK(changed([](Article& a) { a.record += "8"; }));
  CHECK(changed([](Article& a) { a.id += 'x'; }));
  CHECK(changed([](Article& a) { a.url += 'x'; }));
  CHECK(changed([](Article& a) { a.title += 'x'; }));
  CHECK(changed([](Article& a) { a.authors.pop_back(); }));
  CHECK(changed([](Article& a) { a.authors = {"Ann Lee, Bo Chen"}; }));
  CHECK(changed([](Article& a) { a.date->second_of_day = -1; }));
  CHECK(changed([](Article& a) { a.date->utc_offset = 60; }));
  CHECK(changed([](Article& a) { a.date.reset(); }));
  CHECK(changed([](Article& a) { a.outlet += 'x'; }));
  CHECK(changed([](Article& a) { a.language = "de"; }));
  CHECK(changed([](Article& a) { a.body += 'x'; }));
  CHECK(changed([](Article& a) { std::swap(a.title, a.outlet); }));
}

TEST_CASE("a stored date whose parts are out of range is damaged") {
  Article article;
  article.date = Date{2024, 2, 29, -1};
  std::string stored = encode(article);
  const std::size_t second = stored.size() - 4; // before the two bytes of the offset and the length of the empty body
  REQUIRE(stored[second] == 0);
  std::string huge;
  pfind::codec::put_number(huge, std::uint64_t{1} << 31); // as an int it would be the smallest
  stored = stored.substr(0, second) + huge + stored.substr(second + 1);
  CHECK_THROWS_AS(decode_article(stored), pfind::codec::DecodeError);
}

TEST_CASE("damaged bytes give an article with a real date, or an error") {
  std::mt19937 random(2);
  const Article whole_article = full_article();
  const std::string plain = encode(whole_article);
  const std::string compressed = compressed_form(plain);
  const std::string digest = content_digest(whole_article);
  for (const std::string& whole : {plain, compressed}) {
    for (int trial = 0; trial < 5000; ++trial) {
      const std::string damaged = pfind::tests::mutated(whole, random);
      try {
        const Article article = decode_article(damaged);
        CHECK((!article.date || is_valid(*article.date)));
        const Article verified = pfind::decode_verified_article(damaged, digest);
        CHECK(verified.body == whole_article.body);
      } catch (const pfind::codec::DecodeError&) {
        SUCCEED();
      }
    }
  }
}
