#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <random>

#include "searcher/query/builder.hpp"
#include "searcher/query/document_set.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::query;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

using Strings = std::vector<std::string>;

const TestIndex& deals() {
  static const TestIndex index({{article_of("/xiaomi", "The US court heard of the cross-licensing of Wi-Fi patents.",
                                            "Huawei signs with Xiaomi"),
                                 Named{.companies = {"Huawei", "Xiaomi"}}},
                                {article_of("/vivo", "A patent licence in vivo. They told us.", "Huawei and Vivo"),
                                 Named{.companies = {"Huawei"}}},
                                {article_of("/nokia", "Nokia licensed patents. A crosslicensing deal.", "Nokia renews"),
                                 Named{.companies = {"Nokia"}}}});
  return index;
}

Strings found(const TestIndex& index, const std::string& query) {
  Strings paths = index.find_strictly(query);
  std::ranges::sort(paths);
  return paths;
}

Strings found(const std::string& query) { return found(deals(), query); }

/// What a query finds by, as Xapian writes it.
std::string match(const std::string& query, Matching matching = Matching::all) {
  Snapshot snapshot = deals().snapshot();
  return build_query(parse_query(query, k_test_today).root, snapshot, matching).match.get_description();
}

BuiltQuery built(const std::string& query) {
  Snapshot snapshot = deals().snapshot();
  return build_query(parse_query(query, k_test_today).root, snapshot, Matching::all);
}

// --- an oracle: articles of single letters, searched by brute force ---

const Strings k_letters{"alpha", "beta", "gamma", "delta"};

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t limit) { return random() % limit; }

Strings random_words(Random& random, std::size_t length) {
  Strings words;
  while (words.size() < length) words.push_back(k_letters[below(random, k_letters.size())]);
  return words;
}

std::string joined(const Strings& words) { return fmt::format("{}", fmt::join(words, " ")); }

/// A text of sentences of words.
std::string written(const std::vector<Strings>& sentences) {
  std::string text;
  for (const Strings& sentence : sentences) {
    std::string words = joined(sentence);
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
    text += words + ". ";
  }
  return text;
}

/// Whether the words from `next` on can be placed, each on a position of its own, all within `window` positions.
bool within(const Strings& text, const Strings& words, std::size_t window, std::vector<std::size_t>& taken) {
  if (taken.size() == words.size()) return true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != words[taken.size()] || std::ranges::find(taken, at) != taken.end()) continue;
    taken.push_back(at);
    const auto [first, last] = std::ranges::minmax(taken);
    if (last - first < window && within(text, words, window, taken)) return true;
    taken.pop_back();
  }
  return false;
}

bool is_near(const Strings& text, const Strings& words, int distance) {
  std::vector<std::size_t> taken;
  return within(text, words, static_cast<std::size_t>(distance) + words.size() - 1, taken);
}

/// How often a phrase occurs in the headline and the text of sentences behind it.
std::size_t mentions(const std::vector<Strings>& sentences, const Strings& phrase) {
  Strings text;
  std::size_t count = 0;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    text.insert(text.end(), sentences[i].begin(), sentences[i].end());
    if (i == 0) text.emplace_back(); // between headline and text
  }
  for (auto at = text.begin(); (at = std::search(at, text.end(), phrase.begin(), phrase.end())) != text.end(); ++at)
    ++count;
  return count;
}

bool is_phrase(const Strings& text, const Strings& words) { return !std::ranges::search(text, words).empty(); }

} // namespace

TEST_CASE("queries of different threads share nothing: all articles are no object that Xapian has for everybody") {
  // Its count of references is no atomic one.
  const auto is_shared = [](const Xapian::Query& query) {
    return query.internal.get() == Xapian::Query::MatchAll.internal.get();
  };
  CHECK_FALSE(is_shared(built("*").match));
  for (const std::string query : {"-nokia", "NOT nokia"}) {
    const Xapian::Query all_but = built(query).match;
    REQUIRE(all_but.get_type() == Xapian::Query::OP_AND_NOT);
    CHECK(all_but.get_subquery(0).get_type() == Xapian::Query::LEAF_MATCH_ALL);
    CHECK_FALSE(is_shared(all_but.get_subquery(0)));
  }
}

