#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/reader/byte_stream.hpp"

namespace pfind::corpus {

/// How a table separates its fields and writes a quote inside quotes.
struct CsvDialect {
  char delimiter = ',';
  bool backslash = false; ///< a backslash takes the next character literally (MySQL and others), beside ""
  bool quotes = true;     ///< fields may stand in quotes
};

/// One row of a table: RFC 4180, with the liberties that files take.
struct CsvRow {
  std::vector<std::string> fields; ///< reused from row to row: only the first `count` are of this one
  std::size_t count = 0;
  std::size_t number = 0;  ///< from 1, the header included, as spreadsheets count; empty lines are none
  bool too_long = false;   ///< larger than the limit; there are no fields
  bool cut = false;        ///< the text ends inside quotes
  bool open_quote = false; ///< quotes in it seem not to be closed where they should
};

/// Reads the rows of a table from UTF-8 text, holding one at a time in memory.
class CsvRows {
public:
  CsvRows(ByteStream& text, CsvDialect dialect, std::size_t limit);

  /// Reads the next row; false at the end.
  bool next(CsvRow& row);

  /// Goes back behind the first line of the row read last: for one whose quotes went astray.
  void reread_behind_first_line();

private:
  bool fill();
  bool parse(CsvRow& row);
  void pass_over(const CsvRow& row);
  bool hides_rows() const;
  void read_past_quotes(std::size_t at);
  void read_past_line();

  ByteStream& text_;
  CsvDialect dialect_;
  std::size_t limit_;
  std::string ahead_; // of which [row_, next_) is the last row
  std::size_t row_ = 0;
  std::size_t next_ = 0;
  std::size_t number_ = 0;
  std::size_t width_ = 0;    ///< fields of the first row
  bool is_complete_ = false; ///< the row that was parsed last
  bool ended_ = false;
};

/// The dialect of a table by its beginning: the delimiter (comma, semicolon, tab, bar) by which its rows have the same
/// number of fields, more than one.
CsvDialect detect_dialect(std::string_view head);

} // namespace pfind::corpus
