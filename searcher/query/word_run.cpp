#include "searcher/query/word_run.hpp"

#include <algorithm>
#include <utility>

#include "common/schema.hpp"
#include "searcher/entity_names.hpp"
#include "searcher/query/document_set.hpp"
#include "searcher/query/filter_terms.hpp"
#include "searcher/query/stop_words.hpp"
#include "searcher/query/synonym_queries.hpp"
#include "searcher/query/tree.hpp"
#include "searcher/ranking/model.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_longest_named = 10; // words of a query in which names are looked for; a longer one is a text
constexpr std::size_t k_longest_name = 5;   // words

// How surely words among others name an entity: `Oppo research` does, `oppo research` need not.
constexpr double k_capitalized = 0.5;
constexpr double k_small_letters = 0.2;

constexpr std::size_t k_longest_bound = 3; // words of a query in which a stop word belongs to its neighbour

bool is_few(std::size_t words) { return words <= RankingModel::k_all_words_up_to; }

/// What was typed of the chains, between single spaces.
std::string written(const std::vector<WordChain>& chains, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) text += (text.empty() ? "" : " ") + chains[i].written;
  return text;
}

bool has_capital(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The acronym among a chain's that `word` is, in capitals; empty where it is none.
std::string acronym_of(const text::Token& word, const WordChain& chain) {
  for (const std::string& acronym : chain.acronyms) {
    const auto is_same = [](char capital, char small) { return capital == small || capital - 'A' + 'a' == small; };
    if (std::ranges::equal(acronym, word.word, is_same)) return acronym;
  }
  return "";
}

} // namespace

WordRun::WordRun(TextQueries& text, const std::vector<WordChain>& chains, Field field,
                 const std::vector<text::Span>& required, BuiltQuery& out)
    : text_(text), chains_(chains), prefix_(info(field).prefix), in_body_(field == Field::body), required_(required),
      out_(out) {}

Xapian::Query WordRun::build(Matching matching) {
  collect();
  const bool means_all = is_few(wanted_.size()) && !is_question();
  const bool any_will_do = matching == Matching::any;
  const bool is_automatic = matching == Matching::automatic || matching == Matching::countable;
  if (is_automatic && means_all)
    matching = Matching::all;
  else if (is_automatic)
    matching = matching == Matching::countable ? Matching::most : Matching::any;
  out_.plain_words += wanted_.size();
  out_.is_gist = out_.is_gist || !means_all;
  out_.is_short_question = out_.is_short_question || (is_few(wanted_.size()) && !means_all);
  add_neighbours();
  if (in_body_ && chains_.size() <= k_longest_named) find_entities();
  find_capitals();
  find_synonyms();
  find_joined(matching);
  complete_segments();
  const std::size_t first = out_.wanted.size();
  const bool is_all = matching == Matching::all;
  const bool has_required = !is_all && !any_will_do && !required_.empty();
  out_.asks_for_all = out_.asks_for_all || ((is_all || has_required) && segments_.size() > 1);
  const Xapian::Query query =
      has_required ? with_required() : all_or_any(is_all ? Xapian::Query::OP_AND : Xapian::Query::OP_OR);
  return matching == Matching::most ? with_most(query, first) : query;
}

Xapian::Query WordRun::all_or_any(Xapian::Query::op together) {
  std::vector<Xapian::Query> parts;
  for (const Segment& segment : segments_) parts.push_back(segment_query(segment, together));
  return combine(together, parts);
}

/// Any of the words, but what is required.
Xapian::Query WordRun::with_required() {
  std::vector<std::size_t> words(required_.size(), 0);
  for (const Wanted& wanted : wanted_) {
    if (wanted.piece != k_none) ++words[wanted.piece];
  }
  std::vector<Parts> pieces(required_.size());
  for (std::size_t i = 0; i < pieces.size(); ++i)
    pieces[i].together = is_few(words[i]) ? Xapian::Query::OP_AND : Xapian::Query::OP_OR;
  Parts others;
  for (const Segment& segment : segments_) {
    const std::size_t piece = piece_of(segment);
    Parts& parts = piece == k_none ? others : pieces[piece];
    parts.queries.push_back(segment_query(segment, parts.together));
  }
  std::vector<Xapian::Query> required;
  for (const Parts& piece : pieces) {
    if (!piece.queries.empty()) required.push_back(combine(piece.together, piece.queries));
  }
  Xapian::Query optional = combine(others.together, others.queries);
  if (required.empty()) return optional;
  const Xapian::Query all = combine(Xapian::Query::OP_AND, required);
  return others.queries.empty() ? all : Xapian::Query(Xapian::Query::OP_AND_MAYBE, all, optional);
}

