// What the process that reads archives and PDF documents may say, whoever has taken it over: frames, member names, a
// document's description and pages, from which articles are made here. The first byte chooses.
#include <algorithm>
#include <string>

#include "common/codec.hpp"
#include "common/error.hpp"
#include "common/terminal.hpp"
#include "common/text/lines.hpp"
#include "corpus/isolated/frames.hpp"
#include "corpus/reader/archive.hpp"
#include "corpus/reader/pdf/pdf.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace pfind;
using fuzz::require;

namespace {

void parse_frames(std::string_view bytes) {
  corpus::FrameParser parser;
  try {
    while (!bytes.empty()) { // in pieces, as they arrive
      const std::size_t piece = std::min<std::size_t>(bytes.size(), 1 + static_cast<unsigned char>(bytes.front()));
      parser.add(bytes.substr(0, piece));
      bytes.remove_prefix(piece);
      while (const auto frame = parser.next())
        require(frame->content.size() <= corpus::k_longest_frame, "no frame is longer than the longest");
    }
  } catch (const ReadError&) { // they are no frames
  }
}

void show_name(std::string_view bytes) {
  const std::string name = corpus::shown_member_name(bytes);
  require(!name.empty() && name.size() <= 1000, "a member has a name of some length");
  require(text::is_utf8(name) && printable(name) == name, "a name can be printed");
  require(name.front() != '/', "no name is absolute");
  require(name != ".." && !name.starts_with("../") && !name.ends_with("/..") && name.find("/../") == std::string::npos,
          "no name leads up");
}

/// A document whose description and pages have a number each that says how long they are.
void read_document(std::string_view bytes) {
  corpus::PdfText document;
  try {
    document.info = corpus::decode_pdf_info(codec::take_text(bytes));
    while (!bytes.empty()) corpus::add_page(document, corpus::decode_pdf_page(codec::take_text(bytes)));
    const Article article = corpus::parse_pdf(std::move(document), "document.pdf").article;
    for (const std::string* text : {&article.title, &article.body})
      require(text::is_utf8(*text), "every text is UTF-8");
    for (const std::string& author : article.authors) require(text::is_utf8(author), "authors are UTF-8");
    require(!article.date || is_valid(*article.date), "dates are in the calendar");
    require(article.title.find('\n') == std::string::npos, "a title is one line");
  } catch (const codec::DecodeError&) {
  } catch (const ReadError&) { // there is no text
  }
}

} // namespace

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  if (bytes.empty()) return 0;
  switch (bytes.front() % 3) {
  case 0: parse_frames(bytes.substr(1)); break;
  case 1: show_name(bytes.substr(1)); break;
  default: read_document(bytes.substr(1));
  }
  return 0;
}
