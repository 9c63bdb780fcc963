#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace pfind::bench {

/// The word of a token as the vocabulary counts it: in small letters, without punctuation at its ends. Empty where the
/// token holds no letter or digit.
std::string vocabulary_word(std::string_view token);

/// How many different words a text of so many words has: (words, different ones), ascending.
using GrowthCurve = std::vector<std::pair<double, double>>;

/// Counts the words of a text and how many of them differ.
class Vocabulary {
public:
  /// Counts the words of `token`, which white space may separate, and says whether one of them is new.
  bool add(std::string_view token);

  /// Counts `words` words that are known already.
  void repeat(std::size_t words) { size_ += words; }

  bool has(const std::string& word) const { return words_.contains(word); }
  std::size_t size() const { return size_; }
  std::size_t distinct() const { return words_.size(); }

private:
  std::unordered_set<std::string> words_;
  std::size_t size_ = 0;
};

/// Heaps' law, V(n) = K n^b (H. S. Heaps, Information Retrieval, 1978): the measured curve up to the end of the text it
/// was measured on, from there on the power law fitted to its last nine tenths.
class HeapsLaw {
public:
  /// `curve` has at least two points.
  explicit HeapsLaw(GrowthCurve curve);

  /// The different words expected among `words` words.
  double distinct(double words) const;

  double exponent() const { return exponent_; }

private:
  GrowthCurve curve_;
  double exponent_ = 0;
};

} // namespace pfind::bench