/// The required piece of the text that a word stands in; k_none where it is in none.
std::size_t WordRun::piece_of(const WordChain& chain) const {
  const std::size_t at = chain.words.front().begin;
  const auto piece =
      std::ranges::find_if(required_, [&](const text::Span& span) { return span.begin <= at && at < span.end; });
  return piece == required_.end() ? k_none : static_cast<std::size_t>(piece - required_.begin());
}

/// Likewise of what may be several words: one that is required requires all.
std::size_t WordRun::piece_of(const Segment& segment) const {
  for (std::size_t place = segment.begin; place < segment.end; ++place) {
    if (wanted_[place].piece != k_none) return wanted_[place].piece;
  }
  return k_none;
}

/// `query` where most of the words noted as wanted from `first` on are.
Xapian::Query WordRun::with_most(const Xapian::Query& query, std::size_t first) const {
  std::vector<Xapian::Query> words;
  for (std::size_t i = first; i < out_.wanted.size(); ++i) words.push_back(out_.wanted[i].query);
  return with_most_of(words, query, text_.vocabulary_.index());
}

/// `What does Huawei charge` asks for an answer, which need not have the words of the question.
bool WordRun::is_question() const { return is_question_word(chains_.front()) && wanted_.size() > 1; }

void WordRun::collect() {
  const bool only_stop_words = std::ranges::all_of(chains_, [](const WordChain& chain) { return is_stop_word(chain); });
  for (const WordChain& chain : chains_) {
    const bool is_wanted = only_stop_words || !is_stop_word(chain);
    words_.push_back(add_words(chain, is_wanted));
    places_.push_back(is_wanted ? place_of(chain, words_.back()) : k_none);
  }
}

std::vector<std::size_t> WordRun::add_words(const WordChain& chain, bool is_wanted) {
  std::vector<std::string> joined;
  if (!chain.joined.word.empty()) joined = text_.vocabulary_.stems(chain.joined);
  std::vector<std::size_t> added;
  for (const text::Token& word : chain.words) {
    added.push_back(out_.words.add({.written = chain.words.size() == 1 ? chain.written : word.word,
                                    .word = word.word,
                                    .terms = text_.vocabulary_.stems(word),
                                    .joined = joined,
                                    .acronym = acronym_of(word, chain),
                                    .is_stop_word = !is_wanted}));
    if (added.size() > 1) out_.words.add_neighbours(added[added.size() - 2], added.back());
  }
  return added;
}

/// Where a wanted word stands in wanted_; counts it again where it is there.
std::size_t WordRun::place_of(const WordChain& chain, const std::vector<std::size_t>& words) {
  const auto place = static_cast<std::size_t>(std::ranges::find(wanted_, words, &Wanted::words) - wanted_.begin());
  if (place == wanted_.size())
    wanted_.push_back({&chain, words});
  else
    ++wanted_[place].repeats;
  if (const std::size_t piece = piece_of(chain); piece != k_none) wanted_[place].piece = piece;
  return place;
}

/// Neighbours are words with only stop words between them. Beside one or two words a stop word is a neighbour too: `in
/// vivo` is not Vivo.
void WordRun::add_neighbours() {
  std::size_t last = k_none;
  for (std::size_t i = 0; i < chains_.size(); ++i) {
    if (i > 0 && chains_.size() <= k_longest_bound && (places_[i] == k_none) != (places_[i - 1] == k_none))
      out_.words.add_neighbours(words_[i - 1].back(), words_[i].front());
    if (places_[i] == k_none) continue;
    if (last != k_none) out_.words.add_neighbours(words_[last].back(), words_[i].front());
    last = i;
  }
}

