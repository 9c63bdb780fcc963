#include <catch2/catch.hpp>

#include "corpus/reader/encoding.hpp"

using namespace pfind::corpus;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

std::string utf16(std::u16string_view text, bool big) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xff);
    bytes += big ? high : low;
    bytes += big ? low : high;
  }
  return bytes;
}

} // namespace

TEST_CASE("UTF-8 stays, its byte order mark goes") {
  CHECK(decode("Zürich – “5G”") == "Zürich – “5G”");
  CHECK(decode("\xef\xbb\xbfZürich") == "Zürich");
  CHECK(decode("") == "");
}

TEST_CASE("UTF-16 is read with and without byte order mark") {
  const std::u16string text = u"Zürich signs a deal\nwith Łódź\n";
  for (const bool big : {false, true}) {
    CAPTURE(big);
    CHECK(decode(utf16(u"\ufeff" + text, big)) == "Zürich signs a deal\nwith Łódź\n");
    CHECK(decode(utf16(text, big)) == "Zürich signs a deal\nwith Łódź\n");
  }
  CHECK(decode(utf16(text, false) + "x") == "Zürich signs a deal\nwith Łódź\n\xef\xbf\xbd");
}

TEST_CASE("text that some NULs have got into is not UTF-16") {
  const std::string text = "A head\0line\n\nThe text about \0 royalties in Z\xc3\xbcrich is here and long.\n"s;
  CHECK(is_text_but_for_nuls(text));
  CHECK(utf16_charset(text).empty());
  CHECK(decode(text) == "A headline\n\nThe text about  royalties in Zürich is here and long.\n");
  CHECK(binary_kind(text) == "binary data");
}

TEST_CASE("UTF-16 of any script is no text with NULs in it") {
  for (const std::u16string_view text :
       {u"The deal of Acme\nis settled\n", u"Компания подала в суд\nна другую из-за патентов\n",
        u"専利 ライセンス契約を\n締結した と発表した\n", u"यह एक समझौता है\nऔर पेटेंट का\n", u"הסכם רישוי\nחדש נחתם\n",
        u"Η εταιρεία υπέγραψε\nσυμφωνία\n", u"专利许可协议 已经\n签署 双方\n"}) {
    for (const bool big : {false, true}) {
      const std::string bytes = utf16(text, big);
      CAPTURE(big, decode(bytes));
      CHECK_FALSE(is_text_but_for_nuls(bytes));
      CHECK(utf16_charset(bytes) == (big ? "UTF-16BE" : "UTF-16LE"));
    }
  }
}

TEST_CASE("other character sets are detected, windows-1252 before ISO-8859-1") {
  CHECK(decode("The caf\xe9 in Z\xfcrich was closed, it\x92s said, and the na\xefve r\xe9sum\xe9 was read") ==
        "The café in Zürich was closed, it’s said, and the naïve résumé was read");
  const std::string russian =
      "\xcf\xf0\xe8\xe2\xe5\xf2, \xfd\xf2\xee \xf0\xf3\xf1\xf1\xea\xe8\xe9 \xf2\xe5\xea\xf1\xf2 \xe8 "
      "\xee\xed \xe4\xee\xf1\xf2\xe0\xf2\xee\xf7\xed\xee \xe4\xeb\xe8\xed\xed\xfb\xe9";
  CHECK(decode(russian) == "Привет, это русский текст и он достаточно длинный");
}

TEST_CASE("the declared character set is used where it decodes") {
  CHECK(decode("\xcf\xf0\xe8", "windows-1251") == "При");
  CHECK(decode("Zürich", "windows-1251") == "Zürich");
  CHECK(decode("caf\xe9", "no-such-charset") == "café");
  CHECK(declared_charset("<html><meta charset=\"Shift_JIS\">") == "Shift_JIS");
  CHECK(declared_charset("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>") == "koi8-r");
  CHECK(declared_charset("<html><p>charset") == "");
}

TEST_CASE("a few damaged bytes do not change the character set of the rest") {
  CHECK(decode("Zürich und Łódź und Köln und Düsseldorf \xff und Györ") ==
        "Zürich und Łódź und Köln und Düsseldorf \xef\xbf\xbd und Györ");
}

TEST_CASE("control characters and foreign line ends are cleaned away") {
  CHECK(clean("a\r\nb\rc\nd\te") == "a\nb\nc\nd\te");
  CHECK(clean("\x1b[31mred\x07\x7f\xc2\x9b") == "[31mred");
  CHECK(clean("a\xe2\x80\xa8"
              "b\xef\xbb\xbf"
              "c") == "a\nbc");
  CHECK(clean("a\0b"s) == "ab");
  CHECK(clean("cut \xe2\x82") == "cut \xef\xbf\xbd");
}

TEST_CASE("a character is cleaned away wherever it stands") {
  const std::string plain = "Twenty printable bytes, \nmore\tof them ~ and spaces";
  for (std::size_t at = 0; at <= plain.size(); ++at) {
    const auto with = [&](std::string_view inserted) { return std::string(plain).insert(at, inserted); };
    INFO(at);
    CHECK(clean(with("")) == plain);
    for (const std::string_view control : {"\x01"sv, "\x1f"sv, "\x7f"sv, "\0"sv, "\xc2\x9b"sv, "\x7f\x1f"sv})
      CHECK(clean(with(control)) == plain);
    CHECK(clean(with("\r\n")) == with("\n"));
    CHECK(clean(with("\xff")) == with("\xef\xbf\xbd"));
    CHECK(clean(with("\xc3\xa9")) == with("\xc3\xa9"));
    CHECK(clean(plain.substr(at)) == plain.substr(at));
  }
}

TEST_CASE("binary content is told from text") {
  CHECK(binary_kind("\x89PNG\r\n\x1a\n") == "a PNG image");
  CHECK(binary_kind("%PDF-1.7") == "a PDF document");
  CHECK(binary_kind("PK\3\4abc") == "a ZIP archive (or an office document)");
  CHECK(binary_kind("\xff\xd8\xff\xe0") == "a JPEG image");
  CHECK(binary_kind("\x7f"
                    "ELF\2") == "a program (ELF)");
  CHECK(binary_kind("SQLite format 3\0x"s) == "an SQLite database");
  CHECK(binary_kind("a\0b\0\0\0\1\2"s) == "binary data");
  CHECK(binary_kind(std::string(300, '\0')) == "binary data");
  CHECK_FALSE(binary_kind("Plain text").has_value());
  CHECK_FALSE(binary_kind(utf16(u"Plain text", false)).has_value());
  CHECK_FALSE(binary_kind("").has_value());
}
