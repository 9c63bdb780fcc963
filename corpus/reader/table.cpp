#include "corpus/reader/table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "common/terminal.hpp"
#include "corpus/reader/csv_rows.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/encoding.hpp"
#include "corpus/reader/field_names.hpp"
#include "corpus/reader/field_text.hpp"
#include "corpus/reader/language.hpp"
#include "corpus/reader/record_sink.hpp"
#include "corpus/reader/text_line.hpp"
#include "corpus/reader/text_stream.hpp"

namespace pfind::corpus {
namespace {

constexpr std::size_t k_sniffed = std::size_t{64} << 10;
constexpr std::array<std::string_view, 8> k_fields{"title",  "body",   "date", "url",
                                                   "outlet", "author", "id",   "language"};

/// Names of columns are compared without regard to case, spaces and underscores: "Published At" is published_at.
std::string folded(std::string_view name) {
  std::string result = ascii_lower(trimmed(name));
  std::erase_if(result, [](char c) { return c == ' ' || c == '_' || c == '-'; });
  return result;
}

/// The columns of each field, the best first.
class Columns {
public:
  Columns(const CsvRow& header, const ReadOptions& options) : header_(header.fields.begin(), at(header, header.count)) {
    for (const std::string_view field : k_fields) {
      for (const std::string_view name : names_of_field(field, options)) add(field, name);
    }
    // NOLINTNEXTLINE(cppcoreguidelines-prefer-member-initializer): by the columns above
    numbered_ = known() == 0 && add_numbered(options);
  }

  bool have(std::string_view field) const { return columns_.contains(field); }
  bool name_an_article() const { return have("title") || have("body"); }
  bool numbered() const { return numbered_; }
  std::size_t width() const { return header_.size(); }
  std::size_t known() const { return columns_.size(); }
  const std::vector<std::string>& header() const { return header_; }

  struct Value {
    std::string_view text;
    std::string_view column;
  };

  /// The first value of a field that is not empty.
  Value value(const CsvRow& row, std::string_view field) const {
    const auto found = columns_.find(field);
    if (found == columns_.end()) return {};
    for (const std::size_t column : found->second) {
      if (column < row.count && !trimmed(row.fields[column]).empty()) return {row.fields[column], header_[column]};
    }
    return {};
  }

private:
  static std::vector<std::string>::const_iterator at(const CsvRow& row, std::size_t count) {
    return row.fields.begin() + static_cast<std::ptrdiff_t>(std::min(count, row.fields.size()));
  }

  void add(std::string_view field, std::string_view name) {
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (folded(header_[i]) == folded(name) && !name.empty()) columns_[field].push_back(i);
    }
  }

  /// Columns that the user gives by their numbers, for tables without header.
  bool add_numbered(const ReadOptions& options) {
    for (const auto& [field, names] : options.json_fields) {
      for (const std::string& name : names) {
        std::size_t number = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
        const bool all = error == std::errc() && end == name.data() + name.size();
        const auto* const row = std::ranges::find(k_fields, field);
        if (all && row != k_fields.end() && number >= 1 && number <= header_.size())
          columns_[*row].push_back(number - 1);
      }
    }
    if (columns_.empty()) return false;
    for (std::size_t i = 0; i < header_.size(); ++i) header_[i] = std::to_string(i + 1);
    return true;
  }

  std::vector<std::string> header_;
  std::map<std::string_view, std::vector<std::size_t>> columns_;
  bool numbered_ = false;
};

std::string shown_columns(const std::vector<std::string>& header) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t i = 0; i < header.size() && i < most; ++i) {
    text += (i == 0 ? "" : ", ") + std::string(valid_prefix(single_spaced(header[i]), 30));
  }
  return header.size() > most ? text + ", ..." : text;
}

std::string some_names(std::string_view field) {
  const auto names = names_of_field(field, {});
  return fmt::format("{}", fmt::join(names.begin(), names.begin() + 3, ", "));
}

std::string no_article_columns(const Columns& columns) {
  return fmt::format(
      "its first row ({}) names no column for a title ({}, ...) or a text ({}, ...); say which they are: "
      "--json-field title=COLUMN --json-field body=COLUMN, by name, or by number where there is no header",
      shown_columns(columns.header()), some_names("title"), some_names("body"));
}

/// A number of seconds, or a date as it is written.
void take_date(std::string_view text, ParsedArticle& parsed) {
  constexpr double year_1973 = 1e8;
  double time = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), time);
  const bool number = error == std::errc() && end == text.data() + text.size();
  if (number && time >= year_1973) parsed.article.date = date_of_unix_time(time);
  if (!parsed.article.date) set_date(parsed, text);
}

