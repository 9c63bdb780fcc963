#include <catch2/catch.hpp>

#include "common/entity/catalog.hpp"

using namespace pfind;

namespace {

Catalog catalog(std::string_view shipped, std::string_view user = "") {
  return Catalog(parse_names(shipped, "shipped"), parse_names(user, "user"));
}

std::vector<std::string> names(const Catalog& catalog, EntityKind kind, std::string_view name) {
  std::vector<std::string> found;
  for (const CatalogEntity* entity : catalog.find(kind, name)) found.push_back(entity->name());
  return found;
}

using Names = std::vector<std::string>;
constexpr auto k_company = EntityKind::company;

} // namespace

TEST_CASE("every alias finds its entity, however it is spelled") {
  const Catalog c = catalog("company\tSemiconductor Manufacturing International\tSMIC|~981\n"
                            "company\tMcDonald's\n"
                            "person\tXu Ran\tRan Xu\n");
  for (const std::string_view name :
       {"smic", "SMIC", "Smic's", "semiconductor-manufacturing international corp.", "981"})
    CHECK(names(c, k_company, name) == Names{"Semiconductor Manufacturing International"});
  CHECK(names(c, k_company, "McDonald’s") == Names{"McDonald's"});
  CHECK(names(c, k_company, "mcdonalds") == Names{"McDonald's"});
  CHECK(names(c, EntityKind::person, "ran xu") == Names{"Xu Ran"});
  CHECK(names(c, k_company, "Xu Ran").empty());
  CHECK(names(c, k_company, "").empty());
}

TEST_CASE("a name that several entities share finds all of them, the canonical one first") {
  const Catalog c = catalog("company\tMerck KGaA\tMerck Group\ncompany\tMerck\tMerck & Co\n");
  CHECK(names(c, k_company, "Merck") == Names{"Merck"});
  CHECK(names(c, k_company, "Merck KGaA") == Names{"Merck KGaA"});
  CHECK(names(c, k_company, "Merck Inc").size() == 2);
}

TEST_CASE("the user's entry with a shipped canonical name extends the shipped entity") {
  const Catalog c = catalog("company\t?Orange\tFrance Telecom\n", "company\tOrange\tOrange SA\n");
  REQUIRE(c.entities().size() == 1);
  CHECK(c.entities()[0].from_user);
  CHECK_FALSE(c.entities()[0].names[0].ambiguous);
  CHECK(names(c, k_company, "france telecom") == Names{"Orange"});
}

TEST_CASE("the user's entry with a shipped canonical name as alias renames the entity") {
  const Catalog c = catalog("company\t?Meta\tFacebook|~FB\n", "company\tMeta Platforms\tMeta\n");
  REQUIRE(c.entities().size() == 1);
  CHECK(names(c, k_company, "FB") == Names{"Meta Platforms"});
  CHECK(names(c, k_company, "Meta") == Names{"Meta Platforms"});
}

TEST_CASE("an alias that the user claims is taken from the shipped entity of that kind") {
  const Catalog c = catalog("company\tFord Motor\tFord\nplace\tFord\n", "company\tFord Foundation\tFORD\n");
  CHECK(names(c, k_company, "Ford") == Names{"Ford Foundation"});
  CHECK(names(c, k_company, "Ford Motor") == Names{"Ford Motor"});
  CHECK(names(c, EntityKind::place, "Ford") == Names{"Ford"});
}
