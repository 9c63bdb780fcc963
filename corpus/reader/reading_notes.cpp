#include "corpus/reader/reading_notes.hpp"

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {

void ReadingNotes::found(std::string_view field, std::string_view value, std::string_view source) {
  fields.push_back({std::string(field), std::string(value), std::string(source)});
}

void ReadingNotes::left_out(std::string_view text, std::string_view reason) {
  constexpr std::size_t longest = 160;
  std::string line = single_spaced(valid_prefix(trimmed(text), longest));
  if (!line.empty()) omissions.push_back({std::move(line), std::string(reason)});
}

} // namespace pfind::corpus
