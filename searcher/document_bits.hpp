#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>
#include <xapian.h>

#include "searcher/of_document.hpp"

namespace pfind::searcher {

/// Articles of one shard, a bit for each by its number there.
class DocumentBits {
public:
  /// None of the articles up to number `last`.
  explicit DocumentBits(Xapian::docid last = 0) : words_(last / k_bits + std::size_t{1}, 0) {}

  /// Throws codec::DecodeError where `document` lies behind the last, as lists of a damaged index may say.
  void add(Xapian::docid document) { of_document(words_, document / k_bits) |= bit_of(document); }

  /// Adds an article, up to the last, where `within`, of the same shard, has it.
  void add_if(Xapian::docid document, const DocumentBits& within) {
    words_[document / k_bits] |= within.words_[document / k_bits] & bit_of(document);
  }

  bool has(Xapian::docid document) const {
    return document / k_bits < words_.size() && (words_[document / k_bits] & bit_of(document)) != 0;
  }

  std::size_t count() const {
    std::uint64_t count = 0;
    for (const std::uint64_t word : words_) count += ones_of(word);
    return count;
  }

  bool empty() const {
    return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
  }

  /// The first article from `document` on; 0 where there is none.
  Xapian::docid first_from(Xapian::docid document) const {
    std::size_t at = document / k_bits;
    if (at >= words_.size()) return 0;
    std::uint64_t word = words_[at] & ~(bit_of(document) - 1);
    while (word == 0 && ++at < words_.size()) word = words_[at];
    return word == 0 ? 0 : number_of(at, word);
  }

  /// Of sets of one shard.
  DocumentBits& operator|=(const DocumentBits& other) {
    return combine(other, [](auto a, auto b) { return a | b; });
  }
  DocumentBits& operator&=(const DocumentBits& other) {
    return combine(other, [](auto a, auto b) { return a & b; });
  }
  DocumentBits& operator-=(const DocumentBits& other) {
    return combine(other, [](auto a, auto b) { return a & ~b; });
  }

  /// Calls `visit(article)` in increasing order.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t at = 0; at < words_.size(); ++at) {
      for (std::uint64_t word = words_[at]; word != 0; word &= word - 1) visit(number_of(at, word));
    }
  }

  bool operator==(const DocumentBits&) const = default;

private:
  static constexpr std::size_t k_bits = 64;

  /// std::popcount, which is a call where the processor need not have an instruction for it.
  static std::uint64_t ones_of(std::uint64_t word) {
    word -= (word >> 1) & 0x5555555555555555ULL;
    word = (word & 0x3333333333333333ULL) + ((word >> 2) & 0x3333333333333333ULL);
    return (((word + (word >> 4)) & 0x0F0F0F0F0F0F0F0FULL) * 0x0101010101010101ULL) >> 56;
  }

  static std::uint64_t bit_of(Xapian::docid document) { return std::uint64_t{1} << (document % k_bits); }

  static Xapian::docid number_of(std::size_t at, std::uint64_t word) {
    return static_cast<Xapian::docid>(at * k_bits + static_cast<std::size_t>(std::countr_zero(word)));
  }

  template <typename Combine>
  DocumentBits& combine(const DocumentBits& other, Combine&& of_words) {
    for (std::size_t at = 0; at < words_.size(); ++at) words_[at] = of_words(words_[at], other.words_[at]);
    return *this;
  }

  std::vector<std::uint64_t> words_;
};

} // namespace pfind::searcher
