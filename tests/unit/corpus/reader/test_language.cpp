#include <catch2/catch.hpp>

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
