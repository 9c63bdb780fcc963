#include "common/entity/name_relations.hpp"

#include <algorithm>

#include "common/entity/family_names.hpp"

namespace pfind {
namespace {

constexpr std::size_t k_longest_acronym = 8; // letters

constexpr auto k_foreign_forms =
    std::to_array<std::string_view>({"ab", "ag", "asa", "bhd", "bv", "gmbh", "kg", "kgaa", "nv", "oy", "oyj", "plc",
                                     "sa", "sarl", "sas", "se", "spa", "srl", "tbk"});

} // namespace

std::vector<std::string_view> words_of(std::string_view key) {
  std::vector<std::string_view> words;
  for_each_word(key, [&](std::string_view word) { words.push_back(word); });
  return words;
}

bool has_foreign_form(std::string_view key) {
  const std::string_view last = key.substr(key.rfind(' ') + 1);
  return last.size() < key.size() && std::ranges::find(k_foreign_forms, last) != k_foreign_forms.end();
}

bool has_run(std::string_view whole, std::string_view part) {
  for (std::size_t at = whole.find(part); at != std::string_view::npos; at = whole.find(part, at + 1)) {
    const std::size_t end = at + part.size();
    if ((at == 0 || whole[at - 1] == ' ') && (end == whole.size() || whole[end] == ' ')) return true;
  }
  return false;
}

bool is_made_of(std::string_view acronym, std::string_view key) {
  if (acronym.size() < 2 || acronym.size() > k_longest_acronym || acronym.find(' ') != std::string_view::npos)
    return false;
  const std::vector<std::string_view> words = words_of(key);
  if (words.size() < 2 || words.front().front() != acronym.front()) return false;
  std::size_t letter = 0;
  for (const std::string_view word : words) {
    if (letter < acronym.size() && word.front() == acronym[letter]) ++letter;
  }
  return letter == acronym.size();
}

bool is_capitals(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string other_order(std::string_view key) {
  const std::size_t space = key.find(' ');
  if (space == std::string_view::npos || key.find(' ', space + 1) != std::string_view::npos) return {};
  const std::string_view first = key.substr(0, space), last = key.substr(space + 1);
  if (!is_leading_family_name(first) && !is_leading_family_name(last)) return {};
  return std::string(last) + ' ' + std::string(first);
}

} // namespace pfind
