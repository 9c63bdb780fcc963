#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "common/article.hpp"
#include "tests/bench/generator/article_model.hpp"
#include "tests/bench/generator/growth.hpp"
#include "tests/bench/generator/random.hpp"

namespace pfind::bench {

/// An article with the companies that it names, by their ids: `c0`, `c1`, ...
struct GeneratedArticle {
  Article article; ///< id, title, body, language, date, outlet, one author
  std::vector<std::string> companies;
};

/// One line of JSON with id, title, text, language, date, companies, outlet and author, those that are there; a line
/// end behind.
std::string json_line(const GeneratedArticle& generated);

/// Writes articles like those of a model, `count` of them, in the order of days that the model's have. The same model,
/// seed and count give the same articles.
class Generator {
public:
  Generator(const ArticleModel& model, std::size_t count, std::uint64_t seed);

  GeneratedArticle next();

  /// Of all articles so far.
  const Vocabulary& vocabulary() const { return vocabulary_; }

  /// The name of the company with the id `cN`.
  const std::string& company(std::size_t n) const { return companies_.names[n]; }

private:
  /// Names of one kind: those of the model that occurred and those made up.
  struct Names {
    const NameStock& stock;
    std::vector<std::string> names{};    ///< by number here
    std::vector<std::size_t> of_stock{}; ///< number here of the stock's names, or k_none
    std::vector<std::size_t> mentions{}; ///< numbers here
  };

  Names names_like(const NameStock& stock) const;
  std::size_t draw_name(Names& names, bool is_company);
  std::string made_up_name(const NameStock& stock, bool is_company);
  std::string word_for(std::uint32_t link, const Chain& chain, std::vector<bool>& known, std::vector<bool>& rare);
  std::string new_word(const std::string& token);
  std::string body(std::size_t length, std::vector<std::size_t>& cast);
  std::string title(const std::vector<std::size_t>& cast);
  void count(const std::string& text);
  void choose_outlets();

  const ArticleModel& model_;
  std::size_t count_;
  std::size_t written_ = 0;
  Random random_;
  Vocabulary vocabulary_;
  Names companies_, names_;
  std::vector<std::string> coined_;        // words made up, one per occurrence
  std::vector<bool> rare_, rare_titles_;   // links that another rare word may stand for
  std::vector<bool> known_, known_titles_; // links that the vocabulary has
  std::vector<std::string> outlets_, authors_;
};

} // namespace pfind::bench
