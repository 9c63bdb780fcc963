#include "corpus/reader/date_words.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

struct NamedNumber {
  std::string_view name;
  int number;
};

// Names of months in the languages that newspapers are most written in, lower case; abbreviations as they stand in
// print.
constexpr NamedNumber k_months[]{
    {"january", 1},    {"jan", 1},           {"januar", 1},       {"jänner", 1},    {"jän", 1},
    {"janvier", 1},    {"janv", 1},          {"enero", 1},        {"ene", 1},       {"gennaio", 1},
    {"genn", 1},       {"januari", 1},       {"janeiro", 1},      {"stycznia", 1},  {"styczeń", 1},
    {"ocak", 1},       {"января", 1},        {"leden", 1},        {"ledna", 1},     {"gener", 1},
    {"february", 2},   {"feb", 2},           {"februar", 2},      {"februari", 2},  {"février", 2},
    {"fevrier", 2},    {"févr", 2},          {"fév", 2},          {"fevr", 2},      {"febrero", 2},
    {"febbraio", 2},   {"febr", 2},          {"fevereiro", 2},    {"fev", 2},       {"lutego", 2},
    {"luty", 2},       {"şubat", 2},         {"февраля", 2},      {"febbr", 2},     {"února", 2},
    {"únor", 2},       {"march", 3},         {"mar", 3},          {"märz", 3},      {"maerz", 3},
    {"mär", 3},        {"mrz", 3},           {"mars", 3},         {"marzo", 3},     {"maart", 3},
    {"mrt", 3},        {"março", 3},         {"marco", 3},        {"marts", 3},     {"marca", 3},
    {"marzec", 3},     {"mart", 3},          {"марта", 3},        {"března", 3},    {"març", 3},
    {"maret", 3},      {"april", 4},         {"apr", 4},          {"avril", 4},     {"avr", 4},
    {"abril", 4},      {"abr", 4},           {"aprile", 4},       {"aprili", 4},    {"kwietnia", 4},
    {"kwiecień", 4},   {"nisan", 4},         {"апреля", 4},       {"dubna", 4},     {"may", 5},
    {"mai", 5},        {"mayo", 5},          {"mag", 5},          {"maggio", 5},    {"mei", 5},
    {"maio", 5},       {"maj", 5},           {"maja", 5},         {"mayıs", 5},     {"мая", 5},
    {"května", 5},     {"maig", 5},          {"june", 6},         {"jun", 6},       {"juni", 6},
    {"juin", 6},       {"junio", 6},         {"giugno", 6},       {"giu", 6},       {"junho", 6},
    {"czerwca", 6},    {"czerwiec", 6},      {"haziran", 6},      {"июня", 6},      {"června", 6},
    {"juny", 6},       {"july", 7},          {"jul", 7},          {"juli", 7},      {"juillet", 7},
    {"juil", 7},       {"julio", 7},         {"luglio", 7},       {"lug", 7},       {"julho", 7},
    {"lipca", 7},      {"lipiec", 7},        {"temmuz", 7},       {"июля", 7},      {"července", 7},
    {"juliol", 7},     {"august", 8},        {"aug", 8},          {"août", 8},      {"aout", 8},
    {"agosto", 8},     {"ago", 8},           {"augustus", 8},     {"augusti", 8},   {"sierpnia", 8},
    {"sierpień", 8},   {"ağustos", 8},       {"августа", 8},      {"srpna", 8},     {"agustus", 8},
    {"agost", 8},      {"september", 9},     {"sept", 9},         {"sep", 9},       {"septembre", 9},
    {"septiembre", 9}, {"settembre", 9},     {"sett", 9},         {"setembro", 9},  {"set", 9},
    {"września", 9},   {"wrzesień", 9},      {"eylül", 9},        {"сентября", 9},  {"září", 9},
    {"setembre", 9},   {"october", 10},      {"oct", 10},         {"oktober", 10},  {"okt", 10},
    {"octobre", 10},   {"octubre", 10},      {"ottobre", 10},     {"ott", 10},      {"outubro", 10},
    {"out", 10},       {"października", 10}, {"październik", 10}, {"ekim", 10},     {"октября", 10},
    {"října", 10},     {"november", 11},     {"nov", 11},         {"novembre", 11}, {"noviembre", 11},
    {"novembro", 11},  {"listopada", 11},    {"listopad", 11},    {"kasım", 11},    {"ноября", 11},
    {"december", 12},  {"dec", 12},          {"dezember", 12},    {"dez", 12},      {"décembre", 12},
    {"decembre", 12},  {"déc", 12},          {"diciembre", 12},   {"dicembre", 12}, {"dic", 12},
    {"dezembro", 12},  {"desember", 12},     {"grudnia", 12},     {"grudzień", 12}, {"aralık", 12},
    {"декабря", 12},   {"prosince", 12},     {"desembre", 12}};

