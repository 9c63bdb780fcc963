#include "corpus/reader/html/content.hpp"

#include <algorithm>
#include <utility>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/furniture.hpp"
#include "corpus/reader/paragraphs.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::html {
namespace {

bool is_heading(GumboTag tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6; }

/// Sentences may hold a long link; lists of links are made of nothing else.
bool is_mostly_links(const Block& block) {
  const bool sentence = block.words >= 8 && block.link_words * 5 < block.words * 4 && ends_sentence(block.text);
  return block.link_words * 2 > block.words && block.words < 40 && !sentence;
}

/// Picks the article's paragraphs from the blocks of its container.
class Picker {
public:
  Picker(std::string_view title, ReadingNotes& notes) : title_(comparable(title)), notes_(notes) {}

  void pick(const std::vector<Block>& blocks) {
    std::size_t left = 0;
    for (const Block& block : blocks) left += block.words;
    const std::size_t all = left;
    bool over = false;
    for (const Block& block : blocks) {
      over = over || (role_of(block.text) == LineRole::end_of_text && left * 3 < all && !paragraphs.empty());
      left -= block.words;
      const std::string_view reason = over ? "behind the end of the article" : reason_to_drop(block);
      if (reason.empty()) {
        add(block);
      } else {
        notes_.left_out(block.text, reason);
      }
    }
    while (!paragraphs.empty() && is_heading(tags_.back())) drop_last();
  }

  std::vector<std::string> paragraphs;

private:
  /// Why a block is not of the text, "" where it is.
  std::string_view reason_to_drop(const Block& block) const {
    const LineRole role = role_of(block.text);
    if (is_cookie_notice(block.text) && title_.find("cookie") == std::string::npos) return in_words(Part::notice);
    if (role == LineRole::promotion) return in_words(Part::newsletter);
    if (role == LineRole::furniture || role == LineRole::end_of_text) return in_words(Part::widget);
    if (is_mostly_links(block)) return "nothing but links";
    if (is_heading(block.tag) && comparable(block.text) == title_) return "the title again";
    if (block.tag == GUMBO_TAG_H1 && paragraphs.empty()) return "a headline above the text";
    return paragraphs.size() < 2 && is_credit(block) ? in_words(Part::credit) : "";
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

  /// A heading with nothing below it.
  void drop_last() {
    notes_.left_out(paragraphs.back(), "a heading without a text");
    paragraphs.pop_back();
    tags_.pop_back();
  }

  std::string title_;
  ReadingNotes& notes_;
  std::vector<GumboTag> tags_;
};

} // namespace

std::string article_text(const Tree& tree, const Parts& parts, const Clues& clues, ReadingNotes& notes) {
  const std::vector<Block> blocks = blocks_of(tree, parts);
  const std::size_t container = find_container(tree, parts, blocks, clues);
  std::vector<Block> inner;
  for (const Block& block : blocks) {
    if (block.part == Part::article && block.node >= container && block.node < tree[container].end) {
      inner.push_back(block);
    } else {
      notes.left_out(block.text, in_words(block.part));
    }
  }
  Picker picker(clues.title, notes);
  picker.pick(inner);
  return join_paragraphs(picker.paragraphs);
}

std::string whole_text(const Tree& tree) {
  std::vector<std::string> paragraphs;
  for (Block& block : blocks_of(tree, hidden_parts(tree))) {
    if (block.part == Part::hidden) continue;
    const bool item = block.tag == GUMBO_TAG_LI && !is_list_item(block.text);
    paragraphs.push_back((item ? "• " : "") + block.text);
  }
  return join_paragraphs(paragraphs);
}

} // namespace pfind::corpus::html
