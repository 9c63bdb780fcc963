#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <xapian.h>

#include "searcher/postings/compared_database.hpp"

namespace pfind::searcher {

/// What is known of a term of an index.
struct TermInfo {
  Xapian::doccount articles = 0; ///< that have it
  double idf = 0;                ///< ln(1 + (N - n + 1/2) / (n + 1/2)); 0 for a term that no article has
  std::string_view term;         ///< lives as long as the info
  bool is_telling = false;       ///< a word, no stop word, that at least two articles have
};

/// Statistics of terms, kept for as long as the snapshot they were read from: ranking asks for those of every word of
/// the best articles, query after query.
class TermStatistics {
public:
  TermStatistics() = default;
  explicit TermStatistics(ComparedDatabase database) : database_(std::move(database)) {}

  /// Of a whole term, prefix included. The reference holds until forget_if_many.
  const TermInfo& of(const std::string& term);

  /// Of a term of an article by its term_number; null where it was not met yet and learn_terms of the article is
  /// needed. Holds likewise. Throws Xapian::Error.
  const TermInfo* of_number(std::uint32_t number);

  /// Makes the words of an article known to of_number.
  void learn_terms(Xapian::docid article);

  /// No telling term has a greater idf.
  double greatest_idf() const { return idf(2); }

  /// Starts anew where the terms take much memory. For the beginning of a query.
  void forget_if_many();

private:
  /// A term, of which nothing else is known until it is asked for.
  struct Entry {
    TermInfo info;
    bool is_read = false;
  };

  Entry& met(const std::string& term);
  const TermInfo& read(Entry& entry) const;
  double idf(Xapian::doccount articles) const;

  ComparedDatabase database_;
  std::unordered_map<std::string, Entry> known_;
  std::unordered_map<std::uint32_t, Entry*> by_number_;
};

} // namespace pfind::searcher
