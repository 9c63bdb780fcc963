#include "corpus/reader/text_stream.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "corpus/reader/encoding.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_piece = std::size_t{128} << 10;
constexpr std::string_view k_utf16_marks[]{"\xff\xfe"sv, "\xfe\xff"sv};

/// Where to cut bytes in a superset of ASCII: behind a byte that is never a part of a longer character, in any of
/// them. Not behind CR, which belongs to the LF that may follow.
std::size_t cut_of_bytes(std::string_view raw) {
  const std::size_t last = raw.find_last_of("\n >,\t");
  if (last != std::string_view::npos) return last + 1;
  std::size_t cut = raw.size();
  while (cut > 0 && raw.size() - cut < 4 && static_cast<unsigned char>(raw[cut - 1]) >= 0x80) --cut;
  return cut == 0 ? raw.size() : cut;
}

/// Where to cut UTF-16: behind a line's end or a space, else anywhere but between surrogates.
std::size_t cut_of_utf16(std::string_view raw, bool little) {
  const auto unit = [&](std::size_t at) {
    const auto low = static_cast<unsigned char>(raw[little ? at : at + 1]);
    const auto high = static_cast<unsigned char>(raw[little ? at + 1 : at]);
    return static_cast<char16_t>(high << 8 | low);
  };
  const std::size_t even = raw.size() / 2 * 2;
  for (std::size_t end = even; end >= 2; end -= 2) {
    if (unit(end - 2) == u'\n' || unit(end - 2) == u' ') return end;
  }
  const bool half = even >= 2 && (unit(even - 2) & 0xfc00) == 0xd800;
  return half ? even - 2 : even;
}

} // namespace

TextStream::TextStream(ByteStream& bytes, std::string declared) : bytes_(bytes), declared_(std::move(declared)) {}

std::size_t TextStream::read(char* buffer, std::size_t size) {
  while (at_ == text_.size() && !ended_) fill();
  const std::size_t got = std::min(size, text_.size() - at_);
  std::memcpy(buffer, text_.data() + at_, got);
  at_ += got;
  return got;
}

void TextStream::fill() {
  at_ = 0;
  text_.clear();
  const std::size_t had = raw_.size();
  raw_.resize(had + k_piece);
  const std::size_t got = bytes_.read(raw_.data() + had, k_piece);
  raw_.resize(had + got);
  ended_ = got == 0;
  if (!begun_ && (ended_ || raw_.size() >= 4096)) {
    begun_ = true;
    // A stray NUL further on does not make a file UTF-16.
    const bool marked =
        std::ranges::any_of(k_utf16_marks, [&](std::string_view mark) { return raw_.starts_with(mark); });
    if (marked || raw_.substr(0, 4).find('\0') != std::string::npos) charset_ = utf16_charset(raw_);
    for (const std::string_view mark : k_utf16_marks) {
      if (raw_.starts_with(mark)) raw_.erase(0, mark.size());
    }
  }
  if (!begun_) return;
  const bool utf16 = charset_.starts_with("UTF-16");
  const std::size_t cut = ended_  ? raw_.size()
                          : utf16 ? cut_of_utf16(raw_, charset_ == "UTF-16LE")
                                  : cut_of_bytes(raw_);
  decode_piece(std::string_view(raw_).substr(0, cut));
  raw_.erase(0, cut);
}

void TextStream::decode_piece(std::string_view piece) {
  if (!charset_.starts_with("UTF-16") && is_utf8(piece)) {
    text_ = clean(piece);
    return;
  }
  if (charset_.empty()) charset_ = charset_of(piece, declared_);
  text_ = decode_as(piece, charset_);
}

} // namespace pfind::corpus
