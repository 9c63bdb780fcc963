#include <catch2/catch.hpp>

#include "corpus/reader/function_words.hpp"
#include "corpus/reader/language.hpp"

using namespace pfind::corpus;

TEST_CASE("language tags become ISO 639-1 codes") {
  CHECK(language_code("en-US") == "en");
  CHECK(language_code("zh-Hans") == "zh");
  CHECK(language_code("EN_gb") == "en");
  CHECK(language_code("deu") == "de");
  CHECK(language_code("iw") == "he");
  CHECK(language_code("und") == "");
  CHECK(language_code("English") == "");
  CHECK(language_code("1x") == "");
  CHECK(language_code("") == "");
}

TEST_CASE("the language of a text is detected where it is certain") {
  CHECK(detect_language("The two companies have agreed to license their patents to each other for several years.") ==
        "en");
  CHECK(detect_language(
            "Die beiden Unternehmen haben vereinbart, einander ihre Patente für mehrere Jahre zu lizenzieren.") ==
        "de");
  CHECK(detect_language("两家公司同意在未来几年内相互许可其专利，并撤回所有诉讼。") == "zh");
  CHECK(detect_language("5G") == "");
  CHECK(detect_language("") == "");
}

TEST_CASE("a few words in English are not taken for another language") {
  for (const char* title :
       {"SIFTEX (Algorithm 12)", "Random (Algorithm 9)", "Gauss (Algorithm 4)", "GAUSS-NEWTON (Algorithm 35)",
        "Extraction of Square Roots by Modem Chips", "NORRVIK SIGNS ANTENNA LICENCE", "Interrupt Driven Modems",
        "QUILLABY <QBY> 3RD QTR NET", "Mobile patents: a primer", "Chip ban lifted"}) {
    CAPTURE(title);
    const std::string language = detect_language(title);
    CHECK((language.empty() || language == "en"));
  }
  CHECK(detect_language("Chip Maker Sues Phone Maker over Patents") == "en");
}

TEST_CASE("a few words in other languages are known where they say so") {
  CHECK(detect_language("Bundesgericht bestätigt Verbot für Modemchips") == "de");
  CHECK(detect_language("NOKIA ET OPPO SIGNENT UN ACCORD DE LICENCE") == "fr"); // its function words decide
  CHECK(detect_language("Il tribunale annulla il brevetto") == "it");
  CHECK(detect_language("Domstolen upphäver patentet för modem") == "sv");
  CHECK(detect_language("特許訴訟で和解が成立") == "ja");
  CHECK(detect_language("华为与小米签署专利许可协议") == "zh");
}

TEST_CASE("a rare language takes more than a few words to be believed") {
  CHECK(detect_language("Accordo di licenza tra Nokia e Oppo") == ""); // CLD2: Galician
  CHECK(detect_language("Dúirt an chuideachta inniu go bhfuil comhaontú sínithe aici le déantóir na bhfón póca, agus "
                        "go n-íocfar táillí ceadúnais gach bliain as na paitinní a úsáidtear i líonraí nua ar fud na "
                        "hEorpa agus i dtíortha eile.") == "ga");
}

TEST_CASE("function words are those of the language") {
  CHECK(function_word_share("der Streit um die Patente", "de") == Approx(0.4));
  CHECK(function_word_share("Het octrooi VAN Nokia", "nl") == Approx(0.5));
  CHECK(function_word_share("för", "sv") == 1);
  CHECK(function_word_share("", "de") == 0);
  CHECK(function_word_share("the patent", "xx") == 0);
}
