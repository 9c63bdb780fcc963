#include "corpus/reader/pdf/pdf.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "common/codec.hpp"
#include "common/error.hpp"
#include "common/terminal.hpp"
#include "corpus/isolated/isolated_reader.hpp"
#include "corpus/reader/byline.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/emit.hpp"
#include "corpus/reader/encoding.hpp"
#include "corpus/reader/paragraphs.hpp"
#include "corpus/reader/plain_text.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr double k_headline_size = 1.15; // of the text's
constexpr std::size_t k_longest_title = 300;

/// Whether a title in the document's own data is one that somebody chose, not what a program put there.
bool is_chosen_title(std::string_view title) {
  const std::string lower = ascii_lower(title);
  constexpr std::array beginnings{"microsoft word"sv,  "microsoft powerpoint"sv,
                                  "powerpoint pres"sv, "untitled"sv,
                                  "document"sv,        "slide 1"sv,
                                  "layout 1"sv,        "print"sv,
                                  "http:"sv,           "https:"sv,
                                  "file:"sv,           "about:"sv};
  constexpr std::array endings{".doc"sv, ".docx"sv, ".pdf"sv, ".indd"sv, ".qxd"sv,  ".qxp"sv,  ".tex"sv, ".dvi"sv,
                               ".rtf"sv, ".odt"sv,  ".txt"sv, ".ppt"sv,  ".pptx"sv, ".html"sv, ".htm"sv, ".ps"sv};
  const auto begins = [&](std::string_view with) { return lower.starts_with(with); };
  const auto ends = [&](std::string_view with) { return lower.ends_with(with); };
  return count_words(lower) >= 2 && lower.size() <= k_longest_title && std::ranges::none_of(beginnings, begins) &&
         std::ranges::none_of(endings, ends);
}

/// Lines of page one that stand together in one size of type, as a headline does.
struct Headline {
  std::size_t begin = 0; ///< number of its first line
  std::size_t end = 0;   ///< behind its last
  double size = 0;
};

std::string text_of(const PdfLines& page, const Headline& headline) {
  PdfLines lines{page.height,
                 {page.lines.begin() + static_cast<std::ptrdiff_t>(headline.begin),
                  page.lines.begin() + static_cast<std::ptrdiff_t>(headline.end)}};
  std::string text;
  for (const std::string& part : paragraphs_of({lines})) text += (text.empty() ? "" : " ") + part;
  return text;
}

/// What page one has in the largest type, where that is larger than the text's. The name of a newspaper is larger
/// still, but short.
std::optional<Headline> largest(const PdfLines& page, double body) {
  std::optional<Headline> best;
  for (std::size_t i = 0; i < page.lines.size();) {
    Headline run{i, i + 1, page.lines[i].size}; // of a size that is none, too: negative, infinite
    while (run.end < page.lines.size() && std::abs(page.lines[run.end].size - run.size) < run.size / 20) ++run.end;
    i = run.end;
    if (run.size < body * k_headline_size || (best && run.size <= best->size)) continue;
    const std::string text = text_of(page, run);
    const bool address = text.find('@') != std::string::npos; // names of authors are often large, too
    if (count_words(text) >= 3 && text.size() <= k_longest_title && !address) best = run;
  }
  return best;
}

/// Takes the title: what the document says where page one has it too or has nothing larger than text.
std::string take_title(PdfText& text, ReadingNotes& notes) {
  const std::string said = single_spaced(clean(text.info.title));
  const bool chosen = is_chosen_title(said);
  PdfLines& first = text.pages.front();
  const auto headline = largest(first, body_size(text.pages));
  if (!headline) {
    if (chosen) notes.found("title", said, "the PDF's Title");
    return chosen ? said : "";
  }
  std::string shown = text_of(first, *headline);
  const auto begin = first.lines.begin();
  first.lines.erase(begin + static_cast<std::ptrdiff_t>(headline->begin),
                    begin + static_cast<std::ptrdiff_t>(headline->end));
  const bool same = chosen && comparable(shown).find(comparable(said)) != std::string::npos;
  notes.found("title", same ? said : shown, same ? "the PDF's Title, as on page one" : "the largest type on page one");
  return same ? said : shown;
}

/// Names in a document's own data are often those of accounts and programs.
std::vector<std::string> chosen_authors(const std::string& said) {
  std::vector<std::string> authors = split_authors(said);
  std::erase_if(authors, [](const std::string& name) {
    return count_words(name) < 2 || count_words(name) > 4 || name.find_first_of("0123456789@\\/_") != std::string::npos;
  });
  return authors;
}

std::optional<Date> date_among(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    if (const auto date = is_prose(line) ? std::nullopt : find_publication_date(line)) return date;
  }
  return std::nullopt;
}