TEST_CASE("queries in Xapian's terms") {
  CHECK(match("patents") == "Query(patent)");
  CHECK(match("title:Huawei") == "Query(Shuawei)");
  CHECK(match("Nokia patents") == "Query((nokia AND patent))");
  CHECK(match("Nokia patents", Matching::any) == "Query((nokia OR patent))");
  CHECK(match("the patents of Nokia") == "Query((patent AND nokia))");
  CHECK(match("\"licence in\"") == "Query((licens PHRASE 2 in))");
  CHECK(match("Nokia -patents") == "Query((nokia AND_NOT patent))");
  CHECK(match("Nokia OR patents") == "Query((nokia OR patent))");
  CHECK(match("-Nokia") == "Query((<alldocuments> AND_NOT nokia))");
  CHECK(match("patents company:Nokia") == "Query((0 * XCOnokia AND patent))");
  CHECK(match("nokia near/3 patents") == "Query((nokia NEAR 4 patent))");
  CHECK(match("wifi") == "Query((wifi SYNONYM (wi PHRASE 2 fi)))");
  CHECK(match("cross licensing") == "Query(((cross AND licens) OR (crosslicens AND_NOT (cross AND licens))))");
  CHECK(match("cross-licensing") == "Query(((cross PHRASE 2 licens) SYNONYM crosslicens))");
  CHECK(match("*") == "Query(<alldocuments>)");
}

TEST_CASE("stop words count where there is nothing else") {
  CHECK(found("the") == Strings{"/xiaomi"});
  CHECK(found("the patents").size() == 3);
  CHECK(found("the of").size() == 1);
  CHECK(found("\"in vivo\"") == Strings{"/vivo"});
  CHECK(found("-the").size() == 2);
}

TEST_CASE("filters, negations and everything by themselves and in alternatives") {
  CHECK(found("company:Huawei").size() == 2);
  CHECK(found("-company:Huawei") == Strings{"/nokia"});
  CHECK(found("-company:Huawei -nokia").empty());
  CHECK(found("*").size() == 3);
  CHECK(found("").size() == 3);
  CHECK(found("* OR nokia").size() == 3);
  CHECK(found("nokia OR -nokia").size() == 3);
  CHECK(found("-*").empty());
  CHECK(found("nokia -(* OR zzz)").empty());
  CHECK(found("company:Nokia OR vivo").size() == 2);
  CHECK(found("?! company:Nokia") == Strings{"/nokia"});
  CHECK(found("\"?!\"").empty());
  CHECK(built("?!").notices == Strings{"The query has no word to search for."});
}

TEST_CASE("what looks like a pattern within quotes brings a notice") {
  const Strings k_said{"In a phrase * has no meaning; near takes patterns, as in patent near/1 licens*."};
  for (const std::string query : {"\"patent licen*\"", "title:\"*ei signs\"", "nokia -(vivo OR \"patent licen*\")"})
    CHECK(built(query).notices == k_said);
  for (const std::string query : {"\"M*A*S*H\"", "\"patent * licence\"", "patent near/1 licen*"})
    CHECK(built(query).notices.empty());
}

TEST_CASE("words in exactly one spelling") {
  CHECK(found("=licence") == Strings{"/vivo"});
  CHECK(found("=licensed") == Strings{"/nokia"});
  CHECK(found("=licensing") == Strings{"/xiaomi"});
  CHECK(found("=license").empty());
  CHECK(found("=cross-licensing") == Strings{"/xiaomi"});
  CHECK(found("=\"patent licence\"") == Strings{"/vivo"});
  CHECK(found("=\"patents licence\"").empty());
  CHECK(found("-=licence").size() == 2);
  CHECK(found("title:=signs") == Strings{"/xiaomi"});
  CHECK(found("title:=sign").empty());
  CHECK(found("title:=licence").empty());
  CHECK(found("title:=\"huawei signs\"") == Strings{"/xiaomi"});
  CHECK(found("patents =licensed -=licence") == Strings{"/nokia"});
  CHECK(found(TestIndex({article_of("/1", "cross licensing")}), "=cross-licensing").empty());
}

