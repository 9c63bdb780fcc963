#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_set>

#include "corpus/reader/html/content.hpp"
#include "corpus/reader/html/sums.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::html {
namespace {

// What a block is worth to the container it is in, in words. The figures are those that did best on news pages with
// known text: text below a few words and links speak against a container, menus being made of them, but articles also
// hold short blocks, and so a single one of text hardly counts.
constexpr double k_block_cost = 9;
constexpr double k_link_word_cost = 2.5;
constexpr double k_least_of_text = -1;
constexpr double k_least_of_links = -20;

// The page's own word for what its article is weighs as much as many words around it.
constexpr double k_clue_worth = 100;
constexpr double k_marked_worth = 150;

std::vector<std::string> words_of(std::string_view text) {
  const std::string plain = comparable(text);
  std::vector<std::string> words;
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t end = std::min(plain.find(' ', at), plain.size());
    words.push_back(plain.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// Recognizes the beginning of the description that a page gives of its article, or of the text in its data.
class ClueMatcher {
public:
  explicit ClueMatcher(const Clues& clues) {
    add(clues.description);
    add(clues.body);
  }

  bool matches(const Block& block) const {
    constexpr std::size_t fewest = 8;
    constexpr std::size_t most = 60;
    if (runs_.empty() || block.words < fewest) return false;
    auto words = words_of(valid_prefix(block.text, 600));
    if (words.size() > most) words.resize(most);
    std::size_t known = 0;
    for (std::size_t i = 0; i + k_run <= words.size(); ++i) known += runs_.contains(run(words, i));
    return known >= 5 && (known * 3 >= words.size() || known * 2 >= runs_.size());
  }

private:
  static constexpr std::size_t k_run = 3;

  static std::string run(const std::vector<std::string>& words, std::size_t at) {
    return words[at] + ' ' + words[at + 1] + ' ' + words[at + 2];
  }

  void add(std::string_view text) {
    const auto words = words_of(valid_prefix(text, 4000));
    for (std::size_t i = 0; i + k_run <= words.size(); ++i) runs_.insert(run(words, i));
  }

  std::unordered_set<std::string> runs_;
};

/// Words without any punctuation between them: keywords, places, names of teams.
bool is_enumeration(const Block& block) {
  constexpr std::size_t many_words = 25;
  const auto spaces = static_cast<std::size_t>(std::count(block.text.begin(), block.text.end(), ' '));
  return spaces >= many_words && block.text.find_first_of(".,;:!?|\n") == std::string::npos &&
         block.text.size() < 12 * spaces;
}

double worth(const Block& block) {
  if (block.part != Part::article) return 0;
  if (is_enumeration(block) || is_cookie_notice(block.text)) return k_least_of_links;
  const auto links = static_cast<double>(block.link_words);
  const double value = static_cast<double>(block.words) - links - k_link_word_cost * links - k_block_cost;
  return std::max(value, block.link_words * 2 > block.words ? k_least_of_links : k_least_of_text);
}

/// Elements that hold parts of a text and never the whole: whose text is also in their siblings.
bool is_piece(GumboTag tag) {
  constexpr std::array pieces{
      GUMBO_TAG_P,      GUMBO_TAG_PRE, GUMBO_TAG_UL,         GUMBO_TAG_OL,    GUMBO_TAG_LI,    GUMBO_TAG_DL,
      GUMBO_TAG_DD,     GUMBO_TAG_DT,  GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_TABLE, GUMBO_TAG_TBODY, GUMBO_TAG_TR,
      GUMBO_TAG_H1,     GUMBO_TAG_H2,  GUMBO_TAG_H3,         GUMBO_TAG_H4,    GUMBO_TAG_SPAN,  GUMBO_TAG_FONT,
      GUMBO_TAG_STRONG, GUMBO_TAG_B,   GUMBO_TAG_EM,         GUMBO_TAG_I,     GUMBO_TAG_A,     GUMBO_TAG_CENTER,
  };
  return std::ranges::find(pieces, tag) != pieces.end();
}

/// Where a page holds several articles, each in an element of its own, the one below whose headline the page's title
/// stands; else `container`.
std::size_t article_with_title(const Tree& tree, const std::vector<Block>& blocks, std::size_t container,
                               const std::string& title) {
  if (title.empty()) return container;
  const Sums words(tree, blocks, [](const Block& b) { return static_cast<double>(b.words - b.link_words); });
  const std::string plain = comparable(title);
  const Sums titles(tree, blocks, [&](const Block& b) { return comparable(b.text) == plain ? 1.0 : 0.0; });
  constexpr double least_words = 30;
  std::size_t articles = 0;
  std::size_t titled = container;
  for (std::size_t i = container + 1; i < tree[container].end; ++i) {
    if (tree[i].tag() != GUMBO_TAG_ARTICLE || words.below(tree, i) < least_words) continue;
    if (titles.below(tree, i) > 0 && titled == container) titled = i;
    ++articles;
    i = tree[i].end - 1;
  }
  return articles > 1 ? titled : container;
}

} // namespace

bool is_cookie_notice(std::string_view text) {
  constexpr std::size_t few_words = 130;
  if (count_words(text) > few_words) return false;
  const std::string plain = comparable(text);
  std::size_t cookies = 0;
  for (std::size_t at = plain.find("cookie"); at != std::string::npos; at = plain.find("cookie", at + 1)) ++cookies;
  constexpr std::array addresses{"website", "this site", "our site", "your browser", "we use"};
  return cookies >= 2 &&
         std::ranges::any_of(addresses, [&](const char* a) { return plain.find(a) != std::string::npos; });
}

std::size_t find_container(const Tree& tree, const Parts& parts, const std::vector<Block>& blocks, const Clues& clues) {
  const ClueMatcher matcher(clues);
  const Sums worths(tree, blocks, [&](const Block& block) {
    return worth(block) + (block.part == Part::article && matcher.matches(block) ? k_clue_worth : 0);
  });
  std::size_t best = 0;
  double most = 0;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].is_text() || parts[i] != Part::article) continue;
    const double value = worths.below(tree, i) + (tree[i].attribute("itemprop") == "articleBody" ? k_marked_worth : 0);
    if (value >= most) {
      most = value;
      best = i;
    }
  }
  while (best != tree[best].parent && is_piece(tree[best].tag())) best = tree[best].parent;
  return article_with_title(tree, blocks, best, clues.title);
}

} // namespace pfind::corpus::html
