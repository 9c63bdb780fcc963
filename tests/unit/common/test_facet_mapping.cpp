#include <catch2/catch.hpp>

#include "common/codec.hpp"
#include "common/facet_mapping.hpp"
#include "common/schema.hpp"

using namespace pfind;

TEST_CASE("a mapping survives being stored") {
  FacetMapping mapping;
  CHECK(encode(mapping).empty());
  CHECK(decode_facet_mapping("") == mapping);
  mapping.canonical[0] = {{7, 3}, {500, FacetMapping::k_nobody}, {2, 0}};
  mapping.canonical[4] = {{1'000'000, 3}};
  mapping.names = {{3, "NOKIA"}};
  mapping.known = 501;
  const FacetMapping again = decode_facet_mapping(encode(mapping));
  CHECK(again == mapping);
  CHECK(again.of(EntityKind::company, EntityKind::company, 7) == 3);
  CHECK(again.of(EntityKind::company, EntityKind::company, 8) == 8);
  CHECK(again.of(EntityKind::technology, EntityKind::company, 1'000'000) == 3);
  CHECK(again.of(EntityKind::technology, EntityKind::company, 1) == FacetMapping::k_nobody);
  CHECK(again.hides_values(EntityKind::company));
  CHECK_FALSE(again.hides_values(EntityKind::technology));
}

TEST_CASE("a damaged mapping is an error") {
  FacetMapping mapping;
  mapping.names = {{3, "NOKIA"}};
  const std::string stored = encode(mapping);
  for (std::size_t end = 1; end < stored.size(); ++end)
    CHECK_THROWS_AS(decode_facet_mapping(stored.substr(0, end)), codec::DecodeError);
}

TEST_CASE("references to names survive being stored") {
  const std::vector<NameKey> names{{EntityKind::company, "at&t"}, {EntityKind::place, "new york"}};
  const std::vector<NameView> views{{EntityKind::company, "at&t"}, {EntityKind::place, "new york"}};
  CHECK(encode_name_refs(views, EntityKind::company) == "at&t\nplace/new york");
  CHECK(decode_name_refs("at&t\nplace/new york", EntityKind::company) == names);
  CHECK(decode_name_refs(encode_name_refs({}, EntityKind::company), EntityKind::company).empty());
}

TEST_CASE("a form's term says whose form it is and how it is written") {
  const NameForm form{EntityKind::person, "jane smith", "J. Smith"};
  const auto term = form_term(form);
  REQUIRE(term);
  const auto again = form_of_term(*term);
  REQUIRE(again);
  CHECK(again->kind == form.kind);
  CHECK(again->key == form.key);
  CHECK(again->text == form.text);
  CHECK(term->starts_with(*form_prefix(EntityKind::person, "jane smith")));
  CHECK_FALSE(form_term({EntityKind::person, "jane smith", "Jane Smith"})); // as most are written
  CHECK_FALSE(form_term({EntityKind::person, std::string(250, 'x'), "X"}));
  CHECK_FALSE(form_of_term("XCOnokia"));
  CHECK_FALSE(form_of_term("XNnokia"));
}
