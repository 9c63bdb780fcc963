#pragma once

#include <cstddef>
#include <cstdint>

namespace pfind::indexer {

/// Random numbers that are the same with every standard library (Knuth's MMIX generator).
class Random {
public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  /// A number below `bound`, which is positive and less than 2^31.
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return (state_ >> 33) % bound;
  }

private:
  std::uint64_t state_;
};

} // namespace pfind::indexer
