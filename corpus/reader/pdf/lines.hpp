#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corpus/reader/pdf/pdf_page.hpp"
#include "corpus/reader/reading_notes.hpp"

namespace pfind::corpus {

/// A line of a PDF page: its words one behind the other. Lengths as in PdfWord.
struct PdfLine {
  std::string text;
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  double size = 0;      ///< of most of its type
  bool bold = false;    ///< all of it
  std::size_t page = 0; ///< from 0
};

/// A page's lines in reading order.
struct PdfLines {
  double height = 0; ///< of the page
  std::vector<PdfLine> lines;
};

/// The lines that a page's words make. Text that stands on its side is left out.
PdfLines lines_of(const PdfPage& page, std::size_t number, ReadingNotes& notes);

/// The size in which most of a document is set, 0 where there is no text.
double body_size(const std::vector<PdfLines>& pages);

/// Removes what pages have at their upper and lower edges: page numbers, and lines that are on many pages but for their
/// digits. Returns these lines, each once.
std::vector<std::string> drop_page_furniture(std::vector<PdfLines>& pages, ReadingNotes& notes);

/// The paragraphs of a document, each in one line: lines are joined and words that were divided between two made whole.
std::vector<std::string> paragraphs_of(const std::vector<PdfLines>& pages);

} // namespace pfind::corpus
