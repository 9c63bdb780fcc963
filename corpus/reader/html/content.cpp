#include "corpus/reader/html/content.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/furniture.hpp"
#include "corpus/reader/html/names.hpp"
#include "corpus/reader/paragraphs.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::html {
namespace {

using namespace std::string_view_literals;

// What a block is worth to the container it is in, in words. The figures are those that did best on news pages with
// known text: text below a few words and links speak against a container, menus being made of them, but articles also
// hold short blocks, and so a single one of text hardly counts.
constexpr double k_block_cost = 9;
constexpr double k_link_word_cost = 2.5;
constexpr double k_least_of_text = -1;
constexpr double k_least_of_links = -20;
constexpr double k_protected_share = 0.4;

constexpr std::array k_furniture_tags{GUMBO_TAG_NAV,    GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE,      GUMBO_TAG_FORM,
                                      GUMBO_TAG_HEADER, GUMBO_TAG_FIGURE, GUMBO_TAG_FIGCAPTION, GUMBO_TAG_MENU};
constexpr std::array k_furniture_roles{"navigation"sv, "banner"sv, "contentinfo"sv, "complementary"sv, "search"sv,
                                       "dialog"sv,     "menu"sv,   "menubar"sv,     "alert"sv,         "toolbar"sv};

template <class T, std::size_t N>
bool contains(const std::array<T, N>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool is_hidden(const Node& node) {
  if (node.element != nullptr && gumbo_get_attribute(&node.element->attributes, "hidden") != nullptr) return true;
  const std::string_view style = node.attribute("style");
  if (style.empty()) return false;
  std::string plain = ascii_lower(style);
  std::erase(plain, ' ');
  return plain.find("display:none") != std::string::npos || plain.find("visibility:hidden") != std::string::npos ||
         plain.find("mso-hide:all") != std::string::npos;
}

NameEvidence evidence_of(const Node& node) {
  const GumboTag tag = node.tag();
  if (tag == GUMBO_TAG_HTML || tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN) {
    return NameEvidence::none;
  }
  return std::max(evidence_of_names(node.attribute("class")), evidence_of_names(node.attribute("id")));
}

bool is_furniture(const Node& node) {
  return contains(k_furniture_tags, node.tag()) || is_hidden(node) ||
         contains(k_furniture_roles, node.attribute("role")) || evidence_of(node) != NameEvidence::none;
}

/// Sums over the blocks in document order, so that a subtree's sum is a difference.
class Sums {
public:
  template <class ValueOf>
  Sums(const Tree& tree, const std::vector<Block>& blocks, ValueOf value_of) : at_(tree.size() + 1, 0) {
    for (const Block& block : blocks) at_[block.node + 1] += value_of(block);
    for (std::size_t i = 1; i < at_.size(); ++i) at_[i] += at_[i - 1];
  }

  double below(const Tree& tree, std::size_t node) const { return at_[tree[node].end] - at_[node]; }

private:
  std::vector<double> at_;
};

double prose_words(const Block& block) {
  return block.words >= 12 && block.link_words * 3 < block.words ? static_cast<double>(block.words) : 0;
}

double worth(const Block& block) {
  if (block.excluded) return 0;
  const auto links = static_cast<double>(block.link_words);
  const double value = static_cast<double>(block.words) - links - k_link_word_cost * links - k_block_cost;
  return std::max(value, block.link_words * 2 > block.words ? k_least_of_links : k_least_of_text);
}

/// The element whose blocks together are worth most: the smallest one that holds the article.
std::size_t find_container(const Tree& tree, const std::vector<bool>& excluded, const std::vector<Block>& blocks) {
  const Sums worths(tree, blocks, worth);
  std::size_t best = 0;
  double most = 0;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].is_text() || excluded[i]) continue;
    const double value = worths.below(tree, i);
    if (value >= most) {
      most = value;
      best = i;
    }
  }
  return best;
}

bool is_heading(GumboTag tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6; }

bool is_mostly_links(const Block& block) { return block.link_words * 2 > block.words && block.words < 40; }

/// Picks the article's paragraphs from the blocks of its container.
class Picker {
public:
  explicit Picker(std::string_view title) : title_(comparable(title)) {}

