#include <catch2/catch.hpp>

#include "corpus/names/shipped.hpp"
#include "indexer/recognizer/article_recognizer.hpp"
#include "indexer/recognizer/text_reading.hpp"
#include "indexer/trainer/synthetic.hpp"

using namespace pfind;
using namespace pfind::indexer;

TEST_CASE("mentions come in order and none overlaps another but a company its product") {
  const Catalog catalog(corpus::shipped_entries());
  const NameMatcher matcher(catalog);
  const WordLists lists(NameModel::shipped().common_words());
  const auto names = given_names(catalog);
  const ReadingContext context{catalog, &NameModel::shipped(), lists, names};
  for (const LabelledText& article : make_articles(catalog, 1500, 99)) {
    TextReading reading = scan_text(article.text, matcher);
    ArticleEvidence evidence;
    evidence.add(reading.text, reading.words, lists);
    find_mentions(reading, evidence, context);
    std::uint32_t end = 0;
    for (const NameMention& mention : reading.mentions) {
      INFO(reading.written(mention.first_word, mention.end_with_suffix) << "\nin: " << article.text);
      // A company begins the name of its product, as NameMatcher finds them.
      const bool is_product = mention.pattern != nullptr && mention.pattern->kind == EntityKind::technology;
      CHECK((mention.first_word >= end || is_product));
      CHECK(mention.first_word < mention.end_word);
      CHECK(mention.end_word <= mention.end_with_suffix);
      end = mention.end_with_suffix;
    }
  }
}
