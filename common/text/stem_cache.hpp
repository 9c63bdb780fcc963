#pragma once

#include <algorithm>
#include <array>
#include <bit>
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
    Entry* const places = places_of(word);
    std::size_t place = 0;
    for (; place < k_places && !places[place].word().empty(); ++place) {
      if (places[place].word() != word) continue;
      if (place == 0) return places[0].stem();
      std::swap(places[place - 1], places[place]);
      return places[place - 1].stem();
    }
    made_ = make_stem();
    if (word.size() + made_.size() <= Entry::k_room) {
      places[std::min(place, k_places - 1)].set(word, made_);
      if (++added_ > entries_.size() && entries_.size() < k_most) grow();
    }
    return made_;
  }

private:
  static constexpr std::size_t k_places = 4;   // of a word
  static constexpr std::size_t k_least = 256;  // entries; a query needs no more
  static constexpr std::size_t k_most = 65536; // in 4 MB
  static constexpr std::size_t k_growth = 16;  // at once

  static_assert(std::has_single_bit(k_least) && std::has_single_bit(k_growth), "as places_of takes it");

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

  Entry* places_of(std::string_view word) {
    const std::size_t sets = entries_.size() / k_places;
    return &entries_[(XXH3_64bits(word.data(), word.size()) & (sets - 1)) * k_places];
  }

  /// The words of a place then have more places than they need.
  void grow() {
    const std::vector<Entry> before = std::exchange(entries_, std::vector<Entry>(entries_.size() * k_growth));
    for (const Entry& entry : before) {
      if (entry.word().empty()) continue;
      Entry* place = places_of(entry.word());
      while (!place->word().empty()) ++place;
      *place = entry;
    }
    added_ = 0;
  }

  std::vector<Entry> entries_ = std::vector<Entry>(k_least);
  std::size_t added_ = 0;
  std::string made_;
};

} // namespace pfind::text
