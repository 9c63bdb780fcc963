#include "common/text/wording.hpp"

#include <algorithm>
#include <array>
#include <unicode/uchar.h>

#include "common/text/characters.hpp"
#include "common/text/fold.hpp"

namespace pfind::text {
namespace {

enum class Kind : char { letter, separator, wide };

constexpr std::array<Kind, 256> k_kinds = [] {
  std::array<Kind, 256> kinds{};
  for (std::size_t c = 0; c < kinds.size(); ++c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    kinds[c] = c >= 0x80 ? Kind::wide : is_letter ? Kind::letter : Kind::separator;
  }
  return kinds;
}();

Kind kind_of(char c) { return k_kinds[static_cast<unsigned char>(c)]; }

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

class Wording {
public:
  explicit Wording(std::size_t bytes) { words_.reserve(bytes); }

  void separate() { is_apart_ = true; }

  /// Adds a run of ASCII letters.
  void add(std::string_view run) {
    begin();
    const std::size_t at = words_.size();
    words_ += run;
    std::for_each(words_.begin() + static_cast<std::ptrdiff_t>(at), words_.end(),
                  [](char& c) { c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  }

  /// Adds a run of letters that are not all ASCII, perhaps with signs of other scripts between.
  void add_folded(std::string_view run) {
    const std::string folded = fold(run);
    for (std::size_t at = 0; at < folded.size();) {
      const Character c = character_at(folded, at);
      const auto code = static_cast<UChar32>(c.code_point);
      const bool is_mark = (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0;
      if (u_isalnum(code) || is_mark || !c.valid || c.code_point == k_replacement) {
        begin();
        words_.append(folded, at, c.bytes);
      } else {
        separate();
      }
      at += c.bytes;
    }
  }

  std::string take() { return std::move(words_); }

private:
  void begin() {
    if (is_apart_ && !words_.empty()) words_ += ' ';
    is_apart_ = false;
  }

  std::string words_;
  bool is_apart_ = false;
};

/// The end of the run of ASCII letters that begins at `at`.
std::size_t letters_end(std::string_view text, std::size_t at) {
  while (at < text.size() && kind_of(text[at]) == Kind::letter) ++at;
  return at;
}

/// The end of the run of letters and other characters than ASCII that begins at `at`.
std::size_t run_end(std::string_view text, std::size_t at) {
  while (at < text.size() && kind_of(text[at]) != Kind::separator && sign_at(text, at) == 0) ++at;
  return at;
}

} // namespace

std::string wording(std::string_view text) {
  Wording words(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (kind_of(text[at]) == Kind::separator) {
      words.separate();
      ++at;
    } else if (const std::size_t sign = sign_at(text, at); sign > 0) {
      if (!is_ignored(text.substr(at, sign))) words.separate();
      at += sign;
    } else {
      std::size_t end = letters_end(text, at);
      if (end == text.size() || kind_of(text[end]) == Kind::separator || sign_at(text, end) > 0) { // as most words do
        words.add(text.substr(at, end - at));
      } else {
        end = run_end(text, at);
        words.add_folded(text.substr(at, end - at));
      }
      at = end;
    }
  }
  return words.take();
}

std::size_t letters_in(std::string_view wording) {
  return wording.size() - static_cast<std::size_t>(std::ranges::count(wording, ' '));
}

} // namespace pfind::text
