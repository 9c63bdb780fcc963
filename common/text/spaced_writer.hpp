#pragma once

namespace pfind::text {

/// Writes characters with one space where several come, and none before the first. It does not branch, which for a text
/// character by character would take longer than all else: each is written, and a space behind another is written over.
class SpacedWriter {
public:
  /// `out` has room for all that is put; `before` is what stands before it, a space where nothing does.
  explicit SpacedWriter(char* out, char before = ' ') : end_(out), last_(before) {}

  void put(char c) {
    *end_ = c;
    end_ += static_cast<unsigned>(c != ' ') | static_cast<unsigned>(last_ != ' ');
    last_ = c;
  }

  /// Behind what was written, which may end with a space.
  char* end() const { return end_; }

private:
  char* end_;
  char last_;
};

} // namespace pfind::text
