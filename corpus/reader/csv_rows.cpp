#include "corpus/reader/csv_rows.hpp"

#include <algorithm>
#include <array>

namespace pfind::corpus {
namespace {

constexpr std::size_t k_most_fields = 4096; // of a row that are kept; more are only counted

/// Cuts one row into fields.
class RowParser {
public:
  RowParser(std::string_view text, std::size_t at, CsvDialect dialect, CsvRow& row)
      : text_(text), at_(at), dialect_(dialect), row_(row) {
    row_.count = 0;
    row_.cut = row_.open_quote = false;
  }

  /// Reads up to the end of the row; false where the text ends before it.
  bool read() {
    for (;;) {
      std::string& field = new_field();
      if (dialect_.quotes && at_ < text_.size() && text_[at_] == '"' && !quoted(field)) return false;
      if (!bare(field)) return false;
      if (text_[at_++] == '\n') return true;
    }
  }

  std::size_t end() const { return at_; }

private:
  std::string& new_field() {
    const std::size_t slot = std::min(row_.count++, k_most_fields);
    if (row_.fields.size() <= slot) row_.fields.resize(slot + 1);
    row_.fields[slot].clear();
    return row_.fields[slot];
  }

  bool quoted(std::string& field) {
    ++at_;
    for (;;) {
      const std::size_t stop = dialect_.backslash ? text_.find_first_of("\"\\", at_) : text_.find('"', at_);
      field += text_.substr(at_, stop - at_);
      if (stop == std::string_view::npos || stop + 1 >= text_.size()) {
        // A quote that is the last character of the text closes.
        at_ = text_.size();
        row_.cut = stop == std::string_view::npos || text_[stop] == '\\';
        return false;
      }
      at_ = stop + 1;
      if (text_[stop] == '"' && text_[at_] != '"') return closed(field);
      field += text_[at_++];
    }
  }

  /// Text right behind the closing quote, after a field of several lines: the quote belongs to a later field.
  bool closed(const std::string& field) {
    const bool goes_on = text_[at_] != dialect_.delimiter && text_[at_] != '\n';
    row_.open_quote = row_.open_quote || (goes_on && field.find('\n') != std::string::npos);
    return true;
  }

  /// Without quotes, up to the delimiter or the end of the line; false where the text ends first.
  bool bare(std::string& field) {
    std::size_t from = at_;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      const bool escape = c == '\\' && dialect_.backslash;
      if (c != dialect_.delimiter && c != '\n' && !escape) continue;
      field += text_.substr(from, at_ - from);
      if (!escape) return true;
      from = ++at_;
    }
    field += text_.substr(std::min(from, text_.size()));
    at_ = text_.size();
    return false;
  }

  std::string_view text_;
  std::size_t at_;
  CsvDialect dialect_;
  CsvRow& row_;
};

/// How well a delimiter explains the beginning of a table: fields of the header where the rows agree with it.
double evidence_for(std::string_view head, CsvDialect dialect) {
  constexpr std::size_t most_rows = 50;
  CsvRow row;
  std::size_t width = 0;
  std::size_t rows = 0;
  std::size_t agree = 0;
  for (std::size_t at = 0; at < head.size() && rows < most_rows; ++rows) {
    RowParser parser(head, at, dialect, row);
    if (!parser.read() && rows > 0) { // of a row that the head cuts nothing can be said, but for quotes left open
      rows += row.cut ? 1 : 0;
      break;
    }
    at = parser.end();
    if (rows == 0) width = row.count;
    agree += row.count == width;
  }
  return width < 2 || rows == 0 ? 0
                                : static_cast<double>(agree) / static_cast<double>(rows) +
                                      0.001 * static_cast<double>(std::min<std::size_t>(width, 50));
}

/// Whether quotes are written \" rather than "" in fields.
bool escapes_with_backslash(std::string_view head, char delimiter) {
  std::size_t escaped = 0;
  for (std::size_t at = head.find("\\\""); at != std::string_view::npos; at = head.find("\\\"", at + 2)) {
    const char next = at + 2 < head.size() ? head[at + 2] : '\n';
    escaped += next != delimiter && next != '\n' && next != '"';
  }
  return escaped > 0;
}

} // namespace

CsvRows::CsvRows(ByteStream& text, CsvDialect dialect, std::size_t limit)
    : text_(text), dialect_(dialect), limit_(limit) {}

