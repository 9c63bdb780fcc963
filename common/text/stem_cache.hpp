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
  /// What the other members know a word by, so that it need not be made twice.
  static std::uint64_t hash_of(std::string_view word) { return XXH3_64bits(word.data(), word.size()); }

  /// Has the processor fetch the places of a word, which takes it some time, while something else is done.
  void fetch(std::uint64_t hash) const { __builtin_prefetch(&entries_[places_of(hash)]); }

  /// The stem of `word`, which `make_stem()` gives where it is not known; valid until the next call.
  template <typename MakeStem>
  std::string_view stem(std::string_view word, MakeStem&& make_stem) {
    return stem(word, hash_of(word), make_stem);
  }

  /// Likewise, of a word with that hash.
  template <typename MakeStem>
  std::string_view stem(std::string_view word, std::uint64_t hash, MakeStem&& make_stem) {
    Entry* const places = &entries_[places_of(hash)];
    std::size_t place = 0;
    for (; place < k_places && !places[place].word().empty(); ++place) {
      if (places[place].word() != word) continue;
      if (place == 0) return places[0].stem();
      std::swap(places[place - 1], places[place]);
      return places[place - 1].stem();
    }
    made_ = make_stem();
    if (Entry::room_of(word, made_) <= Entry::k_room) {
      places[std::min(place, k_places - 1)].set(word, made_);
      if (++added_ > entries_.size() && entries_.size() < k_most) grow();
    }
    return made_;
  }

private:
  static constexpr std::size_t k_places = 4;   // of a word
  static constexpr std::size_t k_least = 256;  // entries; a query needs no more
  static constexpr std::size_t k_most = 65536; // in 2 MB
  static constexpr std::size_t k_growth = 16;  // at once

  static_assert(std::has_single_bit(k_least) && std::has_single_bit(k_growth), "as places_of takes it");

  /// A word with its stem, which mostly is how it begins; two in a line of the processor's cache.
  class alignas(32) Entry {
  public:
    static constexpr std::size_t k_room = 29;

    static std::size_t room_of(std::string_view word, std::string_view stem) {
      return word.size() + (word.starts_with(stem) ? 0 : stem.size());
    }

    std::string_view word() const { return {text_.data(), word_size_}; }
    std::string_view stem() const { return {text_.data() + stem_begin_, stem_size_}; }

    void set(std::string_view word, std::string_view stem) {
      char* const end = std::ranges::copy(word, text_.begin()).out;
      word_size_ = static_cast<std::uint8_t>(word.size());
      stem_begin_ = word.starts_with(stem) ? 0 : word_size_;
      if (stem_begin_ != 0) std::ranges::copy(stem, end);
      stem_size_ = static_cast<std::uint8_t>(stem.size());
    }

  private:
    std::uint8_t word_size_ = 0;
    std::uint8_t stem_begin_ = 0;
    std::uint8_t stem_size_ = 0;
    std::array<char, k_room> text_{};
  };

  std::size_t places_of(std::uint64_t hash) const {
    const std::size_t sets = entries_.size() / k_places;
    return (hash & (sets - 1)) * k_places;
  }

  /// The words of a place then have more places than they need.
  void grow() {
    const std::vector<Entry> before = std::exchange(entries_, std::vector<Entry>(entries_.size() * k_growth));
    for (const Entry& entry : before) {
      if (entry.word().empty()) continue;
      Entry* place = &entries_[places_of(hash_of(entry.word()))];
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
