#pragma once

#include <cstddef>
#include <gumbo.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pfind::corpus::html {

/// One node of a page. Nodes stand in document order, so a subtree is a range of them: [index, end).
struct Node {
  const GumboElement* element = nullptr; ///< null for text
  std::string_view text;                 ///< of a text node
  std::size_t parent = 0;                ///< index; the root's is its own
  std::size_t end = 0;                   ///< index behind the last descendant

  GumboTag tag() const { return element == nullptr ? GUMBO_TAG_LAST : element->tag; }
  bool is_text() const { return element == nullptr; }

  /// The value of an attribute, "" where it is missing. `name` is lower case.
  std::string_view attribute(const char* name) const;
};

/// A parsed page as a flat list of nodes, which no depth of nesting makes hard to walk.
class Tree {
public:
  /// Parses `html` (UTF-8), of which the tree keeps copies.
  explicit Tree(std::string_view html);
  ~Tree();
  Tree(Tree&&) noexcept;
  Tree& operator=(Tree&&) noexcept;

  const std::vector<Node>& nodes() const { return nodes_; }
  const Node& operator[](std::size_t index) const { return nodes_[index]; }
  std::size_t size() const { return nodes_.size(); }

  /// The text of all text nodes below a node, unchanged.
  std::string text_of(std::size_t index) const;

private:
  class Arena;
  std::unique_ptr<Arena> arena_;
  std::vector<Node> nodes_;
};

/// `html` without scripts (but with JSON-LD), style sheets and comments. They are half of what pages hold, and leaving
/// them out takes a fraction of the time that parsing them would.
std::string without_code(std::string_view html);

/// How deep elements are nested in `html` by its tags alone. Gumbo's time grows with the square of the depth, so what
/// is nested beyond reason is not given to it.
std::size_t nesting_depth(std::string_view html);

} // namespace pfind::corpus::html
