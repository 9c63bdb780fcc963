#include <algorithm>
#include <catch2/catch.hpp>

#include "common/error.hpp"
#include "searcher/query/parser.hpp"

using pfind::Date;
using pfind::Field;
using namespace pfind::query;

namespace {

constexpr Date k_today{2024, 3, 31, -1};

Node parse(std::string_view query) { return parse_query(query, k_today).root; }
std::vector<std::string> notices(std::string_view query) { return parse_query(query, k_today).notices; }

Node text(std::string words, Field field = Field::body) { return {Text{std::move(words), field}}; }
Node required(std::string words) { return {Text{std::move(words), Field::body, true}}; }
Node title(std::string words) { return text(std::move(words), Field::title); }
Node phrase(std::string words) { return {Phrase{std::move(words)}}; }
Node filter(Field field, std::vector<std::string> values) { return {Filter{field, std::move(values)}}; }
Node company(std::string name) { return filter(Field::company, {std::move(name)}); }
Node period(std::string_view typed) { return {parse_period(typed, k_today).value()}; }

struct Row {
  std::string query;
  Node tree;
};

void check_understood(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO(row.query);
    const ParsedQuery parsed = parse_query(row.query, k_today);
    CHECK(to_string(parsed.root) == to_string(row.tree));
    CHECK(parsed.root == row.tree);
    CHECK(parsed.notices.empty());
  }
}

/// Queries that are repaired: the notice is the only one.
void check_assumed(const std::string& query, const Node& tree, const std::string& notice) {
  INFO(query);
  CHECK(to_string(parse(query)) == to_string(tree));
  CHECK(parse(query) == tree);
  CHECK(notices(query) == std::vector<std::string>{notice});
}

} // namespace

TEST_CASE("neighbouring words are one text, as typed") {
  check_understood({
      {"5G cross-licensing royalties", text("5G cross-licensing royalties")},
      {"  a\t\nb\u00A0c\u3000d  ", text("a b c d")},
      {"华为 专利", text("华为 专利")},
      {"Huawei's AT&T C++ U.S. 4,000 6.1\" a/b", text("Huawei's AT&T C++ U.S. 4,000 6.1\" a/b")},
      {"or and not near", text("or and not near")},
      {"who won?", text("who won?")},
      {"what ?! ??", text("what ?! ??")},
      {"", {All{}}},
      {"   ", {All{}}},
      {"*", {All{}}},
      {"a * b", text("a b")},
      {"a (b) c", text("a b c")},
      {"f(x)", text("f x")},
      {"a () b", text("a b")},
  });
}

TEST_CASE("words beside AND are required, whatever else there is") {
  check_understood({
      {"a AND b", all_of({required("a"), required("b")})},
      {"a b AND c d", all_of({text("a"), required("b"), required("c"), text("d")})},
      {"a AND b AND c d", all_of({required("a"), required("b"), required("c"), text("d")})},
      {"(a b) AND (c d)", all_of({required("a b"), required("c d")})},
      {"(a AND b c) AND d", all_of({required("a"), required("b"), required("c"), required("d")})},
      {"a AND company:Nokia b", all_of({required("a"), company("Nokia"), text("b")})},
      {"title:a AND title:(b c)", all_of({{Text{"a", Field::title, true}}, {Text{"b c", Field::title, true}}})},
      {"a AND b OR c d", all_of({required("a"), any_of({text("b"), text("c")}), text("d")})},
      {"* AND a", text("a")},
      {"() AND a b", text("a b")},
      {"(a AND b) near/3 c", {Near{3, {text("a"), text("b"), text("c")}}}},
      {"a and b", text("a and b")},
  });
}

