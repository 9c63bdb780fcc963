#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/article.hpp"
#include "tests/bench/generator/chain.hpp"
#include "tests/bench/generator/growth.hpp"
#include "tests/bench/generator/word_maker.hpp"

namespace pfind::bench {

/// The names of one kind in the texts, and how fast their number grows.
struct NameStock {
  std::vector<std::string> names;      ///< distinct, in order of their first occurrence
  std::vector<std::size_t> mentions;   ///< numbers of names, one per mention
  std::optional<HeapsLaw> growth = {}; ///< distinct names among so many mentions
};

/// What given articles teach about articles like them.
class ArticleModel {
public:
  void learn(const Article& article);

  /// After the last article. Throws UsageError where none had a body.
  void finish();

  const Chain& bodies() const { return bodies_; }
  const Chain& titles() const { return titles_; }
  const NameStock& companies() const { return companies_; }
  const NameStock& names() const { return names_; }
  const WordMaker& letters() const { return letters_; }

  /// The growth of the vocabulary of titles and bodies.
  const HeapsLaw& vocabulary() const { return *vocabulary_; }

  /// Of every article, in the order they were learnt: its body's length in pieces, and its day.
  const std::vector<std::size_t>& lengths() const { return lengths_; }
  const std::vector<Date>& dates() const { return dates_; }

  /// The outlets, one per article that has any.
  const std::vector<std::string>& outlets() const { return outlets_; }

  /// That of most articles; empty where none is known.
  std::string language() const;

  /// Whether the texts have this word (as vocabulary_word gives it) so seldom that another rare one may stand for it.
  bool is_rare(const std::string& word) const;

private:
  void count(const std::string& text);
  void add_name(NameStock& stock, std::unordered_map<std::string, std::size_t>& numbers, GrowthCurve& curve,
                const std::string& name);

  Chain bodies_, titles_;
  NameStock companies_, names_;
  WordMaker letters_;
  std::vector<std::size_t> lengths_;
  std::vector<Date> dates_;
  std::vector<std::string> outlets_;
  std::map<std::string, std::size_t> languages_; // articles of each
  std::optional<HeapsLaw> vocabulary_;
  std::unordered_map<std::string, std::size_t> counts_; // of words
  std::size_t words_ = 0;
  std::unordered_map<std::string, std::size_t> company_numbers_, name_numbers_;
  GrowthCurve vocabulary_curve_, company_curve_, name_curve_;
};

} // namespace pfind::bench
