#pragma once

namespace pfind::tests {

/// How many of `n` trials with random data a test makes: all, but a fifth under AddressSanitizer, which takes five
/// times as long for each. What it looks for shows in few; what the answers are is asked of the builds without it.
template <typename Number>
constexpr Number trials(Number n) {
#ifdef __SANITIZE_ADDRESS__
  return n / 5;
#else
  return n;
#endif
}

} // namespace pfind::tests
