#include "corpus/reader/xml/repair.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <libxml/HTMLparser.h>
#include <unicode/utf8.h>

#include "corpus/reader/encoding.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::xml {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_kept_back = 48; // longer than any reference or mark that may be cut
constexpr std::string_view k_cdata = "<![CDATA[";

bool is_predefined(std::string_view name) {
  constexpr std::array names{"amp"sv, "lt"sv, "gt"sv, "quot"sv, "apos"sv};
  return std::ranges::find(names, name) != names.end();
}

/// The character of a reference by number, as browsers read it: 128 to 159 are meant in windows-1252, and control
/// characters are nothing.
std::string numbered_character(std::string_view number) {
  const bool hexadecimal = number.starts_with('x') || number.starts_with('X');
  number.remove_prefix(hexadecimal ? 1 : 0);
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), code, hexadecimal ? 16 : 10);
  if (error != std::errc() || end != number.data() + number.size()) return "";
  if (code >= 0x80 && code <= 0x9f) return decode_as(std::string(1, static_cast<char>(code)), "windows-1252");
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || (code & 0xfffe) == 0xfffe) return "";
  std::array<char, U8_MAX_LENGTH> buffer{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(buffer.data(), length, static_cast<UChar32>(code));
  return clean({buffer.data(), static_cast<std::size_t>(length)});
}

/// What stands for the reference `name` (without & and ;) in mended text.
std::string replacement(std::string_view name) {
  if (is_predefined(name)) return '&' + std::string(name) + ';';
  if (name.starts_with('#')) {
    std::string character = numbered_character(name.substr(1));
    if (character == "<") return "&lt;";
    return character == "&" ? "&amp;" : character;
  }
  const htmlEntityDesc* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(std::string(name).c_str()));
  if (entity != nullptr) return numbered_character(std::to_string(entity->value));
  return "&amp;" + std::string(name) + ';';
}

bool is_reference_name(std::string_view name) {
  if (name.starts_with('#')) name.remove_prefix(1);
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

} // namespace

std::string_view Repair::mend(std::string_view piece, bool final) {
  pending_ += piece;
  mended_.clear();
  if (!begun_) {
    // Blank lines before the XML declaration are a fatal error to parsers and nothing to people.
    pending_.erase(0, static_cast<std::size_t>(trimmed(pending_).data() - pending_.data()));
    begun_ = !pending_.empty();
  }
  std::size_t end = final ? pending_.size() : pending_.size() - std::min(pending_.size(), k_kept_back);
  end = valid_prefix(pending_, end).size();
  std::size_t at = 0;
  std::size_t cdata = pending_.find(k_cdata);
  while (at < end) {
    if (in_cdata_) {
      const std::size_t close = pending_.find("]]>", at);
      in_cdata_ = close == std::string::npos;
      const std::size_t stop = std::min(close == std::string::npos ? end : close + 3, pending_.size());
      mended_.append(pending_, at, stop - at);
      at = stop;
      continue;
    }
    if (cdata < at) cdata = pending_.find(k_cdata, at);
    const std::size_t reference = pending_.find('&', at);
    const std::size_t stop = std::min({end, cdata, reference});
    mended_.append(pending_, at, stop - at);
    at = stop;
    if (at >= end) break;
    if (at == cdata) {
      mended_ += k_cdata;
      at += k_cdata.size();
      in_cdata_ = true;
    } else {
      at = mend_reference(at);
    }
  }
  pending_.erase(0, at);
  return mended_;
}

/// Mends the reference, or the bare ampersand, at `at`; returns where it ends.
std::size_t Repair::mend_reference(std::size_t at) {
  constexpr std::size_t longest = 32;
  const std::string_view ahead = std::string_view(pending_).substr(at + 1, longest);
  const std::size_t semicolon = ahead.find(';');
  const std::string_view name = ahead.substr(0, semicolon);
  if (semicolon == std::string_view::npos || !is_reference_name(name)) {
    mended_ += "&amp;";
    return at + 1;
  }
  mended_ += replacement(name);
  return at + name.size() + 2;
}

} // namespace pfind::corpus::xml
