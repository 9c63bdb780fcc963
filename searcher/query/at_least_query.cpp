#include <algorithm>
#include <deque>
#include <iterator>
#include <set>
#include <span>
#include <utility>

#include "searcher/of_document.hpp"
#include "searcher/postings/at_once.hpp"
#include "searcher/postings/positions.hpp"
#include "searcher/query/matches.hpp"
#include "searcher/query/text_queries.hpp"

namespace pfind::searcher {
namespace {

bool is_one_term(const Spelling& spelling) { return spelling.terms.size() == 1 && spelling.written.empty(); }

std::vector<std::string> terms_in_index(const Spelling& spelling) {
  std::vector<std::string> terms;
  for (const std::string& term : spelling.terms) terms.push_back(std::string(info(spelling.field).prefix) + term);
  return terms;
}

/// Whether positions tell where the spellings stand.
bool are_found_by_positions(const std::vector<Spelling>& spellings, const PostingLists& lists) {
  return lists.positions() != nullptr &&
         std::ranges::all_of(spellings, [](const Spelling& spelling) { return spelling.written.empty(); });
}

/// At how many places of an article any of some spellings begins, by positions. Headline words have the same positions
/// under either field.
class PlaceCounter {
public:
  PlaceCounter(const std::vector<std::vector<PhraseWord>>& spellings, const GlassTable& positions)
      : having_(spellings.size()) {
    for (const std::vector<PhraseWord>& spelling : spellings) finders_.emplace_back(positions, spelling);
  }

  /// Whether there are at least so many places in an article. Articles must be asked for in increasing order.
  bool has(std::size_t wanted, Xapian::docid article) {
    if (finders_.size() != 1) return count(article) >= wanted;
    const std::size_t places = finders_.front().count_in(article, wanted);
    if (places > 0) having_.front().push_back(article);
    return places >= wanted;
  }

  /// Of the articles that were asked for those that have each of the spellings.
  const std::vector<std::vector<Xapian::docid>>& having() const { return having_; }

private:
  std::size_t count(Xapian::docid article) {
    places_.clear();
    std::size_t found = 0; // spellings that it has
    for (std::size_t i = 0; i < finders_.size(); ++i) {
      const std::vector<std::uint32_t>& begins = finders_[i].begins_in(article);
      if (begins.empty()) continue;
      having_[i].push_back(article);
      places_.insert(places_.end(), begins.begin(), begins.end());
      ++found;
    }
    if (found < 2) return places_.size();
    std::ranges::sort(places_);
    return static_cast<std::size_t>(std::ranges::unique(places_).begin() - places_.begin());
  }

  std::vector<PhraseFinder> finders_;
  std::vector<std::uint32_t> places_;
  std::vector<std::vector<Xapian::docid>> having_;
};

/// Those of some articles, in increasing order, where at least `wanted` of the spellings begin, by positions. What is
/// found of phrases meanwhile is noted, so that the search that follows need not look again.
std::vector<Xapian::docid> with_places(std::span<const Xapian::docid> articles, Xapian::termcount wanted,
                                       const std::vector<Spelling>& spellings, const PostingLists& lists) {
  struct Found {
    std::vector<Xapian::docid> enough;
    std::vector<std::vector<Xapian::docid>> having; ///< by spelling
  };
  std::vector<std::vector<PhraseWord>> phrases;
  for (const Spelling& spelling : spellings) phrases.push_back(rarest_first(terms_in_index(spelling), lists));
  const auto look = [&](std::span<const Xapian::docid> range, const PostingLists& own) {
    PlaceCounter places(phrases, *own.positions());
    Found found;
    std::ranges::copy_if(range, std::back_inserter(found.enough),
                         [&](Xapian::docid article) { return places.has(wanted, article); });
    found.having = places.having();
    return found;
  };
  const std::vector<Found> parts = in_ranges(articles, lists, look);
  for (std::size_t i = 0; i < spellings.size(); ++i) {
    if (is_one_term(spellings[i])) continue;
    KnownPhrase& known = lists.known_phrase(terms_in_index(spellings[i]));
    for (const Xapian::docid article : articles) known.looked_at.add(article);
    for (const Found& part : parts) {
      for (const Xapian::docid article : part.having[i]) known.found.add(article);
    }
  }
  std::vector<Xapian::docid> enough;
  for (const Found& part : parts) enough.insert(enough.end(), part.enough.begin(), part.enough.end());
  return enough;
}

/// How often the documents of one shard mention any of some spellings, as far as the counts of terms say it: between
/// `least` and `most` times, by docid.
class MentionBounds {
public:
  /// `apart`: no two of the terms can stand at one position, so that their counts add up.
  MentionBounds(const PostingLists& lists, bool apart)
      : lists_(lists), apart_(apart), least_(std::size_t{lists.last_article()} + 1), most_(least_.size()) {}

