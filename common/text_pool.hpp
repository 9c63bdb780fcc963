#pragma once

#include <algorithm>
#include <memory>
#include <memory_resource>
#include <string_view>

namespace pfind {

/// Keeps many short texts in few pieces of memory. A text stays where it is as long as the pool or what that was moved
/// to.
class TextPool {
public:
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    auto* const place = static_cast<char*>(memory_->allocate(text.size(), 1));
    std::ranges::copy(text, place);
    return {place, text.size()};
  }

private:
  static constexpr std::size_t k_first_bytes = std::size_t{1} << 12; // what follows grows by itself

  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_ =
      std::make_unique<std::pmr::monotonic_buffer_resource>(k_first_bytes);
};

} // namespace pfind
