#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "searcher/query/builder.hpp"
#include "searcher/query/text_queries.hpp"
#include "searcher/query/word_chains.hpp"

namespace pfind::searcher {

/// Translates a run of neighbouring words: which of them must match, in which spellings and under which names.
class WordRun {
public:
  /// `chains`: the words in their order, at least one. `required`: pieces of the text that they are from, each of which
  /// an article must have as if it were all of the query. These and the rest must outlive the run.
  WordRun(TextQueries& text, const std::vector<WordChain>& chains, Field field, const std::vector<text::Span>& required,
          BuiltQuery& out);

  Xapian::Query build(Matching matching);

private:
  static constexpr std::size_t k_none = SIZE_MAX;

  /// A word that is asked for; stop words are not where there is any other.
  struct Wanted {
    const WordChain* chain = nullptr;
    std::vector<std::size_t> words; ///< indices into QueryWords::words
    double repeats = 1;
    double is_name = 0;         ///< how surely it is part of a name, 0 to 1
    std::size_t piece = k_none; ///< of required_, that it stands in; the last where there are several
  };

  /// Wanted words, and what stands for all of them: their joined spelling, an entity so named.
  struct Segment {
    std::size_t begin = 0; ///< indices into wanted_
    std::size_t end = 0;
    std::vector<Xapian::Query> alternatives;
  };

  /// Parts of the query that are found together, and how.
  struct Parts {
    Xapian::Query::op together = Xapian::Query::OP_OR;
    std::vector<Xapian::Query> queries{};
  };

  bool is_question() const;
  Xapian::Query all_or_any(Xapian::Query::op together);
  Xapian::Query with_required();
  std::size_t piece_of(const WordChain& chain) const;
  std::size_t piece_of(const Segment& segment) const;
  void collect();
  std::vector<std::size_t> add_words(const WordChain& chain, bool is_wanted);
  std::size_t place_of(const WordChain& chain, const std::vector<std::size_t>& words);
  void add_neighbours();
  void find_entities();
  bool may_be_name(std::size_t begin, std::size_t end) const;
  void find_entity(std::size_t begin, std::size_t end);
  bool has_other_names(const NamedEntity& entity) const;
  void find_capitals();
  void find_joined(Matching matching);
  void find_synonyms();
  void complete_segments();
  bool is_free(std::size_t begin, std::size_t end) const;
  Xapian::Query segment_query(const Segment& segment, Xapian::Query::op together);
  Xapian::Query with_most(const Xapian::Query& query, std::size_t first) const;
  void note_each_wanted(const Segment& segment);
  void note_wanted(std::size_t begin, std::size_t end, const Xapian::Query& query);

  TextQueries& text_;
  const std::vector<WordChain>& chains_;
  std::string_view prefix_;
  bool in_body_;
  const std::vector<text::Span>& required_;
  BuiltQuery& out_;
  std::vector<Wanted> wanted_;                  // each word once
  std::vector<std::size_t> places_;             // in wanted_, by chain; k_none for stop words
  std::vector<std::vector<std::size_t>> words_; // in out_.words, by chain
  std::vector<Segment> segments_;
};

} // namespace pfind::searcher