TEST_CASE("near keeps to the field of its operands, and to phrases where they are chosen") {
  CHECK(found("title:(huawei near/3 xiaomi)") == Strings{"/xiaomi"});
  CHECK(found("title:(cross near/9 patents)").empty());
  CHECK(found("huawei near/3 patents").empty()); // headline and text are far apart
  CHECK(found("(\"zzz yyy\" OR licence) near/2 vivo") == Strings{"/vivo"});
  CHECK(found("\"patent licence\" near/2 vivo") == Strings{"/vivo"});
  CHECK(found("\"licence patent\" near/2 vivo").empty());
  CHECK(found("=licence near/9 vivo") == Strings{"/vivo"});
  CHECK(found("=licensed near/9 vivo").empty());
  CHECK(found("licen* near/4 pat*").size() == 3);
  CHECK(found("zzz* near/2 patents").empty());
  CHECK(found("cross-licensing near/4 patents").size() == 2);
  CHECK(found("?! near/2 vivo") == Strings{"/vivo"});
}

TEST_CASE("the words of a query are noted for ranking, each once") {
  const BuiltQuery query = built("the patent pool of US patents cross-licensing -court");
  Strings words;
  for (const QueryWord& word : query.words.words) words.push_back(word.word);
  CHECK(words == Strings{"the", "patent", "pool", "of", "us", "cross", "licensing"});
  CHECK(query.words.words[1].repeats == 2);
  CHECK(query.words.words[0].is_stop_word);
  CHECK(query.words.words[4].acronym == "US");
  CHECK(query.words.words[5].joined == Strings{"crosslicens"});
  using Pair = std::pair<std::size_t, std::size_t>;
  CHECK(query.words.neighbours == std::vector<Pair>{{5, 6}, {1, 2}, {2, 4}, {4, 1}, {1, 5}});
}

TEST_CASE("what stands between the words of a query does not change which of them must match") {
  for (const std::string query :
       {"a1 b1 c1 d1 e1 company:Huawei", "a1 b1 c1 company:Huawei d1 e1", "a1 -zz b1 c1 d1 e1"}) {
    INFO(query);
    CHECK(match(query, Matching::automatic).find("a1 OR b1 OR c1 OR d1 OR e1") != std::string::npos);
  }
}

TEST_CASE("a stop word belongs to its neighbour where there is little else") {
  using Pair = std::pair<std::size_t, std::size_t>;
  CHECK(built("in vivo").words.neighbours == std::vector<Pair>{{0, 1}});
  CHECK(built("deficit with Japan now").words.neighbours == std::vector<Pair>{{0, 2}, {2, 3}});
}

TEST_CASE("what an article should have is noted part by part") {
  Strings parts;
  for (const WantedPart& part : built("the nokia \"patent pool\" (a1 OR b1) vivo* company:Huawei -court").wanted)
    parts.push_back(part.written);
  CHECK(parts == Strings{"nokia", "\"patent pool\"", "a1 OR b1", "vivo*"});
}

TEST_CASE("words as written stand side by side where other words are left out of account") {
  const TestIndex index(
      {article_of("/1", "Patents licence. A patent pool licence."), article_of("/2", "A patent licence.")});
  CHECK(index.find("\"patent licence\"") == Strings{"/1", "/2"});
  CHECK(index.find("=\"patent licence\"") == Strings{"/2"});
}

TEST_CASE("a sentence is one of the text, or the headline") {
  CHECK(found("licence SENTENCE vivo") == Strings{"/vivo"});
  CHECK(found("licence SENTENCE told").empty());
  CHECK(found("xiaomi SENTENCE patents").empty()); // headline and text
  CHECK(found("huawei SENTENCE vivo") == Strings{"/vivo"});
  CHECK(found("title:(huawei SENTENCE xiaomi)") == Strings{"/xiaomi"});
  CHECK(found("title:patent SENTENCE vivo").empty());
  CHECK(found("title:huawei SENTENCE vivo") == Strings{"/vivo"});
  CHECK(found("\"US court\" SENTENCE \"wi-fi patents\"") == Strings{"/xiaomi"});
  CHECK(found("court SENTENCE wifi") == Strings{"/xiaomi"});
  CHECK(found("=licence SENTENCE vivo") == Strings{"/vivo"});
  CHECK(found("=license SENTENCE vivo").empty());
  CHECK(found("lic* SENTENCE (zzz OR pat*)").size() == 3);
  CHECK(found("cross-licensing SENTENCE deal") == Strings{"/nokia"});
  CHECK(found("crosslicensing SENTENCE nokia").empty());
  CHECK(found("zzz* SENTENCE patents").empty());
  CHECK(found("?! SENTENCE vivo") == Strings{"/vivo"});
  CHECK(found("?! SENTENCE !?").empty());
  CHECK(found("-(licence SENTENCE vivo)").size() == 2);
  CHECK(found("patents -(huawei SENTENCE vivo) company:Huawei") == Strings{"/xiaomi"});
  CHECK(built("zzz SENTENCE patents").missing == Strings{"zzz"});
}

