#include <catch2/catch.hpp>

#include "searcher/record_names.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

Article record_of(const std::string& path, const std::string& id) {
  Article article = article_of(path, "A text.");
  article.record = article.id = id;
  return article;
}

} // namespace

TEST_CASE("record names: an id that two files have tells neither apart") {
  const TestIndex articles({record_of("/a.jsonl", "1"), record_of("/a.jsonl", "2"), record_of("/b.jsonl", "2"),
                            record_of("/b.jsonl", "3"), record_of("/c.jsonl", "2")});
  const RecordNames names(articles.snapshot());
  CHECK(names.is_unique("1"));
  CHECK_FALSE(names.is_unique("2"));
  CHECK(names.is_unique("3"));
}

TEST_CASE("record names: an id that reads like a path or another record is not taken for it") {
  const TestIndex articles({record_of("/a.jsonl", "/b.txt"), article_of("/b.txt", "A text."),
                            record_of("/a.jsonl", "/b.jsonl#1"), record_of("/b.jsonl", "1")});
  const RecordNames names(articles.snapshot());
  CHECK_FALSE(names.is_unique("/b.txt"));
  CHECK_FALSE(names.is_unique("/b.jsonl#1"));
}

TEST_CASE("record names: ids are compared whole, however long the path before them") {
  const std::string folder = '/' + std::string(240, 'd');
  const TestIndex articles(
      {record_of(folder + "/a.jsonl", "1"), record_of(folder + "/a.jsonl", "2"), record_of("/b.jsonl", "2")});
  const RecordNames names(articles.snapshot());
  CHECK(names.is_unique("1"));
  CHECK_FALSE(names.is_unique("2"));
}

TEST_CASE("record names: ids of several indexes are compared") {
  const TestIndex one({record_of("/a.jsonl", "1"), record_of("/a.jsonl", "2")});
  const TestIndex other({record_of("/b.jsonl", "2")});
  const RecordNames names(Snapshot({one.path(), other.path()}));
  CHECK(names.is_unique("1"));
  CHECK_FALSE(names.is_unique("2"));
}
