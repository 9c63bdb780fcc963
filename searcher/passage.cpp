#include "searcher/passage.hpp"

#include <algorithm>

#include "common/text/characters.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_word_reach = 30; // clusters within which a cut looks for the bound of a word

// Copies a text with its white space collapsed and tells where each byte went.
class Collapser {
public:
  explicit Collapser(std::string_view text, text::Span range) : text_(text), at_(range.begin), end_(range.end) {}

  // Copies up to byte `at` of the source; returns how long the copy is then.
  std::size_t copy_until(std::size_t at) {
    while (at_ < std::min(at, end_)) copy_one();
    return out_.size();
  }

  std::string finish() {
    copy_until(end_);
    if (out_.ends_with(' ')) out_.pop_back();
    return std::move(out_);
  }

private:
  void copy_one() {
    const text::Character c = text::character_at(text_, at_);
    if (!text::is_space(c.code_point)) {
      out_.append(text_, at_, c.bytes);
    } else if (!out_.empty() && out_.back() != ' ') {
      out_ += ' ';
    }
    at_ += c.bytes;
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t end_;
  std::string out_;
};

// The group of neighbouring matches that says most within `limit` code points.
text::Span best_focus(const Passage& passage, std::size_t limit, const std::vector<double>& weights) {
  const std::vector<Match>& matches = passage.matches;
  if (matches.empty()) return {};
  std::vector<std::size_t> begins; // of the matches, in code points
  std::size_t at = 0;
  std::size_t characters = 0;
  for (const Match& m : matches) {
    characters += text::count_characters(std::string_view(passage.text).substr(at, m.bytes.begin - at));
    at = m.bytes.begin;
    begins.push_back(characters);
  }
  const auto end_of = [&](std::size_t i) {
    return begins[i] + text::count_characters(matches[i].bytes.of(passage.text));
  };
  std::vector<std::size_t> held(weights.size(), 0);
  text::Span best = matches.front().bytes;
  double best_score = -1;
  double score = 0;
  std::size_t first = 0;
  for (std::size_t last = 0; last < matches.size(); ++last) {
    if (held[matches[last].concept_id]++ == 0) score += weights[matches[last].concept_id];
    for (; first < last && end_of(last) - begins[first] > limit; ++first) {
      if (--held[matches[first].concept_id] == 0) score -= weights[matches[first].concept_id];
    }
    if (score <= best_score) continue;
    best_score = score;
    best = {matches[first].bytes.begin, matches[last].bytes.end};
  }
  return best;
}

// The clusters of a passage around its focus: where each begins, in bytes and in code points.
struct Clusters {
  std::vector<std::size_t> bytes;
  std::vector<std::size_t> characters;

  std::size_t last() const { return bytes.size() - 1; } // the end of the last cluster looked at
  std::size_t between(std::size_t a, std::size_t b) const { return characters[b] - characters[a]; }
};

Clusters clusters_around(std::string_view text, text::Span focus, std::size_t limit) {
  const std::size_t reach = 4 * (limit + 1); // a code point takes at most four bytes
  Clusters c;
  std::size_t characters = 0;
  std::size_t at = 0;
  while (at < text.size() && at <= focus.end + reach) {
    if (at + reach >= focus.begin) {
      c.bytes.push_back(at);
      c.characters.push_back(characters);
    }
    const std::size_t end = text::cluster_end(text, at);
    characters += text::count_characters(text.substr(at, end - at));
    at = end;
  }
  c.bytes.push_back(at);
  c.characters.push_back(characters);
  return c;
}

// Widens the focus (indices of clusters) to at most `room` code points, a third of them before it.
text::Span widened(const Clusters& c, text::Span focus, std::size_t room) {
  const std::size_t used = c.between(focus.begin, focus.end);
  const std::size_t spare = room > used ? room - used : 0;
  const bool near_start = c.bytes.front() == 0 && c.between(0, focus.begin) <= spare * 2 / 3;
  const std::size_t before = near_start ? spare : spare / 3;
  std::size_t begin = focus.begin;
  while (begin > 0 && c.between(begin - 1, focus.begin) <= before) --begin;
  std::size_t end = focus.begin;
  while (end < c.last() && c.between(begin, end + 1) <= room) ++end;
  while (begin > 0 && end == c.last() && c.between(begin - 1, end) <= room) --begin;
  return {begin, end};
}

// Moves the cuts to the bounds of words, if there are any near that leave the focus whole.
text::Span at_words(std::string_view text, const Clusters& c, text::Span window, text::Span focus) {
  if (c.bytes[window.begin] > 0) {
    const std::size_t stop = std::min(focus.begin, window.begin + k_word_reach);
    for (std::size_t i = window.begin; i <= stop; ++i) {
      if (text[c.bytes[i] - 1] != ' ') continue;
      window.begin = i;
      break;
    }
  }
  if (c.bytes[window.end] < text.size()) {
    const std::size_t stop = std::max(focus.end, window.end - std::min(window.end, k_word_reach));
    for (std::size_t i = window.end; i >= stop && i > 0; --i) {
      if (text[c.bytes[i]] != ' ') continue;
      window.end = i;
      break;
    }
  }
  return window;
}

Passage part_of(const Passage& passage, text::Span bytes) {
  Passage part;
  part.text = bytes.of(passage.text);
  part.cut_before = passage.cut_before || bytes.begin > 0;
  part.cut_after = passage.cut_after || bytes.end < passage.text.size();
  for (Match m : passage.matches) {
    if (m.bytes.begin < bytes.begin || m.bytes.end > bytes.end) continue;
    m.bytes = {m.bytes.begin - bytes.begin, m.bytes.end - bytes.begin};
    part.matches.push_back(m);
  }
  return part;
}

} // namespace

