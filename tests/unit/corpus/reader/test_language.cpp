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

TEST_CASE("the languages of whole paragraphs are told") {
  const std::vector<std::pair<std::string, std::string>> samples{
      {"es",
       "La empresa anunció el lunes que ha firmado un acuerdo de licencia con su mayor competidor. El contrato cubre "
       "las patentes de los módems y pone fin a una disputa que duraba desde hace tres años en varios tribunales."},
      {"pt",
       "A empresa anunciou na segunda-feira que assinou um acordo de licença com o seu maior concorrente. O contrato "
       "cobre as patentes dos modems e encerra uma disputa que durava há três anos em vários tribunais do país."},
      {"nl",
       "Het bedrijf maakte maandag bekend dat het een licentieovereenkomst heeft gesloten met zijn grootste "
       "concurrent. Het contract geldt voor de octrooien op modems en beëindigt een geschil dat al drie jaar duurt."},
      {"sv",
       "Företaget meddelade i måndags att det har ingått ett licensavtal med sin största konkurrent. Avtalet gäller "
       "patenten på modem och avslutar en tvist som har pågått i tre år vid flera domstolar i landet."},
      {"da", "Selskabet oplyste mandag, at det har indgået en licensaftale med sin største konkurrent. Aftalen gælder "
             "patenterne på modemer og afslutter en strid, som har varet i tre år ved flere domstole i landet."},
      {"pl",
       "Spółka poinformowała w poniedziałek, że podpisała umowę licencyjną ze swoim największym konkurentem. Umowa "
       "obejmuje patenty na modemy i kończy spór, który od trzech lat toczył się przed kilkoma sądami w kraju."},
      {"hu", "A vállalat hétfőn bejelentette, hogy licencszerződést kötött a legnagyobb versenytársával. A szerződés a "
             "modemek szabadalmaira vonatkozik, és lezárja azt a vitát, amely három éve folyik több bíróság előtt."},
      {"tr", "Şirket pazartesi günü en büyük rakibiyle bir lisans anlaşması imzaladığını duyurdu. Sözleşme modem "
             "patentlerini kapsıyor ve üç yıldır birçok mahkemede süren bir anlaşmazlığa son veriyor."},
      {"fi", "Yhtiö ilmoitti maanantaina solmineensa lisenssisopimuksen suurimman kilpailijansa kanssa. Sopimus koskee "
             "modeemien patentteja ja päättää riidan, jota on käyty kolmen vuoden ajan useissa tuomioistuimissa."},
      {"ro",
       "Compania a anunțat luni că a semnat un acord de licență cu cel mai mare concurent al său. Contractul acoperă "
       "brevetele pentru modemuri și pune capăt unei dispute care dura de trei ani în mai multe instanțe."}};
  for (const auto& [language, text] : samples) CHECK(detect_language(text) == language);
}

TEST_CASE("reports in English full of foreign names, tables and lists are in no other language") {
  for (
      const char* text :
      {"Kraftwerke Oberland AG and Sparkasse Unterland have set up a Zuerich branch, Kraftwerke Vorstand member Dieter "
       "Baumgartner said. The Landesbank Nordland and Bankhaus Westermann lead the issue, with Handelsbank Ostheim as "
       "the fiscal agent for Kraftwerke Oberland Finanz and Versicherung Oberland.",
       "SHR 12 CTS VS 11 CTS\nNET 3,401,000 VS 3,210,000\nREV 44.1 MLN VS 40.2 MLN\nAVG SHRS 28.3 MLN VS 29.2 MLN\nNINE "
       "MTHS\nSHR 36 CTS VS 31 CTS\nNET 10.2 MLN VS 9.1 MLN\nREV 130 MLN VS 121 MLN\nAVG SHRS 28.4 MLN VS 29.4 MLN",
       "Norrvik 12.50 to 14.00 dels\nStavholm 11.25 to 12.75\nBergsund 10.00 to 11.50 den 3\nLillefjord 9.75 to "
       "10.25\nKristvik 8.50 to 9.00\nTromsdal 7.00 to 8.25\nHaugstrand 6.50 to 7.50\nSandnes 5.00 to 6.00"}) {
    CAPTURE(text);
    const std::string language = detect_language(text);
    CHECK((language.empty() || language == "en"));
  }
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
