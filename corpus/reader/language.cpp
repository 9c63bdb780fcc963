#include "corpus/reader/language.hpp"

#include <algorithm>
#include <cld2/public/compact_lang_det.h>
#include <unicode/uloc.h>

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

constexpr std::size_t k_sample = 16u << 10; // more text makes CLD2 slower, not surer

} // namespace

std::string language_code(std::string_view tag) {
  tag = trimmed(tag);
  std::string code = ascii_lower(tag.substr(0, tag.find_first_of("-_,;. ")));
  const bool letters = std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (!letters || code.size() < 2 || code.size() > 3) return "";
  if (code == "iw") return "he"; // withdrawn codes
  if (code == "in") return "id";
  if (code.size() == 2) return code;
  if (code == "und" || code == "mul") return "";
  // ICU knows the two-letter code of every three-letter one that has it.
  const std::string_view iso2 = [&] {
    UErrorCode status = U_ZERO_ERROR;
    static thread_local char buffer[ULOC_LANG_CAPACITY];
    uloc_getLanguage(code.c_str(), buffer, ULOC_LANG_CAPACITY, &status);
    return U_SUCCESS(status) ? std::string_view(buffer) : std::string_view();
  }();
  return iso2.size() == 2 ? std::string(iso2) : "";
}

std::string detect_language(std::string_view text) {
  const std::string_view sample = valid_prefix(text, k_sample);
  bool reliable = false;
  const CLD2::Language language = CLD2::DetectLanguage(sample.data(), static_cast<int>(sample.size()), true, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE) return "";
  return language_code(CLD2::LanguageCode(language));
}

} // namespace pfind::corpus
