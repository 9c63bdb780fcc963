#include "corpus/reader/front_matter.hpp"

#include <cstddef>

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    result += text[i];
  }
  return result;
}

/// A scalar without its quotes or its trailing comment.
std::string scalar(std::string_view value) {
  value = trimmed(value);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) {
    const char quote = value.front();
    std::size_t end = 1;
    while (end < value.size() && value[end] != quote) end += quote == '"' && value[end] == '\\' ? 2 : 1;
    if (end >= value.size()) return std::string(value.substr(1));
    const std::string_view inside = value.substr(1, end - 1);
    if (quote == '"') return unescaped(inside);
    return end + 1 < value.size() && value[end + 1] == quote ? std::string(trimmed(value.substr(1, value.size() - 2)))
                                                             : std::string(inside);
  }
  return std::string(trimmed(value.substr(0, value.find(" #"))));
}

/// The items of `[a, "b, c"]`.
std::vector<std::string> flow_list(std::string_view list) {
  std::vector<std::string> items;
  std::string item;
  char quote = 0;
  for (const char c : list) {
    if (quote == 0 && c == ',') {
      items.push_back(scalar(item));
      item.clear();
      continue;
    }
    if (quote == 0 && (c == '"' || c == '\'') && trimmed(item).empty()) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    }
    item += c;
  }
  items.push_back(scalar(item));
  return items;
}

class Block {
public:
  explicit Block(FrontMatter& matter) : matter_(matter) {}

  void add_line(std::string_view raw) {
    const std::string_view line = trimmed(raw);
    if (line.empty() || line.front() == '#') return;
    if (line.starts_with("- ")) return add_item(line.substr(2));
    const bool nested = raw.front() == ' ' || raw.front() == '\t';
    const std::size_t colon = line.find(':');
    const bool is_key =
        colon != std::string_view::npos && colon > 0 && (colon + 1 == line.size() || line[colon + 1] == ' ');
    if (nested) return add_continuation(line, is_key);
    if (is_key) add_entry(line.substr(0, colon), trimmed(line.substr(colon + 1)));
  }

private:
  void add_item(std::string_view item) {
    // A list of maps, as authors are sometimes given: `- name: Ana Ruiz`.
    if (item.starts_with("name:")) item.remove_prefix(5);
    if (!key_.empty()) add(scalar(item));
  }

  /// A folded or literal text (`key: >`), or one field of a map: of those only the name is of use.
  void add_continuation(std::string_view line, bool is_key) {
    if (folding_ && !matter_.entries.empty()) {
      std::string& value = matter_.entries.back().second;
      if (!value.empty()) value += ' ';
      value += line;
    } else if (is_key && line.starts_with("name:") && !key_.empty()) {
      add(scalar(line.substr(5)));
    }
  }

  void add_entry(std::string_view key, std::string_view value) {
    key_ = ascii_lower(scalar(key));
    folding_ = value == ">" || value == "|" || value == ">-" || value == "|-";
    if (folding_) return add("");
    if (value.empty()) return;
    if (value.starts_with('[') && value.ends_with(']')) {
      for (std::string& item : flow_list(value.substr(1, value.size() - 2))) add(std::move(item));
    } else {
      add(scalar(value));
    }
  }

  void add(std::string value) { matter_.entries.emplace_back(key_, std::move(value)); }

  FrontMatter& matter_;
  std::string key_;
  bool folding_ = false;
};

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

} // namespace

std::vector<std::string> FrontMatter::values(std::initializer_list<std::string_view> keys) const {
  std::vector<std::string> found;
  for (const std::string_view key : keys) {
    for (const auto& [name, value] : entries) {
      if (name == key && !value.empty()) found.push_back(value);
    }
    if (!found.empty()) break;
  }
  return found;
}

std::string FrontMatter::value(std::initializer_list<std::string_view> keys) const {
  const auto all = values(keys);
  return all.empty() ? "" : all.front();
}

FrontMatter parse_front_matter(std::string_view text) {
  FrontMatter matter;
  matter.rest = text;
  std::string_view rest = text;
  while (rest.starts_with('\n')) rest.remove_prefix(1);
  if (trimmed(take_line(rest)) != "---") return matter;
  std::vector<std::string_view> lines;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (trimmed(line) == "---" || trimmed(line) == "...") {
      Block block(matter);
      for (const std::string_view entry : lines) block.add_line(entry);
      matter.rest = rest;
      return matter;
    }
    lines.push_back(line);
  }
  return matter; // never closed: the line was a rule, not the beginning of a block
}

} // namespace pfind::corpus
