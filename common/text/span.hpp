#pragma once

#include <cstddef>
#include <string_view>

namespace pfind::text {

/// A byte range of a text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }

  bool operator==(const Span&) const = default;
};

} // namespace pfind::text
