#include <catch2/catch.hpp>
#include <random>

#include "common/entity/name_key.hpp"
#include "common/entity/plain_key.hpp"
#include "common/schema.hpp"

using namespace pfind;

namespace {

std::string company(std::string_view name) { return name_key(EntityKind::company, name); }

} // namespace

TEST_CASE("spellings of one company have one key") {
  const std::vector<std::vector<std::string>> groups{
      {"Huawei", "HUAWEI", "Huawei's", "Huawei’s", "Huawei Co., Ltd.", "Huawei Technologies' "},
      {"Procter & Gamble", "Procter and Gamble", "The Procter & Gamble Company", "PROCTER & GAMBLE CO."},
      {"Hewlett-Packard", "Hewlett Packard", "Hewlett–Packard", "Hewlett\u2011Packard Inc"},
      {"Nestlé", "Nestle SA", "NESTLÉ S.A."},
      {"AT&T", "AT & T", "AT&T Inc."},
      {"Merck", "Merck & Co"},
  };
  for (const auto& group : groups) {
    for (const std::string& name : group) {
      if (name.starts_with("Huawei Technologies")) continue; // another name, not another spelling
      INFO(name);
      CHECK(company(name) == company(group.front()));
    }
  }
  CHECK(company("Huawei Technologies") != company("Huawei"));
}

TEST_CASE("legal suffixes go only while something remains, and only from companies") {
  CHECK(company("Group") == "group");
  CHECK(company("The Company") == "company");
  CHECK(company("Holdings Ltd") == "holdings");
  CHECK(name_key(EntityKind::organization, "Contact Group") == "contact group");
}

TEST_CASE("periods of initials do not matter") {
  CHECK(name_key(EntityKind::place, "U.S.") == "us");
  CHECK(name_key(EntityKind::place, "US") == "us");
}

TEST_CASE("the spelling key keeps what tells names apart") {
  CHECK(spelling_key("Fox Corporation") != spelling_key("Fox"));
  CHECK(spelling_key("C++") != spelling_key("C"));
  CHECK(spelling_key(" - ").empty());
}

TEST_CASE("legal suffixes are told by their folded form") {
  CHECK(is_legal_suffix("gmbh"));
  CHECK_FALSE(is_legal_suffix("GmbH"));
  CHECK_FALSE(is_legal_suffix("technologies"));
}

TEST_CASE("what is a key already keeps it by way of a name that has the same") {
  std::mt19937 random(7);
  constexpr std::string_view letters = "abz09+#&'. -é";
  int plain = 0;
  for (int trial = 0; trial < 20'000; ++trial) {
    std::string name = trial % 3 == 0 ? "the " : "";
    for (auto left = random() % 8; left > 0; --left) name += letters[random() % (trial % 2 == 0 ? 8 : letters.size())];
    if (trial % 5 == 0) name += " and co ltd";
    if (!is_plain_key(name)) continue;
    ++plain;
    INFO(name);
    CHECK(facet_key(name + " .") == name); // which is no plain key
    CHECK(spelling_key(name) == spelling_key(name + " ."));
    for (const EntityKind kind : k_entity_kinds) CHECK(name_key(kind, name) == name_key(kind, name + " ."));
  }
  CHECK(plain > 1000);
  CHECK_FALSE(is_plain_key(""));
  CHECK_FALSE(is_plain_key(" a"));
  CHECK_FALSE(is_plain_key("a "));
  CHECK_FALSE(is_plain_key("a  b"));
  CHECK_FALSE(is_plain_key("A"));
  CHECK_FALSE(is_plain_key("at&t"));
}