  void pick(const std::vector<Block>& blocks) {
    std::size_t left = 0;
    for (const Block& block : blocks) left += block.words;
    const std::size_t all = left;
    for (const Block& block : blocks) {
      const bool ends = role_of(block.text) == LineRole::end_of_text && left * 3 < all && !paragraphs.empty();
      if (ends) break;
      left -= block.words;
      if (!is_dropped(block)) add(block);
    }
    while (!paragraphs.empty() && is_heading(tags_.back())) drop_last(); // a heading with nothing below it
  }

  std::vector<std::string> paragraphs;

private:
  bool is_dropped(const Block& block) const {
    const LineRole role = role_of(block.text);
    if (role == LineRole::furniture || role == LineRole::end_of_text || role == LineRole::promotion) return true;
    if (is_mostly_links(block)) return true;
    if (is_heading(block.tag) && comparable(block.text) == title_) return true;
    if (block.tag == GUMBO_TAG_H1 && paragraphs.empty()) return true;
    return paragraphs.size() < 2 && is_credit(block);
  }

  /// A byline, a date, both, or a breadcrumb: what stands between a headline and the text.
  bool is_credit(const Block& block) const {
    constexpr std::size_t most_words = 16;
    if (parse_byline(block.text) || parse_date(block.text)) return true;
    if (!paragraphs.empty() || block.words > most_words || ends_sentence(block.text)) return false;
    const bool breadcrumb = block.text.find("›") != std::string::npos || block.text.find("»") != std::string::npos;
    return find_date(block.text).has_value() || breadcrumb;
  }

  void add(const Block& block) {
    const bool item = block.tag == GUMBO_TAG_LI && !is_list_item(block.text);
    paragraphs.push_back((item ? "• " : "") + block.text);
    tags_.push_back(block.tag);
  }

  void drop_last() {
    paragraphs.pop_back();
    tags_.pop_back();
  }

  std::string title_;
  std::vector<GumboTag> tags_;
};

} // namespace

std::vector<bool> excluded_parts(const Tree& tree) {
  const std::vector<Block> blocks = blocks_of(tree, std::vector<bool>(tree.size(), false));
  const Sums prose(tree, blocks, prose_words);
  const double all = prose.below(tree, 0);
  const Sums headlines(tree, blocks, [](const Block& block) { return block.tag == GUMBO_TAG_H1 ? 1.0 : 0.0; });
  std::vector<bool> excluded(tree.size(), false);
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const Node& node = tree[i];
    if (i > 0 && excluded[node.parent]) {
      excluded[i] = true;
    } else if (!node.is_text() && is_furniture(node)) {
      const bool comments = evidence_of(node) == NameEvidence::comments && headlines.below(tree, i) == 0;
      // A name is no proof: what holds most of the page's text is no furniture whatever it is called.
      excluded[i] = comments || prose.below(tree, i) < k_protected_share * all;
    }
  }
  return excluded;
}

std::string article_text(const Tree& tree, const std::vector<bool>& excluded, std::string_view title) {
  std::vector<Block> blocks = blocks_of(tree, excluded);
  const std::size_t container = find_container(tree, excluded, blocks);
  std::erase_if(blocks, [&](const Block& block) {
    return block.excluded || block.node < container || block.node >= tree[container].end;
  });
  Picker picker(title);
  picker.pick(blocks);
  return join_paragraphs(picker.paragraphs);
}

std::string whole_text(const Tree& tree) {
  std::vector<std::string> paragraphs;
  std::vector<bool> hidden(tree.size(), false);
  for (std::size_t i = 1; i < tree.size(); ++i) {
    hidden[i] = hidden[tree[i].parent] || (!tree[i].is_text() && is_hidden(tree[i]));
  }
  for (Block& block : blocks_of(tree, hidden)) {
    if (block.excluded) continue;
    const bool item = block.tag == GUMBO_TAG_LI && !is_list_item(block.text);
    paragraphs.push_back((item ? "• " : "") + block.text);
  }
  return join_paragraphs(paragraphs);
}

} // namespace pfind::corpus::html
