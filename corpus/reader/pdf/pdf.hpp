#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/reader/parsed_article.hpp"
#include "corpus/reader/pdf/lines.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// What was read of a PDF document.
struct PdfText {
  PdfInfo info;
  std::vector<PdfLines> pages;
  std::size_t unreadable = 0; ///< pages
  ReadingNotes notes;         ///< of what lines were made of
};

/// Whether `head`, the first bytes of a file, begins a PDF document. Of a file named so other bytes may come before.
bool is_pdf(std::string_view head, std::string_view extension);

/// Adds a page behind those that are there.
void add_page(PdfText& text, const PdfPage& page);

/// The article that a document is. Its date is that of the text, else of page one or of a page's edge, else the day the
/// file was made. Throws ReadError where there is no text.
ParsedArticle parse_pdf(PdfText text, const std::string& path);

/// Reads a PDF document in a process of its own. Throws ReadError where nothing of it can be read.
void read_pdf(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events);

} // namespace pfind::corpus
