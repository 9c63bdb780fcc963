// Properties of every query, on seeded random ones.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <random>

#include "searcher/query/lexer.hpp"
#include "searcher/query/parser.hpp"
#include "tests/support/trials.hpp"

using pfind::Date;
using pfind::Field;
using namespace pfind::query;

namespace {

constexpr Date k_today{2024, 3, 31, -1};

using Random = std::mt19937;

int below(Random& random, int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); }

template <class Values>
auto pick(Random& random, const Values& values) {
  return values[static_cast<std::size_t>(below(random, static_cast<int>(std::size(values))))];
}

std::string random_bytes(Random& random) {
  std::string bytes(static_cast<std::size_t>(below(random, 60)), ' ');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

/// Made of what means something, so that every rule meets every other.
std::string random_query(Random& random) {
  static constexpr std::array<std::string_view, 56> k_pieces{
      "a",        "bc",       "5G",         " ",        " ",           " ",       " ",     "\"",    "\"",   "“",
      "”",        "«",        "(",          "(",        ")",           ")",       "-",     "--",    "=",    "\\",
      "*",        "?",        ",",          ":",        "OR",          " OR ",    " AND ", " NOT ", "NEAR", "near/5",
      " near/5 ", " NEAR/7 ", "company:",   "title:",   "date:",       "2023",    "-09",   "..",    ">=",   "foo:",
      "NYSE:",    "path:",    "/",          "\u00A0",   "华为",        "ü",       "\xC3",  "\x01",  "url:", "7d",
      "'",        "body:",    " SENTENCE ", "SENTENCE", " ATLEAST/3 ", "ATLEAST2"};
  std::string query;
  for (int length = below(random, 25); length > 0; --length) query += pick(random, k_pieces);
  return query;
}

std::string random_word(Random& random) {
  static constexpr std::array<std::string_view, 29> k_words{
      "a",   "b-c", "5G", "华为",     "OR",       "NOT",      "near/5",    "-a",      "--a",     "=a",
      "\\a", "\"a", "w*", "w?ld",     "//",       "won?",     "title:a",   "foo:bar", "a,b",     "4,000",
      "«a",  "C++", "*",  "company:", "http://x", "SENTENCE", "ATLEAST/3", "ATLEAST", "atleast2"};
  return std::string{pick(random, k_words)};
}

std::string random_words(Random& random) {
  std::string words = random_word(random);
  while (below(random, 3) == 0) words += ' ' + random_word(random);
  return words;
}

Field random_text_field(Random& random) { return below(random, 4) == 0 ? Field::title : Field::body; }

Node random_period(Random& random) {
  static constexpr std::array<std::string_view, 8> k_periods{
      "2023", "..2019-11", "2020-02-03..", "2023-01..2023-06", "2023-01-01", "0987", "2022-12-31..2023-01-01", "7d"};
  return {parse_period(pick(random, k_periods), k_today).value()};
}

Node random_filter(Random& random) {
  static constexpr std::array k_fields{Field::company, Field::place, Field::language, Field::location, Field::url};
  Filter filter{pick(random, k_fields), {random_words(random)}};
  while (below(random, 3) == 0)
    filter.values.push_back(random_words(random) + pick(random, std::array{"", ")", "(x)", "\\"}));
  return {filter};
}

Node random_near_operand(Random& random) {
  switch (below(random, 4)) {
  case 0: return {Phrase{random_words(random), below(random, 2) == 0, random_text_field(random)}};
  case 1: return {Exact{random_word(random), random_text_field(random)}};
  case 2: return {Wildcard{"a?b*", random_text_field(random)}};
  default: return {Text{random_word(random), random_text_field(random)}};
  }
}

Node random_place(Random& random) {
  Node operand = random_near_operand(random);
  if (below(random, 4) == 0) return any_of({std::move(operand), random_near_operand(random)});
  return operand;
}

/// What asks where words stand.
Node random_near(Random& random) {
  if (below(random, 3) == 0) return {AtLeast{below(random, k_max_mentions) + 1, {random_place(random)}}};
  std::vector<Node> operands{random_place(random)};
  do operands.push_back(random_place(random));
  while (below(random, 3) == 0);
  if (below(random, 2) == 0) return {Sentence{std::move(operands)}};
  return {Near{below(random, k_max_distance) + 1, std::move(operands)}};
}

Node random_tree(Random& random, int depth) {
  const int kind = below(random, depth > 0 ? 10 : 6);
  const auto operands = [&] {
    std::vector<Node> nodes;
    for (int count = below(random, 3) + 2; count > 0; --count) nodes.push_back(random_tree(random, depth - 1));
    return nodes;
  };
  switch (kind) {
  case 0: return {Text{random_words(random), random_text_field(random)}};
  case 1: return random_near_operand(random);
  case 2: return random_near(random);
  case 3: return random_filter(random);
  case 4: return random_period(random);
  case 5: return below(random, 5) == 0 ? Node{All{}} : Node{Text{random_word(random)}};
  case 6: return negation(random_tree(random, depth - 1));
  case 7: return any_of(operands());
  default: return all_of(operands());
  }
}

void check_notices(const std::vector<std::string>& notices) {
  for (const std::string& notice : notices) {
    CHECK(notice == sanitized(notice));
    CHECK(notice.ends_with('.'));
    CHECK(notice.size() < 400);
  }
}

/// What is printed in the query language is read back as the same tree, without a notice.
void check_round_trip(const Node& tree) {
  const std::string query = to_query(tree);
  INFO("printed: " << query);
  const ParsedQuery again = parse_query(query, k_today);
  CHECK(to_string(again.root) == to_string(tree));
  CHECK(again.root == tree);
  CHECK(again.notices == std::vector<std::string>{});
}

} // namespace

