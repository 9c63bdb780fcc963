#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/text/analyzer.hpp"
#include "common/text/spelling.hpp"
#include "common/text/stem_cache.hpp"
#include "common/text/stemmer.hpp"

namespace pfind::text {

/// Gives tokens the stems of their words: as they are asked for, or when some more words were met, until when the
/// processor fetches what the cache has of them. Most of what a stem costs is waiting for that.
class TokenStems {
public:
  /// `language` as Analyzer takes it.
  explicit TokenStems(std::string_view language) : english_(language.empty() || language == "en"), stemmer_(language) {}

  bool english() const { return english_; }
  const Stemmer& stemmer() const { return stemmer_; }

  /// The stem of a folded word; valid until the next call.
  std::string_view stem(std::string_view word) { return stem(word, StemCache::hash_of(word)); }

  /// Has a token get its term later, at the latest by `finish`. All of one text stand in the same `tokens`.
  void stem_later(std::vector<Token>& tokens, std::size_t token) {
    const std::uint64_t hash = StemCache::hash_of(tokens[token].word);
    cache_.fetch(hash);
    waiting_[waiting_count_++] = {token, hash};
    if (waiting_count_ == waiting_.size()) finish(tokens);
  }

  /// Gives the tokens that wait their terms.
  void finish(std::vector<Token>& tokens) {
    for (const auto& [number, hash] : std::span(waiting_).first(std::exchange(waiting_count_, 0))) {
      Token& token = tokens[number];
      token.term = stem(token.word, hash);
    }
  }

  /// Forgets tokens that wait, as those of a text that was not read to its end.
  void forget() { waiting_count_ = 0; }

private:
  /// A token, and the hash of its word.
  struct Waiting {
    std::size_t token = 0;
    std::uint64_t hash = 0;
  };

  static constexpr std::size_t k_most_waiting = 64;

  std::string_view stem(std::string_view word, std::uint64_t hash) {
    return cache_.stem(word, hash, [&] {
      scratch_ = word;
      if (english_) americanize(scratch_);
      return stemmer_(scratch_);
    });
  }

  bool english_;
  Stemmer stemmer_;
  StemCache cache_;
  std::string scratch_;
  std::array<Waiting, k_most_waiting> waiting_;
  std::size_t waiting_count_ = 0;
};

} // namespace pfind::text