bool CsvRows::fill() {
  constexpr std::size_t piece = std::size_t{256} << 10;
  ahead_.erase(0, row_);
  next_ -= row_;
  row_ = 0;
  // Doubling, for a row is parsed anew when there is more of it.
  const std::size_t had = ahead_.size();
  const std::size_t wanted = std::max(piece, had);
  ahead_.resize(had + wanted);
  const std::size_t got = text_.read(ahead_.data() + had, wanted);
  ahead_.resize(had + got);
  ended_ = got == 0;
  return got > 0;
}

bool CsvRows::next(CsvRow& row) {
  row_ = next_;
  while (row_ < ahead_.size() || fill()) {
    while (row_ < ahead_.size() && ahead_[row_] == '\n') ++row_;
    next_ = row_;
    if (row_ < ahead_.size()) break;
  }
  if (row_ == ahead_.size()) return false;
  row.number = ++number_;
  row.too_long = !parse(row);
  if (row.too_long) pass_over(row);
  if (row.number == 1) width_ = row.count;
  return true;
}

/// Parses the row at `row_`; false where it is larger than the limit.
bool CsvRows::parse(CsvRow& row) {
  for (;;) {
    RowParser parser(ahead_, row_, dialect_, row);
    is_complete_ = parser.read();
    next_ = parser.end();
    if (next_ - row_ > limit_) return false;
    if (is_complete_ || ended_) return true;
    fill();
  }
}

/// Goes on behind a row that is too long, or behind its first line where its quotes may just not be closed.
void CsvRows::pass_over(const CsvRow& row) {
  if (is_complete_ && row.count == width_ && !row.open_quote) return;
  const bool ends_with_quote = !is_complete_ && !row.cut && ahead_.ends_with('"'); // which may be half of two
  if ((row.cut || ends_with_quote) && !hides_rows())
    read_past_quotes(ahead_.size() - (ends_with_quote ? 1 : 0));
  else
    read_past_line();
}

/// Whether the lines behind the first one of a row are rows themselves, but for a few, rather than a long text.
bool CsvRows::hides_rows() const {
  constexpr std::size_t most = 1000;
  CsvRow row;
  std::size_t rows = 0;
  std::size_t alike = 0;
  for (std::size_t at = ahead_.find('\n', row_); at < ahead_.size() && rows < most; ++rows) {
    RowParser parser(ahead_, rows == 0 ? at + 1 : at, dialect_, row);
    if (!parser.read()) break;
    at = parser.end();
    alike += row.count == width_;
  }
  return 10 * alike > 9 * rows;
}

/// Looks from `at` for the end of the quotes that the text read so far ends in, holding little of what is in them.
void CsvRows::read_past_quotes(std::size_t at) {
  for (;;) {
    at = dialect_.backslash ? ahead_.find_first_of("\"\\", at) : ahead_.find('"', at);
    if (at >= ahead_.size() || at + 1 == ahead_.size()) { // what a quote is says the character behind it
      row_ = next_ = std::min(at, ahead_.size());
      at = 0;
      if (fill()) continue;
      next_ = ahead_.size();
      return;
    }
    const char next = ahead_[at + 1];
    if (ahead_[at] == '"' && next != '"') break;
    at += 2;
  }
  if (ahead_[at + 1] == dialect_.delimiter || ahead_[at + 1] == '\n') {
    row_ = at + 1;
    if (CsvRow rest; !parse(rest)) pass_over(rest);
  } else { // it opens a field of a later row
    const std::size_t newline = ahead_.rfind('\n', at);
    row_ = newline == std::string::npos ? at : newline;
    read_past_line();
  }
}

/// Gives up the line at `row_`, however long it is.
void CsvRows::read_past_line() {
  std::size_t newline = ahead_.find('\n', row_);
  while (newline == std::string::npos && !ended_) {
    row_ = ahead_.size();
    next_ = row_;
    fill();
    newline = ahead_.find('\n');
  }
  next_ = newline == std::string::npos ? ahead_.size() : newline + 1;
}

void CsvRows::reread_behind_first_line() {
  const std::size_t newline = ahead_.find('\n', row_);
  if (newline != std::string::npos && newline < next_) next_ = newline + 1;
}

CsvDialect detect_dialect(std::string_view head) {
  CsvDialect best;
  double most = 0;
  const auto consider = [&](CsvDialect dialect) {
    const double evidence = evidence_for(head, dialect);
    if (evidence <= most) return;
    most = evidence;
    best = dialect;
  };
  for (const char delimiter : {',', ';', '\t', '|'})
    consider({delimiter, escapes_with_backslash(head, delimiter), true});
  // Many a program writes tabs without quoting anything.
  const bool quoted = head.find("\"\t") != std::string_view::npos || head.find("\"\n") != std::string_view::npos;
  if (!quoted) consider({'\t', false, false});
  return best;
}

} // namespace pfind::corpus
