#include "common/entity/names_file.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

#include "common/entity/name_key.hpp"
#include "common/error.hpp"
#include "common/text/lines.hpp"

namespace pfind {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

class Parser {
public:
  explicit Parser(std::string_view file) : file_(file) {}

  std::vector<NamesEntry> parse(std::string_view text) {
    for (const std::string_view line : split(text::without_byte_order_mark(text), '\n')) {
      ++line_;
      if (!text::trimmed(line).empty() && !line.starts_with('#')) add(entry(line));
    }
    return std::move(entries_);
  }

private:
  [[noreturn]] void fail(std::string_view reason, std::string_view advice) const {
    throw UsageError(fmt::format("{}, line {}: {}; {}", file_, line_, reason, advice));
  }

  NamesEntry entry(std::string_view line) const {
    if (!text::is_utf8(line)) fail("the text is not UTF-8", "save the file as UTF-8");
    const std::vector<std::string_view> columns = split(line, '\t');
    if (columns.size() > 3) fail("more than three columns", "separate aliases by | instead of tabs");
    std::string_view first = text::trimmed(columns[0]);
    const bool forbidden = first.starts_with('!');
    if (forbidden) first.remove_prefix(1);
    NamesEntry entry{kind(first), {}, line_, forbidden};
    if (columns.size() < 2) fail("no name", "put a tab and the name behind the kind");
    entry.names.push_back(name(columns[1]));
    require_no_kind(entry.names.front().text);
    if (columns.size() == 3 && !text::trimmed(columns[2]).empty()) {
      for (const std::string_view column : split(columns[2], '|')) add_once(alias(column, entry.kind), entry.names);
    }
    if (forbidden) require_plain(entry);
    return entry;
  }

  static void add_once(const ListedName& listed, std::vector<ListedName>& names) {
    const auto is_same = [&](const ListedName& other) {
      return other.text == listed.text && other.found_as == listed.found_as;
    };
    if (std::ranges::none_of(names, is_same)) names.push_back(listed);
  }

  /// A name that an entity of kind `own` also goes by, perhaps as another kind: `company:FDA`.
  ListedName alias(std::string_view column, EntityKind own) const {
    const std::string_view written = text::trimmed(column);
    const std::size_t colon = written.find(':');
    const auto found_as = colon == std::string_view::npos ? std::nullopt : entity_kind(written.substr(0, colon));
    if (!found_as) {
      if (colon != std::string_view::npos) refuse_unknown_kind(written, colon);
      return name(column);
    }
    ListedName listed = name(written.substr(colon + 1));
    if (*found_as == own) fail(fmt::format("\"{}\" names the kind of its own line", written), "write the name alone");
    if (listed.ambiguous || listed.filter_only)
      fail(fmt::format("stray marker in \"{}\"", written), "write the name directly behind the colon");
    listed.found_as = found_as;
    return listed;
  }

  /// `compny:FDA`. Names have colons too, but behind a capital, a digit or a short word (`Re:Create`, `re:Invent`), or
  /// with a blank behind the colon.
  void refuse_unknown_kind(std::string_view written, std::size_t colon) const {
    constexpr std::size_t k_shortest_kind = 3;
    const std::string_view before = written.substr(0, colon), behind = written.substr(colon + 1);
    const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
    std::string lower{before};
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; });
    const bool meant =
        (before.size() >= k_shortest_kind && std::ranges::all_of(before, is_small)) || entity_kind(lower);
    if (meant && !behind.empty() && behind.front() != ' ')
      fail(fmt::format("unknown kind \"{}\" before the name \"{}\"", before, behind),
           "write company, organization, person, place or technology");
  }

  void require_no_kind(const std::string& canonical) const {
    const std::size_t colon = canonical.find(':');
    if (colon != std::string::npos && entity_kind(canonical.substr(0, colon)))
      fail(fmt::format("a kind before the first name \"{}\"", canonical), "write one before aliases only");
  }

  /// What is forbidden is not looked for, so there is nothing to say of how.
  void require_plain(const NamesEntry& entry) const {
    for (const ListedName& name : entry.names) {
      if (name.ambiguous || name.filter_only || name.found_as)
        fail(fmt::format("stray marker at the forbidden name \"{}\"", name.text), "write forbidden names alone");
    }
  }

  EntityKind kind(std::string_view text) const {
    if (const auto kind = entity_kind(text)) return *kind;
    fail(fmt::format("unknown kind \"{}\"", text), "write company, organization, person, place or technology");
  }

  ListedName name(std::string_view column) const {
    const std::string_view written = text::trimmed(column);
    std::string_view text = written;
    ListedName listed;
    while (text.starts_with('?') || text.starts_with('~')) {
      bool& flag = text.front() == '?' ? listed.ambiguous : listed.filter_only;
      if (flag) fail(fmt::format("stray marker in \"{}\"", written), "write each of ? and ~ once");
      flag = true;
      text.remove_prefix(1);
    }
    if (listed.ambiguous && listed.filter_only)
      fail(fmt::format("stray marker in \"{}\"", written), "choose ? or ~, a name in filters alone needs no evidence");
    if (text.empty() || text != text::trimmed(text) || spelling_key(text).empty())
      fail(written.empty() ? "an empty name" : fmt::format("no name in \"{}\"", written),
           "write the name directly behind its marker, or remove the column");
    listed.text = text;
    return listed;
  }

  void add(NamesEntry entry) {
    for (const ListedName& name : entry.names) {
      const std::string_view kind = to_string(name.found_as.value_or(entry.kind));
      const auto [owner, is_new] = owner_line_.emplace(fmt::format("{}\t{}", kind, spelling_key(name.text)), line_);
      if (!is_new && owner->second != line_)
        fail(fmt::format("the {} name \"{}\" is already on line {}", kind, name.text, owner->second),
             "leave it on one of the two");
    }
    entries_.push_back(std::move(entry));
  }

  std::string file_;
  std::size_t line_ = 0;
  std::vector<NamesEntry> entries_;
  std::unordered_map<std::string, std::size_t> owner_line_;
};

} // namespace

std::vector<NamesEntry> parse_names(std::string_view text, std::string_view file) { return Parser(file).parse(text); }

} // namespace pfind