TEST_CASE("mentions are counted in headline and text, in any form") {
  const TestIndex index({article_of("/1", "A licence. Licensing of Wi-Fi: wifi, wi fi. Said the sa id.", "Licensed"),
                         article_of("/2", "A license of licenses is a cross-licence.", "WiFi"),
                         article_of("/3", "Nothing.")});
  CHECK(found(index, "ATLEAST/3 licence") == Strings{"/1", "/2"});
  CHECK(found(index, "ATLEAST/4 licence").empty());
  CHECK(found(index, "ATLEAST/1 licence").size() == 2);
  CHECK(found(index, "ATLEAST/2 said") == Strings{"/1"}); // also as two words, as said itself
  CHECK(found(index, "ATLEAST/3 said").empty());
  CHECK(found(index, "ATLEAST/3 wifi") == Strings{"/1"});
  CHECK(found(index, "ATLEAST/4 wifi").empty());
  CHECK(found(index, "ATLEAST/4 wi*") == Strings{}); // Wi-Fi is one mention
  CHECK(found(index, "ATLEAST/3 wi*") == Strings{"/1"});
  CHECK(found(index, "ATLEAST/2 \"licence of\"").empty());
  CHECK(found(index, "ATLEAST/1 \"licence of\"") == Strings{"/1", "/2"});
  CHECK(found(index, "ATLEAST/1 =licensing") == Strings{"/1"});
  CHECK(found(index, "ATLEAST/2 =licensing").empty());
  CHECK(found(index, "ATLEAST/6 (licence OR wifi)") == Strings{"/1"});
  CHECK(found(index, "ATLEAST/4 (licence OR wifi)") == Strings{"/1", "/2"});
  CHECK(found(index, "ATLEAST/3 (licence OR licensing)").size() == 2); // said twice, counted once
  CHECK(found(index, "ATLEAST/4 (licence OR title:licence)").empty());
  CHECK(found(index, "ATLEAST/1 title:licence") == Strings{"/1"});
  CHECK(found(index, "ATLEAST/2 title:licence").empty());
  CHECK(found(index, "NOT ATLEAST/4 (licence OR wifi)") == Strings{"/3"});
  CHECK(found(index, "ATLEAST/2 zzz*").empty());
  CHECK(found(index, "ATLEAST/2 ?! nothing") == Strings{"/3"});
}

TEST_CASE("past its limit of texts to read a query finds articles unread and says so") {
  Snapshot snapshot = deals().snapshot();
  const auto refuse = [](StoredText& text) { return text.body().empty(); };
  const auto text = std::make_shared<StoredText>(2 * (StoredText::k_cost_of_reading + StoredText::k_cost_of_analysis));
  Xapian::Enquire enquire(snapshot.database().plain());
  enquire.set_query(restricted(Xapian::Query("patent"), refuse, text, snapshot));
  CHECK(enquire.get_mset(0, 10, 10).size() == 1);
  CHECK(text->limit_reached());
  CHECK(enquire.get_mset(0, 10, 10).size() == 1); // what was read is remembered
}

TEST_CASE("words of the headline alone are found, and rank above the same in the text") {
  const TestIndex index({article_of("/text", "Of a merger it says much, a merger of names."),
                         article_of("/headline", "Nothing is said of it again in this text.", "A merger")});
  CHECK(index.find("merger") == Strings{"/headline", "/text"});
  CHECK(index.find_strictly("merger nothing") == Strings{"/headline"});
}

TEST_CASE("words that no article has are named") {
  CHECK(built("nokia zzz \"yyy patents\" xx* -www").missing == Strings{"zzz", "yyy", "xx*"});
  const Results results = deals().search(request_for("nokia zzz"));
  CHECK(results.relaxed);
  CHECK(TestIndex::paths(results) == Strings{"/nokia"});
  CHECK(results.notices == Strings{"No article has zzz.", "No article has all the words; these have some of them."});
  CHECK(deals().search(request_for("nokia zzz -patents")).total == 0);
  CHECK(deals().search(request_for("nokia zzz company:Huawei")).total == 0);
  CHECK(deals().search(request_for("huawei nokia")).notices ==
        Strings{"No article has all the words; these have some of them."});
}

