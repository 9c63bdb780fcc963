#include "searcher/query/pasted_text.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>

#include "searcher/query/stop_words.hpp"

namespace pfind::query {
namespace {

constexpr std::size_t k_least_words = 12;
constexpr std::size_t k_least_words_of_clauses = 20; // of a text in which no sentence ends
constexpr std::size_t k_least_clauses = 2;
constexpr std::size_t k_words_per_stop_word = 6; // at most; a list of words has hardly any
constexpr std::size_t k_longest_abbreviation = 4;
constexpr std::string_view k_marks = "\"'()[]-*=";

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0;
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::string_view without_marks(std::string_view word) {
  word.remove_prefix(std::min(word.find_first_not_of(k_marks), word.size()));
  return word.substr(0, word.find_last_not_of(k_marks) + 1);
}

std::string in_small_letters(std::string_view word) {
  std::string small;
  for (const char c : word) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0)
      small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return small;
}

/// Whether a full stop rather shortens the word: `Inc.`, `St.`, `U.S.`.
bool is_abbreviation(std::string_view word) {
  const std::string_view letters = word.substr(0, word.find('.'));
  return letters.size() + 1 < word.size() || (letters.size() <= k_longest_abbreviation && is_upper(word.front()));
}

/// What was counted of a text, word by word.
class Prose {
public:
  void add(std::string_view raw) {
    const std::string_view word = without_marks(raw);
    if (may_end_ && !word.empty() && is_upper(word.front())) has_sentence_ = true;
    may_end_ = false;
    if (word.empty()) return;
    const bool is_end = std::string_view(".!?").find(word.back()) != std::string_view::npos;
    ends_ = is_end;
    may_end_ = is_end && !is_abbreviation(word);
    if (std::ranges::none_of(word, is_word_byte)) return;
    ++words_;
    stop_words_ += searcher::is_stop_word(in_small_letters(word)) ? 1 : 0;
    clauses_ += word.back() == ',' || word.back() == ';' ? 1 : 0;
  }

  bool is_text() const {
    if (words_ < k_least_words || stop_words_ * k_words_per_stop_word < words_) return false;
    return has_sentence_ || ends_ || (words_ >= k_least_words_of_clauses && clauses_ >= k_least_clauses);
  }

private:
  std::size_t words_ = 0;
  std::size_t stop_words_ = 0;
  std::size_t clauses_ = 0;
  bool may_end_ = false;      // a sentence, where the next word begins with a capital
  bool ends_ = false;         // with the mark of a sentence
  bool has_sentence_ = false; // that ends before another
};

} // namespace

bool is_pasted_text(std::string_view text) {
  Prose prose;
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  if (text.starts_with('(')) return false;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    prose.add(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return prose.is_text();
}

} // namespace pfind::query
