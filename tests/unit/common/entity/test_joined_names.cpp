#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "common/entity/joined_names.hpp"
#include "common/schema.hpp"

using namespace pfind;

namespace {

/// Names of a collection: `name` in so many articles, some of which use other forms.
class Used {
public:
  Used& add(EntityKind kind, const std::string& name, std::uint32_t articles, std::vector<UsedForm> forms = {}) {
    const std::string key = facet_key(name);
    if (name != plain_writing(key)) forms.push_back({name, articles});
    std::vector<UsedName>& of_kind = names_[static_cast<std::size_t>(kind)];
    of_kind.push_back({key, articles, std::move(forms)});
    std::ranges::sort(of_kind, {}, &UsedName::key);
    return *this;
  }
  Used& company(const std::string& name, std::uint32_t articles, std::vector<UsedForm> forms = {}) {
    return add(EntityKind::company, name, articles, std::move(forms));
  }
  Used& person(const std::string& name, std::uint32_t articles, std::vector<UsedForm> forms = {}) {
    return add(EntityKind::person, name, articles, std::move(forms));
  }

  JoinedNames join(std::string_view user = {}, std::string_view shipped = {}) const {
    return join_names(names_, Catalog(parse_names(shipped, "shipped"), parse_names(user, "user")));
  }

  /// `kind Name = key + key` for every entity, in the order of the alphabet.
  std::vector<std::string> joined(std::string_view user = {}, std::string_view shipped = {}) const {
    std::vector<std::string> lines;
    for (const JoinedEntity& entity : join(user, shipped).entities) {
      std::string line = fmt::format("{} {} =", to_string(entity.canonical.kind), entity.name);
      for (const NameView& member : entity.members) {
        line += line.ends_with('=') ? " " : " + ";
        if (member.kind != entity.canonical.kind) line += fmt::format("{}:", to_string(member.kind));
        line += member.key;
      }
      lines.push_back(line);
    }
    std::ranges::sort(lines);
    return lines;
  }

private:
  UsedNames names_;
};

using Lines = std::vector<std::string>;

std::vector<std::string> aliases(const JoinedNames& joined) {
  std::vector<std::string> lines;
  for (const auto& [alias, canonical] : joined.aliases)
    lines.push_back(fmt::format("{} -> {}", alias.key, canonical.key));
  return lines;
}

} // namespace

TEST_CASE("names that differ by legal suffix, case and punctuation are one, called by the form used most") {
  const Used used = Used().company("Acme Widgets Inc", 5).company("Acme Widgets", 20).company("ACME Widgets, Ltd.", 1);
  CHECK(used.joined() == Lines{"company Acme Widgets = acme widgets + acme widgets inc + acme widgets ltd"});
  CHECK(Used().company("Acme Inc", 5).company("Acme", 5).joined() == Lines{"company Acme Inc = acme + acme inc"});
  CHECK(Used().company("Acme Inc", 5).company("Acme", 6).joined() == Lines{"company Acme = acme + acme inc"});
}

TEST_CASE("a name is displayed as most articles write it") {
  CHECK(Used().add(EntityKind::company, "NOKIA", 3, {}).joined() == Lines{"company NOKIA = nokia"});
  UsedNames names;
  names[0] = {{"nokia", 10, {{"NOKIA", 4}}}, {"oppo", 10, {{"OPPO", 6}}}, {"vivo", 2, {{"vivo", 1}}}};
  const JoinedNames joined = join_names(names, {});
  REQUIRE(joined.entities.size() == 3);
  CHECK(joined.entities[0].name == "Nokia");
  CHECK(joined.entities[1].name == "OPPO");
  CHECK(joined.entities[2].name == "Vivo");
}

TEST_CASE("a shorter form joins the name that articles use it for, unless others compete for it") {
  const Used acme = Used().company("Acme Widgets", 10, {{"Acme", 4}}).company("Acme", 8);
  CHECK(acme.joined() == Lines{"company Acme Widgets = acme + acme widgets"});
  SECTION("without articles that tie them it does not") {
    CHECK(Used().company("Acme Widgets", 10).company("Acme", 8).joined().size() == 2);
  }
  SECTION("a rival of comparable weight keeps it apart, a small one does not") {
    CHECK(Used(acme).company("Acme Foods", 3).joined().size() == 3);
    CHECK(Used(acme).company("Acme Foods", 2).joined().size() == 2);
  }
  SECTION("used for two names it belongs to neither") {
    const Used morgan = Used()
                            .company("Morgan Stanley", 40, {{"Morgan", 9}})
                            .company("J.P. Morgan", 30, {{"Morgan", 12}})
                            .company("Morgan", 10);
    CHECK(morgan.joined().size() == 3);
  }
  SECTION("a form that few of the articles with the short name support is no evidence") {
    CHECK(Used().company("Acme Widgets", 10, {{"Acme", 1}}).company("Acme", 11).joined().size() == 2);
  }
  SECTION("what is short for a short name joins as well") {
    const Used chain = Used()
                           .company("Acme Widgets International", 5, {{"Acme Widgets", 3}})
                           .company("Acme Widgets", 10, {{"Acme", 4}})
                           .company("Acme", 8);
    CHECK(chain.joined().size() == 1);
  }
  SECTION("words that merely begin alike are no run of words") {
    CHECK(Used().company("Acmeworks Widgets", 10, {{"Acme", 4}}).company("Acme", 8).joined().size() == 2);
  }
}

