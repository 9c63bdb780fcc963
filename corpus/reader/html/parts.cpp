#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

#include "corpus/reader/html/content.hpp"
#include "corpus/reader/html/names.hpp"
#include "corpus/reader/html/sums.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::html {
namespace {

using namespace std::string_view_literals;

constexpr double k_protected_share = 0.4;
constexpr double k_protected_share_of_hidden = 0.75; // pages often hold a second copy of the text, hidden
constexpr double k_protected_share_of_cards = 0.8;

struct TagPart {
  GumboTag tag;
  Part part;
};

constexpr TagPart k_tags[]{
    {GUMBO_TAG_NAV, Part::menu},  {GUMBO_TAG_FOOTER, Part::foot},        {GUMBO_TAG_ASIDE, Part::aside},
    {GUMBO_TAG_FORM, Part::form}, {GUMBO_TAG_HEADER, Part::head},        {GUMBO_TAG_FIGURE, Part::caption},
    {GUMBO_TAG_MENU, Part::menu}, {GUMBO_TAG_FIGCAPTION, Part::caption},
};

struct RolePart {
  std::string_view role;
  Part part;
};

constexpr RolePart k_roles[]{
    {"navigation", Part::menu}, {"banner", Part::head},   {"contentinfo", Part::foot},   {"complementary", Part::aside},
    {"search", Part::form},     {"dialog", Part::notice}, {"alertdialog", Part::notice}, {"menu", Part::menu},
    {"menubar", Part::menu},    {"alert", Part::notice},  {"toolbar", Part::widget},
};

bool is_hidden(const Node& node) {
  if (node.element != nullptr && gumbo_get_attribute(&node.element->attributes, "hidden") != nullptr) return true;
  const std::string_view style = node.attribute("style");
  if (style.empty()) return false;
  std::string plain = ascii_lower(style);
  std::erase(plain, ' ');
  return plain.find("display:none") != std::string::npos || plain.find("visibility:hidden") != std::string::npos ||
         plain.find("mso-hide:all") != std::string::npos; // of mails
}

Part part_of_element(const Node& node) {
  if (is_hidden(node)) return Part::hidden;
  const GumboTag tag = node.tag();
  const bool holds_page =
      tag == GUMBO_TAG_HTML || tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN;
  if (!holds_page) {
    const Part named = std::max(part_of_names(node.attribute("class")), part_of_names(node.attribute("id")));
    if (named != Part::article) return named;
  }
  const auto by_tag = std::ranges::find(k_tags, tag, &TagPart::tag);
  if (by_tag != std::end(k_tags)) return by_tag->part;
  const auto by_role = std::ranges::find(k_roles, node.attribute("role"), &RolePart::role);
  return by_role == std::end(k_roles) ? Part::article : by_role->part;
}

double prose_words(const Block& block) {
  return block.words >= 12 && block.link_words * 3 < block.words ? static_cast<double>(block.words) : 0;
}

bool is_cut_short(std::string_view text) {
  return text.ends_with("...") || text.ends_with("…") || text.ends_with("...]") || text.ends_with("…]");
}

/// A block that is nothing but a link of some words, or one with a text that is cut short: the headline of another
/// article.
bool is_linked_headline(const Block& block) {
  return block.link_words >= 4 && (block.link_words * 10 >= block.words * 9 || is_cut_short(block.text));
}

/// A post of a network that the article quotes stands in an element named like the buttons for sharing.
bool is_quoted_post(const Tree& tree, std::size_t node, Part part) {
  constexpr std::size_t most_nodes = 500; // so that no nesting of such elements takes long
  if (part != Part::sharing) return false;
  for (std::size_t i = node; i < std::min(tree[node].end, node + most_nodes); ++i) {
    if (tree[i].tag() == GUMBO_TAG_BLOCKQUOTE) return true;
  }
  return false;
}

bool may_be_card(GumboTag tag) {
  constexpr std::array tags{GUMBO_TAG_ARTICLE, GUMBO_TAG_LI, GUMBO_TAG_DIV, GUMBO_TAG_SECTION};
  return std::ranges::find(tags, tag) != tags.end();
}

/// Finds cards: elements alike, each of which holds a linked headline and a little text. Three of them are teasers of
/// other articles.
class CardFinder {
public:
  CardFinder(const Tree& tree, const std::vector<Block>& blocks)
      : tree_(tree), words_(tree, blocks, [](const Block& b) { return static_cast<double>(b.words - b.link_words); }),
        headlines_(tree, blocks, [](const Block& b) { return is_linked_headline(b) ? 1.0 : 0.0; }) {}

