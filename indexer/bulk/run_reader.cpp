#include "indexer/bulk/run_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "common/codec.hpp"

namespace pfind::bulk {
namespace {

constexpr std::size_t k_longest_number = 10; // bytes of 64 bits in LEB128

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

} // namespace

RunReader::RunReader(const std::filesystem::path& file, std::size_t piece)
    : path_(file), fd_(open(file.c_str(), O_RDONLY | O_CLOEXEC)), piece_(piece) {
  if (fd_ < 0) fail(path_);
}

RunReader::RunReader(RunReader&& other) noexcept
    : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)), piece_(other.piece_),
      buffer_(std::move(other.buffer_)),
      window_(fd_ < 0 ? other.window_ : std::string_view(buffer_).substr(0, other.window_.size())), at_(other.at_),
      key_(std::move(other.key_)), left_(other.left_), document_(other.document_) {}

RunReader::~RunReader() {
  if (fd_ >= 0) close(fd_);
}

/// Has that many bytes in the window, or all that there are.
void RunReader::want(std::size_t bytes) {
  if (window_.size() - at_ >= bytes || fd_ < 0) return;
  std::size_t end = window_.size() - at_;
  buffer_.erase(0, at_);
  at_ = 0;
  buffer_.resize(std::max(bytes, piece_));
  while (end < bytes) {
    const ssize_t got = read(fd_, &buffer_[end], buffer_.size() - end);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(path_);
    if (got == 0) break;
    end += static_cast<std::size_t>(got);
  }
  window_ = std::string_view(buffer_).substr(0, end);
}

void RunReader::skip(std::uint64_t bytes) {
  const std::uint64_t here = std::min<std::uint64_t>(bytes, window_.size() - at_);
  at_ += here;
  if (bytes == here) return;
  if (fd_ < 0) throw codec::DecodeError();
  if (lseek(fd_, static_cast<off_t>(bytes - here), SEEK_CUR) < 0) fail(path_);
}

std::uint64_t RunReader::take_number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (at_ == window_.size()) throw codec::DecodeError();
    const auto byte = static_cast<unsigned char>(window_[at_++]);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return value;
  }
  throw codec::DecodeError();
}

bool RunReader::next_list() {
  skip(left_);
  want(k_longest_number);
  if (at_ == window_.size()) return false;
  const std::size_t size = take_number();
  want(size + k_longest_number);
  if (window_.size() - at_ < size) throw codec::DecodeError();
  key_ = window_.substr(at_, size);
  at_ += size;
  left_ = take_number();
  document_ = 0;
  return true;
}

bool RunReader::next(Entry& entry) {
  if (left_ == 0) return false;
  want(3 * k_longest_number);
  const std::size_t start = at_;
  std::size_t size = 0;
  if (window_.size() - at_ >= 3 && is_short(at_) && is_short(at_ + 1) && is_short(at_ + 2)) { // as most are
    document_ += static_cast<unsigned char>(window_[at_]);
    entry.number = static_cast<unsigned char>(window_[at_ + 1]);
    size = static_cast<unsigned char>(window_[at_ + 2]);
    at_ += 3;
  } else {
    document_ += static_cast<Xapian::docid>(take_number());
    entry.number = static_cast<std::uint32_t>(take_number());
    size = take_number();
  }
  entry.document = document_;
  left_ -= at_ - start + size;
  want(size);
  if (window_.size() - at_ < size) throw codec::DecodeError();
  entry.text = window_.substr(at_, size);
  at_ += size;
  return true;
}

MergedRuns::MergedRuns(std::vector<RunReader>& runs, const FirstLiveRuns& first_live)
    : runs_(runs), first_live_(first_live) {
  for (std::size_t run = 0; run < runs.size(); ++run) wait(run);
}

/// Takes a run on to its next list, and has it wait for that key's turn.
void MergedRuns::wait(std::size_t run) {
  if (!runs_[run].next_list()) return;
  waiting_.push_back(run);
  std::ranges::push_heap(waiting_, std::greater<>(),
                         [&](std::size_t r) -> const std::string& { return runs_[r].key(); });
}

bool MergedRuns::next_list() {
  for (const std::size_t run : std::exchange(at_key_, {})) wait(run);
  if (waiting_.empty()) return false;
  key_ = runs_[waiting_.front()].key();
  while (!waiting_.empty() && runs_[waiting_.front()].key() == key_) {
    std::ranges::pop_heap(waiting_, std::greater<>(),
                          [&](std::size_t r) -> const std::string& { return runs_[r].key(); });
    at_key_.push_back(waiting_.back());
    waiting_.pop_back();
  }
  cursors_.clear();
  for (const std::size_t run : at_key_) {
    Cursor cursor{run, {}};
    if (advance(cursor)) cursors_.push_back(cursor);
  }
  started_ = false;
  return true;
}

/// Takes a cursor on to its run's next entry that counts.
bool MergedRuns::advance(Cursor& cursor) {
  while (runs_[cursor.run].next(cursor.entry)) {
    if (first_live_.empty()) return true;
    const auto live = first_live_.find(cursor.entry.document);
    if (live == first_live_.end() || cursor.run >= live->second) return true;
  }
  return false;
}

/// Finds the cursor with the least document, and how far it is alone.
void MergedRuns::choose() {
  const auto least = std::ranges::min_element(cursors_, {}, [](const Cursor& c) { return c.entry.document; });
  chosen_ = static_cast<std::size_t>(least - cursors_.begin());
  limit_ = std::numeric_limits<Xapian::docid>::max();
  for (std::size_t i = 0; i < cursors_.size(); ++i) {
    if (i != chosen_) limit_ = std::min(limit_, cursors_[i].entry.document);
  }
}

bool MergedRuns::next(Entry& entry) {
  if (started_) {
    if (!advance(cursors_[chosen_])) {
      cursors_.erase(cursors_.begin() + static_cast<std::ptrdiff_t>(chosen_));
    } else if (cursors_[chosen_].entry.document < limit_) {
      entry = cursors_[chosen_].entry;
      return true;
    }
  }
  started_ = !cursors_.empty();
  if (cursors_.empty()) return false;
  choose();
  entry = cursors_[chosen_].entry;
  return true;
}

} // namespace pfind::bulk
