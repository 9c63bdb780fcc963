#include <catch2/catch.hpp>
#include <fstream>

#include "corpus/names/shipped.hpp"
#include "indexer/recognizer/article_recognizer.hpp"
#include "indexer/trainer/labelled_text.hpp"
#include "indexer/trainer/perceptron.hpp"
#include "indexer/trainer/synthetic.hpp"
#include "indexer/trainer/training_set.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using namespace pfind::indexer;
using pfind::tests::TempDir;

namespace {

std::vector<LabelledText> read(const std::string& lines, bool sentences_stand_alone = false) {
  const TempDir dir;
  const auto path = dir.path() / "corpus.conll";
  std::ofstream(path) << lines;
  return read_corpus({"test", path, sentences_stand_alone});
}

std::vector<std::string> labels(const LabelledText& text) {
  std::vector<std::string> all;
  for (const LabelledToken& token : text.tokens)
    all.push_back(text.text.substr(token.begin, token.end - token.begin) + '/' + token.label);
  return all;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("a labelled corpus becomes text as it is written") {
  const auto texts = read("Moody NNP B-ORG\n's POS I-ORG\n( ( O\nNew NNP I-LOC\nYork NNP I-LOC\n) ) O\n. . O\n\n"
                          "\"\tO\nIt\tO\n\"\tO\n-DOCSTART- O\nBolt I-ORG\n");
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].text == "Moody's (New York).\n\n\" It \"");
  CHECK(labels(texts[0]) ==
        Texts{"Moody/B-ORG", "'s/I-ORG", "(/O", "New/B-LOC", "York/I-LOC", ")/O", "./O", "\"/O", "It/O", "\"/O"});
  CHECK(labels(texts[1]) == Texts{"Bolt/B-ORG"});
}

TEST_CASE("sentences that stand alone are documents") {
  CHECK(read("A O\n\nB O\n \nC O\n", true).size() == 3);
  CHECK(read("A O\n\nB O\n").size() == 1);
}

TEST_CASE("a corpus that is not there is told") {
  CHECK_THROWS_WITH(read_corpus({"test", "/nowhere/x.conll"}), Catch::Contains("/nowhere/x.conll"));
}

TEST_CASE("what a corpus does not tell apart may be either") {
  const Catalog catalog(parse_names("company\tBolt\norganization\tUnited Mills Union\n", "test"));
  const auto runs = make_training_set(
      read(
          "people O\nfrom O\nBolt B-ORG\noften O\nmeet O\nAcme B-ORG\nand O\nUnited B-ORG\nMills I-ORG\nUnion I-ORG\nthere O\nthese O\ndays O\n"),
      catalog, {});
  const auto mask = [](NameKind kind) { return static_cast<LabelMask>(1u << begin_of(kind)); };
  REQUIRE(runs.size() == 2);
  CHECK(runs[0].allowed == std::vector<LabelMask>{mask(NameKind::company)}); // it is listed
  REQUIRE(runs[1].allowed.size() == 5);
  CHECK(runs[1].allowed[0] == (mask(NameKind::company) | mask(NameKind::organization)));
  CHECK(runs[1].allowed[2] == mask(NameKind::organization));
}

TEST_CASE("training learns its texts, and the same texts give the same bytes") {
  const Catalog catalog(parse_names("company\tBolt\nplace\tParis\n", "test"));
  std::string lines;
  for (int i = 0; i < 30; ++i)
    lines += "shares O\nof O\nZorvex B-corporation\nfell O\n\nMr O\nZandal B-person\nsaid O\nso O\n\n";
  const auto texts = read(lines, true);
  const auto runs = make_training_set(texts, catalog, {});
  std::vector<const TrainingRun*> all;
  for (const TrainingRun& run : runs) all.push_back(&run);
  const NameModel model = train(all, common_words_of(texts));
  CHECK(train(all, common_words_of(texts)).encode() == model.encode());

  const ArticleRecognizer recognizer(std::make_shared<const Catalog>(catalog), model);
  Article article;
  article.body = "The shares of Quorvex fell. Later Mr Pandal said so.";
  const EntitySets found = names_of(recognizer.recognize(article));
  CHECK(found[static_cast<std::size_t>(EntityKind::company)] == Texts{"Quorvex"});
}

TEST_CASE("articles made for training are labelled and the same every time") {
  const Catalog catalog(corpus::shipped_entries());
  const auto articles = make_articles(catalog, 20, 1);
  REQUIRE(articles.size() == 20);
  std::size_t names = 0;
  for (const LabelledText& article : articles) {
    for (const LabelledToken& token : article.tokens) names += token.label != "O";
  }
  CHECK(names > 100);
  const auto again = make_articles(catalog, 20, 1);
  CHECK(again.back().text == articles.back().text);
  CHECK(make_articles(catalog, 20, 2).back().text != articles.back().text);
}
