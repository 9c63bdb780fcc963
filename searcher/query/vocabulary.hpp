#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/schema.hpp"
#include "common/text/analyzer.hpp"
#include "searcher/index.hpp"
#include "searcher/query/document_set.hpp"
#include "searcher/query/expansion.hpp"
#include "searcher/query/tree.hpp"
#include "searcher/query/word_chains.hpp"

namespace pfind::searcher {

/// The words that an index has, and the terms under which a query's words are to be looked up there.
/// `prefix` is the term prefix of a text field throughout.
class Vocabulary {
public:
  explicit Vocabulary(Snapshot& index);

  /// Analyses queries, by the commonest language of the index.
  text::Analyzer& analyzer() { return *analyzers_.front(); }

  bool has(std::string_view prefix, std::string_view term) const;

  /// Inverse document frequency ln((N + 1) / (n + 1)) of a term of the text.
  double idf(const std::string& term) const;

  /// A word's stems in the languages of the index, each once: those that the index has, else the first.
  std::vector<std::string> stems(const text::Token& word) const;

  /// The words' stems as sequences, one per language of the index, each sequence once.
  std::vector<std::vector<std::string>> stemmed(const std::vector<text::Token>& words) const;

  /// The words that a word written as one may also be parted into: as indexing met it (`wifi` -> `wi fi`), else, for a
  /// rare word, any two words that the index has in as many articles and that are no stop words. They match side by
  /// side only, so that few of them do.
  std::vector<std::vector<std::string>> parts_of(const text::Token& word, std::string_view prefix) const;

  /// The likeliest two words that a word written as one may be parted into, unstemmed; nothing where the index has no
  /// such two.
  std::vector<std::string> parted(const text::Token& word, std::string_view prefix) const;

  /// The term of two words written as one, where the index has it.
  std::optional<std::string> joined(const WordChain& first, const WordChain& second, std::string_view prefix) const;

  /// The term sequences that a phrase may be written in: by language, and with words joined or parted as the index has
  /// them.
  std::vector<std::vector<std::string>> phrases(const std::vector<WordChain>& chains, std::string_view prefix) const;

  /// Whether any article can have the chain in some spelling.
  bool can_match(const WordChain& chain, std::string_view prefix) const;

  /// The index's terms that match a pattern with `*` and `?`; one without a letter or digit matches none.
  Expansion expand(const query::Wildcard& wildcard);

  /// Expands all wildcards of a query, looking at no term of the index twice for patterns that begin alike; `expand`
  /// then knows them, and gives each its share of k_max_expanded terms.
  void expand_together(const std::vector<query::Wildcard>& wildcards);

  /// Whether some article has the term as the joined form of a hyphenated word, beside the word's parts.
  bool is_joined_form(const std::string& term) const;

  /// Those of `candidates` whose stored text has the words, unstemmed, at consecutive positions.
  Xapian::Query written_exactly(const Xapian::Query& candidates, const std::vector<text::Token>& words,
                                Field field) const;

  Snapshot& index() const { return index_; }

  /// The stored texts, for what the index cannot say.
  const std::shared_ptr<StoredText>& stored_text() const { return text_; }

private:
  void look_up(const std::vector<query::Wildcard>& wildcards);
  Refusal lacks_spelling(const std::vector<text::Token>& words) const;
  std::string normalised(std::string_view pattern) const;
  void add_stem(const std::string& pattern, const std::string& prefix, Expansion& expansion) const;
  bool stands_apart(const text::Token& word, std::string_view prefix) const;
  std::vector<std::size_t> cuts_of(const text::Token& word, std::string_view prefix) const;

  Snapshot& index_;
  std::shared_ptr<StoredText> text_ = std::make_shared<StoredText>();
  std::vector<text::Analyzer*> analyzers_;                              // of the languages of the index
  std::map<std::pair<std::string, std::string>, Expansion> expansions_; // by prefix and normalised pattern
  std::size_t share_ = k_max_expansion;                                 // of terms for each wildcard
};

} // namespace pfind::searcher
