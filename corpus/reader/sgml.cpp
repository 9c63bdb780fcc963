#include "corpus/reader/sgml.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <utility>
#include <vector>

#include "common/terminal.hpp"
#include "corpus/reader/field_text.hpp"
#include "corpus/reader/paragraphs.hpp"
#include "corpus/reader/record_sink.hpp"
#include "corpus/reader/text_line.hpp"
#include "corpus/reader/text_stream.hpp"

namespace pfind::corpus {
namespace {

constexpr std::string_view k_begin = "<REUTERS";
constexpr std::string_view k_end = "</REUTERS>";

/// Text between a tag and its end tag, or where that is missing the next tag that `before` names, else all the rest.
std::string_view element(std::string_view record, std::string_view name, std::string_view before = "</TEXT>") {
  const std::string open = fmt::format("<{}", name);
  std::size_t begin = record.find(open);
  if (begin == std::string_view::npos) return {};
  begin = record.find('>', begin);
  if (begin == std::string_view::npos) return {};
  record.remove_prefix(begin + 1);
  const std::size_t end = std::min(record.find(fmt::format("</{}>", name)), record.find(before));
  return record.substr(0, end);
}

std::string_view attribute(std::string_view record, std::string_view name) {
  const std::string_view tag = record.substr(0, record.find('>'));
  const std::string label = fmt::format(" {}=\"", name);
  const std::size_t begin = tag.find(label);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = tag.substr(begin + label.size());
  return rest.substr(0, rest.find('"'));
}

/// References resolved; those to control characters, with which the wire framed its messages, are nothing.
std::string resolved(std::string_view text) {
  constexpr std::pair<std::string_view, char> named[]{{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}};
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t at = text.find('&');
    result += text.substr(0, at);
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + 1);
    const std::size_t end = text.substr(0, 8).find(';');
    const std::string_view name = end == std::string_view::npos ? "" : text.substr(0, end);
    const auto* const known = std::ranges::find(named, name, &std::pair<std::string_view, char>::first);
    int code = 0;
    const bool number =
        name.starts_with('#') &&
        std::from_chars(name.data() + 1, name.data() + name.size(), code).ptr == name.data() + name.size();
    if (known == std::end(named) && !number) {
      result += '&';
      continue;
    }
    if (!number || (code >= 32 && code < 127)) result += number ? static_cast<char>(code) : known->second;
    text.remove_prefix(end + 1);
  }
  return result;
}

/// The text without the last line by which the agency signs most of them. It goes first, for a short line would speak
/// against lines being hard-wrapped.
std::string_view without_signature(std::string_view text, ReadingNotes& notes) {
  text = trimmed(text);
  const std::size_t newline = text.rfind('\n');
  const std::string_view last = newline == std::string_view::npos ? text : text.substr(newline + 1);
  if (ascii_lower(trimmed(last)) != "reuter") return text;
  notes.left_out(last, "the agency's signature");
  return text.substr(0, text.size() - last.size());
}

void take_text(std::string_view text, ParsedArticle& parsed) {
  parsed.article.body = join_paragraphs(split_paragraphs(without_signature(text, parsed.notes)));
}

/// A text that was never divided into parts: its first line is the headline, perhaps between asterisks.
void take_unprocessed(const std::string& text, ParsedArticle& parsed) {
  std::string_view rest = trimmed(text);
  const std::size_t line_end = std::min(rest.find('\n'), rest.size());
  std::string title = single_spaced(rest.substr(0, line_end));
  title.erase(0, std::min(title.find_first_not_of('*'), title.size()));
  parsed.article.title = title;
  rest.remove_prefix(line_end);
  take_text(rest, parsed);
}

ParsedArticle article_of_record(std::string_view record) {
  ParsedArticle parsed;
  Article& article = parsed.article;
  article.id = attribute(record, "NEWID");
  article.outlet = "Reuters"; // of which the format is
  article.language = "en";
  // A text whose end is missing goes on to the end of the record.
  const std::string_view text = element(record, "TEXT", k_end);
  article.title = single_spaced(resolved(element(text, "TITLE", "<BODY>")));
  add_authors(parsed, resolved(element(text, "AUTHOR", "<BODY>")));
  const std::string dateline = resolved(element(text, "DATELINE", "<BODY>"));
  take_text(resolved(element(text, "BODY")), parsed);
  if (attribute(record.substr(std::min(record.find("<TEXT"), record.size())), "TYPE") == "UNPROC") {
    take_unprocessed(resolved(text), parsed);
  }
  if (!article.body.empty()) article.body = with_dateline(dateline, std::move(article.body));
  set_date(parsed, resolved(element(record, "DATE", "<TOPICS>")));
  parsed.notes.found("title", article.title, "TITLE");
  parsed.notes.found("outlet", article.outlet, "the format");
  if (article.date) parsed.notes.found("date", to_iso(*article.date), "DATE");
  return parsed;
}

