#include <catch2/catch.hpp>
#include <vector>

#include "common/codec.hpp"
#include "searcher/document_bits.hpp"

using pfind::searcher::DocumentBits;

namespace {

DocumentBits bits_of(const std::vector<Xapian::docid>& articles, Xapian::docid last = 200) {
  DocumentBits bits(last);
  for (const Xapian::docid article : articles) bits.add(article);
  return bits;
}

std::vector<Xapian::docid> articles_of(const DocumentBits& bits) {
  std::vector<Xapian::docid> articles;
  bits.for_each([&](Xapian::docid article) { articles.push_back(article); });
  return articles;
}

} // namespace

TEST_CASE("a set has what was added, in order, each once") {
  const DocumentBits bits = bits_of({200, 1, 63, 64, 128, 64});
  CHECK(articles_of(bits) == std::vector<Xapian::docid>{1, 63, 64, 128, 200});
  CHECK(bits.count() == 5);
  CHECK(bits.has(63));
  CHECK_FALSE(bits.has(62));
  CHECK_FALSE(bits.has(201));
  CHECK_FALSE(bits.has(100'000));
  CHECK_FALSE(bits.empty());
  CHECK(DocumentBits(200).empty());
  CHECK(DocumentBits().empty());
}

TEST_CASE("an article behind the last, which a list of a damaged index may name, is an error") {
  DocumentBits bits(200);
  CHECK_THROWS_AS(bits.add(1000), pfind::codec::DecodeError);
  CHECK_THROWS_AS(bits.add(UINT32_MAX), pfind::codec::DecodeError);
  CHECK(bits.empty());
}

TEST_CASE("the first from a number on is found, or 0") {
  const DocumentBits bits = bits_of({1, 63, 64, 200});
  CHECK(bits.first_from(0) == 1);
  CHECK(bits.first_from(1) == 1);
  CHECK(bits.first_from(2) == 63);
  CHECK(bits.first_from(64) == 64);
  CHECK(bits.first_from(65) == 200);
  CHECK(bits.first_from(201) == 0);
  CHECK(bits.first_from(1'000'000) == 0);
}

TEST_CASE("sets of one shard are united, intersected and subtracted") {
  const DocumentBits some = bits_of({1, 64, 65});
  const DocumentBits others = bits_of({64, 200});
  CHECK(articles_of(bits_of({1, 64, 65}) |= others) == std::vector<Xapian::docid>{1, 64, 65, 200});
  CHECK(articles_of(bits_of({1, 64, 65}) &= others) == std::vector<Xapian::docid>{64});
  CHECK(articles_of(bits_of({1, 64, 65}) -= others) == std::vector<Xapian::docid>{1, 65});
  CHECK(some == bits_of({65, 64, 1}));
}
