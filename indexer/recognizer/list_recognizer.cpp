#include "indexer/recognizer/list_recognizer.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "indexer/recognizer/context.hpp"
#include "indexer/recognizer/entity_tally.hpp"
#include "indexer/recognizer/word_class.hpp"
#include "indexer/recognizer/word_scan.hpp"

namespace pfind::indexer {
namespace {

/// The words that people's names of two or three words begin with. "Pope" and "King" begin some, and are no given
/// names.
std::unordered_set<std::uint64_t> given_names(const Catalog& catalog) {
  std::unordered_set<std::uint64_t> names;
  Words scanned;
  for (const CatalogEntity& entity : catalog.entities()) {
    if (entity.kind != EntityKind::person) continue;
    scan_words(entity.name(), scanned);
    const Word& first = scanned.words.front();
    if (scanned.words.size() >= 2 && first.length > 1 && !is(first, WordClass::role) &&
        !is(first, WordClass::personal_title) && !is(first, WordClass::function_word))
      names.insert(first.key);
  }
  return names;
}

} // namespace

/// One match read as one entity.
struct ListRecognizer::Candidate {
  std::size_t match = 0; ///< which match of the text
  std::uint32_t entity = 0;
  EntityKind kind{};
  bool ambiguous = false;
  Verdict verdict = Verdict::blocked;
  std::uint32_t begin = 0; ///< byte range
  std::uint32_t end = 0;
  std::uint64_t single_word = 0; ///< its key where the name is one word, else 0
};

/// One text with its candidates in order of their matches.
struct ListRecognizer::Reading {
  std::vector<Candidate> candidates;
  std::unordered_set<std::uint64_t> surnames; ///< single-word names that are people of that name here
};

ListRecognizer::ListRecognizer(std::shared_ptr<const Catalog> catalog)
    : catalog_(std::move(catalog)), matcher_(*catalog_), given_names_(given_names(*catalog_)) {}

ListRecognizer::Reading ListRecognizer::read(std::string_view text) const {
  Words words;
  scan_words(text, words);
  const std::vector<Match> matches = matcher_.find(words.words);
  const Context context(text, words, matches, given_names_);
  Reading reading;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const Match& match = matches[i];
    const Word& first = words.words[match.first_word];
    const bool single = match.end_word - match.first_word == 1;
    if (context.is_surname(i)) reading.surnames.insert(first.key);
    for (const Pattern* pattern : match.patterns) {
      const std::uint32_t end = pattern->kind == EntityKind::company ? context.end_with_suffix(i) : match.end_word;
      reading.candidates.push_back({.match = i,
                                    .entity = pattern->entity,
                                    .kind = pattern->kind,
                                    .ambiguous = pattern->ambiguous,
                                    .verdict = context.judge(i, *pattern),
                                    .begin = first.begin,
                                    .end = words.words[end - 1].end,
                                    .single_word = single && end == match.end_word ? first.key : 0});
    }
  }
  return reading;
}

/// Settles what one mention alone leaves open: weak candidates count where their entity has a strong one, and a word
/// that is somebody's surname in this article is weak as the name of anything else.
void ListRecognizer::settle(const std::vector<Reading*>& readings) const {
  std::unordered_set<std::uint64_t> surnames;
  std::unordered_set<std::uint32_t> proven;
  for (const Reading* reading : readings) surnames.insert(reading->surnames.begin(), reading->surnames.end());
  for (Reading* reading : readings) {
    for (Candidate& c : reading->candidates) {
      if (c.kind != EntityKind::person && c.verdict == Verdict::strong && surnames.contains(c.single_word))
        c.verdict = Verdict::weak;
      if (c.verdict == Verdict::strong) proven.insert(c.entity);
    }
  }
  for (Reading* reading : readings) {
    std::erase_if(reading->candidates,
                  [&](const Candidate& c) { return c.verdict == Verdict::blocked || !proven.contains(c.entity); });
  }
}

bool ListRecognizer::is_preferred(const Candidate& a, const Candidate& b) const {
  const auto rank = [this](const Candidate& c) {
    return std::tuple(!catalog_->entities()[c.entity].from_user, c.ambiguous, c.verdict != Verdict::strong, c.kind);
  };
  return rank(a) < rank(b);
}

std::vector<EntityMention> ListRecognizer::accepted_mentions(const Reading& reading) const {
  std::vector<EntityMention> mentions;
  const std::vector<Candidate>& all = reading.candidates;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t best = i;
    const std::size_t match = all[i].match;
    for (; i < all.size() && all[i].match == match; ++i) {
      if (is_preferred(all[i], all[best])) best = i;
    }
    const Candidate& c = all[best];
    mentions.push_back({c.kind, catalog_->entities()[c.entity].name(), c.begin, c.end});
  }
  return mentions;
}

ArticleMentions ListRecognizer::mentions(const Article& article) const {
  Reading title = read(article.title);
  Reading body = read(article.body);
  settle({&title, &body});
  return {accepted_mentions(title), accepted_mentions(body)};
}

ArticleEntities ListRecognizer::recognize(const Article& article) const {
  EntityTally tally;
  const ArticleMentions found = mentions(article);
  for (const EntityMention& mention : found.title) tally.add(mention, article.title);
  for (const EntityMention& mention : found.body) tally.add(mention, article.body);
  return tally.take();
}

} // namespace pfind::indexer
