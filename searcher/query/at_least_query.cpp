#include <algorithm>
#include <deque>
#include <set>

#include "searcher/of_document.hpp"
#include "searcher/query/matches.hpp"
#include "searcher/query/text_queries.hpp"

namespace pfind::searcher {
namespace {

bool is_one_term(const Spelling& spelling) { return spelling.terms.size() == 1 && spelling.written.empty(); }

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

  /// A phrase cannot occur oftener than the rarest of its terms.
  void add_phrase(const std::vector<std::string>& terms, std::string_view prefix) {
    std::vector<std::string> prefixed;
    for (const std::string& term : terms) prefixed.push_back(std::string(prefix) + term);
    const PhrasePlaces places = places_of_phrase(prefixed, lists_, matches(phrase_of(terms, prefix), lists_));
    for (std::size_t i = 0; i < places.articles.size(); ++i)
      of_document(most_, places.articles[i]) += places.counts[i];
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
    const std::string_view prefix = info(spelling.field).prefix;
    if (is_one_term(spelling))
      terms.insert(std::string(prefix) + spelling.terms.front());
    else
      bounds.add_phrase(spelling.terms, prefix);
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
    open.push_back(bounds.documents(wanted, false));
    return bounds.documents(wanted, true);
  });
  if (!std::ranges::all_of(open, [](const auto& of_shard) { return of_shard.empty(); })) {
    const Xapian::Query candidates = documents(vocabulary_.index(), [&](const PostingLists& /*lists*/) {
      std::vector<Xapian::docid> of_shard = std::move(open.front());
      open.pop_front();
      return of_shard;
    });
    const auto accept = [mentions = Mentions(*spellings), wanted](StoredText& text) {
      return mentions.are_in(text, wanted);
    };
    enough |= restricted(candidates, accept, vocabulary_.stored_text());
  }
  return Xapian::Query(Xapian::Query::OP_FILTER, any_spelling(*spellings), enough);
}

} // namespace pfind::searcher
