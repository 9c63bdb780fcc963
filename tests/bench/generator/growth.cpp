#include "tests/bench/generator/growth.hpp"

#include <algorithm>
#include <cmath>

namespace pfind::bench {
namespace {

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/// The slope of the least squares line through the logarithms.
double fitted_exponent(const GrowthCurve& curve) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const auto& [words, distinct] : curve) {
    if (words * 10 < curve.back().first) continue;
    const double log_words = std::log(words), log_distinct = std::log(distinct);
    n += 1;
    x += log_words;
    y += log_distinct;
    xx += log_words * log_words;
    xy += log_words * log_distinct;
  }
  const double spread = n * xx - x * x;
  return spread > 0 ? (n * xy - x * y) / spread : 0;
}

} // namespace

std::string vocabulary_word(std::string_view token) {
  const auto first = std::ranges::find_if(token, is_word_byte);
  const auto last = std::find_if(token.rbegin(), std::make_reverse_iterator(first), is_word_byte).base();
  std::string word(first, last);
  for (char& c : word) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return word;
}

bool Vocabulary::add(std::string_view token) {
  bool is_new = false;
  while (!token.empty()) {
    const std::size_t end = std::min(token.find(' '), token.size());
    if (std::string word = vocabulary_word(token.substr(0, end)); !word.empty()) {
      ++size_;
      is_new = words_.insert(std::move(word)).second || is_new;
    }
    token.remove_prefix(std::min(end + 1, token.size()));
  }
  return is_new;
}

HeapsLaw::HeapsLaw(GrowthCurve curve) : curve_(std::move(curve)), exponent_(fitted_exponent(curve_)) {}

double HeapsLaw::distinct(double words) const {
  if (words >= curve_.back().first) return curve_.back().second * std::pow(words / curve_.back().first, exponent_);
  const auto above = std::ranges::upper_bound(curve_, words, {}, &GrowthCurve::value_type::first);
  const auto [x1, y1] = *above;
  const auto [x0, y0] = above == curve_.begin() ? GrowthCurve::value_type{0, 0} : *std::prev(above);
  return y0 + (y1 - y0) * (words - x0) / (x1 - x0);
}

} // namespace pfind::bench
