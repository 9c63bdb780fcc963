#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/span.hpp"

namespace pfind {

/// Whether to do something on a terminal only, or regardless: `--color`, `--hyperlinks`, `--pager`.
enum class When : std::uint8_t { automatic, always, never };

/// The environment variables that speak of the terminal, as the program found them; unset ones are empty optionals.
struct TerminalEnvironment {
  std::optional<std::string_view> no_color; ///< NO_COLOR (no-color.org): set and not empty means no colour
  std::optional<std::string_view> term;     ///< TERM
  std::optional<std::string_view> columns;  ///< COLUMNS
};

/// What the file behind a descriptor can show.
struct Terminal {
  bool is_terminal = false;
  bool color = false;
  bool hyperlinks = false;
  std::size_t columns = 0; ///< 0 where there is no terminal and COLUMNS does not say
};

/// Finds out about the file behind `descriptor`. `color` and `hyperlinks` other than `automatic` override what is
/// found.
Terminal detect_terminal(int descriptor, const TerminalEnvironment& environment, When color = When::automatic,
                         When hyperlinks = When::automatic);

/// One line that is safe to print: valid UTF-8, line ends and tabs as spaces, control, escape and bidirectional control
/// characters removed (text::is_control).
std::string printable(std::string_view text);

/// Writes `text` to standard error. Where that fails there is nobody left to be told.
void write_error(std::string_view text);

/// A text attribute as an SGR parameter (ECMA-48), e.g. "1" for bold or "1;33"; empty leaves text as it is.
struct Style {
  std::string_view sgr;

  std::string operator()(std::string_view text) const;
};

/// `text` as a link to `uri` (OSC 8). Both must be printable; a URI holding control characters gives the text alone.
std::string hyperlink(std::string_view uri, std::string_view text);

/// The file:// URI of an absolute path, percent-encoded as RFC 3986 says.
std::string file_uri(std::string_view absolute_path);

/// `text` cut to at most `columns` columns, the last one an ellipsis if something was cut.
std::string cut_to_width(std::string_view text, std::size_t columns);

/// The lines of `text` for a terminal of `columns` columns (0: a single line), broken at spaces or, where a word is
/// longer than a line or the script has none, between characters. The spaces at a break belong to no line.
std::vector<text::Span> wrap(std::string_view text, std::size_t columns);

/// How far a long piece of work has come.
struct Progress {
  std::string_view label;  ///< what is being done, e.g. "indexing"
  std::uint64_t done = 0;  ///< units of work
  std::uint64_t total = 0; ///< 0 where it is not known yet
  double elapsed_seconds = 0;
  bool in_bytes = false; ///< the units of work are bytes, shown as MB
};

/// One line of at most `columns` columns that shows `progress`: bar, percentage, count, rate and time remaining, the
/// less important ones left out where the line is too short for them. No control characters, no line end.
std::string progress_line(const Progress& progress, std::size_t columns);

/// A bar of `columns` columns, `fraction` (0..1) of it filled to an eighth of a column, the rest spaces.
std::string bar(double fraction, std::size_t columns);

/// `12345678` -> `12,345,678`.
std::string grouped(std::uint64_t number);

} // namespace pfind
