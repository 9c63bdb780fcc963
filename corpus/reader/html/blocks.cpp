#include <algorithm>
#include <array>

#include "corpus/reader/html/content.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::html {
namespace {

constexpr std::array k_inline_tags{
    GUMBO_TAG_A,    GUMBO_TAG_ABBR,   GUMBO_TAG_ACRONYM, GUMBO_TAG_B,     GUMBO_TAG_BDI,     GUMBO_TAG_BDO,
    GUMBO_TAG_BIG,  GUMBO_TAG_CITE,   GUMBO_TAG_CODE,    GUMBO_TAG_DATA,  GUMBO_TAG_DEL,     GUMBO_TAG_DFN,
    GUMBO_TAG_EM,   GUMBO_TAG_FONT,   GUMBO_TAG_I,       GUMBO_TAG_INS,   GUMBO_TAG_KBD,     GUMBO_TAG_MARK,
    GUMBO_TAG_NOBR, GUMBO_TAG_Q,      GUMBO_TAG_RUBY,    GUMBO_TAG_S,     GUMBO_TAG_SAMP,    GUMBO_TAG_SMALL,
    GUMBO_TAG_SPAN, GUMBO_TAG_STRIKE, GUMBO_TAG_STRONG,  GUMBO_TAG_SUB,   GUMBO_TAG_SUP,     GUMBO_TAG_TIME,
    GUMBO_TAG_TT,   GUMBO_TAG_U,      GUMBO_TAG_VAR,     GUMBO_TAG_WBR,   GUMBO_TAG_BR,      GUMBO_TAG_IMG,
    GUMBO_TAG_RB,   GUMBO_TAG_RT,     GUMBO_TAG_RP,      GUMBO_TAG_LABEL, GUMBO_TAG_UNKNOWN,
};

constexpr std::array k_silent_tags{
    GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,    GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_HEAD,
    GUMBO_TAG_IFRAME,   GUMBO_TAG_SVG,      GUMBO_TAG_OBJECT,   GUMBO_TAG_VIDEO,    GUMBO_TAG_AUDIO,
    GUMBO_TAG_CANVAS,   GUMBO_TAG_TEXTAREA, GUMBO_TAG_SELECT,   GUMBO_TAG_BUTTON,   GUMBO_TAG_INPUT,
    GUMBO_TAG_NOFRAMES, GUMBO_TAG_MATH,     GUMBO_TAG_RP,       GUMBO_TAG_TITLE,
};

template <std::size_t N>
bool contains(const std::array<GumboTag, N>& tags, GumboTag tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool is_block(const Node& node) { return !node.is_text() && !contains(k_inline_tags, node.tag()); }

/// A table row whose cells hold no blocks of their own is one block; else the table only lays out the page.
bool is_data_row(const Tree& tree, std::size_t row) {
  for (std::size_t i = row + 1; i < tree[row].end; ++i) {
    const GumboTag tag = tree[i].tag();
    if (tag != GUMBO_TAG_TD && tag != GUMBO_TAG_TH && is_block(tree[i])) return false;
  }
  return true;
}

/// Gathers the text of a page into blocks.
class Gatherer {
public:
  Gatherer(const Tree& tree, const Parts& parts) : tree_(tree), parts_(parts) {}

  std::vector<Block> gather() {
    for (std::size_t i = 0; i < tree_.size(); ++i) {
      close_until(i);
      const Node& node = tree_[i];
      if (node.is_text()) {
        add_text(i);
      } else if (contains(k_silent_tags, node.tag()) || interrupts(i)) {
        i = node.end - 1;
      } else {
        enter(i);
      }
    }
    close_until(tree_.size());
    end_block();
    return std::move(blocks_);
  }

private:
  struct Open {
    std::size_t end;
    GumboTag tag;
    bool block;
  };

  /// Furniture inside a paragraph, which goes on behind it.
  bool interrupts(std::size_t i) const {
    const std::size_t parent = tree_[i].parent;
    return !is_block(tree_[i]) && parts_[i] != Part::article && parts_[parent] == Part::article && !block_.text.empty();
  }

  void enter(std::size_t i) {
    const Node& node = tree_[i];
    const GumboTag tag = node.tag();
    if (tag == GUMBO_TAG_BR) return add_break();
    if ((tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) && i < row_end_) return add_cell_border();
    const bool block = is_block(node);
    if (block) end_block();
    if (tag == GUMBO_TAG_TR && is_data_row(tree_, i)) row_end_ = node.end;
    open_.push_back({node.end, tag, block});
    if (tag == GUMBO_TAG_A) ++links_;
    if (tag == GUMBO_TAG_PRE) ++preformatted_;
  }

  void close_until(std::size_t i) {
    while (!open_.empty() && open_.back().end <= i) {
      if (open_.back().block) end_block();
      if (open_.back().tag == GUMBO_TAG_A) --links_;
      if (open_.back().tag == GUMBO_TAG_PRE) --preformatted_;
      open_.pop_back();
    }
  }

  void add_text(std::size_t i) {
    if (!block_.text.empty() && block_.part != parts_[i] && !trimmed(tree_[i].text).empty()) end_block();
    for (const char c : tree_[i].text) add_character(i, c);
  }

  void add_character(std::size_t i, char c) {
    if (c == '\n' && preformatted_ > 0) return add_break();
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
      space_ = true;
      if (links_ > 0) link_text_ += ' ';
      return;
    }
    if (block_.text.empty()) {
      block_.node = i;
      block_.part = parts_[i];
    } else if (breaks_ > 1) {
      end_block();
      block_.node = i;
      block_.part = parts_[i];
    } else if (breaks_ == 1) {
      block_.text += '\n';
    } else if (space_) {
      block_.text += ' ';
    }
    space_ = false;
    breaks_ = 0;
    block_.text += c;
    if (links_ > 0) link_text_ += c;
  }

  void add_break() { breaks_ += !block_.text.empty(); }

  void add_cell_border() {
    if (!block_.text.empty() && !block_.text.ends_with("| ")) block_.text += " | ";
  }

  GumboTag innermost_block() const {
    const auto block = std::find_if(open_.rbegin(), open_.rend(), [](const Open& o) { return o.block; });
    return block == open_.rend() ? GUMBO_TAG_BODY : block->tag;
  }

  void end_block() {
    block_.text = std::string(trimmed(block_.text));
    while (block_.text.ends_with(" |")) block_.text.resize(block_.text.size() - 2);
    if (!block_.text.empty()) {
      block_.tag = innermost_block();
      block_.words = count_words(block_.text);
      block_.link_words = std::min(block_.words, count_words(link_text_));
      blocks_.push_back(std::move(block_));
    }
    block_ = {};
    link_text_.clear();
    space_ = false;
    breaks_ = 0;
  }

  const Tree& tree_;
  const Parts& parts_;
  std::vector<Block> blocks_;
  std::vector<Open> open_;
  Block block_;
  std::string link_text_;
  std::size_t row_end_ = 0;
  int links_ = 0;
  int preformatted_ = 0;
  int breaks_ = 0;
  bool space_ = false;
};

} // namespace

std::vector<Block> blocks_of(const Tree& tree, const Parts& parts) { return Gatherer(tree, parts).gather(); }

} // namespace pfind::corpus::html