TEST_CASE("a minus excludes at the start of a word only") {
  check_understood({
      {"-a", negation(text("a"))},
      {"a -b c", all_of({text("a"), negation(text("b")), text("c")})},
      {"(-a)", negation(text("a"))},
      {"-\"a b\"", negation(phrase("a b"))},
      {"-(a b)", negation(text("a b"))},
      {"-company:Nokia", negation(company("Nokia"))},
      {"-company:Nokia,Vivo", negation(filter(Field::company, {"Nokia", "Vivo"}))},
      {"company:-Nokia", negation(company("Nokia"))},
      {"company:Vivo,-\"Nokia Oyj\"", all_of({company("Vivo"), negation(company("Nokia Oyj"))})},
      {"-=a", negation({Exact{"a"}})},
      {"-w*", negation({Wildcard{"w*"}})},
      {"-title:a", negation(title("a"))},
      {"title:-a", negation(title("a"))},
      {"-a -b", all_of({negation(text("a")), negation(text("b"))})},
      {"NOT a b", all_of({negation(text("a")), text("b")})},
      {"NOT (a b)", negation(text("a b"))},
      {"NOT NOT a", text("a")},
      {"NOT -a", text("a")},
      {"a AND NOT b", all_of({required("a"), negation(text("b"))})},
      {"-OR", negation(text("OR"))},
      {"cross-licensing 5-10 --help –5 a- -", text("cross-licensing 5-10 --help –5 a-")},
      {"a - b -- c", text("a b c")},
      {"(a)-b", text("a b")},
      {"\"a\"-b", all_of({phrase("a"), text("b")})},
  });
}

TEST_CASE("OR binds closer than the AND between neighbours, negation closest") {
  check_understood({
      {"a OR b", any_of({text("a"), text("b")})},
      {"a b OR c", all_of({text("a"), any_of({text("b"), text("c")})})},
      {"a OR b c", all_of({any_of({text("a"), text("b")}), text("c")})},
      {"a OR b AND c OR d", all_of({any_of({text("a"), text("b")}), any_of({text("c"), text("d")})})},
      {"(a b) OR c", any_of({text("a b"), text("c")})},
      {"a OR (b OR c)", any_of({text("a"), text("b"), text("c")})},
      {"a OR -b", any_of({text("a"), negation(text("b"))})},
      {"a OR NOT b", any_of({text("a"), negation(text("b"))})},
      {"company:Nokia OR company:Vivo", filter(Field::company, {"Nokia", "Vivo"})},
      {"a or b", text("a or b")},
      {"a OR () b", text("a b")},
  });
}

TEST_CASE("quotes make a phrase at the start of a word") {
  check_understood({
      {"\"a b\"", phrase("a b")},
      {"“a b” „c“ «d» ”e”", all_of({phrase("a b"), phrase("c"), phrase("d"), phrase("e")})},
      {"\"a (b) OR -c: *\"", phrase("a (b) OR -c: *")},
      {"\"  a \t b  \"", phrase("a b")},
      {"\"a \\\"b\\\" \\\\ \\c\"", phrase("a \"b\" \\ \\c")},
      {"\"a\" b\"c", all_of({phrase("a"), text("b\"c")})},
      {"\"a\",\"b\"", all_of({phrase("a"), phrase("b")})},
      {"\"\" a \" \"", text("a")},
      {"=\"a b\"", {Phrase{"a b", true}}},
      {"=a", {Exact{"a"}}},
      {"== = ==a a=b", text("== = ==a a=b")},
      {"title:\"a b\"", {Phrase{"a b", false, Field::title}}},
      {"title:=\"a b\"", {Phrase{"a b", true, Field::title}}},
  });
  check_assumed("a \"b c", all_of({text("a"), phrase("b c")}),
                "A quotation mark has no partner, so everything after it was read as one phrase.");
  check_assumed("a \"", text("a"), "A quotation mark has no partner, so everything after it was read as one phrase.");
}

TEST_CASE("in a headline in capitals operators are words") {
  check_understood({
      {"FED NOT EXPECTED TO TAKE MARKET ACTION", text("FED NOT EXPECTED TO TAKE MARKET ACTION")},
      {"U.S. OR JAPAN TO CUT RATES, MINISTER SAYS", text("U.S. OR JAPAN TO CUT RATES, MINISTER SAYS")},
      {"USPTO OR EPO", {Or{{text("USPTO"), text("EPO")}}}},
  });
  CHECK(parse(to_query(parse("(A B C D E OR F)"))) == parse("(A B C D E OR F)"));
}

