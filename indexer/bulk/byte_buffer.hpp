#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace pfind::bulk {

/// Bytes that gather one behind the other. Unlike a string it does not look for room at each of them, and keeps its
/// memory when it is cleared.
class ByteBuffer {
public:
  std::string_view bytes() const { return {memory_.data(), size_}; }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }

  /// Where `most` bytes may be written behind the last one; holds until the next call.
  char* room(std::size_t most) {
    if (memory_.size() - size_ < most) memory_.resize(std::max(2 * memory_.size(), size_ + most));
    return memory_.data() + size_;
  }

  /// Takes what was written in that room, up to `end`.
  void end_at(const char* end) { size_ = static_cast<std::size_t>(end - memory_.data()); }

private:
  std::string memory_;
  std::size_t size_ = 0;
};

} // namespace pfind::bulk