void set_missing_date(ParsedArticle& parsed, const PdfText& text, const std::vector<std::string>& edges) {
  if (parsed.article.date) return;
  std::vector<std::string> first;
  for (const PdfLine& line : text.pages.front().lines) first.push_back(line.text);
  std::string_view source = "page one of the PDF";
  parsed.article.date = date_among(first);
  if (!parsed.article.date) {
    source = "the edge of a page";
    parsed.article.date = date_among(edges);
  }
  if (!parsed.article.date && text.info.created > 0) {
    source = "the PDF's CreationDate: when the file was made";
    parsed.article.date = date_of_unix_time(static_cast<double>(text.info.created));
    if (parsed.article.date) parsed.article.date->second_of_day = -1; // of no place
  }
  if (parsed.article.date) parsed.notes.found("date", to_iso(*parsed.article.date), source);
}

/// What kept some of the document from being read.
std::vector<std::string> losses(const PdfText& text, const std::string& broken_off) {
  std::vector<std::string> reasons;
  const std::size_t pages = text.pages.size();
  if (!broken_off.empty()) {
    reasons.push_back(
        fmt::format("{} of its {} pages were read: {}", grouped(pages), grouped(text.info.pages), broken_off));
  } else if (pages < text.info.pages) {
    reasons.push_back(fmt::format("the first {} of its {} pages are indexed; split it to have all of them",
                                  grouped(pages), grouped(text.info.pages)));
  }
  if (text.unreadable > 0)
    reasons.push_back(fmt::format("{} of its {} pages cannot be read; the PDF document is damaged",
                                  grouped(text.unreadable), grouped(text.info.pages)));
  else if (text.info.cut_short)
    reasons.emplace_back("the PDF document is cut short or damaged; what could be found of it is indexed");
  return reasons;
}

/// Takes the process's frames. Returns what ended them early, if anything.
std::string read_frames(ByteStream& stream, std::size_t most_bytes, PdfText& text) {
  const IsolationLimits limits{.silence = std::chrono::seconds(60), .total = std::chrono::seconds(300)};
  IsolatedReader process(reader_program(), "pdf", stream, limits);
  std::size_t bytes = 0;
  try {
    while (const auto frame = process.next()) {
      if (frame->type == FrameType::info) text.info = decode_pdf_info(frame->content);
      if (frame->type != FrameType::page) continue;
      add_page(text, decode_pdf_page(frame->content));
      for (const PdfLine& line : text.pages.back().lines) bytes += line.text.size();
      if (bytes > most_bytes)
        throw ReadError(
            fmt::format("the text is larger than the {} bytes allowed for an article", grouped(most_bytes)));
    }
  } catch (const codec::DecodeError&) {
    throw ReadError("the program that reads it answered with nonsense; the file is damaged or hostile");
  } catch (const ReadError& error) {
    if (text.pages.empty()) throw;
    return error.what();
  }
  return {};
}

} // namespace

bool is_pdf(std::string_view head, std::string_view extension) {
  constexpr std::string_view mark = "%PDF-";
  return head.starts_with(mark) || (extension == "pdf" && head.substr(0, 1024).find(mark) != std::string_view::npos);
}

void add_page(PdfText& text, const PdfPage& page) {
  if (page.width <= 0 && page.words.empty()) ++text.unreadable;
  text.pages.push_back(lines_of(page, text.pages.size(), text.notes));
}

ParsedArticle parse_pdf(PdfText text, const std::string& path) {
  if (text.unreadable == text.pages.size())
    throw ReadError("the PDF document is damaged: none of its pages can be read");
  if (std::ranges::all_of(text.pages, [](const PdfLines& page) { return page.lines.empty(); }))
    throw ReadError("the PDF document holds images only, no text; a program like ocrmypdf adds the text");
  ReadingNotes notes = std::move(text.notes);
  const std::vector<std::string> edges = drop_page_furniture(text.pages, notes);
  const std::string title = take_title(text, notes);
  std::vector<std::string> paragraphs = paragraphs_of(text.pages);
  if (!title.empty()) paragraphs.insert(paragraphs.begin(), title);
  ParsedArticle parsed = parse_plain_text(join_paragraphs(paragraphs), path);
  Article& article = parsed.article;
  if (!title.empty() && comparable(article.title) != comparable(title)) {
    if (!article.title.empty()) article.body.insert(0, article.title + "\n\n"); // the first line of the text it was
    article.title = title;
  }
  notes.fields.insert(notes.fields.end(), parsed.notes.fields.begin(), parsed.notes.fields.end());
  notes.omissions.insert(notes.omissions.end(), parsed.notes.omissions.begin(), parsed.notes.omissions.end());
  parsed.notes = std::move(notes);
  if (article.authors.empty()) {
    article.authors = chosen_authors(clean(text.info.author));
    for (const std::string& author : article.authors) parsed.notes.found("author", author, "the PDF's Author");
  }
  set_missing_date(parsed, text, edges);
  return parsed;
}

void read_pdf(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events) {
  PdfText text;
  const std::string broken_off = read_frames(stream, options.max_article_bytes, text);
  std::vector<std::string> problems = losses(text, broken_off);
  ParsedArticle parsed = parse_pdf(std::move(text), path);
  parsed.problems.insert(parsed.problems.end(), problems.begin(), problems.end());
  emit(std::move(parsed), path, "", events);
}

} // namespace pfind::corpus
