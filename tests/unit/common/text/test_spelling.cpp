#include <catch2/catch.hpp>

#include "common/text/spelling.hpp"

namespace {

std::string american(std::string word) {
  pfind::text::americanize(word);
  return word;
}

} // namespace

TEST_CASE("British spellings become American ones") {
  const std::vector<std::pair<std::string, std::string>> pairs{
      {"licence", "license"},
      {"sublicences", "sublicenses"},
      {"defence", "defense"},
      {"colourful", "colorful"},
      {"behaviours", "behaviors"},
      {"neighbouring", "neighboring"},
      {"organise", "organize"},
      {"organising", "organizing"},
      {"digitisation", "digitization"},
      {"analysed", "analyzed"},
      {"centre", "center"},
      {"centres", "centers"},
      {"centred", "centered"},
      {"nanometre", "nanometer"},
      {"kilometres", "kilometers"},
      {"modelling", "modeling"},
      {"travellers", "travelers"},
      {"cancelled", "canceled"},
      {"programmes", "programs"},
      {"catalogue", "catalog"},
      {"fulfil", "fulfill"},
      {"tyres", "tires"},
      {"grey", "gray"},
      {"aluminium", "aluminum"},
  };
  for (const auto& [british, expected] : pairs) CHECK(american(british) == expected);
}

TEST_CASE("words that only look British stay") {
  for (const std::string word :
       {"advertise", "enterprise", "promised", "surprising", "exercises", "precise", "wise",  "rise",  "raising",
        "four",      "hour",       "tour",     "here",       "there",     "fire",    "hired", "acre",  "selling",
        "filled",    "controller", "calling",  "smaller",    "5g",        "h100",    "c++",   "zürich"})
    CHECK(american(word) == word);
}
