#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace pfind::fuzz {

/// Ends the program, as a finding, where something does not hold that must hold for every input.
inline void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

inline std::string_view text_of(const unsigned char* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

} // namespace pfind::fuzz

/// What libFuzzer calls for each input.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);