/// Cuts a stream into records, each from its tag up to its end tag or the next record.
class Records {
public:
  Records(ByteStream& text, std::size_t limit) : text_(text), limit_(limit) {}

  struct Record {
    std::string_view text; ///< valid until the next call
    bool too_large = false;
    bool cut = false; ///< the file ends, or the next record begins, inside it
  };

  bool next(Record& record) {
    if (!find(k_begin, at_)) return false;
    begin_ = found_;
    record = {};
    std::size_t from = begin_ + k_begin.size();
    for (;;) {
      const std::size_t end = ahead_.find(k_end, from);
      const std::size_t other = ahead_.find(k_begin, from);
      if (end != std::string::npos || other != std::string::npos) {
        record.cut = other < end;
        at_ = record.cut ? other : end + k_end.size();
        break;
      }
      from = std::max(from, ahead_.size() - std::min(ahead_.size(), k_end.size()));
      if (ahead_.size() - begin_ > limit_) {
        // Only the beginning, by which it is named, is kept.
        record.too_large = true;
        const std::size_t head = begin_ + 1024;
        ahead_.erase(head, from - std::min(from, head));
        from = head;
      }
      const std::size_t before = begin_;
      if (!fill()) {
        record.cut = true;
        at_ = ahead_.size();
        break;
      }
      from -= before - begin_;
    }
    record.text = std::string_view(ahead_).substr(begin_, at_ - begin_);
    record.too_large = record.too_large || record.text.size() > limit_;
    return true;
  }

private:
  bool find(std::string_view mark, std::size_t from) {
    begin_ = from;
    for (;;) {
      found_ = ahead_.find(mark, begin_);
      if (found_ != std::string::npos) return true;
      begin_ = ahead_.size() - std::min(ahead_.size() - begin_, mark.size() - 1);
      if (!fill()) return false;
    }
  }

  /// Reads on; what lies before `begin_` is dropped.
  bool fill() {
    constexpr std::size_t piece = std::size_t{256} << 10;
    ahead_.erase(0, begin_);
    begin_ = 0;
    const std::size_t had = ahead_.size();
    ahead_.resize(had + piece);
    const std::size_t got = text_.read(ahead_.data() + had, piece);
    ahead_.resize(had + got);
    return got > 0;
  }

  ByteStream& text_;
  std::size_t limit_;
  std::string ahead_;
  std::size_t begin_ = 0;
  std::size_t found_ = 0;
  std::size_t at_ = 0;
};

} // namespace

bool begins_like_reuters(std::string_view head) {
  head = trimmed(head);
  return head.starts_with("<REUTERS ") || ascii_lower(head.substr(0, 15)).starts_with("<!doctype lewis");
}

void read_reuters(PeekStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events) {
  TextStream text(stream);
  RecordSink sink(path, events);
  Records records(text, options.max_article_bytes);
  std::size_t number = 0;
  for (Records::Record record; records.next(record);) {
    const std::string where = fmt::format("record {}", ++number);
    if (record.too_large) {
      sink.report(
          where, fmt::format("is larger than the {} bytes allowed for an article", grouped(options.max_article_bytes)));
      continue;
    }
    ParsedArticle parsed = article_of_record(record.text);
    if (parsed.article.title.empty() && parsed.article.body.empty()) {
      sink.report(where, "has neither a title nor a text");
      continue;
    }
    if (record.cut) parsed.problems.emplace_back("has no end (</REUTERS>); it was read as far as it goes");
    sink.add(std::move(parsed), where, std::to_string(number));
  }
  if (number == 0) sink.report("", "is SGML without an element REUTERS; of SGML only Reuters-21578 is read");
}

} // namespace pfind::corpus
