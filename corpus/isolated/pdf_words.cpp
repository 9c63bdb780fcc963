#include "corpus/isolated/pdf_words.hpp"

#include <algorithm>
#include <cstdint>
#include <iconv.h>
#include <memory>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>
#include <string>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "common/error.hpp"

namespace pfind::corpus {
namespace {

std::string to_utf8(const poppler::ustring& text) {
  std::string utf8;
  for (std::size_t i = 0; i < text.size();) {
    UChar32 c = 0;
    U16_NEXT(text, i, text.size(), c);
    if (U_IS_SURROGATE(c)) c = 0xfffd;
    char bytes[U8_MAX_LENGTH];
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    utf8.append(bytes, length);
  }
  return utf8;
}

bool is_bold(const std::string& font) {
  return font.find("Bold") != std::string::npos || font.find("Black") != std::string::npos ||
         font.find("Heavy") != std::string::npos;
}

PdfWord word_of(const poppler::text_box& box) {
  const poppler::rectf place = box.bbox();
  const bool has_font = box.has_font_info();
  return {.text = to_utf8(box.text()),
          .left = place.left(),
          .top = place.top(),
          .right = place.right(),
          .bottom = place.bottom(),
          .size = has_font ? box.get_font_size() : place.height(),
          .bold = has_font && is_bold(box.get_font_name()),
          .rotated = box.rotation() != 0,
          .space_after = box.has_space_after()};
}

PdfPage page_of(const poppler::document& document, std::uint64_t number) {
  const std::unique_ptr<poppler::page> page(document.create_page(static_cast<int>(number)));
  if (page == nullptr) return {};
  const poppler::rectf place = page->page_rect();
  PdfPage result{.width = place.width(), .height = place.height(), .words = {}};
  for (const poppler::text_box& box : page->text_list(poppler::page::text_list_include_font))
    result.words.push_back(word_of(box));
  return result;
}

PdfInfo info_of(const poppler::document& document) {
  return {.pages = static_cast<std::uint64_t>(std::max(document.pages(), 0)),
          .title = to_utf8(document.get_title()),
          .author = to_utf8(document.get_author()),
          .created = document.get_creation_date_t()};
}

} // namespace

void prepare_pdf_reading() {
  // Poppler converts every text with iconv, whose converters are files. One that is in use is not loaded again.
  static const auto from_utf8 = iconv_open("UTF-16", "UTF-8");
  static const auto to_utf16 = iconv_open("UTF-8", "UTF-16");
  static_cast<void>(from_utf8);
  static_cast<void>(to_utf16);
  poppler::ustring::from_utf8("text").to_utf8();
}

void for_each_pdf_page(std::string_view bytes, const PdfEvents& events) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  if (bytes.size() > INT32_MAX) throw ReadError("the PDF document is larger than 2 GB");
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document == nullptr) throw ReadError("the PDF document is damaged beyond reading");
  if (document->is_locked())
    throw ReadError("the PDF document is encrypted; remove its password (qpdf --decrypt --password=... IN OUT)");
  PdfInfo info = info_of(*document);
  constexpr std::size_t tail = 1024;
  info.cut_short = bytes.substr(bytes.size() - std::min(bytes.size(), tail)).find("%%EOF") == std::string_view::npos;
  events.info(info);
  for (std::uint64_t number = 0; number < std::min(info.pages, k_most_pdf_pages); ++number)
    events.page(page_of(*document, number));
}

} // namespace pfind::corpus
