#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/reader/html/tree.hpp"

namespace pfind::corpus::html {

/// A run of text of a page with nothing but inline markup in it: a paragraph, a heading, a list item, a table row.
struct Block {
  std::string text;
  std::size_t node = 0;       ///< where it begins in the tree
  GumboTag tag = GUMBO_TAG_P; ///< of the innermost block element around it
  std::size_t words = 0;
  std::size_t link_words = 0; ///< of those, the ones inside links
  bool excluded = false;      ///< in a part of the page that is not the article
};

/// Every block of the page in document order.
std::vector<Block> blocks_of(const Tree& tree, const std::vector<bool>& excluded);

/// For every node whether it is in a part of the page that is not the article, by its tag, role, and names of classes.
std::vector<bool> excluded_parts(const Tree& tree);

/// The article's text: paragraphs separated by blank lines, without `title` where the page repeats it.
std::string article_text(const Tree& tree, const std::vector<bool>& excluded, std::string_view title);

/// The text of every block that is not hidden.
std::string whole_text(const Tree& tree);

} // namespace pfind::corpus::html