ParsedArticle article_of_row(const CsvRow& row, const Columns& columns) {
  ParsedArticle parsed;
  Article& article = parsed.article;
  const auto take = [&](std::string_view field) {
    const auto [text, column] = columns.value(row, field);
    if (!text.empty())
      parsed.notes.found(field, single_spaced(valid_prefix(text, 160)), fmt::format("column {}", column));
    return text;
  };
  article.id = single_spaced(take("id"));
  article.title = headline_of(take("title"));
  article.body = body_text_of(take("body"));
  article.url = single_spaced(take("url"));
  article.outlet = single_spaced(take("outlet"));
  article.language = language_code(trimmed(take("language")));
  add_authors(parsed, take("author"));
  take_date(trimmed(take("date")), parsed);
  return parsed;
}

/// Reads the rows behind the header.
class Table {
public:
  Table(CsvRows& rows, const Columns& columns, RecordSink& sink, std::size_t limit)
      : rows_(rows), columns_(columns), sink_(sink), limit_(limit) {}

  void read(CsvRow& row) {
    if (columns_.numbered()) take(row);
    while (rows_.next(row)) take(row);
  }

private:
  void take(const CsvRow& row) {
    const std::string where = fmt::format("row {}", row.number);
    if (row.too_long) {
      return sink_.report(where,
                          fmt::format("is longer than the {} bytes allowed for an article; split it, or look for "
                                      "a quote that is not closed",
                                      grouped(limit_)));
    }
    if (row.open_quote) return report_open_quote(where);
    if (is_ragged(row)) return report_ragged(row, where);
    ParsedArticle parsed = article_of_row(row, columns_);
    if (parsed.article.title.empty() && parsed.article.body.empty()) {
      return sink_.report(where, "has neither a title nor a text");
    }
    if (row.cut) parsed.problems.emplace_back("the file ends within its quotes; it was read up to there");
    sink_.add(std::move(parsed), where, std::to_string(row.number));
  }

  /// Further fields that are all empty come from delimiters at the ends of lines.
  bool is_ragged(const CsvRow& row) const {
    if (row.count < columns_.width()) return true;
    const std::size_t kept = std::min(row.count, row.fields.size());
    return std::any_of(row.fields.begin() + static_cast<std::ptrdiff_t>(columns_.width()),
                       row.fields.begin() + static_cast<std::ptrdiff_t>(kept),
                       [](const std::string& field) { return !trimmed(field).empty(); });
  }

  void report_ragged(const CsvRow& row, const std::string& where) {
    const std::string found =
        fmt::format("found {} field{} where the header has {}", row.count, row.count == 1 ? "" : "s", columns_.width());
    if (!row.cut) return sink_.report(where, found);
    report_open_quote(where);
  }

  /// What follows is read again from the next line on, so that the quote costs no other row.
  void report_open_quote(const std::string& where) {
    sink_.report(where, "a quote in it is not closed");
    rows_.reread_behind_first_line();
  }

  CsvRows& rows_;
  const Columns& columns_;
  RecordSink& sink_;
  std::size_t limit_;
};

/// Excel's first line that says which delimiter is used: `sep=;`.
std::size_t size_of_separator_line(std::string_view head, CsvDialect& dialect) {
  if (head.size() < 6 || !ascii_lower(head.substr(0, 4)).starts_with("sep=") || head[5] != '\n') return 0;
  dialect.delimiter = head[4];
  return 6;
}

} // namespace

void read_table(PeekStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events) {
  TextStream decoded(stream);
  PeekStream text(decoded);
  const std::string_view head = text.peek(k_sniffed);
  RecordSink sink(path, events);
  if (trimmed(head).empty()) return sink.report("", "the file is empty; it holds no article");
  CsvDialect dialect = detect_dialect(head);
  const std::size_t skipped = size_of_separator_line(head, dialect);
  std::string line(skipped, '\0');
  text.read(line.data(), skipped);
  CsvRows rows(text, dialect, options.max_article_bytes);
  CsvRow row;
  if (!rows.next(row)) return sink.report("", "the table is empty; it holds no article");
  const Columns columns(row, options);
  if (!columns.name_an_article()) return sink.report("", no_article_columns(columns));
  Table(rows, columns, sink, options.max_article_bytes).read(row);
}

bool begins_like_table(std::string_view head) {
  MemoryStream text(head.substr(0, head.find('\n')));
  CsvRows rows(text, detect_dialect(head), k_sniffed);
  CsvRow row;
  if (!rows.next(row) || row.count < 2) return false;
  const Columns columns(row, {});
  return columns.name_an_article() && columns.known() >= 2;
}

} // namespace pfind::corpus
