#include "corpus/source/ignore_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <ranges>
#include <utility>

namespace pfind::corpus {
namespace {

struct CharacterClass {
  std::string_view name;
  int (*contains)(int);
};

constexpr std::array k_classes{CharacterClass{"alnum", std::isalnum}, CharacterClass{"alpha", std::isalpha},
                               CharacterClass{"blank", std::isblank}, CharacterClass{"cntrl", std::iscntrl},
                               CharacterClass{"digit", std::isdigit}, CharacterClass{"graph", std::isgraph},
                               CharacterClass{"lower", std::islower}, CharacterClass{"print", std::isprint},
                               CharacterClass{"punct", std::ispunct}, CharacterClass{"space", std::isspace},
                               CharacterClass{"upper", std::isupper}, CharacterClass{"xdigit", std::isxdigit}};

std::size_t index(char c) { return static_cast<unsigned char>(c); }

/// Spaces at the end do not count unless a backslash quotes them.
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t end = 0; // behind the last byte that counts
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\\' && at + 1 < line.size())
      ++at;
    else if (line[at] == ' ')
      continue;
    end = at + 1;
  }
  return line.substr(0, end);
}

/// Adds the class that `text` begins with, `[:digit:]`; returns its length, or 0 for none, npos for one unknown.
std::size_t add_class(std::string_view text, std::vector<bool>& set) {
  if (!text.starts_with("[:")) return 0;
  const std::size_t end = text.find(']', 2);
  if (end == std::string_view::npos) return std::string_view::npos;
  if (end < 3 || text[end - 1] != ':') return 0; // an ordinary [
  const std::string_view name = text.substr(2, end - 3);
  const auto found = std::ranges::find(k_classes, name, &CharacterClass::name);
  if (found == k_classes.end()) return std::string_view::npos;
  for (int c = 0; c < 128; ++c) {
    if (found->contains(c) != 0) set[static_cast<std::size_t>(c)] = true;
  }
  return end + 1;
}

} // namespace

std::optional<IgnorePattern> IgnorePattern::parse(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with('#')) return std::nullopt;
  line = without_trailing_spaces(line);
  IgnorePattern pattern;
  if (line.starts_with('!')) {
    pattern.negated_ = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    pattern.directories_only_ = true;
    line.remove_suffix(1);
  }
  pattern.anchored_ = line.find('/') != std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return std::nullopt;
  pattern.compile(line);
  return pattern;
}

void IgnorePattern::compile(std::string_view glob) {
  for (std::size_t at = 0; at < glob.size();) {
    const char c = glob[at];
    if (c == '*') {
      at = add_stars(glob, at);
    } else if (c == '[') {
      at = add_set(glob, at);
    } else if (c == '?') {
      tokens_.push_back({Kind::any});
      ++at;
    } else if (c == '\\' && at + 1 == glob.size()) {
      tokens_.push_back({Kind::never});
      ++at;
    } else {
      at += c == '\\';
      tokens_.push_back({Kind::literal, glob[at++]});
    }
  }
}

/// Two stars that fill a part of the path stand for any number of folders; elsewhere they are as one.
std::size_t IgnorePattern::add_stars(std::string_view glob, std::size_t at) {
  const std::size_t end = std::min(glob.find_first_not_of('*', at), glob.size());
  const bool fills_a_part = end - at >= 2 && (at == 0 || glob[at - 1] == '/') &&
                            (end == glob.size() || glob[end] == '/' || glob.substr(end).starts_with("\\/"));
  if (!fills_a_part || !anchored_) {
    tokens_.push_back({Kind::star});
    return end;
  }
  if (end == glob.size() || glob[end] != '/') {
    tokens_.push_back({Kind::star_star});
    return end;
  }
  tokens_.push_back({Kind::folders});
  tokens_.push_back({Kind::until_slash});
  return end + 1;
}

std::size_t IgnorePattern::add_set(std::string_view glob, std::size_t at) {
  std::vector<bool> set(256);
  ++at;
  const bool negated = at < glob.size() && (glob[at] == '!' || glob[at] == '^');
  at += negated;
  std::size_t range_from = 0; // 0: no range can begin
  for (bool first = true; at < glob.size() && (first || glob[at] != ']'); first = false) {
    if (const std::size_t length = add_class(glob.substr(at), set); length > 0) {
      if (length == std::string_view::npos) break;
      at += length;
      range_from = 0;
      continue;
    }
    const bool is_range = glob[at] == '-' && range_from != 0 && at + 1 < glob.size() && glob[at + 1] != ']';
    at += is_range;
    if (glob[at] == '\\' && at + 1 < glob.size()) ++at;
    const std::size_t c = index(glob[at++]);
    for (std::size_t i = is_range ? range_from : c; i <= c; ++i) set[i] = true;
    range_from = is_range ? 0 : c;
  }
  if (at >= glob.size() || glob[at] != ']') { // never closed
    tokens_.push_back({Kind::never});
    return glob.size();
  }
  if (negated) set.flip();
  set[index('/')] = false;
  tokens_.push_back({Kind::one_of, 0, std::move(set)});
  return at + 1;
}

/// Adds the states that are reached without reading anything.
void IgnorePattern::follow(std::vector<bool>& states) const {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const Kind kind = tokens_[i].kind;
    if (!states[i]) continue;
    if (kind == Kind::star || kind == Kind::star_star || kind == Kind::folders) states[i + 1] = true;
    if (kind == Kind::folders) states[i + 2] = true; // no folder at all; `until_slash` comes between
  }
}

std::vector<bool> IgnorePattern::step(const std::vector<bool>& states, char c) const {
  std::vector<bool> next(states.size());
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (!states[i]) continue;
    const Token& token = tokens_[i];
    switch (token.kind) {
    case Kind::literal: next[i + 1] = next[i + 1] || token.c == c; break;
    case Kind::any: next[i + 1] = next[i + 1] || c != '/'; break;
    case Kind::one_of: next[i + 1] = next[i + 1] || token.set[index(c)]; break;
    case Kind::star: next[i] = next[i] || c != '/'; break;
    case Kind::star_star: next[i] = true; break;
    case Kind::until_slash:
      next[i] = true;
      next[i + 1] = next[i + 1] || c == '/';
      break;
    case Kind::folders:
    case Kind::never: break;
    }
  }
  return next;
}

bool IgnorePattern::matches(std::string_view path, bool is_directory) const {
  if (directories_only_ && !is_directory) return false;
  if (!anchored_) path.remove_prefix(path.rfind('/') + 1);
  std::vector<bool> states(tokens_.size() + 1);
  states[0] = true;
  follow(states);
  for (const char c : path) {
    states = step(states, c);
    follow(states);
  }
  return states.back();
}

IgnoreRules::IgnoreRules(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (auto pattern = IgnorePattern::parse(text.substr(0, end))) patterns_.push_back(std::move(*pattern));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::optional<bool> IgnoreRules::ignores(std::string_view path, bool is_directory) const {
  for (const IgnorePattern& pattern : std::ranges::reverse_view(patterns_)) {
    if (pattern.matches(path, is_directory)) return !pattern.is_negated();
  }
  return std::nullopt;
}

} // namespace pfind::corpus
