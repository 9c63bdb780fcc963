#include "indexer/recognizer/article_recognizer.hpp"

#include <algorithm>
#include <array>
#include <future>

#include "common/at_once.hpp"
#include "indexer/recognizer/context.hpp"
#include "indexer/recognizer/name_groups.hpp"
#include "indexer/recognizer/text_reading.hpp"

namespace pfind::indexer {
namespace {

/// Those of the shipped model are made once.
std::shared_ptr<const WordLists> word_lists(const NameModel& model) {
  const auto make = [&] { return std::make_shared<const WordLists>(model.common_words()); };
  if (&model != &NameModel::shipped()) return make();
  static const std::shared_ptr<const WordLists> shipped = make();
  return shipped;
}

/// Whether the model knows the language: in others a capital letter means something else, and the words around a name
/// are not those it has learnt. A page's own word for its language is often wrong, and a table has none.
bool is_english(const std::string& language, const Words& words) {
  if (!language.empty() && language != "en") return false;
  constexpr std::size_t k_enough = 60; // words to tell by
  constexpr std::size_t k_one_in = 16; // of English every fifth word is one of these
  static const std::array k_common{word_key("the"), word_key("of"), word_key("and"), word_key("to"), word_key("a")};
  const auto common = std::ranges::count_if(
      words.words, [](const Word& word) { return std::ranges::find(k_common, word.key) != k_common.end(); });
  return words.words.size() < k_enough || static_cast<std::size_t>(common) * k_one_in >= words.words.size();
}

} // namespace

ArticleRecognizer::ArticleRecognizer(std::shared_ptr<const Catalog> catalog, const NameModel& model)
    : catalog_(std::move(catalog)), model_(model), matcher_(*catalog_), lists_(word_lists(model)),
      given_names_(given_names(*catalog_)) {}

ArticleEntities ArticleRecognizer::recognize(const Article& article) const {
  TextReading title = scan_text(article.title, matcher_);
  TextReading body = scan_text(article.body, matcher_);
  const ReadingContext context{*catalog_, is_english(article.language, body.words) ? &model_ : nullptr, *lists_,
                               given_names_};
  ArticleEvidence evidence;
  for (const TextReading* reading : {&title, &body}) evidence.add(reading->text, reading->words, *lists_);
  for (TextReading* reading : {&title, &body}) find_mentions(*reading, evidence, context);
  title.surnames.merge(body.surnames);
  NameGroups groups(*catalog_, std::move(title.surnames));
  for (const TextReading* reading : {&title, &body}) groups.add(*reading);
  return groups.take();
}

void LazyRecognizer::prepare() const {
  std::call_once(once_, [&] {
    // Model and catalog take as long to make as each other.
    const auto lists = std::async(k_at_once, [] { return word_lists(NameModel::shipped()); });
    std::shared_ptr<const Catalog> catalog = catalog_.get();
    lists.wait();
    recognizer_.emplace(std::move(catalog));
  });
}

ArticleEntities LazyRecognizer::recognize(const Article& article) const {
  prepare();
  return recognizer_->recognize(article);
}

} // namespace pfind::indexer
