#include <catch2/catch.hpp>

#include <random>
#include <set>

#include "common/text/characters.hpp"
#include "searcher/snippets.hpp"
#include "tests/unit/searcher/marked.hpp"

using namespace pfind::searcher;
using pfind::text::Analyzer;
using pfind::text::count_characters;
using pfind::text::Token;

namespace {

QueryTerms terms(const std::vector<std::string>& words) {
  Analyzer analyzer;
  QueryTerms query;
  for (const std::string& word : words) query.terms.push_back({analyzer.stem(word), 1});
  return query;
}

std::string snippet(const std::string& body, QueryTerms query, std::size_t length = k_snippet_length,
                    const std::string& title = "") {
  Analyzer analyzer;
  return marked(SnippetMaker(std::move(query)).snippet(body, title, analyzer, length));
}

} // namespace

TEST_CASE("the snippet is the sentence that shows most of the query") {
  const std::string body = "Huawei was founded in Shenzhen. The weather is fine. Huawei and Xiaomi signed a patent "
                           "agreement on Wednesday. Xiaomi sells phones.";
  CHECK(snippet(body, terms({"huawei", "xiaomi"}), 60) ==
        "[Huawei] and [Xiaomi] signed a patent agreement on Wednesday.");
}

TEST_CASE("several passages together show what one does not") {
  const std::string body =
      "Huawei was founded in Shenzhen long ago and makes telephones. The weather is fine. It rains in "
      "the north of the country and in the south as well. Xiaomi sells phones in many countries.";
  CHECK(
      snippet(body, terms({"huawei", "xiaomi"}), 160) ==
      "[Huawei] was founded in Shenzhen long ago and makes telephones. The weather is fine. … [Xiaomi] sells phones in many countries.");
}

TEST_CASE("the rarer word decides") {
  QueryTerms query = terms({"company", "royalty"});
  query.terms[1].weight = 6;
  CHECK(snippet("The company grew a lot over the years. Royalties fell a little over the years.", query, 45) ==
        "[Royalties] fell a little over the years.");
}

TEST_CASE("words that stand together beat words that stand apart, then the earlier sentence wins") {
  const std::string apart = "The patent was old and of no use to anyone in the pool.";
  const std::string together = "The patent pool was old and of no use to anyone in it.";
  CHECK(snippet(apart + ' ' + together, terms({"patent", "pool"}), 70) ==
        "The [patent] [pool] was old and of no use to anyone in it.");
  CHECK(snippet("First patent here in the text of it. Second patent here in the text.", terms({"patent"}), 40) ==
        "First [patent] here in the text of it.");
}

TEST_CASE("a sentence that repeats the headline comes last") {
  const std::string body = "Huawei and Xiaomi sign\n\nThe deal of Huawei covers Xiaomi too, says one.";
  CHECK(snippet(body, terms({"huawei", "xiaomi"}), 60, "Huawei  and Xiaomi sign") ==
        "The deal of [Huawei] covers [Xiaomi] too, says one.");
}

TEST_CASE("room that is left shows the sentences that follow") {
  CHECK(snippet("One thing. The patent is old. It was filed in 1999. It is void.", terms({"patent"}), 45) ==
        "The [patent] is old. It was filed in 1999.");
}

TEST_CASE("a list item leaves room to sentences that match too") {
  CHECK(snippet("• A royalty deal on a patent\n• Phones\n\nNothing here. A patent is worth a lot.",
                terms({"patent", "royalty"}), 90) == "• A [royalty] deal on a [patent] … A [patent] is worth a lot.");
}

TEST_CASE("without matches the article's first sentences are shown") {
  CHECK(snippet("The first sentence is this. The second follows. And the third one ends it all.", {}, 50) ==
        "The first sentence is this. The second follows.");
  CHECK(snippet("A headline\n\nThe text.", terms({"none"}), 50, "A headline") == "The text.");
  CHECK(snippet("", terms({"none"})) == "");
  CHECK(snippet(" \n ", terms({"none"})) == "");
}

TEST_CASE("long sentences are cut between words around the matches") {
  std::string body = "It";
  for (int i = 0; i < 30; ++i) body += " goes on";
  body += " until the patent expires";
  for (int i = 0; i < 30; ++i) body += " and on";
  const std::string cut = snippet(body + '.', terms({"patent"}), 60);
  CHECK(cut == "…on until the [patent] expires and on and on and on and…");
  CHECK(snippet("The patent " + body, terms({"patent"}), 60).starts_with("The [patent] It goes on "));
}

TEST_CASE("text without spaces is cut between characters") {
  std::string body;
  for (int i = 0; i < 40; ++i) body += "公司技术";
  Analyzer analyzer("zh");
  QueryTerms query;
  query.terms.push_back({"专利", 1});
  const Snippet s = SnippetMaker(query).snippet(body + "专利" + body, "", analyzer, 50);
  CHECK(count_characters(s.text) == 50);
  REQUIRE(s.highlights.size() == 1);
  CHECK(s.text.substr(s.highlights[0].begin, s.highlights[0].end - s.highlights[0].begin) == "专利");
}

TEST_CASE("nothing in a snippet acts on a terminal or breaks a line") {
  CHECK(snippet("The \x1b[31m patent\x1b\u202E is\n\nold\x07.", terms({"patent"})) == "The [31m [patent] is old.");
  CHECK(snippet("A\tpatent\r\nis   here\u00A0now.", terms({"patent"})) == "A [patent] is here now.");
  CHECK(snippet("<script>patent</script> &amp; \xff.", terms({"patent"})) == "<script>[patent]</script> &amp; \uFFFD.");
}

