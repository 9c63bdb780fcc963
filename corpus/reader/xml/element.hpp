#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pfind::corpus::xml {

/// An element of an XML document with all that is in it, or (without a name) a run of text.
struct Element {
  std::string name; ///< local name; with the usual prefix where the namespace is not the document's: "dc:creator"
  std::vector<std::pair<std::string, std::string>> attributes; ///< likewise: "href", "xml:lang"
  std::string text;                                            ///< of a run of text
  std::vector<Element> children;

  bool is_text() const { return name.empty(); }

  /// An attribute's value, "" where it is missing.
  std::string_view attribute(std::string_view wanted) const;

  /// The element at a path of names below this one ("itemMeta/provider"), null where there is none. Of several the
  /// first is taken, on every level.
  const Element* find(std::string_view path) const;

  /// The first element of that name anywhere below this one, in document order; null where there is none.
  const Element* descendant(std::string_view wanted) const;

  /// All children of that name.
  std::vector<const Element*> all(std::string_view wanted) const;

  /// Whether there are elements in it.
  bool has_elements() const;
};

/// All text in an element, unchanged; "" for null.
std::string text_of(const Element* element);

/// What is in an element as HTML that keeps its blocks (paragraphs, headings, lists, tables) and drops inline markup.
/// NITF's elements become those of HTML that mean the same; the names in `without` are left out with their content.
std::string markup_of(const Element& element, const std::vector<std::string_view>& without = {});

/// The text of an element that holds XHTML, HTML as escaped text, or plain text.
std::string body_of(const Element& element);

} // namespace pfind::corpus::xml
