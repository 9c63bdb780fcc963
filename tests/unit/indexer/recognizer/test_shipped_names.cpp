#include <catch2/catch.hpp>

#include "common/entity/catalog.hpp"
#include "corpus/names/shipped.hpp"

using namespace pfind;

TEST_CASE("the shipped lists are sound and hold each kind in its own file") {
  for (const EntityKind kind : k_entity_kinds) {
    const auto entries = parse_names(corpus::shipped_names(kind), "shipped");
    CHECK(entries.size() > 100);
    for (const NamesEntry& entry : entries) REQUIRE(entry.kind == kind);
  }
}

TEST_CASE("shipped aliases find their entities") {
  const Catalog catalog(corpus::shipped_entries());
  const auto found = catalog.find(EntityKind::company, "smic");
  REQUIRE(found.size() == 1);
  CHECK(found[0]->name() == "Semiconductor Manufacturing International");
  REQUIRE(catalog.find(EntityKind::person, "Ran Xu").size() == 1);
  CHECK(catalog.find(EntityKind::person, "Ran Xu")[0]->name() == "Xu Ran");
}
