#include "corpus/reader/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>
#include <simdjson.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_head = 4096;
constexpr std::size_t k_detection_sample = 64u << 10;

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  std::string_view kind;
};

constexpr std::array k_magics{
    Magic{0, "\x89PNG"sv, "a PNG image"},
    Magic{0, "\xff\xd8\xff"sv, "a JPEG image"},
    Magic{0, "GIF8"sv, "a GIF image"},
    Magic{8, "WEBP"sv, "a WebP image"},
    Magic{0, "II*\0"sv, "a TIFF image"},
    Magic{0, "MM\0*"sv, "a TIFF image"},
    Magic{0, "%PDF-"sv, "a PDF document"},
    Magic{0, "PK\3\4"sv, "a ZIP archive (or an office document)"},
    Magic{0, "PK\5\6"sv, "an empty ZIP archive"},
    Magic{0, "Rar!"sv, "a RAR archive"},
    Magic{0, "7z\xbc\xaf"sv, "a 7-Zip archive"},
    Magic{257, "ustar"sv, "a tar archive"},
    Magic{0, "\x1f\x8b"sv, "gzip-compressed data"},
    Magic{0, "BZh9"sv, "bzip2-compressed data"},
    Magic{0, "\xfd\x37zXZ\0"sv, "xz-compressed data"},
    Magic{0, "\x28\xb5\x2f\xfd"sv, "zstd-compressed data"},
    Magic{0,
          "\x7f"
          "ELF"sv,
          "a program (ELF)"},
    Magic{0, "SQLite format 3\0"sv, "an SQLite database"},
    Magic{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "an old office document"},
    Magic{0, "{\\rtf"sv, "an RTF document"},
    Magic{0, "%!PS"sv, "a PostScript document"},
    Magic{0, "ID3"sv, "an MP3 recording"},
    Magic{0, "OggS"sv, "an Ogg recording"},
    Magic{4, "ftyp"sv, "an MP4 or HEIC file"},
};

struct Utf8Census {
  std::size_t sequences = 0;
  std::size_t errors = 0;
};

Utf8Census census(std::string_view bytes) {
  Utf8Census count;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int32_t>(bytes.size());
  for (std::int32_t i = 0; i < size;) {
    if (data[i] < 0x80) {
      ++i;
      continue;
    }
    UChar32 c = 0;
    U8_NEXT(data, i, size, c);
    (c < 0 ? count.errors : count.sequences) += 1;
  }
  return count;
}

enum class Utf16 : std::uint8_t { none, little, big };

/// UTF-16 is told by its byte order mark, else by where the NULs are: Western text, spaces and line ends have them in
/// every second byte only, binary data anywhere, and damaged text in a few places.
Utf16 utf16_order(std::string_view bytes) {
  if (bytes.starts_with("\xff\xfe"sv)) return Utf16::little;
  if (bytes.starts_with("\xfe\xff"sv)) return Utf16::big;
  const std::string_view head = bytes.substr(0, k_head);
  std::array<std::size_t, 2> nuls{};
  for (std::size_t i = 0; i < head.size(); ++i) nuls[i % 2] += head[i] == '\0';
  const std::size_t enough = std::max<std::size_t>(1, head.size() / 100);
  if (is_text_but_for_nuls(head)) return Utf16::none;
  if (nuls[1] >= enough && nuls[0] == 0) return Utf16::little;
  if (nuls[0] >= enough && nuls[1] == 0) return Utf16::big;
  return Utf16::none;
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

/// `bytes` converted from the named character set; with `strict`, nullopt where a byte is not of that set. nullopt also
/// for a name that ICU does not know.
std::optional<std::string> convert(std::string_view bytes, const std::string& charset, bool strict) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(charset.c_str(), &status));
  if (U_FAILURE(status) || charset.empty()) return std::nullopt;
  if (strict) ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const auto size = static_cast<std::int32_t>(bytes.size());
  std::u16string units(bytes.size() * 2 + 16, u'\0');
  const std::int32_t length = ucnv_toUChars(converter.get(), units.data(), static_cast<std::int32_t>(units.size()),
                                            bytes.data(), size, &status);
  if (U_FAILURE(status)) return std::nullopt;
  return to_utf8(icu::UnicodeString(units.data(), length));
}

std::string from_utf16(std::string_view bytes, Utf16 order) {
  return convert(bytes, order == Utf16::little ? "UTF-16LE" : "UTF-16BE", false).value_or("");
}

struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

/// The character set ICU finds most likely. windows-1252 is what text labelled or taken for ISO-8859-1 really is (so
/// the WHATWG encoding standard), and the best guess where ICU has hardly any confidence.
std::string detected_charset(std::string_view bytes) {
  constexpr std::int32_t hardly_any = 20;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&status));
  const std::string_view sample = bytes.substr(0, k_detection_sample);
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return "windows-1252";
  std::string name = ucsdet_getName(match, &status);
  const std::int32_t confidence = ucsdet_getConfidence(match, &status);
  if (U_FAILURE(status) || confidence < hardly_any || name == "ISO-8859-1" || name.starts_with("UTF-")) {
    return "windows-1252";
  }
  return name;
}

bool is_dropped_control(UChar32 c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c <= 0x9f) || c == 0xfeff;
}

bool is_line_separator(UChar32 c) { return c == 0x2028 || c == 0x2029 || c == 0x85; }