TEST_CASE("any bytes are a query that can be printed and read again") {
  Random random{20240331};
  for (int i = 0; i < 20'000; ++i) {
    const std::string query = i % 4 == 0 ? random_bytes(random) : random_query(random);
    INFO("query: " << query);
    const ParsedQuery parsed = parse_query(query, k_today);
    check_notices(parsed.notices);
    check_round_trip(parsed.root);
  }
}

TEST_CASE("any tree can be printed and read again") {
  Random random{7};
  for (int i = 0; i < 20'000; ++i) check_round_trip(random_tree(random, 4));
}

TEST_CASE("huge queries are read whole") {
  const auto repeated = [](std::string_view piece) {
    std::string text;
    for (int i = 0; i < pfind::tests::trials(100'000); ++i) text += piece;
    return text;
  };
  const std::string piece =
      GENERATE(as<std::string>{}, "word ", "word", "(", ")", "(a ", "a) ", "-", "- ", "-(", "\"", "\"\"", "\"a\"",
               "\"a", "=", "=\"", "NOT ", "OR ", "a OR ", "OR NOT ", "AND OR ", "a near/5 ", "a near/5 b near/3 ",
               "near/5 ", "a SENTENCE ", "SENTENCE ", "ATLEAST/3 ", "ATLEAST/3 a ", "ATLEAST3(",
               "title:", "company:", "company:a,", "company:\"a\"", "title:a,", "title:\"a\",", "title:-",
               "foo:", "foo:a ", "foo:\"\"", "foo:(", "company:a OR ", "date:2023-13 ", "date:2024..2023,", "*", "?",
               "a*", "a?", "\\", "\\ ", ",", ":", "\xFF", "\x01", "\u3000", "-a ", "()", "() OR ", "(a OR (b ");
  INFO("piece: " << piece);
  const ParsedQuery parsed = parse_query(repeated(piece), k_today);
  check_notices(parsed.notices);
  CHECK(parsed.notices.size() <= 10);
  CHECK(parse_query(to_query(parsed.root), k_today).root == parsed.root);
}

TEST_CASE("every word of a huge query is kept") {
  std::string query;
  for (int i = 0; i < 100'000; ++i) query += 'w' + std::to_string(i) + ' ';
  query.pop_back();
  CHECK(parse_query(query, k_today).root == Node{Text{query}});
}

TEST_CASE("parentheses are read to their limit, and deeper ones left out") {
  const auto nested = [](int depth) {
    std::string query = "x";
    for (int i = 0; i < depth; ++i) query = "(a b OR " + query + ")";
    return query;
  };
  CHECK(parse_query(nested(k_max_nesting), k_today).notices.empty());
  check_round_trip(parse_query(nested(k_max_nesting), k_today).root);
  for (const int depth : {k_max_nesting + 1, 10'000}) {
    const std::vector<std::string> notices = parse_query(nested(depth), k_today).notices;
    CHECK(notices == std::vector<std::string>{"Parentheses nested deeper than 100 were left out."});
  }
}
