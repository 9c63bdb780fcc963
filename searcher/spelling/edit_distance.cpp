#include "searcher/spelling/edit_distance.hpp"

#include <algorithm>
#include <vector>

#include "common/text/characters.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_short_word = 5; // code points; up to here one edit at most is forgiven

} // namespace

std::u32string code_points(std::string_view text) {
  std::u32string all;
  for (std::size_t at = 0; at < text.size();) {
    const text::Character character = text::character_at(text, at);
    all += character.code_point;
    at += character.bytes;
  }
  return all;
}

std::size_t edit_distance(std::u32string_view a, std::u32string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> before_last(a.size() + 1);
  std::vector<std::size_t> last(a.size() + 1);
  std::vector<std::size_t> row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) last[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    row[0] = j;
    std::size_t least = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t substitution = last[i - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[i] = std::min({substitution, last[i] + 1, row[i - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[i] = std::min(row[i], before_last[i - 2] + 1);
      least = std::min(least, row[i]);
    }
    if (least > limit) return limit + 1;
    before_last.swap(last);
    last.swap(row);
  }
  return std::min(last[a.size()], limit + 1);
}

std::size_t misspelling_distance(std::u32string_view a, std::u32string_view b, std::size_t limit) {
  const bool same_first = a.empty() || b.empty() || a.front() == b.front();
  return std::min(edit_distance(a, b, limit) + (same_first ? 0 : 1), limit + 1);
}

std::size_t allowed_edits(std::size_t length) { return length <= k_short_word ? 1 : 2; }

} // namespace pfind::searcher
