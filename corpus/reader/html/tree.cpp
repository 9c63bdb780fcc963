#include "corpus/reader/html/tree.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <string>
#include <utility>

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::html {
namespace {

using namespace std::string_view_literals;

// Elements that need no end tag: they do not nest.
constexpr std::array k_unclosed{
    "p"sv,     "li"sv,  "br"sv,    "hr"sv,    "img"sv,    "meta"sv,     "link"sv,     "input"sv, "option"sv, "tr"sv,
    "td"sv,    "th"sv,  "dd"sv,    "dt"sv,    "source"sv, "area"sv,     "base"sv,     "col"sv,   "embed"sv,  "param"sv,
    "track"sv, "wbr"sv, "tbody"sv, "thead"sv, "tfoot"sv,  "colgroup"sv, "optgroup"sv, "rp"sv,    "rt"sv,
};

bool is_name_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string_view name_at(std::string_view html, std::size_t at) {
  std::size_t end = at;
  while (end < html.size() && is_name_byte(html[end])) ++end;
  return html.substr(at, end - at);
}

/// Where the end tag of a raw text element begins, letters' case aside.
std::size_t find_end_tag(std::string_view html, std::size_t at, std::string_view tag) {
  for (at = html.find("</", at); at != std::string_view::npos; at = html.find("</", at + 2)) {
    if (ascii_lower(html.substr(at + 2, tag.size())) == tag) return at;
  }
  return std::string_view::npos;
}

/// Finds scripts, style sheets and comments. What a search needs is known to exist before it starts, so that a text
/// full of beginnings without ends takes no longer than another.
class CodeFinder {
public:
  explicit CodeFinder(std::string_view html) : html_(html), last_comment_end_(last("-->")), last_tag_end_(last(">")) {}

  /// Where the code that begins at `at` (a `<`) ends, or `at` where none begins.
  std::size_t end_of_code(std::size_t at) const {
    if (html_.substr(at).starts_with("<!--")) return at + 4 <= last_comment_end_ ? html_.find("-->", at + 4) + 3 : at;
    const std::string_view name = name_at(html_, at + 1);
    if (name.size() < 5 || name.size() > 6 || at > last_tag_end_) return at;
    const std::string tag = ascii_lower(name);
    if (tag != "script" && tag != "style") return at;
    const std::size_t open_end = html_.find('>', at);
    if (ascii_lower(html_.substr(at, open_end - at)).find("ld+json") != std::string::npos) return at;
    const std::size_t end = find_end_tag(html_, open_end, tag);
    const std::size_t close = end == std::string_view::npos ? end : html_.find('>', end);
    return close == std::string_view::npos ? html_.size() : close + 1;
  }

private:
  /// Where `mark` occurs last; 0 where it does not, which is before anything it could end.
  std::size_t last(std::string_view mark) const {
    const std::size_t at = html_.rfind(mark);
    return at == std::string_view::npos ? 0 : at;
  }

  std::string_view html_;
  std::size_t last_comment_end_;
  std::size_t last_tag_end_;
};

} // namespace

std::string without_code(std::string_view html) {
  const CodeFinder code(html);
  std::string markup;
  markup.reserve(html.size());
  std::size_t kept = 0; // up to here everything is copied or left out
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    const std::size_t end = code.end_of_code(at);
    if (end == at) {
      ++at;
      continue;
    }
    markup += html.substr(kept, at - kept);
    kept = at = end;
  }
  if (kept < html.size()) markup += html.substr(kept);
  return markup;
}

/// Memory for one parse, given back as a whole: Gumbo frees its tree by recursion, which a deep page could turn into a
/// stack overflow.
class Tree::Arena {
public:
  void* allocate(std::size_t size) {
    size = (size + 15) & ~std::size_t{15};
    if (size > left_) add_block(std::max(size, k_block));
    void* memory = at_;
    at_ += size;
    left_ -= size;
    return memory;
  }

private:
  static constexpr std::size_t k_block = std::size_t{256} << 10;

  void add_block(std::size_t size) {
    blocks_.emplace_back(new std::byte[size]); // uninitialised on purpose
    at_ = blocks_.back().get();
    left_ = size;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* at_ = nullptr;
  std::size_t left_ = 0;
};

std::string_view Node::attribute(const char* name) const {
  if (element == nullptr) return {};
  const GumboAttribute* found = gumbo_get_attribute(&element->attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

Tree::Tree(std::string_view html) : arena_(std::make_unique<Arena>()) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  options.userdata = arena_.get();
  options.allocator = [](void* arena, std::size_t size) { return static_cast<Arena*>(arena)->allocate(size); };
  options.deallocator = [](void*, void*) {};
  const GumboOutput* output = gumbo_parse_with_options(&options, html.data(), html.size());

  struct Open {
    const GumboVector* children;
    unsigned next;
    std::size_t index;
  };
  std::vector<Open> open;
  const auto add = [&](const GumboNode* node) {
    const std::size_t index = nodes_.size();
    const std::size_t parent = open.empty() ? 0 : open.back().index;
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
      nodes_.push_back({&node->v.element, {}, parent, index + 1});
      open.push_back({&node->v.element.children, 0, index});
    } else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA) {
      nodes_.push_back({nullptr, node->v.text.text, parent, index + 1});
    }
  };
  add(output->root);
  while (!open.empty()) {
    Open& top = open.back();
    if (top.next < top.children->length) {
      add(static_cast<const GumboNode*>(top.children->data[top.next++]));
    } else {
      nodes_[top.index].end = nodes_.size();
      open.pop_back();
    }
  }
}

Tree::~Tree() = default;
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;

std::string Tree::text_of(std::size_t index) const {
  std::string text;
  for (std::size_t i = index; i < nodes_[index].end; ++i) text += nodes_[i].text;
  return text;
}

std::size_t nesting_depth(std::string_view html) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const bool closes = at + 1 < html.size() && html[at + 1] == '/';
    const std::string_view name = name_at(html, at + 1 + closes);
    if (name.empty()) continue;
    const std::string tag = ascii_lower(name);
    if (std::find(k_unclosed.begin(), k_unclosed.end(), tag) != k_unclosed.end()) continue;
    if (!closes) deepest = std::max(deepest, ++depth);
    if (closes && depth > 0) --depth;
  }
  return deepest;
}

} // namespace pfind::corpus::html