TEST_CASE("counts of a relaxed result are its own") {
  SearchRequest request = request_for("nokia zzz vivo");
  request.facets = {Field::company};
  const Results results = deals().search(request);
  CHECK(results.total == 2);
  REQUIRE(results.facets.front().values.size() == 2);
  CHECK(results.facets.front().values.front().count == 1);
}

TEST_CASE("a query may be of any length, and only its first words count") {
  for (const std::string piece :
       {"w{} ", "-w{} ", "w{}* ", "=w{} ", "w{} OR ", "w{} near/5 ", "\"w{} patents\" ", "company:w{} ", "w{}-v ",
        "title:w{} ", "date:{:04} ", "w{} SENTENCE ", "ATLEAST/2 w{} "}) {
    INFO(piece);
    std::string query;
    for (int i = 0; i < 100'000; ++i) query += fmt::format(fmt::runtime(piece), i);
    const BuiltQuery one = built(query + "nokia");
    CHECK(one.notices.back() == fmt::format("The query is too long: only its first {} words count.", k_max_words));
    CHECK(one.match.get_length() < 200 * k_max_words);
    CHECK(one.words.words.size() <= k_max_words);
    CHECK(one.words.neighbours.size() < k_max_words);
  }
  std::string phrase;
  for (int i = 0; i < 100'000; ++i) phrase += "patents ";
  CHECK(built('"' + phrase + '"').match.get_length() <= k_max_words);
}

TEST_CASE("sentences and mentions are those of a search by brute force") {
  Random random{12};
  std::vector<Article> articles;
  std::vector<std::vector<Strings>> texts; // the headline first
  for (int i = 0; i < 40; ++i) {
    std::vector<Strings>& text = texts.emplace_back();
    while (text.size() < 4) text.push_back(random_words(random, 2 + below(random, 4)));
    const std::vector<Strings> body(text.begin() + 1, text.end());
    articles.push_back(article_of(fmt::format("/{:02}", i), written(body), joined(text.front())));
  }
  const TestIndex index(articles);
  for (int i = 0; i < 200; ++i) {
    const Strings words = random_words(random, 2 + below(random, 2));
    const Strings phrase = random_words(random, 1 + below(random, 2));
    const std::size_t wanted = 1 + below(random, 4);
    Strings together;
    Strings often;
    for (std::size_t a = 0; a < texts.size(); ++a) {
      const auto has_all = [&](const Strings& sentence) {
        return std::ranges::all_of(words, [&](const auto& w) { return std::ranges::count(sentence, w) > 0; });
      };
      if (std::ranges::any_of(texts[a], has_all)) together.push_back(articles[a].path);
      if (mentions(texts[a], phrase) >= wanted) often.push_back(articles[a].path);
    }
    const std::string sentence = fmt::format("{}", fmt::join(words, " SENTENCE "));
    const std::string at_least = fmt::format("ATLEAST/{} \"{}\"", wanted, joined(phrase));
    INFO(sentence << ", " << at_least);
    CHECK(found(index, sentence) == together);
    CHECK(found(index, at_least) == often);
  }
}

TEST_CASE("phrases and nearness are those of a search by brute force") {
  Random random{11};
  std::vector<Article> articles;
  std::vector<Strings> texts;
  for (int i = 0; i < 40; ++i) {
    texts.push_back(random_words(random, 3 + below(random, 6)));
    articles.push_back(article_of(fmt::format("/{:02}", i), joined(texts.back())));
  }
  const TestIndex index(articles);
  for (int i = 0; i < 400; ++i) {
    const Strings words = random_words(random, 2 + below(random, 2));
    const int distance = 1 + static_cast<int>(below(random, 4));
    const std::string near = fmt::format("{}", fmt::join(words, fmt::format(" near/{} ", distance)));
    Strings nears;
    Strings phrases;
    for (std::size_t a = 0; a < texts.size(); ++a) {
      if (is_near(texts[a], words, distance)) nears.push_back(articles[a].path);
      if (is_phrase(texts[a], words)) phrases.push_back(articles[a].path);
    }
    INFO(near);
    CHECK(found(index, near) == nears);
    CHECK(found(index, '"' + joined(words) + '"') == phrases);
  }
}
