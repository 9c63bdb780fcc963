#include "indexer/check/xapian_check.hpp"

#include <algorithm>
#include <ostream>
#include <streambuf>
#include <utility>
#include <xapian.h>

namespace pfind::indexer {
namespace {

/// Keeps the first bytes that are written to it.
class FirstBytes : public std::streambuf {
public:
  explicit FirstBytes(std::size_t most) : most_(most) {}

  std::string take() { return std::move(text_); }
  bool is_cut() const { return is_cut_; }

protected:
  int_type overflow(int_type byte) override {
    if (traits_type::eq_int_type(byte, traits_type::eof())) return traits_type::not_eof(byte);
    const char written = traits_type::to_char_type(byte);
    xsputn(&written, 1);
    return byte;
  }

  std::streamsize xsputn(const char* bytes, std::streamsize size) override {
    const std::size_t kept = std::min(static_cast<std::size_t>(size), most_ - text_.size());
    text_.append(bytes, kept);
    is_cut_ = is_cut_ || kept < static_cast<std::size_t>(size);
    return size;
  }

private:
  std::size_t most_;
  std::string text_;
  bool is_cut_ = false;
};

} // namespace

XapianReport xapian_check(const std::filesystem::path& path, std::size_t most) {
  FirstBytes kept(most);
  std::ostream text(&kept);
  const std::size_t errors = Xapian::Database::check(path.string(), 0, &text);
  return {.errors = errors, .text = kept.take(), .is_cut = kept.is_cut()};
}

} // namespace pfind::indexer
