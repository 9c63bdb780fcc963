#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <xxhash.h>

namespace pfind::text {

/// Words and what they are stemmed to, as many as stay near the processor: most of a text are the same few thousand
/// words, and a rare one is stemmed in less time than it takes to find it far away. A word has a few places to be in.
/// Where it is met again it moves up by one of them, and a new one takes the last, so that the many words that come
/// once push each other out and not the frequent ones.
class StemCache {
public:
  /// The stem of `word`, which `make_stem()` gives where it is not known; valid until the next call.
  template <typename MakeStem>
  std::string_view stem(std::string_view word, MakeStem&& make_stem) {
    const std::uint64_t hash = XXH3_64bits(word.data(), word.size());
    Entry* const places = &entries_[hash % (entries_.size() / k_places) * k_places];
    for (std::size_t i = 0; i < k_places; ++i) {
      if (places[i].word() != word) continue;
      if (i == 0) return places[0].stem();
      std::swap(places[i - 1], places[i]);
      return places[i - 1].stem();
    }
    made_ = make_stem();
    if (word.size() + made_.size() <= Entry::k_room) {
      places[k_places - 1].set(word, made_);
      if (++added_ > entries_.size() && entries_.size() < k_most) grow();
    }
    return made_;
  }

private:
  static constexpr std::size_t k_places = 4;   // of a word
  static constexpr std::size_t k_least = 256;  // entries; a query needs no more
  static constexpr std::size_t k_most = 65536; // in 4 MB
  static constexpr std::size_t k_growth = 16;  // at once: what is known is lost

  /// A word with its stem, in a line of the processor's cache.
  class alignas(64) Entry {
  public:
    static constexpr std::size_t k_room = 62;

    std::string_view word() const { return {text_.data(), word_size_}; }
    std::string_view stem() const { return {text_.data() + word_size_, stem_size_}; }

    void set(std::string_view word, std::string_view stem) {
      std::ranges::copy(stem, std::ranges::copy(word, text_.begin()).out);
      word_size_ = static_cast<std::uint8_t>(word.size());
      stem_size_ = static_cast<std::uint8_t>(stem.size());
    }

  private:
    std::uint8_t word_size_ = 0;
    std::uint8_t stem_size_ = 0;
    std::array<char, k_room> text_{};
  };

  void grow() {
    entries_.assign(entries_.size() * k_growth, {});
    added_ = 0;
  }

  std::vector<Entry> entries_ = std::vector<Entry>(k_least);
  std::size_t added_ = 0;
  std::string made_;
};

} // namespace pfind::text