TEST_CASE("a backslash makes any word plain") {
  check_understood({
      {"\\OR", text("OR")},
      {"\\-a \\w* \\company:x \\\"a \\\\b", text("-a w* company:x \"a \\b")},
      {"-\\-a", negation(text("-a"))},
      {"company:\\-a", company("-a")},
      {"\\", {All{}}},
      {"=\\=a", {Exact{"=a"}}},
  });
}

TEST_CASE("asterisks and inner question marks are wildcards") {
  const auto wildcard = [](std::string pattern) { return Node{Wildcard{std::move(pattern)}}; };
  check_understood({
      {"licens*", wildcard("licens*")},
      {"*licensing", wildcard("*licensing")},
      {"w?ld", wildcard("w?ld")},
      {"?ould", wildcard("?ould")},
      {"wi?d?", wildcard("wi?d")},
      {"f***", wildcard("f*")},
      {"(licens*,)", wildcard("licens*")},
      {"'cross-lic*'", wildcard("cross-lic*")},
      {"wild?*", wildcard("wild?*")},
      {"?!a*b?!", wildcard("?!a*b")},
      {"won? 5G?/6G http://x.org/?q=* a:b?c", text("won? 5G?/6G http://x.org/?q=* a:b?c")},
      {"** ***", {All{}}},
      {"*?", text("*?")},
      {"title:w*", {Wildcard{"w*", Field::title}}},
  });
}

TEST_CASE("SENTENCE joins what must stand in one sentence") {
  check_understood({
      {"a SENTENCE b", {Sentence{{text("a"), text("b")}}}},
      {"a sentence b", text("a sentence b")},
      {"x a SENTENCE b y", all_of({text("x"), {Sentence{{text("a"), text("b")}}}, text("y")})},
      {"a SENTENCE b SENTENCE c", {Sentence{{text("a"), text("b"), text("c")}}}},
      {"a near/5 b SENTENCE c", all_of({{Near{5, {text("a"), text("b")}}}, {Sentence{{text("b"), text("c")}}}})},
      {"\"a b\" SENTENCE =c SENTENCE d*", {Sentence{{phrase("a b"), {Exact{"c"}}, {Wildcard{"d*"}}}}}},
      {"(a OR b) SENTENCE (c d)", {Sentence{{any_of({text("a"), text("b")}), text("c"), text("d")}}}},
      {"title:(a SENTENCE b)", {Sentence{{title("a"), title("b")}}}},
      {"a SENTENCE b OR c", any_of({{Sentence{{text("a"), text("b")}}}, text("c")})},
      {"-(a SENTENCE b)", negation({Sentence{{text("a"), text("b")}}})},
      {"\\SENTENCE", text("SENTENCE")},
  });
  check_assumed("a SENTENCE company:Nokia", all_of({text("a"), company("Nokia")}),
                "Only words and phrases can stand in one sentence, so SENTENCE was read as AND.");
  check_assumed("a SENTENCE", text("a SENTENCE"),
                "\"SENTENCE\" has nothing to apply to here, so it was read as a plain word.");
  check_assumed("a SENTENCE near/3 b", {Sentence{{text("a"), text("b")}}},
                "Of the operators in a row, only \"SENTENCE\" was used.");
}

