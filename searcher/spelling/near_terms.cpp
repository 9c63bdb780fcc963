#include "searcher/spelling/near_terms.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "common/text/characters.hpp"

namespace pfind::searcher {
namespace {

constexpr double k_cost_of_edit = 5;       // a slip of the hand is as rare as one word in 150
constexpr std::size_t k_shortest_stem = 3; // of a word whose ending is left out of account

bool is_better(const NearTerm& a, const NearTerm& b) {
  const double of_a = likelihood(a.distance, a.frequency);
  const double of_b = likelihood(b.distance, b.frequency);
  return of_a != of_b ? of_a > of_b : a.term < b.term;
}

bool is_letter(const text::Character& character) {
  const char32_t c = character.code_point;
  return character.valid && (c >= 0x80 || (c >= 'a' && c <= 'z'));
}

/// The table of edit distances between a pattern and the beginnings of a term, a row per letter of the term. Rows stay
/// while terms that begin alike follow each other.
class DistanceTable {
public:
  explicit DistanceTable(const WordPattern& pattern) : pattern_(pattern), far_(pattern.limit + 1) {
    rows_.emplace_back(width(), far_);
    rows_.front()[0] = 0;
    for (std::size_t j = 1; j <= std::min(pattern.limit, pattern.letters.size()); ++j) rows_.front()[j] = cut(j + 1);
  }

  /// Fills the row of the last of `letters`; says whether a term that begins with them can be near.
  bool extend(std::u32string_view letters) {
    const std::size_t i = letters.size();
    if (rows_.size() <= i) rows_.emplace_back(width(), far_);
    std::vector<std::size_t>& row = rows_[i];
    std::ranges::fill(row, far_);
    const std::size_t first = i > pattern_.limit ? i - pattern_.limit : 0;
    const std::size_t last = std::min(pattern_.letters.size(), i + pattern_.limit);
    std::size_t least = far_;
    for (std::size_t j = first; j <= last; ++j) {
      row[j] = cell(letters, j);
      least = std::min(least, row[j]);
    }
    return least <= pattern_.limit;
  }

  /// Of a term of `length` letters, all of them extended.
  std::size_t distance(std::size_t length) const {
    const std::vector<std::size_t>& row = rows_[length];
    if (pattern_.ending == 0) return row.back();
    if (length < k_shortest_stem) return far_;
    const auto shortest = row.end() - 1 - static_cast<std::ptrdiff_t>(std::min(pattern_.ending, row.size() - 1));
    return *std::min_element(shortest, row.end());
  }

private:
  std::size_t width() const { return pattern_.letters.size() + 1; }
  std::size_t cut(std::size_t distance) const { return std::min(distance, far_); }

  std::size_t cell(std::u32string_view letters, std::size_t j) const {
    const std::size_t i = letters.size();
    if (j == 0) return cut(i + 1);
    const std::u32string& word = pattern_.letters;
    const std::vector<std::size_t>& above = rows_[i - 1];
    const auto cost = [](bool of_first_letter) -> std::size_t { return of_first_letter ? 2 : 1; };
    std::size_t best = above[j - 1] + (letters[i - 1] == word[j - 1] ? 0 : cost(i == 1 || j == 1));
    best = std::min(best, above[j] + cost(i == 1));
    best = std::min(best, rows_[i][j - 1] + cost(j == 1));
    if (i > 1 && j > 1 && letters[i - 1] == word[j - 2] && letters[i - 2] == word[j - 1])
      best = std::min(best, rows_[i - 2][j - 2] + cost(i == 2 || j == 2));
    return cut(best);
  }

  const WordPattern& pattern_;
  std::size_t far_; // stands for all that is beyond the limit
  std::vector<std::vector<std::size_t>> rows_;
};

/// Walks terms in their order, as a tree of letters.
class TermWalk {
public:
  TermWalk(std::span<const WordPattern> patterns, std::size_t most) : patterns_(patterns), most_(most) {
    for (const WordPattern& pattern : patterns) tables_.emplace_back(pattern);
    found_.resize(patterns.size());
  }

  std::vector<std::vector<NearTerm>> run(const ComparedDatabase& database) {
    Terms terms = database.terms("");
    terms.skip_to("a"); // behind numbers and everything with a prefix
    while (!terms.at_end()) {
      const std::size_t dead = enter(*terms);
      if (dead == 0) {
        collect(terms);
        ++terms;
      } else {
        if (static_cast<unsigned char>(previous_[dead - 1]) == 0xFF) break; // no text has it, nor anything behind it
        terms.skip_to(behind(previous_.substr(0, dead)));
      }
    }
    return std::move(found_);
  }

private:
  /// The first of the terms that do not begin so.
  static std::string behind(std::string beginning) {
    beginning.back() = static_cast<char>(static_cast<unsigned char>(beginning.back()) + 1);
    return beginning;
  }

  /// Fills the tables for a term. Returns 0, or how many bytes its beginning has that no near term has.
  std::size_t enter(const std::string& term) {
    leave(static_cast<std::size_t>(std::ranges::mismatch(term, previous_).in1 - term.begin()));
    previous_ = term;
    for (std::size_t at = ends_.empty() ? 0 : ends_.back(); at < term.size();) {
      const text::Character letter = text::character_at(term, at);
      at += letter.bytes;
      if (!is_letter(letter)) return at;
      letters_ += letter.code_point;
      ends_.push_back(at);
      bool alive = false;
      for (DistanceTable& table : tables_) alive = table.extend(letters_) || alive;
      if (!alive) return at;
    }
    return 0;
  }

  /// Goes back to the letters that a new term shares with the last one, of which it shares so many bytes.
  void leave(std::size_t shared) {
    while (!ends_.empty() && ends_.back() > shared) {
      ends_.pop_back();
      letters_.pop_back();
    }
  }

  void collect(Terms& terms) {
    const Xapian::doccount articles = terms.frequency();
    for (std::size_t p = 0; p < patterns_.size(); ++p) {
      const std::size_t distance = tables_[p].distance(letters_.size());
      if (distance > patterns_[p].limit) continue;
      std::vector<NearTerm>& best = found_[p];
      const NearTerm candidate{*terms, distance, articles};
      if (best.size() == most_ && !is_better(candidate, best.back())) continue;
      best.insert(std::ranges::upper_bound(best, candidate, is_better), candidate);
      best.resize(std::min(best.size(), most_));
    }
  }

  std::span<const WordPattern> patterns_;
  std::size_t most_;
  std::vector<DistanceTable> tables_;
  std::vector<std::vector<NearTerm>> found_;
  std::string previous_;
  std::u32string letters_;        // of the term at hand
  std::vector<std::size_t> ends_; // of each of them, in bytes
};

} // namespace

double likelihood(std::size_t distance, Xapian::doccount frequency) {
  return std::log(std::max<double>(frequency, 1)) - k_cost_of_edit * static_cast<double>(distance);
}

std::vector<std::vector<NearTerm>> near_terms(std::span<const WordPattern> patterns, const ComparedDatabase& database,
                                              std::size_t most) {
  return TermWalk(patterns, most).run(database);
}

} // namespace pfind::searcher
