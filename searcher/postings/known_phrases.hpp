#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "searcher/document_bits.hpp"

namespace pfind::searcher {

/// What was found of a phrase: of some articles whether its words stand side by side there.
struct KnownPhrase {
  std::vector<std::string> terms;
  DocumentBits looked_at;
  DocumentBits found; ///< among these
};

/// The phrases that were looked for last: a query is looked at in steps, to count, for the most promising articles, for
/// weights, and no step should look at positions again.
class KnownPhrases {
public:
  /// What is known of a phrase in a shard whose last article is `last`. Holds until the next call.
  KnownPhrase& of(const std::vector<std::string>& terms, Xapian::docid last) {
    for (KnownPhrase& known : phrases_) {
      if (known.terms == terms) return known;
    }
    if (phrases_.size() == k_most) phrases_.pop_front();
    return phrases_.emplace_back(KnownPhrase{terms, DocumentBits(last), DocumentBits(last)});
  }

private:
  static constexpr std::size_t k_most = 16; // of two bits an article each

  std::deque<KnownPhrase> phrases_; // in the order they were first looked for
};

} // namespace pfind::searcher
