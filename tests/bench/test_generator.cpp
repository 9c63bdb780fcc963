#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "corpus/reader/reader.hpp"
#include "tests/bench/generator/article_model.hpp"
#include "tests/bench/generator/generator.hpp"
#include "tests/bench/generator/growth.hpp"
#include "tests/bench/generator/tokens.hpp"
#include "tests/bench/generator/word_maker.hpp"

namespace pfind::bench {
namespace {

/// Articles whose vocabulary grows as in real text: a word is drawn by Zipf's law from many.
std::vector<Article> zipf_articles(std::size_t count) {
  Random random(7);
  std::vector<Article> articles;
  for (std::size_t i = 0; i < count; ++i) {
    Article article;
    article.title = "Report " + std::string(1, static_cast<char>('a' + i % 26));
    article.language = i % 10 == 0 ? "de" : "en";
    article.date = Date{2020, 1 + static_cast<int>(i * 12 / count), 3};
    for (std::size_t word = 0; word < 80; ++word) {
      const double uniform = (static_cast<double>(random.below(1U << 30U)) + 1) / (1U << 30U);
      auto rank = static_cast<std::size_t>(std::pow(uniform, -1.6));
      std::string text;
      for (rank = std::min<std::size_t>(rank, 100'000'000); rank > 0; rank /= 20)
        text += static_cast<char>('a' + rank % 20);
      if (word % 20 == 10)
        text = "by " + std::string(i % 3 == 0 ? "Acme Steel Corp" : "Bolt Motor Inc") + " and New York";
      article.body += (article.body.empty() ? "" : " ") + text + (word % 10 == 9 ? "." : "");
    }
    articles.push_back(std::move(article));
  }
  return articles;
}

const ArticleModel& model() {
  static const ArticleModel made = [] {
    ArticleModel learning;
    for (const Article& article : zipf_articles(2000)) learning.learn(article);
    learning.finish();
    return learning;
  }();
  return made;
}

std::string lines(std::size_t count, std::uint64_t seed) {
  Generator generator(model(), count, seed);
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += json_line(generator.next());
  return all;
}

} // namespace

TEST_CASE("generator: the same seed writes the same articles, another seed others") {
  const std::string first = lines(50, 1);
  CHECK(first == lines(50, 1));
  CHECK(first != lines(50, 2));
  CHECK(std::ranges::count(first, '\n') == 50);
}

TEST_CASE("generator: the vocabulary grows with the text as that of the articles learnt, and on by its power law") {
  const HeapsLaw& law = model().vocabulary();
  CHECK(law.exponent() > 0.3);
  CHECK(law.exponent() < 1);
  Generator generator(model(), 10'000, 1);
  for (std::size_t i = 1; i <= 10'000; ++i) {
    generator.next();
    if (i != 500 && i != 2000 && i != 5000 && i != 10'000) continue;
    const auto words = static_cast<double>(generator.vocabulary().size());
    const double expected = law.distinct(words);
    INFO(i << " articles, " << words << " words");
    CHECK(static_cast<double>(generator.vocabulary().distinct()) == Approx(expected).epsilon(0.03));
  }
}

TEST_CASE("generator: the words that a vocabulary counts are those of the articles") {
  Generator generator(model(), 100, 3);
  Vocabulary counted;
  for (int i = 0; i < 100; ++i) {
    const Article article = generator.next().article;
    for (const std::string& text : {article.title, article.body}) {
      std::string words = text;
      std::ranges::replace(words, '\n', ' ');
      counted.add(words);
    }
  }
  CHECK(counted.size() == generator.vocabulary().size());
  CHECK(counted.distinct() == generator.vocabulary().distinct());
}

TEST_CASE("generator: companies given as ids are those that the text names") {
  Generator generator(model(), 300, 4);
  std::size_t named = 0;
  for (int i = 0; i < 300; ++i) {
    const GeneratedArticle made = generator.next();
    std::vector<std::string> in_text;
    for (const Piece& piece : pieces_of(made.article.body)) {
      if (piece.kind == PieceKind::company) in_text.push_back(piece.text);
    }
    for (const std::string& id : made.companies) {
      ++named;
      CHECK(std::ranges::find(in_text, generator.company(std::stoul(id.substr(1)))) != in_text.end());
    }
  }
  CHECK(named > 100);
}

TEST_CASE("generator: articles come in the order of days of those learnt, over all of their time") {
  Generator generator(model(), 24, 5);
  std::vector<Date> dates;
  for (int i = 0; i < 24; ++i) dates.push_back(generator.next().article.date.value());
  CHECK(std::ranges::is_sorted(dates));
  CHECK(dates.front().month == 1);
  CHECK(dates.back().month == 12);
}

TEST_CASE("generator: a line is JSON with every field") {
  const auto json = nlohmann::json::parse(lines(1, 1));
  for (const char* field : {"id", "title", "text", "language", "date", "companies", "outlet", "author"})
    CHECK(json.contains(field));
  CHECK(json["id"] == "1");
  CHECK(json["language"] == "en"); // of most
  CHECK(json["date"] == "2020-01-03");
}

TEST_CASE("generator: a text is cut into words, names and companies") {
  const auto pieces = pieces_of("The Acme Steel Corp's chief met James Baker, of New York.\n\nHe said 3.5 mln.");
  std::vector<std::string> shown;
  for (const Piece& piece : pieces)
    shown.push_back(std::string(1, "wcnp"[static_cast<int>(piece.kind)]) + ':' + piece.text + '|' + piece.tail);
  CHECK(shown == std::vector<std::string>{"c:The Acme Steel Corp|'s", "w:chief|", "w:met|", "n:James Baker|,", "w:of|",
                                          "n:New York|.", "p:|", "w:He|", "w:said|", "w:3.5|", "w:mln.|"});
}

TEST_CASE("generator: a word in place of another keeps its capitals and punctuation") {
  Random random(1);
  CHECK(disguised("Cocoa,", "velma", random) == "Velma,");
  CHECK(disguised("(SRD)", "velma", random) == "(VELMA)");
  CHECK(disguised("bags", "velma", random) == "velma");
  const std::string number = disguised("1,750.5", "velma", random);
  CHECK(number.size() == 7);
  CHECK(number != "1,750.5");
  CHECK(number[1] == ',');
}

TEST_CASE("generator: Heaps' law goes on behind the measured curve by its exponent") {
  GrowthCurve curve;
  for (int i = 1; i <= 1000; ++i) curve.emplace_back(i * 100, 10 * std::sqrt(i * 100.0));
  const HeapsLaw law(curve);
  CHECK(law.exponent() == Approx(0.5).margin(0.001));
  CHECK(law.distinct(50'000) == Approx(10 * std::sqrt(50'000.0)).epsilon(0.001));
  CHECK(law.distinct(4e6) == Approx(20'000).epsilon(0.001));
}

} // namespace pfind::bench
