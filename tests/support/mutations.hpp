#pragma once

#include <cstddef>
#include <random>
#include <string>

namespace pfind::tests {

/// `bytes` with a few random changes: bits turned, bytes lost, doubled or put in, the end cut off.
inline std::string mutated(std::string bytes, std::mt19937& random) {
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  for (std::size_t changes = 1 + below(3); changes > 0; --changes) {
    const std::size_t at = below(bytes.size());
    switch (below(5)) {
    case 0:
      if (!bytes.empty()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
      break;
    case 1: bytes.erase(at, 1 + below(4)); break;
    case 2: bytes.insert(at, bytes.substr(at, 1 + below(4))); break;
    case 3: bytes.insert(at, 1, static_cast<char>(below(256))); break;
    default: bytes.resize(at);
    }
  }
  return bytes;
}

} // namespace pfind::tests
