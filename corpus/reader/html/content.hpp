#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/reader/html/part.hpp"
#include "corpus/reader/html/tree.hpp"
#include "corpus/reader/reading_notes.hpp"

namespace pfind::corpus::html {

/// A run of text of a page with nothing but inline markup in it: a paragraph, a heading, a list item, a table row.
struct Block {
  std::string text;
  std::size_t node = 0;       ///< where it begins in the tree
  GumboTag tag = GUMBO_TAG_P; ///< of the innermost block element around it
  std::size_t words = 0;
  std::size_t link_words = 0; ///< of those, the ones inside links
  Part part = Part::article;  ///< of the page that it is in
};

/// What a page says elsewhere of its article, by which the text is told from the page around it.
struct Clues {
  std::string title;
  std::string description;
  std::string body; ///< JSON-LD articleBody
};

/// The part of the page that each node of a tree is in.
using Parts = std::vector<Part>;

/// Every block of the page in document order.
std::vector<Block> blocks_of(const Tree& tree, const Parts& parts);

/// Tells the parts of a page by tags, roles and names of classes, and by what is repeated: teasers of other articles.
Parts parts_of(const Tree& tree);

/// Tells what is hidden from what is shown, nothing else.
Parts hidden_parts(const Tree& tree);

/// The smallest element that holds the article.
std::size_t find_container(const Tree& tree, const Parts& parts, const std::vector<Block>& blocks, const Clues& clues);

/// Whether a text says that the site uses cookies, at any length.
bool is_cookie_notice(std::string_view text);

/// The article's text: paragraphs separated by blank lines, without the title where the page repeats it. What is left
/// out is noted.
std::string article_text(const Tree& tree, const Parts& parts, const Clues& clues, ReadingNotes& notes);

/// The text of every block that is not hidden.
std::string whole_text(const Tree& tree);

} // namespace pfind::corpus::html
