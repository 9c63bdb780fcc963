#include "corpus/reader/xml/element.hpp"

#include <algorithm>
#include <array>

#include "corpus/reader/field_text.hpp"
#include "corpus/reader/html/html.hpp"

namespace pfind::corpus::xml {
namespace {

using namespace std::string_view_literals;

struct BlockName {
  std::string_view name;
  std::string_view html;
};

constexpr std::array k_blocks{
    BlockName{"p", "p"},
    BlockName{"div", "div"},
    BlockName{"h1", "h2"},
    BlockName{"h2", "h2"},
    BlockName{"h3", "h3"},
    BlockName{"h4", "h4"},
    BlockName{"h5", "h5"},
    BlockName{"h6", "h6"},
    BlockName{"ul", "ul"},
    BlockName{"ol", "ol"},
    BlockName{"li", "li"},
    BlockName{"dl", "dl"},
    BlockName{"dt", "dt"},
    BlockName{"dd", "dd"},
    BlockName{"table", "table"},
    BlockName{"tbody", "tbody"},
    BlockName{"thead", "thead"},
    BlockName{"tfoot", "tfoot"},
    BlockName{"tr", "tr"},
    BlockName{"th", "th"},
    BlockName{"td", "td"},
    BlockName{"caption", "caption"},
    BlockName{"br", "br"},
    BlockName{"hr", "hr"},
    BlockName{"pre", "pre"},
    BlockName{"blockquote", "blockquote"},
    BlockName{"section", "div"},
    BlockName{"article", "div"},
    BlockName{"figure", "div"},
    BlockName{"figcaption", "p"},
    // NITF
    BlockName{"hl1", "h2"},
    BlockName{"hl2", "h2"},
    BlockName{"block", "div"},
    BlockName{"bq", "blockquote"},
    BlockName{"note", "div"},
    BlockName{"credit", "p"},
};

std::string_view block_of(std::string_view name) {
  const auto row = std::find_if(k_blocks.begin(), k_blocks.end(), [&](const BlockName& r) { return r.name == name; });
  return row == k_blocks.end() ? ""sv : row->html;
}

void append_text(const Element& element, std::string& text) {
  text += element.text;
  for (const Element& child : element.children) append_text(child, text);
}

void append_escaped(std::string_view text, std::string& markup) {
  for (const char c : text) {
    switch (c) {
    case '<': markup += "&lt;"; break;
    case '&': markup += "&amp;"; break;
    default: markup += c;
    }
  }
}

void append_markup(const Element& element, const std::vector<std::string_view>& without, std::string& markup) {
  append_escaped(element.text, markup);
  for (const Element& child : element.children) {
    if (!child.is_text() && std::ranges::find(without, child.name) != without.end()) continue;
    if (child.name == "script" || child.name == "style") continue;
    const std::string_view block = block_of(child.name);
    if (!block.empty()) (markup += '<').append(block) += '>';
    append_markup(child, without, markup);
    if (!block.empty() && block != "br" && block != "hr") (markup += "</").append(block) += '>';
  }
}

} // namespace

std::string_view Element::attribute(std::string_view wanted) const {
  for (const auto& [key, value] : attributes) {
    if (key == wanted) return value;
  }
  return {};
}

const Element* Element::find(std::string_view path) const {
  const std::string_view step = path.substr(0, path.find('/'));
  const auto child = std::ranges::find(children, step, &Element::name);
  if (child == children.end()) return nullptr;
  return step.size() == path.size() ? &*child : child->find(path.substr(step.size() + 1));
}

const Element* Element::descendant(std::string_view wanted) const {
  for (const Element& child : children) {
    if (child.name == wanted) return &child;
    if (const Element* found = child.descendant(wanted)) return found;
  }
  return nullptr;
}

std::vector<const Element*> Element::all(std::string_view wanted) const {
  std::vector<const Element*> found;
  for (const Element& child : children) {
    if (child.name == wanted) found.push_back(&child);
  }
  return found;
}

bool Element::has_elements() const {
  return std::ranges::any_of(children, [](const Element& child) { return !child.is_text(); });
}

std::string text_of(const Element* element) {
  std::string text;
  if (element != nullptr) append_text(*element, text);
  return text;
}

std::string markup_of(const Element& element, const std::vector<std::string_view>& without) {
  std::string markup;
  append_markup(element, without, markup);
  return markup;
}

std::string body_of(const Element& element) {
  return element.has_elements() ? html_to_text(markup_of(element)) : body_text_of(text_of(&element));
}

} // namespace pfind::corpus::xml
