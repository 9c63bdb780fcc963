#include <catch2/catch.hpp>

#include "common/entity/entity.hpp"

using namespace pfind;

TEST_CASE("kinds and their names are inverse") {
  for (const EntityKind kind : k_entity_kinds) CHECK(entity_kind(to_string(kind)) == kind);
  CHECK_FALSE(entity_kind("Company").has_value());
  CHECK_FALSE(entity_kind("").has_value());
}