  /// The cards by groups of like elements.
  std::vector<std::vector<std::size_t>> groups() const {
    std::map<std::pair<GumboTag, std::string_view>, std::vector<std::size_t>> alike;
    for (std::size_t i = 0; i < tree_.size(); ++i) {
      if (may_be_card(tree_[i].tag()) && is_card(i)) alike[{tree_[i].tag(), shape(i)}].push_back(i);
    }
    std::vector<std::vector<std::size_t>> found;
    constexpr std::size_t fewest = 3;
    for (auto& [key, nodes] : alike) {
      if (nodes.size() >= fewest) found.push_back(std::move(nodes));
    }
    return found;
  }

private:
  bool is_card(std::size_t i) const {
    constexpr double most_words = 100;
    const double words = words_.below(tree_, i);
    const double headlines = headlines_.below(tree_, i);
    return headlines >= 1 && headlines <= 2 && words >= 4 && words <= most_words;
  }

  /// The first name of its class, which cards of one kind share (`post-17 post`: without the digits).
  std::string_view shape(std::size_t i) const {
    const std::string_view names = trimmed(tree_[i].attribute("class"));
    return names.substr(0, std::min(names.find_first_of(" \t\n0123456789"), names.size()));
  }

  const Tree& tree_;
  Sums words_;
  Sums headlines_;
};

} // namespace

Parts hidden_parts(const Tree& tree) {
  Parts parts(tree.size(), Part::article);
  for (std::size_t i = 1; i < tree.size(); ++i) {
    const Node& node = tree[i];
    parts[i] = !node.is_text() && is_hidden(node) ? Part::hidden : parts[node.parent];
  }
  return parts;
}

Parts parts_of(const Tree& tree) {
  Parts parts(tree.size(), Part::article);
  const std::vector<Block> blocks = blocks_of(tree, parts);
  const Sums prose(tree, blocks, prose_words);
  const double all = prose.below(tree, 0);
  const Sums headlines(tree, blocks, [](const Block& block) { return block.tag == GUMBO_TAG_H1 ? 1.0 : 0.0; });
  std::vector<bool> card(tree.size(), false);
  for (const auto& group : CardFinder(tree, blocks).groups()) {
    double of_cards = 0;
    for (const std::size_t i : group) of_cards += prose.below(tree, i);
    if (of_cards > k_protected_share_of_cards * all) continue;
    for (const std::size_t i : group) card[i] = true;
  }
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const Node& node = tree[i];
    if (i > 0 && parts[node.parent] != Part::article) {
      parts[i] = parts[node.parent];
    } else if (card[i]) {
      parts[i] = Part::teaser;
    } else if (const Part part = node.is_text() ? Part::article : part_of_element(node); part != Part::article) {
      const bool certain = part == Part::comments && headlines.below(tree, i) == 0;
      const double share = part == Part::hidden ? k_protected_share_of_hidden : k_protected_share;
      // A name is no proof: what holds most of the page's text is no furniture whatever it is called.
      const bool protects = prose.below(tree, i) >= share * all || is_quoted_post(tree, i, part);
      if (certain || !protects) parts[i] = part;
    }
  }
  return parts;
}

} // namespace pfind::corpus::html
