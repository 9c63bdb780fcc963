#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>
#include <xapian.h>

#include "common/glass_key.hpp"
#include "searcher/postings/glass_table.hpp"
#include "searcher/postings/known_phrases.hpp"

namespace pfind::searcher {

/// The posting lists, values and stored articles of one shard: read from its files where these can be read
/// (GlassTable), else asked of Xapian. Not for several threads at once.
class PostingLists {
public:
  /// Asks Xapian for everything. Throws Xapian::DatabaseCorruptError where the number of the last article is nonsense.
  explicit PostingLists(Xapian::Database shard);

  /// Those of a database that was opened from the folder `path`.
  PostingLists(Xapian::Database shard, const std::filesystem::path& path);

  /// The lists and values for another thread, read from the files; only where table() and positions() are not null.
  /// They must not outlive these, and what takes Xapian (the shard, their copies and their end) is not for that thread.
  PostingLists another() const;

  const Xapian::Database& shard() const { return shard_; }

  /// Null where Xapian is to be asked.
  const GlassTable* table() const { return table_.get(); }

  /// The table of positions; null where Xapian is to be asked.
  const GlassTable* positions() const { return positions_.get(); }

  Xapian::docid last_article() const { return last_article_; }

  /// How many articles have the term. Throws Xapian::Error.
  Xapian::doccount frequency(const std::string& term) const;

  /// An article as it is stored; empty where there is none. Throws Xapian::Error.
  std::string data(Xapian::docid article) const;

  /// What an article has in a slot; empty where it has nothing. Throws Xapian::Error.
  std::string value(Xapian::docid article, Xapian::valueno slot) const;

  // Xapian reads blocks without a look at their sums. Whoever has it read something calls one of these before: it looks
  // at the blocks that will be read, the first time, and throws Xapian::DatabaseCorruptError.

  /// A text of the metadata, or all of which the key begins so.
  void compare_metadata(std::string_view key) const;
  void compare_all_metadata(std::string_view beginning) const;

  /// The list of a term.
  void compare_list(const std::string& term) const;

  /// The lists of all terms of a query, and the positions of those that must stand side by side or near each other.
  void compare_lists(const Xapian::Query& query) const;

  /// What is said of all slots together: between which values they are.
  void compare_bounds() const { compare_once(std::string(glass::k_slot), std::string(glass::k_values)); }

  /// The values of all articles in a slot.
  void compare_values(Xapian::valueno slot) const;

  /// The terms and slots of an article.
  void compare_term_list(Xapian::docid article) const;

  /// What is known of a phrase, to be added to. Holds until the next call.
  KnownPhrase& known_phrase(const std::vector<std::string>& terms) const { return known_.of(terms, last_article_); }

  /// Frees what is known of phrases: most queries have others.
  void forget_phrases() const { known_ = {}; }

private:
  PostingLists(Xapian::Database shard, std::shared_ptr<const GlassTable> table,
               std::shared_ptr<const GlassTable> positions, Xapian::docid last_article)
      : shard_(std::move(shard)), table_(std::move(table)), positions_(std::move(positions)),
        last_article_(last_article) {}

  static void compare(const GlassTable* table, const std::string& first, const std::string& last);
  void compare_once(const std::string& first, const std::string& last) const;
  void compare_positions(const std::string& term) const;

  Xapian::Database shard_;
  std::shared_ptr<const GlassTable> table_;
  std::shared_ptr<const GlassTable> positions_;
  std::shared_ptr<const GlassTable> term_lists_;
  std::shared_ptr<const GlassTable> data_;
  mutable std::unordered_set<std::string> compared_;           // ends of ranges of keys
  mutable std::unordered_set<std::string> compared_positions_; // terms
  Xapian::docid last_article_;
  mutable KnownPhrases known_;
};

/// Walks a posting list, up to some thousand postings at a time. Throws Xapian::Error.
class PostingList {
public:
  /// Stands on the first postings of the term. Those of the empty term are all articles with their lengths. `lists`
  /// must outlive the list.
  PostingList(const PostingLists& lists, const std::string& term);

  /// The articles at hand, in increasing order; none where the list is at its end.
  std::span<const Xapian::docid> articles() const { return articles_; }

  /// How often each of them has the term.
  std::span<const std::uint32_t> counts() const { return counts_; }

  /// Goes on to the next articles; false at the end.
  bool next();

  /// Goes on to the articles of which the last is `article` or behind it, or stays there; false at the end.
  bool skip_to(Xapian::docid article);

private:
  bool end();
  void enter_chunk();
  void decode();
  void take_head();
  bool ask_xapian();

  std::vector<Xapian::docid> articles_;
  std::vector<std::uint32_t> counts_;

  // Read from the files:
  std::unique_ptr<GlassCursor> cursor_; // null where Xapian is asked
  std::string key_;                     // with which the keys of all chunks but the first begin
  std::string_view chunk_;              // what is not decoded of it
  Xapian::docid first_ = 0;             // of the chunk
  Xapian::docid last_ = 0;              // of the chunk; where Xapian is asked, of the articles at hand
  bool is_last_chunk_ = false;
  Xapian::docid last_of_shard_;

  // Asked of Xapian:
  Xapian::PostingIterator it_;
  Xapian::PostingIterator it_end_;
  bool is_of_all_ = false;
};

/// The place of the first of some articles, in increasing order, from the place `at` on that is not before `article`;
/// their number where there is none. Mostly it is one of the next few, which are compared at once.
inline std::size_t place_from(std::span<const Xapian::docid> articles, std::size_t at, Xapian::docid article) {
  constexpr std::size_t row = 16;
  constexpr std::size_t far = 8 * row;
  if (at + far < articles.size() && articles[at + far] < article) {
    const auto from = articles.begin() + static_cast<std::ptrdiff_t>(at + far);
    return static_cast<std::size_t>(std::lower_bound(from, articles.end(), article) - articles.begin());
  }
  for (; at + row <= articles.size(); at += row) {
    std::uint32_t before = 0;
    for (std::size_t i = 0; i < row; ++i) before += articles[at + i] < article ? 1 : 0;
    if (before < row) return at + before;
  }
  while (at < articles.size() && articles[at] < article) ++at;
  return at;
}

/// How many articles have the term whose list begins with this chunk. Throws Xapian::DatabaseCorruptError.
Xapian::doccount frequency_in_chunk(std::string_view chunk);

/// How many words each article of a shard has, by its number; 0 for numbers without article.
std::vector<std::uint32_t> article_lengths(const PostingLists& lists);

} // namespace pfind::searcher
