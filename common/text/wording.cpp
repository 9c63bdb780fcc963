#include "common/text/wording.hpp"

#include <algorithm>
#include <array>
#include <unicode/uchar.h>

#include "common/text/characters.hpp"
#include "common/text/fold.hpp"
#include "common/text/spaced_writer.hpp"

namespace pfind::text {
namespace {

constexpr char k_wide = '\x80'; // what the table has of bytes of other characters than ASCII

/// Letters and digits in lower case; separators as spaces.
constexpr std::array<char, 256> k_plain = [] {
  std::array<char, 256> plain{};
  for (std::size_t c = 0; c < plain.size(); ++c) {
    const bool is_lower = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool is_capital = c >= 'A' && c <= 'Z';
    plain[c] = c >= 0x80    ? k_wide
               : is_lower   ? static_cast<char>(c)
               : is_capital ? static_cast<char>(c + 'a' - 'A')
                            : ' ';
  }
  return plain;
}();

char plain(char c) { return k_plain[static_cast<unsigned char>(c)]; }

/// The length of the typographic sign (U+2000..U+206F, no-break space) that begins at `at`, 0 where there is none:
/// texts are full of them, and folding them one by one would take longer than all the rest.
std::size_t sign_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(at) == 0xE2 && (byte(at + 1) == 0x80 || byte(at + 1) == 0x81) && byte(at + 2) >= 0x80) return 3;
  return byte(at) == 0xC2 && byte(at + 1) == 0xA0 ? 2 : 0;
}

/// Whether such a sign stands for nothing: zero-width spaces and joiners, marks of direction, the word joiner.
bool is_ignored(std::string_view sign) {
  if (sign.size() != 3) return false;
  const auto last = static_cast<unsigned char>(sign[2]);
  const bool first_half = static_cast<unsigned char>(sign[1]) == 0x80;
  return first_half ? (last >= 0x8B && last <= 0x8F) || (last >= 0xAA && last <= 0xAE) : last >= 0xA0;
}

/// A wording that grows.
class Wording {
public:
  /// With room for a text of that many bytes, whose wording is hardly ever longer.
  explicit Wording(std::size_t bytes) : bytes_(bytes, '\0') {}

  /// Adds the ASCII characters that a text begins with; returns how many.
  std::size_t add(std::string_view text) {
    want_room(text.size());
    SpacedWriter writer(bytes_.data() + size_, size_ == 0 ? ' ' : bytes_[size_ - 1]);
    std::size_t count = 0;
    for (; count < text.size(); ++count) {
      const char c = plain(text[count]);
      if (c == k_wide) break;
      writer.put(c);
    }
    size_ = static_cast<std::size_t>(writer.end() - bytes_.data());
    return count;
  }

  void separate() { add(" "); }

  /// Takes off as many letters as were added last.
  void take_back(std::size_t letters) { size_ -= letters; }

  /// Adds a run of letters that are not all ASCII, perhaps with signs of other scripts between.
  void add_folded(std::string_view run) {
    const std::string folded = fold(run);
    want_room(folded.size());
    for (std::size_t at = 0; at < folded.size();) {
      const Character c = character_at(folded, at);
      const auto code = static_cast<UChar32>(c.code_point);
      const bool is_mark = (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0;
      if (u_isalnum(code) || is_mark || !c.valid || c.code_point == k_replacement)
        size_ += folded.copy(&bytes_[size_], c.bytes, at);
      else
        separate();
      at += c.bytes;
    }
  }

  std::string take() {
    if (size_ > 0 && bytes_[size_ - 1] == ' ') --size_;
    bytes_.resize(size_);
    return std::move(bytes_);
  }

private:
  void want_room(std::size_t bytes) {
    if (bytes_.size() - size_ < bytes) bytes_.resize(std::max(2 * bytes_.size(), size_ + bytes));
  }

  std::string bytes_;    // of these
  std::size_t size_ = 0; // are in use
};

/// Where the run of ASCII letters that ends at `at` begins.
std::size_t letters_begin(std::string_view text, std::size_t at) {
  while (at > 0 && plain(text[at - 1]) != ' ' && plain(text[at - 1]) != k_wide) --at;
  return at;
}

/// The end of the run of letters and other characters than ASCII that begins at `at`.
std::size_t run_end(std::string_view text, std::size_t at) {
  while (at < text.size() && plain(text[at]) != ' ' && sign_at(text, at) == 0) ++at;
  return at;
}

} // namespace

std::string wording(std::string_view text) {
  Wording words(text.size());
  for (std::size_t at = 0; at < text.size();) {
    at += words.add(text.substr(at));
    if (at == text.size()) break;
    if (const std::size_t sign = sign_at(text, at); sign > 0) {
      if (!is_ignored(text.substr(at, sign))) words.separate();
      at += sign;
      continue;
    }
    const std::size_t begin = letters_begin(text, at); // the word is folded as a whole
    words.take_back(at - begin);
    at = run_end(text, at);
    words.add_folded(text.substr(begin, at - begin));
  }
  return words.take();
}

std::size_t letters_in(std::string_view wording) {
  return wording.size() - static_cast<std::size_t>(std::ranges::count(wording, ' '));
}

} // namespace pfind::text
