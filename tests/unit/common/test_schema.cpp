#include <catch2/catch.hpp>
#include <set>

#include "common/schema.hpp"

using namespace pfind;

TEST_CASE("the table is complete and its names, prefixes and slots are unambiguous") {
  std::set<std::string_view> names;
  std::set<std::string_view> prefixes;
  for (const FieldInfo& field : fields()) {
    INFO(field.name);
    CHECK(&info(field.field) == &field);
    CHECK(names.insert(field.name).second);
    if (!field.other_name.empty()) CHECK(names.insert(field.other_name).second);
    if (!field.prefix.empty()) CHECK(prefixes.insert(field.prefix).second);
    const bool counted = field.use == FieldUse::facet || field.use == FieldUse::period;
    if (counted) CHECK(field.slot != k_no_slot);
  }
}

TEST_CASE("no value can make the term of one field look like that of another") {
  // Values begin with a digit, a small letter or a sign, so a prefix must not go on in capitals into another.
  for (const FieldInfo& a : fields()) {
    for (const FieldInfo& b : fields()) {
      if (&a == &b || a.prefix.empty() || a.field == Field::acronym) continue;
      INFO(a.name << " and " << b.name);
      CHECK_FALSE(b.prefix.starts_with(a.prefix));
    }
  }
}

TEST_CASE("fields are found by either name in any case, what is only stored is not") {
  CHECK(field_named("company") == Field::company);
  CHECK(field_named("Headline") == Field::title);
  CHECK(field_named("TECH") == Field::technology);
  CHECK_FALSE(field_named("digest"));
  CHECK_FALSE(field_named("acronym"));
  CHECK_FALSE(field_named(""));
  CHECK_FALSE(field_named("compan"));
}

TEST_CASE("terms that fit stay as they are") {
  CHECK(fit_term("Q", "/a/b") == "Q/a/b");
  CHECK(fit_term("Q", std::string(244, 'x')) == "Q" + std::string(244, 'x'));
}

TEST_CASE("long terms keep their prefix, fit, and stay different") {
  const std::string common(300, 'x');
  const std::string a = fit_term("file/", common + "a");
  const std::string b = fit_term("file/", common + "b");
  CHECK(a.size() <= 245);
  CHECK(a.starts_with("file/xxx"));
  CHECK(a != b);
}

TEST_CASE("a long term is cut between characters") {
  std::string value;
  while (value.size() < 400) value += "\u00e9";
  for (const std::string prefix : {"Q", "XF"}) {
    const std::string term = fit_term(prefix, value);
    const std::size_t hash = term.rfind('#');
    REQUIRE(hash != std::string::npos);
    CHECK((hash - prefix.size()) % 2 == 0);
  }
}

TEST_CASE("a long path in another encoding keeps the prefix of its term") {
  const std::string path = "/" + std::string(400, '\xb0'); // each byte looks like the middle of a character
  CHECK(fit_term("file/", path).starts_with("file//\xb0\xb0"));
}

TEST_CASE("NUL bytes count twice, as Xapian stores them") {
  const std::string term = fit_term("Q", std::string(200, '\0'));
  CHECK(term.size() + std::size_t(std::count(term.begin(), term.end(), '\0')) <= 245);
  CHECK(term != fit_term("Q", std::string(201, '\0')));
}

TEST_CASE("facet values are compared by what tells them apart") {
  CHECK(facet_key("Procter & Gamble") == "procter & gamble");
  CHECK(facet_key("OPPO") == facet_key("Oppo"));
  CHECK(facet_key("Zürich") == facet_key("Zurich"));
  CHECK(facet_key("U.S.") == facet_key("US"));
  CHECK(facet_key("  Ann\n Lee ") == "ann lee");
  CHECK(facet_key("C++") != facet_key("C#"));
  CHECK(facet_key(" -- ").empty());
}
