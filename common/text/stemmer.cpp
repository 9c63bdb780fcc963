#include "common/text/stemmer.hpp"

#include <algorithm>
#include <array>
#include <libstemmer.h>

namespace pfind::text {
namespace {

using namespace std::string_view_literals;

// Names, folded, that English stemming would change. A name that is also an ordinary word (Oracle, Apple, Sharp) is not
// here: its reader may mean the word.
constexpr std::array k_names{
    "accenture"sv, "adidas"sv,     "airbus"sv,   "altice"sv,   "amadeus"sv,  "ansys"sv,     "asus"sv,     "avaya"sv,
    "axios"sv,     "barclays"sv,   "boeing"sv,   "brussels"sv, "burberry"sv, "carrefour"sv, "chile"sv,    "citrix"sv,
    "compaq"sv,    "danone"sv,     "deloitte"sv, "deutsche"sv, "dyson"sv,    "emirates"sv,  "euronews"sv, "forbes"sv,
    "geely"sv,     "giles"sv,      "google"sv,   "hermes"sv,   "hughes"sv,   "infosys"sv,   "kering"sv,   "lenovo"sv,
    "lexus"sv,     "mercedes"sv,   "michelin"sv, "motorola"sv, "naspers"sv,  "netflix"sv,   "nike"sv,     "novartis"sv,
    "philips"sv,   "porsche"sv,    "prius"sv,    "prosus"sv,   "qualys"sv,   "reuters"sv,   "siemens"sv,  "skype"sv,
    "sonos"sv,     "stellantis"sv, "synopsys"sv, "texas"sv,    "thales"sv,   "unisys"sv,    "vegas"sv,    "wales"sv,
    "xerox"sv,     "zeiss"sv};
static_assert(std::ranges::is_sorted(k_names));

// Languages whose stemmers change endings only and make no word longer: of Snowball 2.2, all but four.
constexpr std::array k_by_endings{"ar"sv, "ca"sv, "da"sv, "de"sv, "el"sv, "en"sv, "es"sv, "eu"sv,
                                  "fi"sv, "fr"sv, "hi"sv, "hu"sv, "hy"sv, "it"sv, "lt"sv, "ne"sv,
                                  "nl"sv, "no"sv, "pt"sv, "ro"sv, "ru"sv, "sv"sv, "ta"sv, "yi"sv};
static_assert(std::ranges::is_sorted(k_by_endings));

bool is_plain_word(std::string_view word) {
  return std::ranges::all_of(word, [](unsigned char c) { return c >= 0x80 || (c >= 'a' && c <= 'z'); });
}

} // namespace

void Stemmer::Delete::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Stemmer::Stemmer(std::string_view language) {
  const std::string name = language.empty() ? "en" : std::string(language);
  stemmer_.reset(sb_stemmer_new(name.c_str(), "UTF_8"));
  keeps_beginnings_ = stemmer_ == nullptr || std::ranges::binary_search(k_by_endings, name);
}

std::string Stemmer::operator()(std::string_view word) const {
  if (!stemmer_ || !is_plain_word(word) || std::ranges::binary_search(k_names, word)) return std::string(word);
  const auto* stem =
      sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (stem == nullptr) return std::string(word); // out of memory inside Snowball
  return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
}

} // namespace pfind::text
