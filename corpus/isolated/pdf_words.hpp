#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "corpus/reader/pdf/pdf_page.hpp"

namespace pfind::corpus {

/// What is told of a PDF document, in the order of its pages.
struct PdfEvents {
  std::function<void(const PdfInfo&)> info; ///< first
  std::function<void(const PdfPage&)> page; ///< without words where the page cannot be read
};

/// Loads what the library would open files for while it reads; to be called before the process may open none.
void prepare_pdf_reading();

inline constexpr std::uint64_t k_most_pdf_pages = 5000; ///< those behind them are not read

/// Reads the words of a PDF document. Throws ReadError where it is no such document, damaged beyond reading, or locked.
void for_each_pdf_page(std::string_view bytes, const PdfEvents& events);

} // namespace pfind::corpus
