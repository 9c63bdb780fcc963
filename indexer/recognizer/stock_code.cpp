#include "indexer/recognizer/stock_code.hpp"

#include <algorithm>

namespace pfind::indexer {
namespace {

constexpr std::size_t k_longest_code = 8;     // characters
constexpr std::size_t k_longest_listing = 60; // characters between brackets

constexpr std::string_view k_exchanges[] = {
    "NASDAQ", "NASDAQ GS", "NASDAQ GM", "NASDAQ CM", "NASDAQGS", "NASDAQGM", "NASDAQCM", "NYSE",  "NYSE AMERICAN",
    "AMEX",   "NYSEMKT",   "NYSE MKT",  "NYSE ARCA", "OTC",      "OTCBB",    "OTCQB",    "OTCQX", "OTCMKTS",
    "LSE",    "LON",       "AIM",       "LSE AIM",   "TSX",      "TSXV",     "TSX V",    "TSE",   "TYO",
    "CSE",    "ASX",       "NZX",       "HKEX",      "HKSE",     "HKG",      "SEHK",     "SSE",   "SZSE",
    "SHA",    "SHE",       "KRX",       "KOSDAQ",    "KOSPI",    "TWSE",     "TPE",      "BSE",   "NSE",
    "JSE",    "FRA",       "FWB",       "FSE",       "ETR",      "XETRA",    "EPA",      "AMS",   "EURONEXT",
    "BIT",    "BME",       "SIX",       "SWX",       "STO",      "OMX",      "HEL",      "CPH",   "OSE",
    "TASE",   "SGX",       "BURSA",     "IDX",       "PSE",      "BMV",      "B3",       "MOEX",  "NEO"};

// Reuters' endings for exchanges.
constexpr std::string_view k_endings[] = {
    "N",  "O",  "A",  "K",   "P",  "L",  "T",  "S",  "F",  "J",  "OQ", "OB", "PK", "HK", "DE", "PA", "SS", "SZ",
    "KS", "KQ", "TW", "TWO", "AX", "TO", "V",  "BO", "NS", "MI", "AS", "ST", "HE", "CO", "OL", "MC", "BR", "VX",
    "SI", "KL", "BK", "JK",  "SA", "MX", "IS", "TA", "JO", "NZ", "LS", "VI", "WA", "MM", "AT", "IR", "PR", "BU"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// Capitals and digits, perhaps with a period or hyphen for a class of shares: `BRK.B`.
bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= k_longest_code && (is_upper(text.front()) || is_digit(text.front())) &&
         std::ranges::all_of(text, [](char c) { return is_upper(c) || is_digit(c) || c == '.' || c == '-'; });
}

/// `GOOG.O`, `0700.HK`; not `U.S`.
bool is_reuters_code(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || !is_code(text) || text.find('.') != dot) return false;
  if (text.front() == 'U' && dot == 1) return false;
  return std::ranges::find(k_endings, text.substr(dot + 1)) != std::end(k_endings);
}

bool is_exchange(std::string_view text) {
  const auto same = [](char a, char b) { return a == (b >= 'a' && b <= 'z' ? b & ~0x20 : b == '-' ? ' ' : b); };
  return std::ranges::any_of(k_exchanges, [&](std::string_view name) { return std::ranges::equal(name, text, same); });
}

/// `NASDAQ: AMZN`.
bool is_quoted(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && is_exchange(trimmed(text.substr(0, colon))) &&
         is_code(trimmed(text.substr(colon + 1)));
}

/// What a pair of round brackets holds is one code or several.
bool is_listing(std::string_view text) {
  if (text.size() > k_longest_listing) return false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(",;"), text.size());
    const std::string_view one = trimmed(text.substr(0, end));
    if (!is_quoted(one) && !is_reuters_code(one)) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

/// The text up to the closing bracket, where all of it is codes; else nothing.
std::string_view codes_behind(char bracket, std::string_view rest) {
  const std::size_t close = rest.substr(0, k_longest_listing + 1).find(bracket == '<' ? '>' : ')');
  if (close == std::string_view::npos || close == 0) return {};
  const std::string_view inside = rest.substr(0, close);
  const bool codes = bracket == '<' ? is_code(inside) || is_quoted(inside) : is_listing(inside);
  return codes ? inside : std::string_view{};
}

} // namespace

void mark_stock_codes(std::string_view text, Words& words) {
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    const std::size_t begin = words.words[i].begin;
    if (begin == 0 || (text[begin - 1] != '(' && text[begin - 1] != '<')) continue;
    const std::size_t end = begin + codes_behind(text[begin - 1], text.substr(begin)).size();
    for (std::size_t j = i; j < words.words.size() && words.words[j].begin < end; ++j) words.words[j].stock_code = true;
  }
}

} // namespace pfind::indexer
