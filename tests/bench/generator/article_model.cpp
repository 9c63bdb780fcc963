#include "tests/bench/generator/article_model.hpp"

#include <algorithm>
#include <utility>

#include "common/error.hpp"
#include "tests/bench/generator/tokens.hpp"

namespace pfind::bench {
namespace {

constexpr std::size_t k_rare = 3; // occurrences at most

/// A power law needs two points; a stock of fewer than two mentions grows no further.
HeapsLaw law_of(GrowthCurve curve) {
  if (curve.empty()) curve.emplace_back(1, 1);
  if (curve.size() == 1) curve.emplace_back(curve[0].first + 1, curve[0].second);
  return HeapsLaw(std::move(curve));
}

} // namespace

void ArticleModel::learn(const Article& article) {
  const std::vector<Piece> body = pieces_of(article.body);
  if (body.empty()) return;
  bodies_.learn(body);
  lengths_.push_back(body.size());
  if (article.date) dates_.push_back(*article.date);
  if (!article.language.empty()) ++languages_[article.language];
  if (!article.outlet.empty()) outlets_.push_back(article.outlet);

  // Headlines are short and of another style: their names stay words of the chain.
  std::vector<Piece> title = pieces_of(article.title);
  for (Piece& piece : title) {
    if (piece.kind == PieceKind::word || piece.kind == PieceKind::paragraph) continue;
    piece = {.kind = PieceKind::word, .text = piece.text + piece.tail, .tail = {}};
  }
  if (!title.empty()) titles_.learn(title);
  for (const Piece& piece : title) count(piece.text);
  for (const Piece& piece : body) {
    count(piece.text);
    if (piece.kind == PieceKind::company) add_name(companies_, company_numbers_, company_curve_, piece.text);
    if (piece.kind == PieceKind::name) add_name(names_, name_numbers_, name_curve_, piece.text);
  }
  vocabulary_curve_.emplace_back(words_, counts_.size());
}

void ArticleModel::count(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (const std::string word = vocabulary_word(std::string_view(text).substr(at, end - at)); !word.empty()) {
      ++words_;
      ++counts_[word];
    }
    at = end + 1;
  }
}

void ArticleModel::add_name(NameStock& stock, std::unordered_map<std::string, std::size_t>& numbers, GrowthCurve& curve,
                            const std::string& name) {
  const auto [at, is_new] = numbers.try_emplace(name, stock.names.size());
  if (is_new) stock.names.push_back(name);
  stock.mentions.push_back(at->second);
  curve.emplace_back(stock.mentions.size(), stock.names.size());
}

void ArticleModel::finish() {
  if (lengths_.empty()) throw UsageError("the articles given have no text to learn from");
  bodies_.finish();
  titles_.finish();
  vocabulary_ = law_of(std::move(vocabulary_curve_));
  companies_.growth = law_of(std::move(company_curve_));
  names_.growth = law_of(std::move(name_curve_));
  // In the order of the texts, so that the same texts teach the same.
  for (std::uint32_t i = 1; i < bodies_.size(); ++i) letters_.learn(vocabulary_word(bodies_.link(i).text));
}

std::string ArticleModel::language() const {
  const auto most = std::ranges::max_element(languages_, {}, &std::pair<const std::string, std::size_t>::second);
  return most == languages_.end() ? "" : most->first;
}

bool ArticleModel::is_rare(const std::string& word) const {
  const auto found = counts_.find(word);
  return found != counts_.end() && found->second <= k_rare;
}

} // namespace pfind::bench
