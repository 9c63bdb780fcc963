#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pfind::corpus {

/// A word of a PDF page: its box in points from the page's upper left corner, and its type.
struct PdfWord {
  std::string text; ///< UTF-8
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  double size = 0; ///< of the type, in points
  bool bold = false;
  bool rotated = false;     ///< not read from left to right
  bool space_after = false; ///< there is a space before the next word
};

/// A page's words in reading order, column by column.
struct PdfPage {
  double width = 0;
  double height = 0;
  std::vector<PdfWord> words;
};

/// What a PDF document says of itself.
struct PdfInfo {
  std::uint64_t pages = 0;
  std::string title;
  std::string author;
  bool cut_short = false;   ///< the end that every document has is missing
  std::int64_t created = 0; ///< when the file was made, seconds since 1970; 0 where it does not say
};

/// For frames. `decode_*` throw codec::DecodeError.
std::string encode(const PdfInfo& info);
std::string encode(const PdfPage& page);
PdfInfo decode_pdf_info(std::string_view bytes);
PdfPage decode_pdf_page(std::string_view bytes);

} // namespace pfind::corpus
