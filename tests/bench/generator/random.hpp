#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace pfind::bench {

/// Random numbers that are the same for a seed with every standard library; those of <random>'s distributions are not.
class Random {
public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// A number below `n`, which must be neither 0 nor above 2^32.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(((engine_() >> 32U) * n) >> 32U); }

  /// True `part` times in `whole`.
  bool happens(std::size_t part, std::size_t whole) { return below(whole) < part; }

private:
  std::mt19937_64 engine_;
};

} // namespace pfind::bench