TEST_CASE("ATLEAST counts what follows it") {
  check_understood({
      {"ATLEAST/3 a", {AtLeast{3, {text("a")}}}},
      {"atleast/3 a", {AtLeast{3, {text("a")}}}},
      {"ATLEAST3(a)", {AtLeast{3, {text("a")}}}},
      {"ATLEAST/3 a b", all_of({{AtLeast{3, {text("a")}}}, text("b")})},
      {"ATLEAST/3 (a b)", all_of({{AtLeast{3, {text("a")}}}, {AtLeast{3, {text("b")}}}})},
      {"ATLEAST/2 \"a b\"", {AtLeast{2, {phrase("a b")}}}},
      {"ATLEAST/2 =a", {AtLeast{2, {{Exact{"a"}}}}}},
      {"ATLEAST/2 (a* OR b)", {AtLeast{2, {any_of({{Wildcard{"a*"}}, text("b")})}}}},
      {"ATLEAST/2 title:a", {AtLeast{2, {title("a")}}}},
      {"title:(ATLEAST/2 a)", {AtLeast{2, {title("a")}}}},
      {"NOT ATLEAST/2 a", negation({AtLeast{2, {text("a")}}})},
      {"ATLEAST/2 -a", negation({AtLeast{2, {text("a")}}})},
      {"ATLEAST/2 a OR b", any_of({{AtLeast{2, {text("a")}}}, text("b")})},
      {"atleast 3 a", text("atleast 3 a")},
      {"at/3 ATLEAST/x ATLEAST/", text("at/3 ATLEAST/x ATLEAST/")},
  });
  check_assumed("ATLEAST/0 a", {AtLeast{1, {text("a")}}},
                "The number of \"ATLEAST/0\" was read as 1: it goes from 1 to 1000.");
  check_assumed("ATLEAST a", text("ATLEAST a"),
                "ATLEAST has no number, as ATLEAST/3 has, so it was read as a plain word.");
  check_assumed("a ATLEAST/3", text("a ATLEAST/3"),
                "\"ATLEAST/3\" has nothing to apply to here, so it was read as a plain word.");
  const std::string k_left_out = "Only words and phrases can be counted, so ATLEAST was left out.";
  check_assumed("ATLEAST/3 company:Nokia", company("Nokia"), k_left_out);
  check_assumed("ATLEAST/3 ATLEAST/2 a", {AtLeast{2, {text("a")}}}, k_left_out);
  check_assumed("ATLEAST/3 a near/5 b", all_of({{AtLeast{3, {text("a")}}}, text("b")}),
                "Only words and phrases can stand near each other, so near was read as AND.");
}

TEST_CASE("near makes a window of its operands") {
  check_understood({
      {"a near/5 b", {Near{5, {text("a"), text("b")}}}},
      {"a NEAR/5 b", {Near{5, {text("a"), text("b")}}}},
      {"a NEAR b", {Near{k_default_distance, {text("a"), text("b")}}}},
      {"a near b", text("a near b")},
      {"x a near/5 b y", all_of({text("x"), {Near{5, {text("a"), text("b")}}}, text("y")})},
      {"a near/5 b near/5 c", {Near{5, {text("a"), text("b"), text("c")}}}},
      {"a near/5 b near/3 c", all_of({{Near{5, {text("a"), text("b")}}}, {Near{3, {text("b"), text("c")}}}})},
      {"\"a b\" near/2 =c near/2 d*", {Near{2, {phrase("a b"), {Exact{"c"}}, {Wildcard{"d*"}}}}}},
      {"(a b) near/5 c", {Near{5, {text("a"), text("b"), text("c")}}}},
      {"(a OR b) near/5 c", {Near{5, {any_of({text("a"), text("b")}), text("c")}}}},
      {"title:(a near/5 b)", {Near{5, {title("a"), title("b")}}}},
      {"a near/5 b OR c", any_of({{Near{5, {text("a"), text("b")}}}, text("c")})},
      {"a near/05 b", {Near{5, {text("a"), text("b")}}}},
      {"a near/5 () b", text("a b")},
      {"a near/x b near/ c near/-1", text("a near/x b near/ c near/-1")},
  });
  check_assumed("a near/5000 b", {Near{1000, {text("a"), text("b")}}},
                "The distance of \"near/5000\" was read as 1000: it goes from 1 to 1000.");
  check_assumed("a near/0 b", {Near{1, {text("a"), text("b")}}},
                "The distance of \"near/0\" was read as 1: it goes from 1 to 1000.");
  check_assumed("a near/99999999999999999999 b", {Near{1000, {text("a"), text("b")}}},
                "The distance of \"near/99999999999999999999\" was read as 1000: it goes from 1 to 1000.");
  const std::string k_as_and = "Only words and phrases can stand near each other, so near was read as AND.";
  check_assumed("a near/5 company:Nokia", all_of({text("a"), company("Nokia")}), k_as_and);
  check_assumed("a near/5 -b", all_of({text("a"), negation(text("b"))}), k_as_and);
}