/// Longer names first: `Bank of America` before `America`.
void WordRun::find_entities() {
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  std::vector<std::string> keys;
  for (std::size_t length = std::min(k_longest_name, chains_.size()); length > 0; --length) {
    for (std::size_t begin = 0; begin + length <= chains_.size(); ++begin) {
      if (!may_be_name(begin, begin + length)) continue;
      ranges.emplace_back(begin, begin + length);
      keys.push_back(facet_key(written(chains_, begin, begin + length)));
    }
  }
  remember_names(std::move(keys), text_.vocabulary_.index());
  for (const auto& [begin, end] : ranges) find_entity(begin, end);
}

/// Whether it neither begins nor ends with a stop word.
bool WordRun::may_be_name(std::size_t begin, std::size_t end) const {
  return places_[begin] != k_none && places_[end - 1] != k_none;
}

void WordRun::find_entity(std::size_t begin, std::size_t end) {
  std::vector<std::size_t> places;
  NamedEntity entity{.written = written(chains_, begin, end)};
  for (std::size_t i = begin; i < end; ++i) {
    if (places_[i] != k_none) places.push_back(places_[i]);
    entity.words.insert(entity.words.end(), words_[i].begin(), words_[i].end());
  }
  const auto is_gap = [](std::size_t a, std::size_t b) { return a + 1 != b; };
  if (std::ranges::adjacent_find(places, is_gap) != places.end()) return; // a word said before
  if (!is_free(places.front(), places.back() + 1)) return;
  entity.terms = terms_of_name(entity.written, text_.vocabulary_.index());
  if (entity.terms.empty()) return;
  Segment segment{.begin = places.front(), .end = places.back() + 1};
  entity.has_other_names = has_other_names(entity);
  if (entity.has_other_names) {
    const std::vector<Xapian::Query> terms(entity.terms.begin(), entity.terms.end());
    segment.alternatives.push_back(combine(Xapian::Query::OP_OR, terms) * 0);
  }
  segments_.push_back(std::move(segment));
  const bool is_whole_query = begin == 0 && end == chains_.size();
  entity.certainty = is_whole_query ? 1 : has_capital(entity.written) ? k_capitalized : k_small_letters;
  for (const std::size_t place : places) wanted_[place].is_name = entity.certainty;
  out_.words.entities.push_back(std::move(entity));
}

/// Words with a capital, where others have none, are likely names that no list has; the first has one anyhow.
void WordRun::find_capitals() {
  const auto is_capital = [](const Wanted& wanted) {
    return wanted.chain->written.front() >= 'A' && wanted.chain->written.front() <= 'Z';
  };
  if (std::ranges::all_of(wanted_, is_capital)) return;
  for (Wanted& wanted : wanted_) {
    if (is_capital(wanted) && wanted.chain != chains_.data()) wanted.is_name = std::max(wanted.is_name, k_capitalized);
  }
}

/// Whether more articles may be about the entity than have the words.
bool WordRun::has_other_names(const NamedEntity& entity) const {
  TermStatistics& statistics = text_.vocabulary_.index().statistics();
  Xapian::doccount about = 0;
  for (const std::string& term : entity.terms) about += statistics.of(term).articles;
  return entity.words.size() > 1 ||
         about > statistics.of(out_.words.words[entity.words.front()].terms.front()).articles;
}

/// `cross licensing` also as `crosslicensing`, where the index has that.
void WordRun::find_joined(Matching matching) {
  for (std::size_t i = 0; i + 1 < chains_.size(); ++i) {
    if (places_[i] == k_none || places_[i + 1] != places_[i] + 1) continue;
    const std::size_t begin = places_[i];
    const auto same = std::ranges::find_if(
        segments_, [&](const Segment& segment) { return segment.begin == begin && segment.end == begin + 2; });
    if (same == segments_.end() && !is_free(begin, begin + 2)) continue;
    const auto joined = text_.vocabulary_.joined(chains_[i], chains_[i + 1], prefix_);
    if (!joined) continue;
    text_.highlight(*joined, out_);
    std::vector<text::Token> words = chains_[i].words;
    words.insert(words.end(), chains_[i + 1].words.begin(), chains_[i + 1].words.end());
    Xapian::Query term = text_.joined_query(*joined, words, prefix_);
    if (matching != Matching::all) term = term * k_loosely_joined;
    if (same != segments_.end())
      same->alternatives.push_back(std::move(term));
    else
      segments_.push_back({begin, begin + 2, {std::move(term)}});
  }
}

