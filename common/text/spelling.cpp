#include "common/text/spelling.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pfind::text {
namespace {

using namespace std::string_view_literals;

struct Respelling {
  std::string_view british;
  std::string_view american;
};

// Anywhere in a word, so that derived and compound words follow: `sublicence`, `colourful`, `crosslicences`.
constexpr std::array k_inside{
    Respelling{"licence", "license"},
    Respelling{"defence", "defense"},
    Respelling{"offence", "offense"},
    Respelling{"pretence", "pretense"},
    Respelling{"practis", "practic"},
    Respelling{"colour", "color"},
    Respelling{"favour", "favor"},
    Respelling{"behaviour", "behavior"},
    Respelling{"labour", "labor"},
    Respelling{"neighbour", "neighbor"},
    Respelling{"honour", "honor"},
    Respelling{"harbour", "harbor"},
    Respelling{"rumour", "rumor"},
    Respelling{"humour", "humor"},
    Respelling{"flavour", "flavor"},
    Respelling{"endeavour", "endeavor"},
    Respelling{"armour", "armor"},
    Respelling{"vapour", "vapor"},
    Respelling{"tumour", "tumor"},
    Respelling{"parlour", "parlor"},
    Respelling{"rigour", "rigor"},
    Respelling{"vigour", "vigor"},
    Respelling{"valour", "valor"},
    Respelling{"saviour", "savior"},
    Respelling{"splendour", "splendor"},
    Respelling{"catalogue", "catalog"},
    Respelling{"dialogue", "dialog"},
    Respelling{"analogue", "analog"},
    Respelling{"analyse", "analyze"},
    Respelling{"analysing", "analyzing"},
    Respelling{"paralyse", "paralyze"},
    Respelling{"paralysing", "paralyzing"},
    Respelling{"catalyse", "catalyze"},
    Respelling{"manoeuvr", "maneuver"},
    Respelling{"aeroplane", "airplane"},
    Respelling{"aluminium", "aluminum"},
    Respelling{"programme", "program"},
    Respelling{"sceptic", "skeptic"},
    Respelling{"mould", "mold"},
    Respelling{"judgement", "judgment"},
    Respelling{"acknowledgement", "acknowledgment"},
    Respelling{"skilful", "skillful"},
    Respelling{"artefact", "artifact"},
    Respelling{"jewellery", "jewelry"},
    Respelling{"encyclopaed", "encycloped"},
    Respelling{"paediatr", "pediatr"},
    Respelling{"orthopaed", "orthoped"},
    Respelling{"anaesth", "anesth"},
    Respelling{"leukaem", "leukem"},
    Respelling{"plough", "plow"},
};

// Whole words, with their plurals and past forms where these differ.
constexpr std::array k_whole{
    Respelling{"ageing", "aging"},
    Respelling{"amongst", "among"},
    Respelling{"cosy", "cozy"},
    Respelling{"draught", "draft"},
    Respelling{"enrol", "enroll"},
    Respelling{"enrolment", "enrollment"},
    Respelling{"enrols", "enrolls"},
    Respelling{"fulfil", "fulfill"},
    Respelling{"fulfilment", "fulfillment"},
    Respelling{"fulfils", "fulfills"},
    Respelling{"grey", "gray"},
    Respelling{"instalment", "installment"},
    Respelling{"instalments", "installments"},
    Respelling{"odour", "odor"},
    Respelling{"odours", "odors"},
    Respelling{"towards", "toward"},
    Respelling{"tyre", "tire"},
    Respelling{"tyres", "tires"},
    Respelling{"whilst", "while"},
};
static_assert(std::ranges::is_sorted(k_whole, {}, &Respelling::british));

// What WantedWords relies on: no stem begins with another letter or is longer by two. (What else adds a letter,
// `centred`, does so before an ending that every stem lacks.)
static_assert(std::ranges::all_of(k_whole, [](const Respelling& word) {
  return word.american.front() == word.british.front() && word.american.size() <= word.british.size() + 1;
}));
static_assert(std::ranges::all_of(k_inside, [](const Respelling& part) {
  return part.american.front() == part.british.front() && part.american.size() <= part.british.size() + 1;
}));

// Words in -re (`centre`, `kilometres`), as endings.
constexpr std::array k_re_endings{"centre"sv,  "metre"sv,   "litre"sv,  "theatre"sv, "fibre"sv,
                                  "calibre"sv, "spectre"sv, "sombre"sv, "lustre"sv,  "meagre"sv};

// Verbs whose final l British spelling doubles: `modelling`, `cancelled`, `traveller`.
constexpr std::array k_doubled_l{"travel"sv, "cancel"sv,  "model"sv,   "label"sv,  "fuel"sv,   "signal"sv, "channel"sv,
                                 "level"sv,  "total"sv,   "counsel"sv, "tunnel"sv, "panel"sv,  "dial"sv,   "equal"sv,
                                 "rival"sv,  "initial"sv, "quarrel"sv, "marvel"sv, "libel"sv,  "parcel"sv, "jewel"sv,
                                 "shovel"sv, "duel"sv,    "pencil"sv,  "chisel"sv, "funnel"sv, "revel"sv,  "spiral"sv};

// Roots of words in -ise that American English writes so too (`advertise`, `rising`); everything else in -ise is
// written -ize there.
constexpr std::array k_true_ise{"advertis"sv,
                                "advis"sv,
                                "appris"sv,
                                "aris"sv,
                                "bruis"sv,
                                "chastis"sv,
                                "circumcis"sv,
                                "compris"sv,
                                "compromis"sv,
                                "concis"sv,
                                "cruis"sv,
                                "demis"sv,
                                "despis"sv,
                                "devis"sv,
                                "disguis"sv,
                                "enfranchis"sv,
                                "enterpris"sv,
                                "excis"sv,
                                "exercis"sv,
                                "expertis"sv,
                                "franchis"sv,
                                "guis"sv,
                                "imprecis"sv,
                                "improvis"sv,
                                "incis"sv,
                                "liais"sv,
                                "likewis"sv,
                                "malais"sv,
                                "merchandis"sv,
                                "mortis"sv,
                                "nois"sv,
                                "otherwis"sv,
                                "paradis"sv,
                                "pois"sv,
                                "porpois"sv,
                                "prais"sv,
                                "precis"sv,
                                "premis"sv,
                                "promis"sv,
                                "rais"sv,
                                "repris"sv,
                                "revis"sv,
                                "ris"sv,
                                "supervis"sv,
                                "surmis"sv,
                                "surpris"sv,
                                "televis"sv,
                                "tortois"sv,
                                "treatis"sv,
                                "turquois"sv,
                                "uprais"sv,
                                "uncompromis"sv,
                                "unpromis"sv,
                                "unrais"sv,
                                "vis"sv,
                                "wis"sv,
                                "apprais"sv,
                                "brais"sv,
                                "clockwis"sv,
                                "contrariwis"sv,
                                "counterclockwis"sv,
                                "crosswis"sv,
                                "marquis"sv,
                                "overexercis"sv,
                                "polonais"sv,
                                "mayonnais"sv,
                                "reappris"sv,
                                "reapprais"sv,
                                "unwis"sv,
                                "sunris"sv,
                                "moonris"sv,
                                "highris"sv,
                                "lois"sv,
                                "denis"sv,
                                "louis"sv,
                                "elis"sv,
                                "paris"sv};

constexpr std::array k_ise_endings{"ise"sv,   "ised"sv,    "ises"sv,     "iser"sv,   "isers"sv,
                                   "ising"sv, "isation"sv, "isations"sv, "isable"sv, "isational"sv};

/// The number of three small letters.
constexpr std::size_t number_of(std::string_view three) {
  std::size_t number = 0;
  for (const char c : three) number = number * 26 + static_cast<std::size_t>(c - 'a');
  return number;
}

constexpr std::size_t k_looked_at = 3; // letters

/// Whether one of k_inside begins with three letters, by their number: most words have no such place.
constexpr auto k_begin_inside = [] {
  std::array<bool, std::size_t{26} * 26 * 26> begin{};
  for (const Respelling& part : k_inside) begin[number_of(part.british.substr(0, k_looked_at))] = true;
  return begin;
}();

void replace_inside(std::string& word) {
  bool may_have = false;
  for (std::size_t at = 0; at + k_looked_at <= word.size() && !may_have; ++at)
    may_have = k_begin_inside[number_of(std::string_view(word).substr(at, k_looked_at))];
  if (!may_have) return;
  for (const auto& [british, american] : k_inside) {
    if (const std::size_t at = word.find(british); at != std::string::npos) {
      word.replace(at, british.size(), american);
      return;
    }
  }
}

/// Turns the s of `-ise`, `-isation`... into z, unless the word's root is one of those that are spelled with s
/// everywhere.
void ize(std::string& word) {
  for (const std::string_view ending : k_ise_endings) {
    if (!word.ends_with(ending) || word.size() < ending.size() + 2) continue;
    const std::string_view root(word.data(), word.size() - ending.size() + 2); // up to and with "is"
    if (std::ranges::find(k_true_ise, root) == k_true_ise.end()) word[root.size() - 1] = 'z';
    return;
  }
}

void re_to_er(std::string& word) {
  const std::size_t tail = word.ends_with('s') || word.ends_with('d') ? 1 : 0; // centres, centred
  const std::string_view root(word.data(), word.size() - tail);
  if (!root.ends_with("re")) return;
  if (std::ranges::none_of(k_re_endings, [&](std::string_view ending) { return root.ends_with(ending); })) return;
  const std::string_view ending = tail == 0 ? "er" : word.ends_with('s') ? "ers" : "ered";
  word.resize(root.size() - 2);
  word += ending;
}

void single_l(std::string& word) {
  const std::size_t at = word.find("ll");
  if (at == std::string::npos || at + 3 >= word.size()) return;
  const std::string_view rest(word.data() + at + 2, word.size() - at - 2);
  if (!rest.starts_with("ed") && !rest.starts_with("ing") && !rest.starts_with("er") && !rest.starts_with("or") &&
      !rest.starts_with("ation") && !rest.starts_with("ous"))
    return;
  const std::string_view root(word.data(), at + 1);
  if (std::ranges::any_of(k_doubled_l, [&](std::string_view verb) { return root.ends_with(verb); })) word.erase(at, 1);
}

} // namespace

void americanize(std::string& word) {
  if (word.size() < 4 || !std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; })) return;
  const auto* whole = std::ranges::lower_bound(k_whole, word, {}, &Respelling::british);
  if (whole != k_whole.end() && whole->british == word) {
    word = whole->american;
    return;
  }
  replace_inside(word);
  ize(word);
  re_to_er(word);
  single_l(word);
}

} // namespace pfind::text
