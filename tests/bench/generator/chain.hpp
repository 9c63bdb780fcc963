#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tests/bench/generator/random.hpp"
#include "tests/bench/generator/tokens.hpp"

namespace pfind::bench {

/// A kind of piece that the chain walks over: all companies with the same punctuation behind them are one.
struct Link {
  PieceKind kind = PieceKind::word;
  std::string text;      ///< of a word; of names, their punctuation
  std::size_t count = 0; ///< occurrences
};

/// Word pairs: what follows a piece is drawn from all that followed it in the texts learnt.
class Chain {
public:
  static constexpr std::uint32_t k_end = 0; ///< before and behind every text

  Chain() : links_(1) {}

  /// Learns a text; not after `finish`.
  void learn(std::span<const Piece> pieces);

  /// Makes the chain ready to walk.
  void finish();

  /// The number of a link that follows link `before`.
  std::uint32_t next(std::uint32_t before, Random& random) const;

  const Link& link(std::uint32_t number) const { return links_[number]; }
  std::size_t size() const { return links_.size(); }

private:
  std::uint32_t number_of(const Piece& piece);

  std::vector<Link> links_; // by number; the first is the end of a text
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::uint32_t> texts_;     // all texts, each behind a k_end
  std::vector<std::uint32_t> followers_; // of link 0, of link 1, ...
  std::vector<std::size_t> begins_;      // of each link's in `followers_`, and their end
};

} // namespace pfind::bench
