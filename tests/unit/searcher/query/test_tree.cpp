#include <catch2/catch.hpp>

#include "searcher/query/tree.hpp"

using pfind::Date;
using pfind::Field;
using namespace pfind::query;

namespace {

Node text(std::string words, Field field = Field::body) { return {Text{std::move(words), field}}; }
Node company(std::string name) { return {Filter{Field::company, {std::move(name)}}}; }

} // namespace

TEST_CASE("a conjunction opens nested ones, drops All and joins neighbouring texts of a field") {
  CHECK(all_of({}) == Node{All{}});
  CHECK(all_of({{All{}}, {All{}}}) == Node{All{}});
  CHECK(all_of({{All{}}, company("Nokia")}) == company("Nokia"));
  CHECK(all_of({text("wi"), {All{}}, text("fi")}) == text("wi fi"));
  CHECK(all_of({text("a"), text("b", Field::title), text("c")}) ==
        Node{And{{text("a"), text("b", Field::title), text("c")}}});
  CHECK(all_of({company("Nokia"), all_of({company("Vivo"), text("a")}), text("b")}) ==
        Node{And{{company("Nokia"), company("Vivo"), text("a b")}}});
}

TEST_CASE("a disjunction opens nested ones and joins neighbouring filters of a field") {
  CHECK(any_of({text("a")}) == text("a"));
  CHECK(any_of({company("Nokia"), company("Vivo")}) == Node{Filter{Field::company, {"Nokia", "Vivo"}}});
  CHECK(any_of({text("a"), any_of({text("b"), company("Nokia")}), company("Vivo")}) ==
        Node{Or{{text("a"), text("b"), {Filter{Field::company, {"Nokia", "Vivo"}}}}}});
  CHECK(any_of({company("Nokia"), {Filter{Field::place, {"Oulu"}}}}) ==
        Node{Or{{company("Nokia"), {Filter{Field::place, {"Oulu"}}}}}});
}

TEST_CASE("negation twice is nothing") {
  CHECK(negation(text("a")) == Node{Not{{text("a")}}});
  CHECK(negation(negation(text("a"))) == text("a"));
}

TEST_CASE("a tree is printed with one line per node") {
  const Node tree =
      all_of({text("5G royalties"),
              any_of({{Phrase{"cross licence", true, Field::title}}, {Wildcard{"licens*"}}, {Exact{"FRAND"}}}),
              {Near{5, {text("a"), {Phrase{"b \"c\""}}}}},
              {Sentence{{text("a"), text("b")}}},
              {AtLeast{3, {text("a")}}},
              {Filter{Field::company, {"Nokia", "Vivo"}}},
              negation({Period{Date{2023, 1, 1, -1}, std::nullopt}}),
              text("won", Field::title)});
  CHECK(to_string(tree) == "all of\n"
                           "  words: 5G royalties\n"
                           "  any of\n"
                           "    exact phrase in title: \"cross licence\"\n"
                           "    wildcard: licens*\n"
                           "    exact word: FRAND\n"
                           "  near, within 5\n"
                           "    words: a\n"
                           "    phrase: \"b \\\"c\\\"\"\n"
                           "  in one sentence\n"
                           "    words: a\n"
                           "    words: b\n"
                           "  at least 3 times\n"
                           "    words: a\n"
                           "  company: \"Nokia\" or \"Vivo\"\n"
                           "  not\n"
                           "    date: 2023..\n"
                           "  words in title: won\n");
  CHECK(to_string(Node{All{}}) == "everything\n");
}

TEST_CASE("a tree is printed in the query language") {
  CHECK(to_query({All{}}) == "*");
  CHECK(to_query(text("5G royalties")) == "5G royalties");
  CHECK(to_query(text("OR -a w* foo:bar")) == "\\OR \\-a \\w* \\foo:bar");
  CHECK(to_query(text("won", Field::title)) == "title:won");
  CHECK(to_query(text("won a,b", Field::title)) == "title:(won a,b)");
  CHECK(to_query(text("a,b", Field::title)) == "title:(a,b)");
  CHECK(to_query({Phrase{"a \"b\" \\ “c”"}}) == "\"a \\\"b\\\" \\\\ \\“c\\”\"");
  CHECK(to_query({Phrase{"a b", true, Field::title}}) == "title:=\"a b\"");
  CHECK(to_query({Exact{"=x"}}) == "=\\=x");
  CHECK(to_query(negation(text("a"))) == "-a");
  CHECK(to_query(negation(text("--a"))) == "-\\--a");
  CHECK(to_query(negation(text("a b"))) == "-(a b)");
  CHECK(to_query(negation(company("Nokia"))) == "-company:Nokia");
  CHECK(to_query({Filter{Field::company, {"Nokia", "Apple, Inc.", "-x", "华为"}}}) ==
        "company:Nokia,\"Apple, Inc.\",\"-x\",\"华为\"");
  CHECK(to_query({Filter{Field::location, {"/a"}}}) == "location:\"/a\"");
  CHECK(to_query({Period{Date{2023, 9, 1, -1}, Date{2024, 3, 31, -1}}}) == "date:2023-09..2024-03");
}

TEST_CASE("parentheses are printed where they are needed only") {
  const Node a = text("a");
  const Node b = text("b");
  const Node two = text("c d");
  CHECK(to_query(all_of({a, any_of({b, company("Nokia")}), two})) == "a b OR company:Nokia c d");
  CHECK(to_query(any_of({two, b})) == "(c d) OR b");
  CHECK(to_query(any_of({text("c d", Field::title), b})) == "title:(c d) OR b");
  CHECK(to_query(any_of({all_of({a, company("Nokia")}), b})) == "(a company:Nokia) OR b");
  CHECK(to_query(negation(any_of({a, b}))) == "-(a OR b)");
  CHECK(to_query(any_of({{Near{3, {a, any_of({b, two})}}}, negation(a)})) == "a near/3 (b OR (c d)) OR -a");
  CHECK(to_query(negation({Near{3, {a, b}}})) == "-(a near/3 b)");
  CHECK(to_query(negation({Sentence{{a, any_of({a, b})}}})) == "-(a SENTENCE (a OR b))");
  CHECK(to_query(all_of({{Sentence{{a, b}}}, a})) == "a SENTENCE b a");
  CHECK(to_query(any_of({{AtLeast{3, {a}}}, b})) == "ATLEAST/3 a OR b");
  CHECK(to_query(negation({AtLeast{3, {any_of({a, b})}}})) == "-(ATLEAST/3 (a OR b))");
}

TEST_CASE("what is said twice is asked for once") {
  const Node a = text("a");
  const Node wild{Wildcard{"a*"}};
  CHECK(without_repetitions(all_of({wild, company("Nokia"), wild, a})) == all_of({wild, company("Nokia"), a}));
  CHECK(without_repetitions(all_of({a, wild, text("b"), wild, text("c")})) == all_of({a, wild, text("b c")}));
  CHECK(without_repetitions(any_of({a, wild, a})) == any_of({a, wild}));
  CHECK(without_repetitions(all_of({wild, wild})) == wild);
  CHECK(without_repetitions(negation(all_of({wild, wild}))) == negation(wild));
  CHECK(without_repetitions({Near{3, {a, a}}}) == Node{Near{3, {a, a}}}); // two places
  CHECK(without_repetitions(a) == a);
}
