#include "tests/bench/generator/generator.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <utility>

#include "common/article_json.hpp"
#include "tests/bench/generator/tokens.hpp"

namespace pfind::bench {
namespace {

constexpr std::size_t k_none = SIZE_MAX;
constexpr std::size_t k_outlets = 40; // where the model has none
constexpr std::size_t k_longest_title = 20;
constexpr std::size_t k_near = 15;  // pieces by which a body may be shorter or longer than wanted, to end a sentence
constexpr std::size_t k_tries = 20; // to make a word up that is new

/// A number below `n`, small ones more often: about as outlets and authors share the articles of a collection.
std::size_t below_unevenly(std::size_t n, Random& random) { return random.below(random.below(n) + 1); }

std::string capitalized(std::string word) {
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

bool has_small_letters(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Which links of a chain are rare words.
std::vector<bool> rare_links(const Chain& chain, const ArticleModel& model) {
  std::vector<bool> rare(chain.size());
  for (std::uint32_t i = 1; i < chain.size(); ++i)
    rare[i] = chain.link(i).kind == PieceKind::word && model.is_rare(vocabulary_word(chain.link(i).text));
  return rare;
}

} // namespace

std::string json_line(const GeneratedArticle& generated) {
  const Article& article = generated.article;
  nlohmann::ordered_json json{{"id", article.id}, {"title", article.title}, {"text", article.body}};
  if (!article.language.empty()) json["language"] = article.language;
  if (article.date) json["date"] = to_iso(*article.date);
  json["companies"] = generated.companies;
  if (!article.outlet.empty()) json["outlet"] = article.outlet;
  if (!article.authors.empty()) json["author"] = joined_authors(article);
  return json_text(json) + '\n';
}

Generator::Generator(const ArticleModel& model, std::size_t count, std::uint64_t seed)
    : model_(model), count_(count), random_(seed), companies_(names_like(model.companies())),
      names_(names_like(model.names())), rare_(rare_links(model.bodies(), model)),
      rare_titles_(rare_links(model.titles(), model)), known_(model.bodies().size()),
      known_titles_(model.titles().size()) {
  choose_outlets();
}

Generator::Names Generator::names_like(const NameStock& stock) const {
  return {.stock = stock, .of_stock = std::vector<std::size_t>(stock.names.size(), k_none)};
}

void Generator::choose_outlets() {
  const WordMaker& letters = model_.letters();
  for (std::size_t i = 0; model_.outlets().empty() && i < k_outlets; ++i)
    outlets_.push_back(capitalized(letters.word(random_)) + (i % 2 == 0 ? " News" : " Journal"));
  const auto authors = static_cast<std::size_t>(std::sqrt(static_cast<double>(count_))) + 8;
  for (std::size_t i = 0; i < authors; ++i) {
    const std::string first = capitalized(letters.word(random_));
    authors_.push_back(first + ' ' + capitalized(letters.word(random_)));
  }
}

GeneratedArticle Generator::next() {
  GeneratedArticle made;
  std::vector<std::size_t> cast;
  const std::size_t length = model_.lengths()[random_.below(model_.lengths().size())];
  made.article.body = body(length, cast);
  made.article.title = title(cast);
  made.article.language = model_.language();
  made.article.id = fmt::format("{}", written_ + 1);
  if (!model_.dates().empty())
    made.article.date = model_.dates()[std::min(written_ * model_.dates().size() / count_, model_.dates().size() - 1)];
  const auto& outlets = model_.outlets();
  made.article.outlet =
      outlets.empty() ? outlets_[below_unevenly(outlets_.size(), random_)] : outlets[random_.below(outlets.size())];
  made.article.authors = {authors_[below_unevenly(authors_.size(), random_)]};
  for (const std::size_t company : cast) made.companies.push_back(fmt::format("c{}", company));
  ++written_;
  return made;
}

/// Walks the chain for about `length` pieces, to the end of a sentence where one is near. `cast`: the companies named,
/// each once.
std::string Generator::body(std::size_t length, std::vector<std::size_t>& cast) {
  const Chain& chain = model_.bodies();
  std::string text;
  std::vector<std::size_t> people;
  std::uint32_t at = Chain::k_end;
  const std::size_t least = length - std::min(length / 8, k_near);
  for (std::size_t pieces = 0; pieces < length + k_near; ++pieces) {
    at = chain.next(at, random_);
    const Link& link = chain.link(at);
    if (at == Chain::k_end || link.kind == PieceKind::paragraph) {
      if (pieces >= least) break;
      if (!text.empty()) text += "\n\n";
      continue;
    }
    if (!text.empty() && text.back() != '\n') text += ' ';
    if (link.kind == PieceKind::word) {
      text += word_for(at, chain, known_, rare_);
    } else {
      const bool is_company = link.kind == PieceKind::company;
      Names& names = is_company ? companies_ : names_;
      std::vector<std::size_t>& named = is_company ? cast : people;
      // An article names the same ones again.
      const bool again = !named.empty() && random_.happens(1, 2);
      const std::size_t number = again ? named[random_.below(named.size())] : draw_name(names, is_company);
      if (std::ranges::find(named, number) == named.end()) named.push_back(number);
      text += names.names[number];
      text += link.text;
      count(names.names[number]);
    }
    if (pieces >= least && text.ends_with('.')) break;
  }
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string Generator::title(const std::vector<std::size_t>& cast) {
  const Chain& chain = model_.titles();
  std::string text;
  std::uint32_t at = Chain::k_end;
  for (std::size_t pieces = 0; pieces < k_longest_title; ++pieces) {
    at = chain.next(at, random_);
    if (at == Chain::k_end) break;
    if (!text.empty()) text += ' ';
    text += word_for(at, chain, known_titles_, rare_titles_);
  }
  if (cast.empty() || random_.happens(1, 2)) return text;
  const std::string& company = companies_.names[cast.front()];
  count(company);
  return (has_small_letters(text) ? company : upper(company)) + (text.empty() ? "" : " ") + text;
}

/// The text for a link that is a word: its own, or in place of a rare one another rare one: a new one where the
/// vocabulary has grown less than it should, else now and then one that was made up before.
std::string Generator::word_for(std::uint32_t link, const Chain& chain, std::vector<bool>& known,
                                std::vector<bool>& rare) {
  const std::string& text = chain.link(link).text;
  if (rare[link]) {
    const double wanted = model_.vocabulary().distinct(static_cast<double>(vocabulary_.size() + 1));
    const bool grows = static_cast<double>(vocabulary_.distinct() + 1) < wanted;
    if (grows || (!coined_.empty() && random_.happens(1, 2))) {
      std::string word = grows ? new_word(text) : coined_[random_.below(coined_.size())];
      coined_.push_back(word);
      count(word);
      return word;
    }
  }
  if (known[link]) {
    vocabulary_.repeat(1);
  } else {
    count(text);
    known[link] = !vocabulary_word(text).empty();
  }
  return text;
}

std::string Generator::new_word(const std::string& token) {
  std::string made;
  for (std::size_t i = 0; i < k_tries; ++i) {
    made = disguised(token, model_.letters().word(random_), random_);
    if (!vocabulary_.has(vocabulary_word(made))) break;
  }
  return made;
}

void Generator::count(const std::string& text) { vocabulary_.add(text); }

/// A name by how often it was mentioned, here or in the model's texts; a new one where there should be more.
std::size_t Generator::draw_name(Names& names, bool is_company) {
  const NameStock& stock = names.stock;
  std::size_t number = k_none;
  if (!names.mentions.empty() && random_.happens(1, 2)) {
    number = names.mentions[random_.below(names.mentions.size())];
  } else {
    const std::size_t of_stock = stock.mentions[random_.below(stock.mentions.size())];
    if (names.of_stock[of_stock] == k_none) {
      names.of_stock[of_stock] = names.names.size();
      names.mentions.push_back(names.names.size());
      names.names.push_back(stock.names[of_stock]);
      return names.names.size() - 1;
    }
    number = names.of_stock[of_stock];
  }
  const auto mentions = static_cast<double>(names.mentions.size() + 1);
  if (static_cast<double>(names.names.size() + 1) < stock.growth->distinct(mentions)) {
    number = names.names.size();
    names.names.push_back(made_up_name(stock, is_company));
  }
  names.mentions.push_back(number);
  return number;
}

/// A name of the stock, one of its words another: of a company not its legal form.
std::string Generator::made_up_name(const NameStock& stock, bool is_company) {
  const std::string& like = stock.names[random_.below(stock.names.size())];
  const auto words = static_cast<std::size_t>(std::ranges::count(like, ' ')) + 1;
  const std::size_t changed = random_.below(is_company ? words - 1 : words);
  std::string made;
  std::size_t at = 0;
  for (std::size_t i = 0; i < words; ++i) {
    const std::size_t end = std::min(like.find(' ', at), like.size());
    const std::string word = like.substr(at, end - at);
    if (i > 0) made += ' ';
    made += i == changed ? disguised(word, model_.letters().word(random_), random_) : word;
    at = end + 1;
  }
  return made;
}

} // namespace pfind::bench