TEST_CASE("fields by any of their names, in any case") {
  check_understood({
      {"company:Huawei", company("Huawei")},
      {"COMPANY:Huawei", company("Huawei")},
      {"company:Huawei Technologies", all_of({company("Huawei"), text("Technologies")})},
      {"company:\"Apple, Inc.\",Nokia", filter(Field::company, {"Apple, Inc.", "Nokia"})},
      {"company:Nokia, Vivo", all_of({company("Nokia"), text("Vivo")})},
      {"company:(Nokia OR Vivo)", filter(Field::company, {"Nokia", "Vivo"})},
      {"company:(Nokia, Vivo)", filter(Field::company, {"Nokia", "Vivo"})},
      {"company:(Ran Xu OR \"a b\")", filter(Field::company, {"Ran Xu", "a b"})},
      {"company:(Nokia AND Vivo)", all_of({company("Nokia"), company("Vivo")})},
      {"company:(Nokia -Vivo)", all_of({company("Nokia"), negation(company("Vivo"))})},
      {"company:(Nokia place:Oulu)", all_of({company("Nokia"), filter(Field::place, {"Oulu"})})},
      {"company:Hua*", company("Hua*")},
      {"company:\"//\"", company("//")},
      {"company:AT&T", company("AT&T")},
      {"tech:5G,6G", filter(Field::technology, {"5G", "6G"})},
      {"org:ETSI", filter(Field::organization, {"ETSI"})},
      {"people:Xu", filter(Field::person, {"Xu"})},
      {"source:Reuters", filter(Field::outlet, {"Reuters"})},
      {"by:Doe", filter(Field::author, {"Doe"})},
      {"lang:de", filter(Field::language, {"de"})},
      {"path:/a/b,c.txt", filter(Field::location, {"/a/b,c.txt"})},
      {"path:\"/a (1)/b  c.txt\"", filter(Field::location, {"/a (1)/b  c.txt"})},
      {"url:https://x.org/?a=1", filter(Field::url, {"https://x.org/?a=1"})},
      {"title:a b", all_of({title("a"), text("b")})},
      {"headline:(a b)", title("a b")},
      {"title:a title:b", title("a b")},
      {"title:(a \"b c\")", all_of({title("a"), {Phrase{"b c", false, Field::title}}})},
      {"title:a,b", any_of({title("a"), title("b")})},
      {"title:\"a b\",c", any_of({{Phrase{"a b", false, Field::title}}, title("c")})},
      {"title:4,000", title("4,000")},
      {"title:a, b", all_of({title("a,"), text("b")})},
      {"title:(a OR b) c", all_of({any_of({title("a"), title("b")}), text("c")})},
      {"title:company:x", title("company:x")},
      {"body:a b", text("a b")},
      {"a OR company:Nokia b", all_of({any_of({text("a"), company("Nokia")}), text("b")})},
  });
}

TEST_CASE("a colon in other places means nothing") {
  check_understood({
      {"http://x.org https://y.org/a?b", text("http://x.org https://y.org/a?b")},
      {"12:30 Re: note: C: C:\\temp a:b std::vector :x x:", text("12:30 Re: note: C: C:\\temp a:b std::vector :x x:")},
      {"NASDAQ:AAPL", text("NASDAQ AAPL")},
      {"-NYSE:T", negation(text("NYSE T"))},
  });
}

