#include <catch2/catch.hpp>

#include "indexer/recognizer/article_recognizer.hpp"

using namespace pfind;
using namespace pfind::indexer;

namespace {

constexpr std::string_view k_names = "company\tHuawei\n"
                                     "company\tXiaomi\n"
                                     "company\tAmazon\n"
                                     "company\tMicrosoft\n"
                                     "company\tNew York Times\n"
                                     "company\tAmerican Airlines\n"
                                     "company\tDow Jones\n"
                                     "company\tSemiconductor Manufacturing International\tSMIC\n"
                                     "company\tNvidia\n"
                                     "company\tNEC\n"
                                     "company\t?Apple\tApple Computer|~AAPL\n"
                                     "company\t?Orange\tFrance Telecom\n"
                                     "company\t?Meta\tMeta Platforms\n"
                                     "company\t?Gap\n"
                                     "company\t?Target\n"
                                     "company\t?Shell\n"
                                     "company\t?Arm\tArm Holdings\n"
                                     "company\t?Sharp\n"
                                     "company\t?Sky\n"
                                     "organization\tNATO\n"
                                     "organization\t?Congress\n"
                                     "person\tXu Ran\tRan Xu\n"
                                     "person\tRonald Reagan\tReagan\n"
                                     "person\tJohn Major\n"
                                     "person\tQueen Elizabeth\n"
                                     "place\tUnited States\tUS|U.S.\n"
                                     "place\tChina\n"
                                     "place\tThailand\n"
                                     "place\tNew York\n"
                                     "place\tParis\n"
                                     "place\tMoscow\n"
                                     "place\tIraq\n"
                                     "place\t?Georgia\n"
                                     "place\t?Jordan\n"
                                     "place\t?Reading\n"
                                     "place\t?Bath\n"
                                     "technology\tAI\n"
                                     "technology\tmachine learning\n"
                                     "technology\tNvidia H100\n";

/// Without a model: what the lists and the context know.
const NameModel k_no_model;

const ArticleRecognizer& recognizer() {
  static const ArticleRecognizer instance(std::make_shared<const Catalog>(parse_names(k_names, "test")), k_no_model);
  return instance;
}

using Names = std::vector<std::string>;

Names found(EntityKind kind, std::string_view body, std::string_view title = "") {
  Article article;
  article.title = title;
  article.body = body;
  return names_of(recognizer().recognize(article))[static_cast<std::size_t>(kind)];
}

Names companies(std::string_view body, std::string_view title = "") { return found(EntityKind::company, body, title); }
Names places(std::string_view body, std::string_view title = "") { return found(EntityKind::place, body, title); }
Names people(std::string_view body) { return found(EntityKind::person, body); }

} // namespace

TEST_CASE("entities come once, most mentioned first, ties in order of first mention") {
  CHECK(companies("Amazon met Xiaomi. Xiaomi met Huawei. Microsoft watched, Huawei did not.",
                  "Huawei and Xiaomi talk") == Names{"Huawei", "Xiaomi", "Amazon", "Microsoft"});
}

TEST_CASE("ordinary words are not the ambiguous names they look like") {
  for (const std::string_view text :
       {"Orange juice prices rose.", "Apple growers met. They sell apple pie.",
        "Meta-analysis of trials found nothing.", "Gap year students travel.", "Target price was raised by analysts.",
        "Shell companies are a problem.", "The agent was called Agent Orange in the war.",
        "People of Orange County voted.", "They lay under the Sky at night.", "He grew up in Apple Valley and left.",
        "An orange, an apple and a shell."}) {
    INFO(text);
    CHECK(companies(text).empty());
  }
  for (const std::string_view text :
       {"Reading the report took days.", "Bath and body care sold well.", "Students of Georgia Tech won.",
        "Analysts saw Reading and Bates Drilling Co rise.", "A unit of Bergen-Jordan Corp closed."}) {
    INFO(text);
    CHECK(places(text).empty());
  }
}

TEST_CASE("evidence makes an ambiguous name count") {
  for (const std::string_view text :
       {"The deal with Apple was signed.", "Apple Inc. reported earnings.", "Apple said so.", "Apple's phones sell.",
        "Apple shares fell.", "Rival Apple lost.", "The new Apple Watch sells well.", "Apple CEO Tim Cook spoke.",
        "It is an Apple-dominated market.", "Patents of Apple-Huawei talks leaked."}) {
    INFO(text);
    CHECK(companies(text).front() == "Apple");
  }
  CHECK(places("It exports from Georgia to Jordan.") == Names{"Georgia", "Jordan"});
}

TEST_CASE("an ambiguous name that is proven once counts throughout the article") {
  CHECK(companies("Meta Platforms paid. Meta will appeal.", "Meta Fined Over Data Transfers") == Names{"Meta"});
  CHECK(companies("Orange won. The bid of Orange was highest.", "ORANGE BUYS SPECTRUM") == Names{"Orange"});
  CHECK(companies("Oranges are ripe.", "ORANGE HARVEST FALLS").empty());
}