TEST_CASE("an acronym joins the name that articles introduce it for") {
  const Used gwi = Used().company("General Widget Industries", 5, {{"GWI", 5}}).company("GWI", 60);
  CHECK(gwi.joined() == Lines{"company GWI = general widget industries + gwi"});
  SECTION("not where two names claim it") {
    CHECK(Used(gwi).company("Great Western Irrigation", 5, {{"GWI", 3}}).joined().size() == 3);
  }
  SECTION("nor where it is hardly introduced") {
    CHECK(Used().company("General Widget Industries", 5, {{"GWI", 1}}).company("GWI", 60).joined().size() == 2);
  }
  SECTION("nor a word that is none of its initials") {
    CHECK(Used().company("General Widget Industries", 5, {{"XYZ", 5}}).company("XYZ", 5).joined().size() == 2);
  }
}

TEST_CASE("people join in both orders of their names where the family name comes first, never by it alone") {
  CHECK(Used().person("Xu Ran", 3).person("Ran Xu", 1).joined() == Lines{"person Xu Ran = ran xu + xu ran"});
  CHECK(Used().person("James Martin", 3).person("Martin James", 1).joined().size() == 2);
  CHECK(Used().person("Jane Smith", 5, {{"Smith", 5}}).person("Smith", 5).joined().size() == 2);
}

TEST_CASE("listed entities take their names and are never joined with each other") {
  const std::string shipped = "company\tSamsung\tSamsung Electronics|~SSNLF\ncompany\tSamsung SDI\n";
  const Used used = Used()
                        .company("Samsung", 9)
                        .company("Samsung Electronics Co", 30)
                        .company("Samsung SDI", 5, {{"Samsung", 5}})
                        .company("SSNLF", 2);
  CHECK(used.joined({}, shipped) == Lines{"company SSNLF = ssnlf", "company Samsung = samsung + samsung electronics co",
                                          "company Samsung SDI = samsung sdi"});
}

TEST_CASE("an ambiguous alias is somebody's only as it is written, an ambiguous name with its legal suffix too") {
  const std::string shipped = "company\t?Orange\tFrance Telecom\ncompany\tDelta Air Lines\t?Delta\n";
  const Used used = Used().company("Orange SA", 1).company("Delta Holdings", 1).company("Delta", 1);
  CHECK(used.joined({}, shipped) ==
        Lines{"company Delta = delta", "company Delta Holdings = delta holdings", "company Orange = orange sa"});
}

TEST_CASE("names of two kinds stay apart") {
  const Used used = Used().company("Acme", 100).add(EntityKind::person, "Acme", 1);
  CHECK(used.joined() == Lines{"company Acme = acme", "person Acme = acme"});
}

TEST_CASE("the user's file has the last word") {
  const Used used = Used()
                        .company("Acme Widgets", 10, {{"Acme", 4}})
                        .company("Acme", 8)
                        .company("Brown Cow", 3)
                        .add(EntityKind::organization, "Brown Cow", 1);
  SECTION("merge and rename") {
    CHECK(used.joined("company\tThe Cows\tBrown Cow|Acme Widgets\n") ==
          Lines{"company Acme = acme", "company The Cows = acme widgets + brown cow",
                "organization Brown Cow = brown cow"});
  }
  SECTION("split") {
    CHECK(used.joined("company\tAcme\n").size() == 4);
    CHECK(used.joined("company\tAcme Widgets\n").size() == 4);
  }
  SECTION("forbid") {
    const JoinedNames joined = used.join("!company\tbrown cow\n");
    CHECK(joined.nobody == std::vector<NameView>{{EntityKind::company, "brown cow"}});
    CHECK(joined.entities.size() == 2);
  }
  SECTION("retype") {
    CHECK(
        used.joined("organization\tBrown Cow\tcompany:Brown Cow\n") ==
        Lines{"company Acme Widgets = acme + acme widgets", "organization Brown Cow = company:brown cow + brown cow"});
  }
  SECTION("its own legal form is the entry's, another entry's is not") {
    const Used more = Used(used).company("Acme Inc", 1);
    CHECK(more.joined("company\tAcme\n").front() == "company Acme = acme + acme inc");
    CHECK(more.joined("company\tAcme\ncompany\tAcme Inc\n").size() == 5);
  }
}

