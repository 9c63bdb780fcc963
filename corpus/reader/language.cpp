#include "corpus/reader/language.hpp"

#include <algorithm>
#include <array>
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <unicode/uloc.h>

#include "corpus/reader/function_words.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_sample = 16u << 10; // more text makes CLD2 slower, not surer
constexpr int k_short = 200;                // bytes of words, below which CLD2 calls reliable what is not
constexpr double k_sentence_like = 0.2;     // share of function words, in a few words
constexpr double k_prose_like = 0.1;        // in a text; the barest agency report in German has 0.2
constexpr double k_english_like = 0.25;     // of English ones, which a text in English has; Hungarian has 0.15

// Languages in Latin letters that a short text may be in. The others that CLD2 knows are rarer than the mistakes that
// it makes for them: a few Spanish words look Galician, names and technical terms Irish, Sotho or Haitian.
constexpr std::array k_common{"ca"sv, "cs"sv, "da"sv, "de"sv, "en"sv, "es"sv, "et"sv, "fi"sv, "fr"sv, "hr"sv,
                              "hu"sv, "id"sv, "is"sv, "it"sv, "lt"sv, "lv"sv, "ms"sv, "nl"sv, "no"sv, "pl"sv,
                              "pt"sv, "ro"sv, "sk"sv, "sl"sv, "sq"sv, "sv"sv, "tr"sv, "vi"sv};
static_assert(std::ranges::is_sorted(k_common));

struct Detection {
  std::string language; // ISO 639-1, or ""
  bool is_reliable = false;
  int bytes = 0; // of words
};

/// `hint`: a language that the text is expected to be in.
Detection ask_cld2(std::string_view text, CLD2::Language hint) {
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, hint};
  std::array<CLD2::Language, 3> best{};
  std::array<int, 3> percent{};
  std::array<double, 3> score{};
  Detection found;
  const CLD2::Language language =
      CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, &hints, 0, best.data(),
                                     percent.data(), score.data(), nullptr, &found.bytes, &found.is_reliable);
  if (language != CLD2::UNKNOWN_LANGUAGE) found.language = language_code(CLD2::LanguageCode(language));
  return found;
}

bool is_latin(std::string_view text) {
  const auto letters =
      std::ranges::count_if(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  return 2 * static_cast<std::size_t>(letters) > text.size();
}

/// Whether a text in Latin letters is in the language in which CLD2 sees it. The function words of a language hold its
/// sentences together; tables, lists of names and prices have none of any, and look Norwegian or Dutch.
bool is_plausible(std::string_view text, const Detection& found) {
  const bool is_short = found.bytes < k_short;
  if (is_short && !std::ranges::binary_search(k_common, found.language)) return false;
  const bool insists =
      (is_short || !has_function_words(found.language)) && ask_cld2(text, CLD2::ENGLISH).language == found.language;
  const double english = function_word_share(text, "en");
  if (insists) return is_short || english < k_english_like;
  const double share = function_word_share(text, found.language);
  return share >= (is_short ? k_sentence_like : k_prose_like) && share > english;
}

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
  Detection found = ask_cld2(sample, CLD2::UNKNOWN_LANGUAGE);
  if (!found.is_reliable) return "";
  const bool doubtful = found.language != "en" && is_latin(sample);
  return doubtful && !is_plausible(sample, found) ? "" : found.language;
}

} // namespace pfind::corpus
