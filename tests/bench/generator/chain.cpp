#include "tests/bench/generator/chain.hpp"

#include <utility>

namespace pfind::bench {

void Chain::learn(std::span<const Piece> pieces) {
  texts_.push_back(k_end);
  for (const Piece& piece : pieces) texts_.push_back(number_of(piece));
}

std::uint32_t Chain::number_of(const Piece& piece) {
  const std::string& text = piece.kind == PieceKind::word ? piece.text : piece.tail;
  const std::string key = static_cast<char>(piece.kind) + text;
  const auto [at, is_new] = numbers_.try_emplace(key, static_cast<std::uint32_t>(links_.size()));
  if (is_new) links_.push_back({piece.kind, text, 0});
  ++links_[at->second].count;
  return at->second;
}

void Chain::finish() {
  texts_.push_back(k_end);
  begins_.assign(links_.size() + 1, 0);
  for (std::size_t i = 0; i + 1 < texts_.size(); ++i) ++begins_[texts_[i] + 1];
  for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  followers_.resize(begins_.back());
  std::vector<std::size_t> free = begins_;
  for (std::size_t i = 0; i + 1 < texts_.size(); ++i) followers_[free[texts_[i]]++] = texts_[i + 1];
  texts_ = {};
  numbers_ = {};
}

std::uint32_t Chain::next(std::uint32_t before, Random& random) const {
  const std::size_t begin = begins_[before];
  return followers_[begin + random.below(begins_[before + 1] - begin)];
}

} // namespace pfind::bench