TEST_CASE("unknown fields are words") {
  check_assumed(
      "foobar:\"a b\" c", all_of({text("foobar"), phrase("a b"), text("c")}),
      "There is no field \"foobar\", so it was read as plain words (fields: body, title, company, organization, "
      "person, place, technology, outlet, author, language, year, month, day, date, location, file, url).");
  check_assumed("-pla:a", negation(text("pla a")),
                "There is no field \"pla\", so it was read as plain words (fields: " +
                    notices("pla:a").at(0).substr(notices("pla:a").at(0).find("fields: ") + 8));
  check_assumed("digest:a", text("digest a"), notices("digest:a").at(0));
}

TEST_CASE("of a field with a slip only what follows is looked for, and the notice names the fields that are near") {
  const auto notice = [](const std::string& name, const std::string& field) {
    return "There is no field \"" + name + "\", so what follows it was read as plain words (fields: " + field + ").";
  };
  check_assumed("compny:Huawei", text("Huawei"), notice("compny", "company"));
  check_assumed("a -compny:Huawei", all_of({text("a"), negation(text("Huawei"))}), notice("compny", "company"));
  check_assumed("tittle:(a b)", text("a b"), notice("tittle", "title"));
  check_assumed("-tittle:\"a b\"", negation(phrase("a b")), notice("tittle", "title"));
}

TEST_CASE("a known field without a value is a word") {
  const std::string notice = "The field \"company\" has no value after its colon, so it was read as a plain word.";
  check_assumed("company: Huawei", text("company: Huawei"), notice);
  check_assumed("company:", text("company:"), notice);
  check_assumed("(company:)", text("company:"), notice);
  check_assumed("company:\"\" a", text("company: a"), notice);
  check_assumed("company:,, a", text("company: a"), notice);
  check_assumed("-company:- a", all_of({negation(text("company:")), text("a")}), notice);
  CHECK(parse("title:- a") == text("title: a"));
}

TEST_CASE("dates") {
  check_understood({
      {"date:2023", period("2023")},
      {"date:2023-09..2024-03 a", all_of({period("2023-09..2024-03"), text("a")})},
      {"date:>=2023", period("2023..")},
      {"date:..2019", period("..2019")},
      {"date:\"2023 .. 2024\"", period("2023..2024")},
      {"date:2021,2023", any_of({period("2021"), period("2023")})},
      {"date:(2021 OR 2023)", any_of({period("2021"), period("2023")})},
      {"-date:2023", negation(period("2023"))},
      {"year:2023 month:2023-09 day:2023-09-14", all_of({period("2023"), period("2023-09"), period("2023-09-14")})},
      {"date:today", period("2024-03-31")},
      {"date:1m", period("2024-02-29..2024-03-31")},
  });
  check_assumed("date:2024..2023", period("2023..2024"),
                "The range \"2024..2023\" runs backwards, so its ends were swapped.");
  check_assumed("date:2023-13 a", text("2023-13 a"),
                "\"2023-13\" is no date, so it was read as plain words (dates are written 2023, 2023-09, 2023-09-14 or "
                "2023-09..2024-03).");
  check_assumed("date:\"(soon)\"", text("soon"),
                "\"(soon)\" is no date, so it was read as plain words (dates are written 2023, 2023-09, 2023-09-14 or "
                "2023-09..2024-03).");
}

TEST_CASE("parentheses are repaired") {
  const std::string k_unclosed = "An opening parenthesis has no partner, so it was closed at the end.";
  const std::string k_unopened = "A closing parenthesis has no partner and was left out.";
  check_assumed("a (b OR c", all_of({text("a"), any_of({text("b"), text("c")})}), k_unclosed);
  check_assumed("((a", text("a"), k_unclosed);
  check_assumed("a) b :)", text("a b :"), k_unopened);
  check_assumed(")", {All{}}, k_unopened);
}

