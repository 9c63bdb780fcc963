#include "corpus/reader/xml/builder.hpp"

#include <algorithm>
#include <utility>

namespace pfind::corpus::xml {
namespace {

constexpr std::size_t k_deepest = 200; // real articles stay below 30; elements are walked by recursion

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string_view local_part(std::string_view name) { return name.substr(name.find(':') + 1); }

} // namespace

void Builder::start(Element element, std::size_t line) {
  if (!open_.empty() && contains(shape_.records, element.name)) close_all(true);
  if (open_.empty() && contains(shape_.containers, element.name)) {
    finished_.emplace_back(std::move(element), Place{.line = line});
    return;
  }
  if (open_.empty()) {
    bytes_ = 0;
    place_ = Place{.line = line};
  }
  count(sizeof(Element) + element.name.size());
  for (const auto& [key, value] : element.attributes) count(sizeof(std::string) * 2 + key.size() + value.size());
  if (deeper_ > 0 || open_.size() == k_deepest || (place_.too_large && !open_.empty())) {
    ++deeper_;
  } else {
    open_.push_back(std::move(element));
  }
}

void Builder::end(std::string_view local_name) {
  if (deeper_ > 0) {
    --deeper_;
    return;
  }
  const auto last = std::find_if(open_.rbegin(), open_.rend(),
                                 [&](const Element& element) { return local_part(element.name) == local_name; });
  if (last == open_.rend()) return; // of a container, or of nothing
  for (auto closed = last - open_.rbegin(); closed >= 0; --closed) close_innermost();
}

void Builder::text(std::string_view text) {
  if (open_.empty()) return;
  count(text.size());
  if (place_.too_large) return;
  std::vector<Element>& children = open_.back().children;
  if (children.empty() || !children.back().is_text()) {
    count(sizeof(Element));
    children.emplace_back();
  }
  children.back().text += text;
}

void Builder::close_innermost() {
  Element closed = std::move(open_.back());
  open_.pop_back();
  if (open_.empty()) {
    finished_.emplace_back(std::move(closed), place_);
  } else {
    open_.back().children.push_back(std::move(closed));
  }
}

void Builder::close_all(bool cut) {
  deeper_ = 0;
  place_.cut = cut;
  while (!open_.empty()) close_innermost();
}

/// Of an element that is too large the attributes stay, so that it can be named.
void Builder::count(std::size_t bytes) {
  bytes_ += bytes;
  if (bytes_ <= limit_ || place_.too_large) return;
  place_.too_large = true;
  if (open_.empty()) return;
  deeper_ += open_.size() - 1;
  open_.resize(1);
  open_.front().children.clear();
}

std::vector<std::pair<Element, Place>> Builder::take_finished() { return std::exchange(finished_, {}); }

} // namespace pfind::corpus::xml