constexpr std::array k_weekdays{
    "monday"sv,       "mon"sv,      "tuesday"sv,  "tues"sv,      "tue"sv,      "wednesday"sv, "wed"sv,
    "weds"sv,         "thursday"sv, "thurs"sv,    "thur"sv,      "thu"sv,      "friday"sv,    "fri"sv,
    "saturday"sv,     "sat"sv,      "sunday"sv,   "sun"sv,       "montag"sv,   "dienstag"sv,  "mittwoch"sv,
    "donnerstag"sv,   "freitag"sv,  "samstag"sv,  "sonnabend"sv, "sonntag"sv,  "mo"sv,        "di"sv,
    "mi"sv,           "do"sv,       "fr"sv,       "sa"sv,        "so"sv,       "lundi"sv,     "mardi"sv,
    "mercredi"sv,     "jeudi"sv,    "vendredi"sv, "samedi"sv,    "dimanche"sv, "lun"sv,       "mer"sv,
    "jeu"sv,          "ven"sv,      "sam"sv,      "dim"sv,       "lunes"sv,    "martes"sv,    "miércoles"sv,
    "jueves"sv,       "viernes"sv,  "sábado"sv,   "domingo"sv,   "lunedì"sv,   "martedì"sv,   "mercoledì"sv,
    "giovedì"sv,      "venerdì"sv,  "sabato"sv,   "domenica"sv,  "maandag"sv,  "dinsdag"sv,   "woensdag"sv,
    "donderdag"sv,    "vrijdag"sv,  "zaterdag"sv, "zondag"sv,    "segunda"sv,  "terça"sv,     "quarta"sv,
    "quinta"sv,       "sexta"sv,    "feira"sv,    "måndag"sv,    "tisdag"sv,   "onsdag"sv,    "torsdag"sv,
    "fredag"sv,       "lördag"sv,   "söndag"sv,   "mandag"sv,    "tirsdag"sv,  "lørdag"sv,    "søndag"sv,
    "poniedziałek"sv, "wtorek"sv,   "środa"sv,    "czwartek"sv,  "piątek"sv,   "sobota"sv,    "niedziela"sv};

// ET, PT and the like stand for two offsets each and are left out.
constexpr NamedNumber k_zones[]{
    {"z", 0},      {"utc", 0},    {"gmt", 0},    {"ut", 0},      {"wet", 0},    {"est", -300}, {"edt", -240},
    {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360},  {"pst", -480}, {"pdt", -420}, {"cet", 60},
    {"cest", 120}, {"mez", 60},   {"mesz", 120}, {"west", 60},   {"bst", 60},   {"eet", 120},  {"eest", 180},
    {"msk", 180},  {"sast", 120}, {"ist", 330},  {"pkt", 300},   {"wib", 420},  {"jst", 540},  {"kst", 540},
    {"hkt", 480},  {"sgt", 480},  {"myt", 480},  {"pht", 480},   {"aest", 600}, {"aedt", 660}, {"awst", 480},
    {"nzst", 720}, {"nzdt", 780}, {"brt", -180}, {"akst", -540}, {"hst", -600}};