TEST_CASE("operators with nothing to apply to are words") {
  const auto notice = [](const std::string& word) {
    return '"' + word + "\" has nothing to apply to here, so it was read as a plain word.";
  };
  check_assumed("OR", text("OR"), notice("OR"));
  check_assumed("OR a", text("OR a"), notice("OR"));
  check_assumed("a OR", text("a OR"), notice("OR"));
  check_assumed("a (b AND) c", text("a b AND c"), notice("AND"));
  check_assumed("a NOT", text("a NOT"), notice("NOT"));
  check_assumed("a near/5", text("a near/5"), notice("near/5"));
  check_assumed("a OR NOT", any_of({text("a"), text("NOT")}), notice("NOT"));
  check_assumed("a OR OR b", any_of({text("a"), text("b")}), "Of the operators in a row, only \"OR\" was used.");
  check_assumed("a AND OR b", all_of({required("a"), required("b")}),
                "Of the operators in a row, only \"AND\" was used.");
}

TEST_CASE("invalid bytes and control characters do no harm") {
  check_understood({
      {"a\x01"
       "b\x1B[31m",
       text("a b [31m")},
      {"a\xFF"
       "b",
       text("a\uFFFDb")},
      {std::string{"a\0b", 3}, text("a b")},
  });
}

TEST_CASE("the examples of the manual are understood") {
  check_understood({
      {"5G licens* company:Huawei date:2023-09..",
       all_of({text("5G"), {Wildcard{"licens*"}}, company("Huawei"), period("2023-09..")})},
      {"title:(settle* OR \"patent peace\") company:Nokia,Ericsson",
       all_of({any_of({{Wildcard{"settle*", Field::title}}, {Phrase{"patent peace", false, Field::title}}}),
               filter(Field::company, {"Nokia", "Ericsson"})})},
      {"(royalty OR royalties) near/5 rate -music -\"record label\"",
       all_of({{Near{5, {any_of({text("royalty"), text("royalties")}), text("rate")}}},
               negation(text("music")),
               negation(phrase("record label"))})},
      {"date:1m patents -outlet:Reuters",
       all_of({period("1m"), text("patents"), negation(filter(Field::outlet, {"Reuters"}))})},
      {"lang:de =\"Standard Essential Patents\"",
       all_of({filter(Field::language, {"de"}), {Phrase{"Standard Essential Patents", true}}})},
  });
}

TEST_CASE("options narrow a query") {
  const auto narrowed = [](Node root, Field field, std::vector<std::string> values) {
    return with_filter(std::move(root), field, values, k_today);
  };
  CHECK(narrowed(text("a"), Field::company, {}) == text("a"));
  CHECK(narrowed({All{}}, Field::company, {"Huawei"}) == company("Huawei"));
  CHECK(narrowed(text("a"), Field::company, {"Huawei", "Apple, Inc.,Nokia"}) ==
        all_of({text("a"), filter(Field::company, {"Huawei", "Apple, Inc.", "Nokia"})}));
  CHECK(narrowed(text("a"), Field::company, {"Huawei", "-Nokia"}) ==
        all_of({text("a"), negation(company("Nokia")), company("Huawei")}));
  CHECK(narrowed({All{}}, Field::company, {"-Nokia", " ", "-"}) == negation(company("Nokia")));
  CHECK(narrowed(any_of({text("a"), text("b")}), Field::place, {"Oulu"}) ==
        all_of({any_of({text("a"), text("b")}), filter(Field::place, {"Oulu"})}));
  CHECK(narrowed({All{}}, Field::year, {"2021,2023", "-2022"}) ==
        all_of({negation(period("2022")), any_of({period("2021"), period("2023")})}));
  CHECK(narrowed({All{}}, Field::location, {"/a,b/c  d"}) == filter(Field::location, {"/a,b/c  d"}));
  CHECK(narrowed({All{}}, Field::title, {"cross (licensing)"}) == title("cross licensing"));
  CHECK(narrowed({All{}}, Field::company, {"a\tb"}) == company("a b"));
  CHECK_THROWS_AS(narrowed({All{}}, Field::month, {"2023-13"}), pfind::UsageError);
}

TEST_CASE("a period narrows a query") {
  const Period period = period_from("2023-09", k_today).value();
  CHECK(with_period(text("a"), period) == all_of({text("a"), {period}}));
  CHECK(with_period({All{}}, period) == Node{period});
}
