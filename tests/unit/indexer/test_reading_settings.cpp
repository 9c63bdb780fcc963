#include <catch2/catch.hpp>

#include "common/codec.hpp"
#include "indexer/reading_settings.hpp"

using pfind::indexer::ReadingSettings;

namespace {

const ReadingSettings k_some{{"/a/names.tsv", "/b.tsv"}, {{"title", {"kopf", "head"}}, {"body", {"text"}}}};

} // namespace

TEST_CASE("reading settings come back from the index as they were") {
  CHECK(pfind::indexer::decode_reading_settings(encode(k_some)) == k_some);
  CHECK(encode(ReadingSettings{}).empty());
  CHECK(pfind::indexer::decode_reading_settings("") == ReadingSettings{});
  CHECK_THROWS_AS(pfind::indexer::decode_reading_settings(encode(k_some).substr(0, 10)), pfind::codec::DecodeError);
}

TEST_CASE("what a run says goes before what the index remembers") {
  CHECK(effective({}, k_some) == k_some);
  CHECK(effective({{"/c"}, {}}, k_some) == ReadingSettings{{"/c"}, k_some.json_fields});
  CHECK(effective({{}, {{"id", {"nr"}}}}, k_some) == ReadingSettings{k_some.names, {{"id", {"nr"}}}});
  CHECK(effective({{""}, {}}, k_some).names.empty());
}
