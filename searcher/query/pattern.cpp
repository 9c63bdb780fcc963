#include "searcher/query/pattern.hpp"

#include <cstddef>

namespace pfind::searcher {
namespace {

std::size_t character_length(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

} // namespace

bool matches_pattern(std::string_view word, std::string_view pattern) {
  std::size_t w = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_word = 0;
  while (w < word.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_word = w;
    } else if (p < pattern.size() && pattern[p] == '?') {
      w += character_length(word, w);
      ++p;
    } else if (p < pattern.size() && pattern[p] == word[w]) {
      ++w;
      ++p;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      star_word += character_length(word, star_word);
      w = star_word;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

} // namespace pfind::searcher