TEST_CASE("aliases lead to what they mean: listed ones to all, those of articles to the only one") {
  const std::string shipped = "company\tMerck\tMerck & Co\ncompany\tMerck KGaA\tMerck Group\n";
  const Used used = Used().company("Merck", 5).company("Merck KGaA", 3, {{"the Germans", 1}});
  CHECK(aliases(used.join({}, shipped)) ==
        Lines{"merck & co -> merck", "merck group -> merck kgaa", "the germans -> merck kgaa"});
  const Used two = Used().company("Red Hen", 5, {{"Hen", 1}}).company("Blue Hen", 3, {{"Hen", 1}});
  CHECK(aliases(two.join()).empty());
  const Used people = Used().person("Jane Smith", 5, {{"Smith", 1}, {"Jane Q. Smith", 1}});
  CHECK(aliases(people.join()) == Lines{"jane q smith -> jane smith"});
}

TEST_CASE("an acronym that fits two firms of comparable weight is neither's") {
  const Used cbc = Used().company("Cable Board Company", 6, {{"CBC", 4}}).company("CBC", 9);
  CHECK(cbc.joined().size() == 1);
  CHECK(Used(cbc).company("Copper Bay Corp", 5).joined().size() == 3);
  CHECK(Used(cbc).company("Copper Bay Corp", 1).joined().size() == 2);
}

TEST_CASE("people with and without middle names are one where no other middle name is in the way") {
  CHECK(Used().person("John Smith", 5).person("John A Smith", 2).joined() ==
        Lines{"person John Smith = john a smith + john smith"});
  CHECK(Used().person("F L Smith", 1).person("F Lee Smith", 2).joined() ==
        Lines{"person F Lee Smith = f l smith + f lee smith"});
  CHECK(Used().person("John A Smith", 2).person("John Albert Smith", 1).joined().size() == 1);
  CHECK(Used().person("John Smith", 5).person("John A Smith", 2).person("John B Smith", 2).joined().size() == 3);
  CHECK(Used().person("John Smith", 5).person("John Albert Smith", 2).joined().size() == 2);
  CHECK(Used().person("F L Smith", 1).person("Frank L Smith", 2).person("Fred L Smith", 2).joined().size() == 3);
  CHECK(Used().person("J Smith", 1).person("John Smith", 2).joined().size() == 2);
  CHECK(Used()
            .person("John Smith", 5)
            .person("John A Smith", 2)
            .joined("", "person\tJohn A Smith\n"
                        "person\tJohn Smith\n")
            .size() == 2);
}

TEST_CASE("firms of one name and legal forms of two countries are two") {
  CHECK(Used().company("Zandor SA", 5).company("Zandor Inc", 2).company("Zandor", 9).joined() ==
        Lines{"company Zandor = zandor + zandor inc", "company Zandor SA = zandor sa"});
  CHECK(Used().company("Zandor SA", 5).company("Zandor", 9).joined().size() == 1);
  CHECK(Used().company("Zandor Inc", 5).company("Zandor Co", 9).joined().size() == 1);
}

TEST_CASE("an organization goes by the name that the collection uses most, where that is not its listed one") {
  const std::string_view list = "organization\tMinistry of Finance\tTreasury of State|Finance Ministry\n";
  Used used;
  used.add(EntityKind::organization, "Finance Ministry", 5).add(EntityKind::organization, "Treasury of State", 2);
  CHECK(used.joined("", list) == Lines{"organization Finance Ministry = finance ministry + treasury of state"});
}

TEST_CASE("names are joined alike however many there are") {
  const auto of_kind = [](UsedNames& names, EntityKind kind) -> std::vector<UsedName>& {
    return names[static_cast<std::size_t>(kind)];
  };
  UsedNames names;
  of_kind(names, EntityKind::company) = {{"acme", 8},
                                         {"acme widgets", 10, {{"Acme", 4}}},
                                         {"acme widgets inc", 1},
                                         {"delta foods", 3, {{"DELTA Foods", 3}}}};
  of_kind(names, EntityKind::person) = {{"john a smith", 2}, {"john smith", 5}};
  const Catalog listed(parse_names("company\tDelta Foods\tDelta Food Group\n", "shipped"));
  const JoinedNames few = join_names(names, listed);
  UsedNames more = names;
  for (int i = 10'000; i < 17'000; ++i) { // so many that several kinds are looked at at once
    of_kind(more, EntityKind::company)
        .push_back({fmt::format("zz{} works", i), 1, {{fmt::format("ZZ{} Works", i), 1}}});
    of_kind(more, EntityKind::person).push_back({fmt::format("zp{} zq{}", i, i), 1});
  }
  const JoinedNames many = join_names(more, listed);
  CHECK(many.entities.size() == few.entities.size() + 14'000);
  for (const JoinedEntity& entity : few.entities) {
    const auto same = std::ranges::find(many.entities, entity.canonical, &JoinedEntity::canonical);
    REQUIRE(same != many.entities.end());
    CHECK(same->name == entity.name);
    CHECK(std::ranges::equal(same->members, entity.members));
  }
  CHECK(many.aliases == few.aliases);
}