void append_utf8(std::string& text, UChar32 c) {
  std::array<char, U8_MAX_LENGTH> buffer{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(buffer.data(), length, c);
  text.append(buffer.data(), static_cast<std::size_t>(length));
}

bool is_name_of_latin1(std::string_view charset) {
  std::string folded(charset);
  std::transform(folded.begin(), folded.end(), folded.begin(), [](unsigned char c) { return std::tolower(c); });
  return folded == "iso-8859-1" || folded == "iso8859-1" || folded == "latin1" || folded == "us-ascii" ||
         folded == "ascii";
}

bool is_kept(char c) { return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t'; }

/// Whether eight bytes are printable characters of ASCII, all of them; never says so of others.
bool are_printable(const char* bytes) {
  constexpr std::uint64_t each = 0x0101010101010101;
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes, sizeof eight);
  return ((eight | (eight - 0x20 * each) | (eight + each)) & 0x80 * each) == 0;
}

/// What `clean` leaves as it is, up to the first character that it may not.
std::string_view kept_beginning(std::string_view text) {
  constexpr std::size_t step = 8;
  std::size_t at = 0;
  for (std::size_t end = 0; at == end && at < text.size();) {
    while (at + step <= text.size() && are_printable(text.data() + at)) at += step;
    end = std::min(at + step, text.size());
    while (at < end && is_kept(text[at])) ++at;
  }
  return text.substr(0, at);
}

} // namespace

std::optional<std::string> binary_kind(std::string_view bytes) {
  for (const Magic& magic : k_magics) {
    if (bytes.size() >= magic.offset && bytes.substr(magic.offset).starts_with(magic.bytes))
      return std::string(magic.kind);
  }
  const std::string_view head = bytes.substr(0, k_head);
  if (head.find('\0') == std::string_view::npos) return std::nullopt;
  const Utf16 order = utf16_order(bytes);
  if (order == Utf16::none) return "binary data";
  const std::string text = from_utf16(head.substr(0, head.size() / 2 * 2), order);
  const auto controls = std::count_if(text.begin(), text.end(), [](unsigned char c) { return c < 9; });
  return static_cast<std::size_t>(controls) * 50 > text.size() ? std::optional<std::string>("binary data")
                                                               : std::nullopt;
}

bool is_text_but_for_nuls(std::string_view bytes) {
  constexpr std::size_t few = 10; // one in that many, at most
  const std::string_view head = bytes.substr(0, k_head);
  std::string rest;
  std::ranges::copy_if(head, std::back_inserter(rest), [](char c) { return c != '\0'; });
  const std::size_t nuls = head.size() - rest.size();
  if (nuls == 0 || nuls * few > head.size()) return false;
  // Letters of other scripts in UTF-16 are control characters, tabs or no UTF-8 byte by byte.
  const auto controls = static_cast<std::size_t>(
      std::ranges::count_if(rest, [](unsigned char c) { return c < ' ' && c != '\n' && c != '\r'; }));
  const std::size_t cut = rest.size() < k_head - nuls ? 0 : 1; // a character at the end of the head
  return controls * few < rest.size() && census(rest).errors <= cut;
}

bool is_utf8(std::string_view bytes) {
  const bool shifts = bytes.substr(0, k_head).find('\x1b') != std::string_view::npos; // ISO-2022 is 7-bit
  return !shifts && simdjson::validate_utf8(bytes.data(), bytes.size());
}

std::string utf16_charset(std::string_view bytes) {
  switch (utf16_order(bytes)) {
  case Utf16::little: return "UTF-16LE";
  case Utf16::big: return "UTF-16BE";
  default: return "";
  }
}

std::string charset_of(std::string_view bytes, std::string_view declared) {
  if (is_utf8(bytes)) return "UTF-8";
  std::string charset(is_name_of_latin1(declared) ? "windows-1252"sv : declared);
  // Nothing that can be read as far as its declaration is in units of two bytes.
  if (!ascii_lower(charset).starts_with("utf-16") && convert(bytes, charset, true)) return charset;
  // A few damaged places in what is otherwise UTF-8 are no reason to misread all the rest.
  const Utf8Census count = census(bytes);
  return count.sequences > 4 * count.errors ? "UTF-8" : detected_charset(bytes);
}

std::string decode_as(std::string_view bytes, const std::string& charset) {
  if (charset.empty() || charset == "UTF-8") return clean(bytes);
  const auto text = convert(bytes, charset, false);
  return clean(text ? std::string_view(*text) : bytes);
}

std::string decode(std::string_view bytes, std::string_view declared) {
  if (bytes.starts_with("\xef\xbb\xbf"sv)) return clean(bytes.substr(3));
  const std::string utf16 = utf16_charset(bytes);
  return decode_as(bytes, utf16.empty() ? charset_of(bytes, declared) : utf16);
}

std::string clean(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    const std::int32_t begin = i;
    const std::string_view kept = kept_beginning(text.substr(static_cast<std::size_t>(begin)));
    result += kept;
    i += static_cast<std::int32_t>(kept.size());
    if (i >= size) break;
    UChar32 c = 0;
    U8_NEXT(data, i, size, c);
    if (c == '\r') {
      if (i >= size || data[i] != '\n') result += '\n';
    } else if (is_line_separator(c)) {
      result += '\n';
    } else if (c < 0) {
      result += "\xef\xbf\xbd";
    } else if (!is_dropped_control(c)) {
      append_utf8(result, c);
    }
  }
  return result;
}

std::string_view declared_charset(std::string_view html) {
  const std::string_view head = html.substr(0, k_head);
  for (const std::string_view label : {"charset="sv, "CHARSET="sv, "Charset="sv, "encoding="sv}) {
    std::size_t at = head.find(label);
    if (at == std::string_view::npos) continue;
    at += label.size();
    while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' ')) ++at;
    const std::size_t end = head.find_first_of("\"' />;?", at);
    if (end != std::string_view::npos) return head.substr(at, end - at);
  }
  return {};
}

} // namespace pfind::corpus
