#include "common/text/fold.hpp"

#include <algorithm>
#include <array>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <utility>

namespace pfind::text {
namespace {

// Latin letters that Unicode does not decompose, as their languages' own ASCII spellings have them.
constexpr std::array<std::pair<char16_t, std::string_view>, 16> k_latin{{{u'æ', "ae"},
                                                                         {u'ð', "d"},
                                                                         {u'ø', "o"},
                                                                         {u'þ', "th"},
                                                                         {u'đ', "d"},
                                                                         {u'ħ', "h"},
                                                                         {u'ı', "i"},
                                                                         {u'ĸ', "k"},
                                                                         {u'ł', "l"},
                                                                         {u'ŋ', "n"},
                                                                         {u'œ', "oe"},
                                                                         {u'ŧ', "t"},
                                                                         {u'ƀ', "b"},
                                                                         {u'ǝ', "e"},
                                                                         {u'ə', "e"},
                                                                         {u'ʼ', "'"}}};

/// What ICU has built in. Asked for once: threads then need not agree on it at every word.
struct Normalizers {
  const icu::Normalizer2* folding;
  const icu::Normalizer2* decomposing;
  const icu::Normalizer2* composing;
};

const Normalizers& normalizers() {
  static const Normalizers all = [] {
    UErrorCode status = U_ZERO_ERROR;
    return Normalizers{.folding = icu::Normalizer2::getNFKCCasefoldInstance(status),
                       .decomposing = icu::Normalizer2::getNFDInstance(status),
                       .composing = icu::Normalizer2::getNFCInstance(status)};
  }();
  return all;
}

bool drops_marks(UChar32 base) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(base, &status)) {
  case USCRIPT_LATIN:
  case USCRIPT_GREEK:
  case USCRIPT_CYRILLIC:
  case USCRIPT_HEBREW:
  case USCRIPT_ARABIC: return true;
  default: return false;
  }
}

void append_latin(icu::UnicodeString& out, UChar32 c) {
  const auto* it = std::ranges::lower_bound(k_latin, c, {}, [](const auto& entry) { return UChar32(entry.first); });
  if (it != k_latin.end() && UChar32(it->first) == c) {
    out.append(icu::UnicodeString::fromUTF8(icu::StringPiece(it->second.data(), int32_t(it->second.size()))));
  } else {
    out.append(c);
  }
}

std::string fold_unicode(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString source = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  const icu::UnicodeString folded = normalizers().folding->normalize(source, status);
  const icu::UnicodeString apart = normalizers().decomposing->normalize(folded, status);
  icu::UnicodeString kept;
  UChar32 base = 0;
  for (int32_t i = 0; i < apart.length();) {
    const UChar32 c = apart.char32At(i);
    i += U16_LENGTH(c);
    if (u_charType(c) == U_NON_SPACING_MARK) {
      if (!drops_marks(base)) kept.append(c);
      continue;
    }
    base = c;
    append_latin(kept, c);
  }
  std::string out;
  // Composed again, so that the marks that were kept (Japanese, Indic) are written in one way.
  UErrorCode composed = U_ZERO_ERROR;
  normalizers().composing->normalize(kept, composed).toUTF8String(out);
  return out;
}

} // namespace

std::string fold(std::string_view text) {
  if (!std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; })) return fold_unicode(text);
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

} // namespace pfind::text
