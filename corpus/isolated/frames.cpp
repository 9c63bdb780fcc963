#include "corpus/isolated/frames.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>
#include <unistd.h>

#include "common/error.hpp"

namespace pfind::corpus {
namespace {

constexpr std::size_t k_written_at_once = std::size_t{64} << 10;
constexpr std::size_t k_size_bytes = sizeof(std::uint32_t); // both programs run on one machine: its own byte order
constexpr std::size_t k_head_bytes = 1 + k_size_bytes;
constexpr std::string_view k_types = "MDEXSIPFZ";

} // namespace

void FrameWriter::write(FrameType type, std::string_view content) {
  content = content.substr(0, k_longest_frame);
  const auto size = static_cast<std::uint32_t>(content.size());
  std::array<char, k_size_bytes> size_bytes{};
  std::memcpy(size_bytes.data(), &size, k_size_bytes);
  waiting_ += static_cast<char>(type);
  waiting_.append(size_bytes.data(), k_size_bytes);
  waiting_ += content;
  if (waiting_.size() >= k_written_at_once) flush();
}

void FrameWriter::flush() {
  std::string_view left = waiting_;
  while (!left.empty()) {
    const ssize_t wrote = ::write(fd_, left.data(), left.size());
    if (wrote < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category());
    if (wrote > 0) left.remove_prefix(static_cast<std::size_t>(wrote));
  }
  waiting_.clear();
}

void FrameParser::add(std::string_view bytes) {
  bytes_.erase(0, taken_);
  taken_ = 0;
  bytes_ += bytes;
}

std::optional<Frame> FrameParser::next() {
  const std::string_view left = std::string_view(bytes_).substr(taken_);
  if (left.size() < k_head_bytes) return std::nullopt;
  std::uint32_t size = 0;
  std::memcpy(&size, left.data() + 1, k_size_bytes);
  if (k_types.find(left.front()) == std::string_view::npos || size > k_longest_frame)
    throw ReadError("the program that reads it answered with nonsense; the file is damaged or hostile");
  if (left.size() - k_head_bytes < size) return std::nullopt;
  taken_ += k_head_bytes + size;
  return Frame{static_cast<FrameType>(left.front()), left.substr(k_head_bytes, size)};
}

} // namespace pfind::corpus