Passage passage_of(std::string_view text, text::Span range, const std::vector<Match>& matches) {
  Passage passage;
  const auto first = std::ranges::lower_bound(matches, range.begin, {}, [](const Match& m) { return m.bytes.begin; });
  // The copy goes forward only, so begins and ends are looked up in order.
  std::vector<std::size_t> marks;
  for (auto m = first; m != matches.end() && m->bytes.begin < range.end; ++m) {
    passage.matches.push_back(*m);
    marks.push_back(m->bytes.begin);
    marks.push_back(std::min(m->bytes.end, range.end));
  }
  std::ranges::sort(marks);
  marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  std::vector<std::size_t> copied;
  Collapser collapser(text, range);
  for (const std::size_t mark : marks) copied.push_back(collapser.copy_until(mark));
  const auto place = [&](std::size_t at) {
    const auto mark = std::ranges::lower_bound(marks, at);
    return copied[static_cast<std::size_t>(mark - marks.begin())];
  };
  for (Match& m : passage.matches) m.bytes = {place(m.bytes.begin), place(std::min(m.bytes.end, range.end))};
  passage.text = collapser.finish();
  return passage;
}

Passage shortened(Passage passage, std::size_t limit, const std::vector<double>& weights) {
  constexpr std::size_t k_ellipses = 2;
  if (text::count_characters(passage.text) <= limit) return passage;
  const std::size_t room = std::max(limit, k_ellipses + 1) - k_ellipses;
  const text::Span focus = best_focus(passage, room, weights);
  const Clusters c = clusters_around(passage.text, focus, limit);
  const auto index = [&](auto it) { return static_cast<std::size_t>(it - c.bytes.begin()); };
  const text::Span inner{index(std::ranges::upper_bound(c.bytes, focus.begin)) - 1,
                         std::min(index(std::ranges::lower_bound(c.bytes, focus.end)), c.last())};
  const text::Span window = at_words(passage.text, c, widened(c, inner, room), inner);
  text::Span bytes{c.bytes[window.begin], c.bytes[window.end]};
  while (bytes.begin < bytes.end && passage.text[bytes.begin] == ' ') ++bytes.begin;
  while (bytes.begin < bytes.end && passage.text[bytes.end - 1] == ' ') --bytes.end;
  return part_of(passage, bytes);
}

std::vector<Highlight> highlights_of(const std::vector<Match>& matches) {
  std::vector<Highlight> merged;
  for (const Match& m : matches) {
    if (m.bytes.size() == 0) continue;
    if (!merged.empty() && m.bytes.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, m.bytes.end);
    } else {
      merged.push_back({m.bytes.begin, m.bytes.end});
    }
  }
  return merged;
}

} // namespace pfind::searcher