namespace {

/// Text of any kind: words, marks, other scripts, broken bytes.
std::string random_text(std::mt19937& random, unsigned most) {
  static const std::vector<std::string> pieces{"patent",
                                               "Patents",
                                               "cross-licensing",
                                               "cross licensing",
                                               "Huawei’s",
                                               "U.S.",
                                               "5G",
                                               "pool",
                                               ". ",
                                               "! ",
                                               " ",
                                               " ",
                                               " ",
                                               " ",
                                               "\n",
                                               "\n\n",
                                               "专利",
                                               "。",
                                               "e\u0301",
                                               "👩‍👩‍👧",
                                               "\xff",
                                               "\xe2\x80",
                                               "\u202E",
                                               "\x1b[0m",
                                               "\u0301",
                                               "\"",
                                               "ไทย",
                                               "\u00AD",
                                               "word",
                                               "-"};
  std::string text;
  for (unsigned n = random() % most; n > 0; --n) text += pieces[random() % pieces.size()];
  return text;
}

bool is_boundary(const std::string& text, std::size_t at) {
  std::size_t i = 0;
  while (i < at) i += pfind::text::character_at(text, i).bytes;
  return i == at;
}

QueryTerms random_query(std::mt19937& random) {
  static const std::vector<std::string> words{"patent", "crosslicensing", "huawei", "us", "5g", "pool", "专利", "word"};
  QueryTerms query;
  Analyzer analyzer;
  for (unsigned n = random() % 4; n > 0; --n)
    query.terms.push_back({analyzer.stem(words[random() % words.size()]), 1.5});
  if (random() % 3 == 0) query.phrases.push_back({{analyzer.stem("cross"), analyzer.stem("licensing")}, 2});
  if (random() % 3 == 0) query.near_groups.push_back({{"patent", "pool"}, 5, 2});
  return query;
}

/// Everything a highlight may come from, as a set of terms.
std::set<std::string> all_terms(const QueryTerms& query) {
  std::set<std::string> all;
  for (const auto& t : query.terms) all.insert(t.term);
  for (const auto& p : query.phrases) all.insert(p.terms.begin(), p.terms.end());
  for (const auto& g : query.near_groups) all.insert(g.terms.begin(), g.terms.end());
  return all;
}

/// Whether the words of `text`, each by itself or joined with the next, hold one of the terms.
bool shows(const std::string& text, const std::set<std::string>& all, Analyzer& analyzer) {
  const auto tokens = analyzer.analyze(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (all.contains(tokens[i].term)) return true;
    if (i + 1 < tokens.size() && all.contains(analyzer.stem(tokens[i].word + tokens[i + 1].word))) return true;
  }
  return false;
}

void check_marked(const Snippet& s, const std::set<std::string>& all, Analyzer& analyzer) {
  REQUIRE(pfind::text::without_controls(s.text) == s.text); // so it is valid UTF-8 too
  REQUIRE(s.text.find_first_of("\n\r\t") == std::string::npos);
  REQUIRE(s.text.find("  ") == std::string::npos);
  std::size_t end = 0;
  for (const Highlight& h : s.highlights) {
    REQUIRE(h.begin >= end);
    REQUIRE(h.begin < h.end);
    REQUIRE(h.end <= s.text.size());
    REQUIRE(is_boundary(s.text, h.begin));
    REQUIRE(is_boundary(s.text, h.end));
    REQUIRE(shows(s.text.substr(h.begin, h.end - h.begin), all, analyzer));
    end = h.end;
  }
}

} // namespace

TEST_CASE("any text and any query give a snippet that is valid, short and truly marked") {
  std::mt19937 random(20230913);
  Analyzer analyzer;
  std::size_t highlighted = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::string body = random_text(random, 120);
    const QueryTerms query = random_query(random);
    const std::set<std::string> all = all_terms(query);
    const std::size_t length = 40 + random() % 200;
    SnippetMaker maker(query);
    const Snippet s = maker.snippet(body, random_text(random, 8), analyzer, length);
    INFO("round " << round << ": " << s.text);
    REQUIRE(count_characters(s.text) <= length);
    check_marked(s, all, analyzer);
    check_marked(maker.highlight(body, analyzer), all, analyzer);
    highlighted += s.highlights.size();
  }
  CHECK(highlighted > 1000);
}

TEST_CASE("a single word in a text of any length is found and shown") {
  std::mt19937 random(5);
  Analyzer analyzer;
  for (int round = 0; round < 300; ++round) {
    std::string body;
    const unsigned words = random() % 400;
    const unsigned place = random() % (words + 1);
    for (unsigned i = 0; i <= words; ++i) {
      body += i == place ? "Qualcomm" : std::string(1 + random() % 12, static_cast<char>('a' + random() % 26));
      body += random() % 15 == 0 ? ". A " : " ";
    }
    const Snippet s = SnippetMaker(terms({"qualcomm"})).snippet(body, "", analyzer, 40 + random() % 300);
    INFO(body);
    REQUIRE_FALSE(s.highlights.empty());
    REQUIRE(s.text.find("Qualcomm") != std::string::npos);
  }
}