/// What the user's and the shipped synonyms stand for, beside the words or names that they are.
void WordRun::find_synonyms() {
  if (text_.synonyms_ == nullptr) return;
  const Field field = in_body_ ? Field::body : Field::title;
  for (SynonymQuery& synonym : synonym_queries(chains_, field, *text_.synonyms_, text_.vocabulary_, out_)) {
    const std::size_t begin = places_[synonym.first];
    const std::size_t end = places_[synonym.end - 1] == k_none ? k_none : places_[synonym.end - 1] + 1;
    if (begin == k_none || end == k_none || end <= begin) continue;
    const auto same = std::ranges::find_if(
        segments_, [&](const Segment& segment) { return segment.begin == begin && segment.end == end; });
    if (same != segments_.end())
      same->alternatives.push_back(std::move(synonym.query));
    else if (is_free(begin, end))
      segments_.push_back({begin, end, {std::move(synonym.query)}});
  }
}

bool WordRun::is_free(std::size_t begin, std::size_t end) const {
  return std::ranges::none_of(segments_,
                              [&](const Segment& segment) { return begin < segment.end && segment.begin < end; });
}

/// Makes a segment of every word that is in none.
void WordRun::complete_segments() {
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    if (!is_free(place, place + 1)) continue;
    segments_.push_back({place, place + 1, {}});
    text_.add_if_missing(*wanted_[place].chain, prefix_, out_);
  }
  std::ranges::sort(segments_, {}, &Segment::begin);
}

Xapian::Query WordRun::segment_query(const Segment& segment, Xapian::Query::op together) {
  std::vector<Xapian::Query> words;
  for (std::size_t place = segment.begin; place < segment.end; ++place) {
    const Wanted& wanted = wanted_[place];
    Xapian::Query query = together == Xapian::Query::OP_AND ? text_.chain_query(*wanted.chain, prefix_)
                                                            : text_.loose_query(*wanted.chain, prefix_);
    words.push_back(wanted.repeats > 1 ? query * wanted.repeats : query);
    text_.highlight(*wanted.chain, out_);
  }
  Xapian::Query query = combine(together, words);
  for (const Xapian::Query& alternative : segment.alternatives)
    query = together == Xapian::Query::OP_AND ? otherwise(query, alternative)
                                              : Xapian::Query(Xapian::Query::OP_OR, query, alternative);
  if (together == Xapian::Query::OP_AND)
    note_wanted(segment.begin, segment.end, query);
  else
    note_each_wanted(segment);
  return query;
}

/// Where an article need not have all words, each of a segment can be lacking by itself: unless something stands for
/// the whole.
void WordRun::note_each_wanted(const Segment& segment) {
  for (std::size_t place = segment.begin; place < segment.end; ++place) {
    std::vector<Xapian::Query> any{text_.chain_query(*wanted_[place].chain, prefix_)};
    std::ranges::copy(segment.alternatives, std::back_inserter(any));
    note_wanted(place, place + 1, combine(Xapian::Query::OP_OR, any));
  }
}

void WordRun::note_wanted(std::size_t begin, std::size_t end, const Xapian::Query& query) {
  WantedPart part{.written = {}, .query = query, .is_plain = true};
  for (std::size_t place = begin; place < end; ++place) {
    part.written += (part.written.empty() ? "" : " ") + wanted_[place].chain->written;
    part.is_name = std::max(part.is_name, wanted_[place].is_name);
  }
  if (!in_body_) part.written = query::to_query({query::Text{part.written, Field::title}});
  out_.wanted.push_back(std::move(part));
}

} // namespace pfind::searcher