TEST_CASE("people bear the names of places and companies") {
  CHECK(companies("He met Mr Sharp. Sharp said that it was late. He thanked Sharp for it.").empty());
  CHECK(companies("He met Mr. Sharp in town.").empty());
  CHECK(places("We saw John Paris there. Later Paris left.").empty()); // John begins a listed name
  CHECK(places("They watched Paris Hilton dance.").empty());
  CHECK(places("The guard was Jordan Smith that night.").empty());
  CHECK(people("They met Nancy Reagan there.").empty());
  CHECK(people("They met President Reagan there.") == Names{"Reagan"});
  CHECK(people("He studied at Queen Elizabeth College then.").empty());
}

TEST_CASE("both orders of a person's name are one person") {
  CHECK(people("Xu Ran spoke. According to Ran Xu, it works.") == Names{"Xu Ran"});
}

TEST_CASE("a place inside a longer name does not count, beside a role it does") {
  for (const std::string_view text : {"It said the Bank of Thailand acted.", "They read the New York Times daily.",
                                      "He works for Morgan Guaranty Trust Co of New York now.",
                                      "They heard Radio Moscow.", "It bought China Commerce Data Corp then."}) {
    INFO(text);
    CHECK(places(text).empty());
  }
  for (const std::string_view text :
       {"The government of China acted.", "They met China President Xi there.", "It fell in northern China.",
        "A China-based firm.", "China's exports rose.", "It sells to China, Vietnam and more."}) {
    INFO(text);
    CHECK(places(text) == Names{"China"});
  }
  CHECK(places("They went to Northern Iraq.") == Names{"Iraq"});
  CHECK(places("See www.China.org for more.").empty());
}

TEST_CASE("a company counts in its products and not in a stock index") {
  CHECK(companies("It uses Microsoft Outlook and the Huawei Mate 60.") == Names{"Microsoft", "Huawei"});
  CHECK(companies("It restricts Nvidia H100 chips.") == Names{"Nvidia"});
  CHECK(found(EntityKind::technology, "It restricts Nvidia H100 chips.") == Names{"Nvidia H100"});
  CHECK(companies("The Dow Jones industrial average rose.").empty());
  CHECK(companies("He joined Dow Jones in May.") == Names{"Dow Jones"});
}

TEST_CASE("hyphenated pairs name both") {
  CHECK(companies("The Huawei-Xiaomi deal and the Huawei–Amazon talks.") == Names{"Huawei", "Xiaomi", "Amazon"});
  CHECK(places("Tense US-China ties.") == Names{"US", "China"});
  CHECK(places("Tense U.S.-China ties.") == Names{"U.S.", "China"});
}

TEST_CASE("the pronoun is no country") {
  CHECK(places("Tell us. Us too.").empty());
  CHECK(places("", "GIVE US THE NEWS").empty());
  CHECK(places("It is made in the US now.", "US SETS TARIFFS") == Names{"US"});
  CHECK(places("", "U.S. SETS TARIFFS") == Names{"U.S."});
}

TEST_CASE("headings in capitals name what is unmistakable") {
  CHECK(companies("", "HUAWEI AND XIAOMI SIGN DEAL") == Names{"Huawei", "Xiaomi"});
  CHECK(companies("", "TARGET SHARES FALL AT NEC").empty());
}

TEST_CASE("credits name nobody") {
  CHECK(people("By Xu Ran\n\nA deal was signed.").empty());
  CHECK(people("A deal was signed.\n\n(Reporting by Jane Doe in Paris and Xu Ran; editing by Ran Xu)").empty());
  CHECK(places("A deal was signed.\n\n(Reporting by Jane Doe in Paris; editing by Xu Ran)").empty());
  CHECK(people("The talks were led by Xu Ran.") == Names{"Xu Ran"});
}

TEST_CASE("the user's entry wins where two kinds share a name") {
  const auto shipped = parse_names("company\tOrion\n", "shipped");
  const auto user = parse_names("technology\tOrion\n", "user");
  const ArticleRecognizer both(std::make_shared<const Catalog>(shipped, user), k_no_model);
  Article article;
  article.body = "They launched Orion today.";
  const EntitySets sets = names_of(both.recognize(article));
  CHECK(sets[static_cast<std::size_t>(EntityKind::company)].empty());
  CHECK(sets[static_cast<std::size_t>(EntityKind::technology)] == Names{"Orion"});
}

TEST_CASE("any text is read without harm") {
  for (const std::string_view text :
       {"", "\n\n", "\xFF\xFE\xC3", "Mr.", "&", "By", "U.", "the", "- Apple -", "Apple", "Bank of China"})
    CHECK_NOTHROW(companies(text, text));
}

TEST_CASE("an entity comes with the forms of its name that the article uses, most frequent first") {
  const auto entries = parse_names("company\tSMIC\tSemiconductor Manufacturing International\n", "test");
  const ArticleRecognizer smic(std::make_shared<const Catalog>(entries), k_no_model);
  Article article;
  article.title = "Semiconductor Manufacturing International Corp grows";
  article.body = "SMIC said so. Semiconductor\nManufacturing International, or SMIC, makes chips. Semiconductor "
                 "Manufacturing International hires.";
  const ArticleEntities found = smic.recognize(article);
  CHECK(found[static_cast<std::size_t>(EntityKind::company)] ==
        std::vector{NamedEntity{
            "SMIC", {"Semiconductor Manufacturing International", "Semiconductor Manufacturing International Corp"}}});
}