  void add_term(const std::string& term) {
    PostingList list(lists_, term);
    do {
      for (std::size_t i = 0; i < list.articles().size(); ++i) {
        const Xapian::termcount count = list.counts()[i];
        of_document(most_, list.articles()[i]) += count;
        Xapian::termcount& least = of_document(least_, list.articles()[i]);
        least = apart_ ? least + count : std::max(least, count);
      }
    } while (list.next());
  }

  /// A phrase cannot occur oftener than the rarest of its terms. Where positions are to be looked at anyway, that is
  /// left to those who count.
  void add_phrase(const std::vector<std::string>& terms, bool by_words) {
    const Xapian::Query::op type = by_words ? Xapian::Query::OP_AND : Xapian::Query::OP_PHRASE;
    const DocumentBits found = matches({type, terms.begin(), terms.end()}, lists_);
    const PhrasePlaces places = places_of_phrase(terms, lists_, found);
    for (std::size_t i = 0; i < places.articles.size(); ++i) of_document(most_, places.articles[i]) += places.counts[i];
  }

  /// The documents with at least `wanted` mentions for sure, or else only perhaps.
  std::vector<Xapian::docid> documents(Xapian::termcount wanted, bool sure) const {
    std::vector<Xapian::docid> found;
    for (std::size_t document = 0; document < least_.size(); ++document) {
      if (most_[document] >= wanted && (least_[document] >= wanted) == sure)
        found.push_back(static_cast<Xapian::docid>(document));
    }
    return found;
  }

private:
  const PostingLists& lists_;
  bool apart_;
  std::vector<Xapian::termcount> least_;
  std::vector<Xapian::termcount> most_;
};

MentionBounds bounds_of(const std::vector<Spelling>& spellings, bool apart, const PostingLists& lists) {
  MentionBounds bounds(lists, apart);
  std::set<std::string> terms;
  for (const Spelling& spelling : spellings) {
    if (is_one_term(spelling))
      terms.insert(terms_in_index(spelling).front());
    else
      bounds.add_phrase(terms_in_index(spelling), are_found_by_positions(spellings, lists));
  }
  for (const std::string& term : terms) bounds.add_term(term);
  return bounds;
}

/// Whether no two of the single terms can stand at one position: a joined word and its first part do, and a word of the
/// headline under either field.
bool stand_apart(const std::vector<Spelling>& spellings, const Vocabulary& vocabulary) {
  std::vector<Spelling> words;
  std::ranges::copy_if(spellings, std::back_inserter(words), is_one_term);
  return words.size() < 2 || std::ranges::none_of(words, [&](const Spelling& word) {
           return word.field != words.front().field || vocabulary.is_joined_form(word.terms.front());
         });
}

} // namespace

MaybeQuery TextQueries::at_least(const query::AtLeast& at_least, BuiltQuery& out) {
  const MaybeSpellings spellings = spellings_of(at_least.operand.front(), out);
  if (!spellings) return std::nullopt;
  const auto wanted = static_cast<Xapian::termcount>(at_least.count);
  const bool apart = stand_apart(*spellings, vocabulary_);
  std::deque<std::vector<Xapian::docid>> open; // by shard, in order
  Xapian::Query enough = documents(vocabulary_.index(), [&](const PostingLists& lists) {
    const MentionBounds bounds = bounds_of(*spellings, apart, lists);
    std::vector<Xapian::docid> sure = bounds.documents(wanted, true);
    open.push_back(bounds.documents(wanted, false));
    if (are_found_by_positions(*spellings, lists)) {
      const std::vector<Xapian::docid> open_here = std::exchange(open.back(), {});
      const std::vector<Xapian::docid> more = with_places(open_here, wanted, *spellings, lists);
      const auto end = sure.insert(sure.end(), more.begin(), more.end());
      std::inplace_merge(sure.begin(), end, sure.end());
    }
    return sure;
  });
  if (!std::ranges::all_of(open, [](const auto& of_shard) { return of_shard.empty(); })) {
    const Xapian::Query candidates = documents(vocabulary_.index(), [&](const PostingLists& /*lists*/) {
      std::vector<Xapian::docid> of_shard = std::move(open.front());
      open.pop_front();
      return of_shard;
    });
    const Mentions mentions(*spellings);
    mentions.add_wanted(vocabulary_.stored_text()->wanted());
    const auto accept = [mentions, wanted](StoredText& text) { return mentions.are_in(text, wanted); };
    enough |= restricted(candidates, accept, vocabulary_.stored_text(), vocabulary_.index());
  }
  return Xapian::Query(Xapian::Query::OP_FILTER, any_spelling(*spellings), enough);
}

} // namespace pfind::searcher
