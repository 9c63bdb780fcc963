#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pfind::bench {

/// What stands at one place of a text.
enum class PieceKind : std::uint8_t {
  word,     ///< as it is, with its punctuation
  company,  ///< a name that ends with a legal form, such as `Standard Oil Co`
  name,     ///< other words in capitals that stand together, such as `New York`
  paragraph ///< a paragraph begins
};

/// A part of a text between white space; of names, all their words.
struct Piece {
  PieceKind kind = PieceKind::word;
  std::string text; ///< of names, without the punctuation behind them
  std::string tail; ///< that punctuation, or `'s`; empty for words
};

/// Cuts a text into pieces. Paragraphs are separated by blank lines.
std::vector<Piece> pieces_of(std::string_view text);

/// Whether a name ends with a legal form.
bool is_company_name(std::string_view name);

} // namespace pfind::bench
