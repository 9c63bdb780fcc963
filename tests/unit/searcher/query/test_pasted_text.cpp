#include <catch2/catch.hpp>

#include "searcher/query/parser.hpp"
#include "searcher/query/pasted_text.hpp"

using namespace pfind::query;

namespace {

ParsedQuery parsed(std::string_view query) { return parse_query(query, {2024, 3, 31, -1}); }

} // namespace

TEST_CASE("sentences of a dozen words are a pasted text") {
  const std::string text = GENERATE(
      "The court in Munich ruled on Friday that the royalties of the pool were too high.",
      "the parties said that the terms of the licence are secret. No court has seen them yet",
      "Is the licence that Huawei grants to the makers of phones a fair and reasonable one?",
      "owners of the patents, who had met in the spring of last year, said that the rates of the pool would fall",
      "The judge said: \"The rates are fair.\" The owners of the pool were glad to hear it");
  INFO(text);
  CHECK(is_pasted_text(text));
  CHECK_FALSE(is_pasted_text('(' + text + ')'));
}

TEST_CASE("words that somebody typed are no pasted text") {
  const std::string query =
      GENERATE("", "The court ruled. It was late.", "royalties -lawsuit",
               "articles about the royalties that Huawei asks of Samsung for phones in Europe and Asia -lawsuit",
               "articles on the patents of St. Louis or of Apple Inc. Samsung and others in the U.S. Texas -lawsuit",
               "Huawei, Nokia, Ericsson, Samsung, Apple, Xiaomi, Oppo, Vivo, Honor, Sony, Sharp, Lenovo, Motorola, LG, "
               "ZTE, Google, Meta, Intel, AMD, Arm, IBM.",
               "patent licence royalties rates Huawei Nokia Ericsson Samsung phones cars Germany France -lawsuit.");
  INFO(query);
  CHECK_FALSE(is_pasted_text(query));
}

TEST_CASE("in a pasted text dashes, quotation marks and operators are no more than that") {
  const std::string text = "The long -term effects of the licence, \"the owners said, are not known. They must NOT be "
                           "ignored OR denied - source:Wire \u201Cwe know *that* =too: a foo:bar. Note: it ends";
  const ParsedQuery query = parsed(text);
  const Node words = {
      Text{"The long term effects of the licence, the owners said, are not known. They must NOT be ignored OR "
           "denied"}};
  const Node more = {Text{"we know that* too: a foo:bar. Note: it ends"}};
  CHECK(query.root == all_of({words, {Filter{pfind::Field::outlet, {"Wire"}}}, more}));
  CHECK(query.notices == std::vector<std::string>{"The query reads like a pasted text, in which a dash or NOT excludes "
                                                  "nothing; in parentheses it would."});
}

TEST_CASE("a pasted text in parentheses, and what is typed, exclude as ever") {
  const std::string text = "The long effects of the licence are not known. They must be -ignored by the owners";
  CHECK(std::holds_alternative<Text>(parsed(text).root.node));
  const ParsedQuery query = parsed('(' + text + ')');
  CHECK(std::holds_alternative<And>(query.root.node));
  CHECK(query.notices.empty());
  CHECK(parsed(to_query(query.root)).root == query.root);
}