// What announces the date of publication.
constexpr std::array k_published{"first published"sv, "originally published"sv,
                                 "published"sv,       "publication date"sv,
                                 "date published"sv,  "pubdate"sv,
                                 "posted"sv,          "released"sv,
                                 "release date"sv,    "issued"sv,
                                 "veröffentlicht"sv,  "erschienen"sv,
                                 "erstellt"sv,        "publié"sv,
                                 "publiée"sv,         "paru"sv,
                                 "publicado"sv,       "publicada"sv,
                                 "publicación"sv,     "pubblicato"sv,
                                 "gepubliceerd"sv,    "geplaatst"sv,
                                 "publicerad"sv,      "publisert"sv,
                                 "opublikowano"sv,    "发布时间"sv,
                                 "发布日期"sv,        "發布時間"sv,
                                 "发表于"sv,          "公開日"sv,
                                 "掲載日"sv,          "配信"sv};

// What announces that of a later change.
constexpr std::array k_updated{"updated"sv,
                               "last updated"sv,
                               "last update"sv,
                               "last modified"sv,
                               "modified"sv,
                               "revised"sv,
                               "aktualisiert"sv,
                               "zuletzt aktualisiert"sv,
                               "letzte aktualisierung"sv,
                               "mis à jour"sv,
                               "mise à jour"sv,
                               "dernière mise à jour"sv,
                               "modifié"sv,
                               "actualizado"sv,
                               "actualizada"sv,
                               "última actualización"sv,
                               "atualizado"sv,
                               "aggiornato"sv,
                               "bijgewerkt"sv,
                               "laatst bijgewerkt"sv,
                               "uppdaterad"sv,
                               "oppdatert"sv,
                               "opdateret"sv,
                               "更新日"sv,
                               "更新时间"sv,
                               "更新"sv};

// What stands before either.
constexpr std::array k_joining{"created"sv, "date"sv, "dated"sv, "datum"sv, "fecha"sv, "data"sv, "stand"sv,
                               "on"sv,      "at"sv,   "le"sv,    "am"sv,    "den"sv,   "vom"sv,  "el"sv,
                               "em"sv,      "il"sv,   "op"sv,    "um"sv,    "à"sv,     "the"sv,  "time"sv,
                               "as of"sv,   "日期"sv, "时间"sv,  "日付"sv};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

std::optional<int> number_named(std::span<const NamedNumber> table, std::string_view name) {
  const auto row = std::ranges::find(table, name, &NamedNumber::name);
  return row == table.end() ? std::nullopt : std::optional<int>(row->number);
}

/// The length of the longest of `labels` with which `text` begins; a letter behind it makes it another word.
std::size_t longest_label(std::span<const std::string_view> labels, std::string_view text) {
  std::size_t longest = 0;
  for (const std::string_view label : labels) {
    const bool joins_on = static_cast<unsigned char>(label.front()) < 0xe0 && text.size() > label.size() &&
                          is_letter(text[label.size()]) && text[label.size()] != '\xef' &&
                          text[label.size()] != '\xc2'; // full-width colon, no-break space
    if (text.starts_with(label) && !joins_on) longest = std::max(longest, label.size());
  }
  return longest;
}

} // namespace

std::optional<int> month_named(std::string_view word) { return number_named(k_months, word); }

bool is_weekday(std::string_view word) { return std::ranges::find(k_weekdays, word) != k_weekdays.end(); }

std::optional<int> zone_named(std::string_view word) { return number_named(k_zones, word); }

DateLabel date_label(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) return {}; // as all of them begin
  DateLabel label{longest_label(k_published, text), true, false};
  if (const std::size_t size = longest_label(k_updated, text); size > label.size) label = {size, false, true};
  if (const std::size_t size = longest_label(k_joining, text); size > label.size) label = {size, false, false};
  return label.size == 0 ? DateLabel{} : label;
}

} // namespace pfind::corpus
