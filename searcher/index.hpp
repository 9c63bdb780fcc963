#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/article.hpp"
#include "common/codec.hpp"
#include "common/facet_dictionary.hpp"
#include "common/facet_mapping.hpp"
#include "common/schema.hpp"
#include "common/text/analyzer.hpp"
#include "common/xapian_error.hpp"
#include "searcher/postings/compared_database.hpp"
#include "searcher/postings/posting_list.hpp"
#include "searcher/ranking/term_statistics.hpp"

namespace pfind::searcher {

class FacetEntries;

/// The values of one facet for every article of a shard, read once from the value stream into memory: `values(docid)`
/// are numbers of the dictionary, or of a period: YYYY or YYYYMM.
class FacetColumn {
public:
  /// `numbers`: below which values are, where they are numbers of a dictionary. Throws codec::DecodeError.
  FacetColumn(const PostingLists& lists, Field field, std::uint32_t numbers);

  /// A column without articles.
  FacetColumn() = default;

  /// The numbers of the values of an article, in increasing order. Valid as long as the column.
  std::span<const std::uint32_t> values(Xapian::docid document) const {
    if (document >= ends_.size()) return {};
    return {values_.data() + ends_[document - 1], values_.data() + ends_[document]};
  }

  /// Below which the numbers of its articles are.
  Xapian::docid end() const { return static_cast<Xapian::docid>(ends_.size()); }

  /// Adds the next article, from 1 on, with its values.
  void add_article(std::span<const std::uint32_t> values);

private:
  std::vector<std::uint32_t> ends_{0}; // by docid: end of its values; they begin where those of the docid before end
  std::vector<std::uint32_t> values_;
};

/// One Xapian database of an index.
struct Shard {
  Xapian::Database database;
  PostingLists lists;                              ///< of the database
  std::map<Field, FacetDictionary> dictionaries{}; ///< all are read when first asked for
  std::map<Field, FacetColumn> columns{};
  std::map<EntityKind, FacetMapping> mappings{};
  std::map<std::pair<Field, std::uint32_t>, std::vector<std::string>> name_blocks{}; ///< parts of dictionaries

  std::vector<std::uint32_t> article_lengths{}; ///< see lengths()

  /// How many words each article has, by number; read when first asked for.
  std::span<const std::uint32_t> lengths();

  const FacetDictionary& dictionary(Field field);

  /// Below which the numbers of a facet's values are; up to a block more than there are.
  std::uint32_t numbers(Field field) const;

  const FacetColumn& column(Field field);

  /// What the catalog makes of the values of an entity facet.
  const FacetMapping& mapping(EntityKind kind);

  /// A text of the metadata; empty where there is none.
  std::string metadata(const std::string& key) const;

  /// The keys of the metadata that begin so.
  std::vector<std::string> metadata_keys(const std::string& beginning) const;

  /// A value as the dictionary has it; reads no more of that than needed. Throws codec::DecodeError.
  const std::string& name(Field field, std::uint32_t number);
};

/// What an article goes by.
struct Identity {
  Article article;                ///< path, record and id, nothing else
  std::vector<Appearance> copies; ///< where else it was met
};

/// An index as it stood at one commit: everything about one query is answered from one snapshot.
class Snapshot {
public:
  explicit Snapshot(const std::vector<std::filesystem::path>& indexes);

  const ComparedDatabase& database() const { return all_; }
  std::vector<Shard>& shards() { return shards_; }

  /// The shard of an article, by its number in all of them.
  Shard& shard_of(Xapian::docid document);

  /// An article as it is stored, where its digest and its place in the index say that it is the one that was indexed: a
  /// damaged text is never shown as if it were none. Throws codec::DecodeError where they do not.
  Article article(Xapian::docid number) const;

  /// They are remembered, as many as a long ranking has, because the queries of a batch find the same articles again.
  /// Throws codec::DecodeError.
  Identity identity_of(Xapian::docid document);

  /// The analyzer of a language, with the stems it has made so far; not for two threads.
  text::Analyzer& analyzer(const std::string& language);

  /// Statistics of all terms, in all shards together.
  TermStatistics& statistics() { return statistics_; }

  /// An article's forward text as stored; empty where it has none. They are remembered, since the queries of a batch
  /// find the same articles again; the reference holds until forget_if_much. Throws Xapian::Error.
  const std::string& forward_text(Xapian::docid document);

  /// Whether a folded word is one of the name of a company, an organization, a person, a place or a technology. Where
  /// no name begins with it, all of them are read, once.
  bool is_word_of_name(const std::string& word);

  /// What the values of a facet are counted as.
  FacetEntries& facet_entries(Field facet);

  /// Forgets what is remembered of terms and articles where it takes much memory. For the beginning of a search.
  void forget_if_much();

  /// The texts under a metadata key, of every shard that has it. They are remembered, for the words of queries come
  /// again; the reference holds until forget_if_much.
  const std::vector<std::string>& metadata(const std::string& key) const;

  /// Language codes of the articles, most frequent first; never empty ("en" for an empty index).
  const std::vector<std::string>& languages() const { return languages_; }

private:
  std::unordered_set<std::string> read_later_words_of_names() const;

  std::vector<Shard> shards_;
  ComparedDatabase all_;
  std::vector<std::string> languages_;
  std::map<std::string, text::Analyzer> analyzers_;
  TermStatistics statistics_;
  std::unordered_map<Xapian::docid, Identity> identities_;
  std::unordered_map<Xapian::docid, std::string> forward_texts_;
  std::size_t forward_bytes_ = 0; // of these
  mutable std::unordered_map<std::string, std::vector<std::string>> metadata_;
  std::optional<std::unordered_set<std::string>> later_words_of_names_; // but for the first of each
  std::map<Field, std::shared_ptr<FacetEntries>> facet_entries_;
};

/// An index opened for reading, with the promise that work on it sees one state and never a commit under way.
class Index {
public:
  /// Several indexes are searched as one, each once however often it is named. Throws IndexError for one that is
  /// missing, foreign, damaged or of another version.
  explicit Index(std::vector<std::filesystem::path> paths);

  /// Runs `work(snapshot)`. When a writer has overtaken the snapshot in the middle, takes a new one and runs it again:
  /// the result is of one state, and the user sees nothing of it. Throws IndexError where the index cannot be read; the
  /// next call opens it again.
  template <typename Work>
  auto read(Work&& work) {
    for (int attempt = 1;; ++attempt) {
      if (!snapshot_) open();
      try {
        return work(*snapshot_);
      } catch (const Xapian::Error& error) {
        snapshot_.reset();
        if (attempt == k_attempts || !is_overtaken(error)) throw translate(error, "read", name());
      } catch (const codec::DecodeError& error) {
        snapshot_.reset();
        throw damaged(error);
      }
    }
  }

  std::string name() const;

private:
  static constexpr int k_attempts = 20; // five were always enough under a writer that commits without pause

  IndexError damaged(const codec::DecodeError& error) const;
  static bool is_overtaken(const Xapian::Error& error);
  void open();

  std::vector<std::filesystem::path> paths_;
  std::unique_ptr<Snapshot> snapshot_; // null where reading failed: of what was read in vain it may remember half
};

} // namespace pfind::searcher
