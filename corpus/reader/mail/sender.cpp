#include "corpus/reader/mail/sender.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_set>

#include "corpus/names/shipped.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::array k_reply_marks{"re"sv, "aw"sv, "antw"sv, "sv"sv, "rép"sv};
constexpr std::array k_forward_marks{"fwd"sv, "fw"sv, "wg"sv, "tr"sv, "rv"sv, "i"sv};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The mark before the first colon, in lower case and without a count: `Re[2]:` -> "re".
std::string mark_of(std::string_view subject) {
  const std::string_view mark = subject.substr(0, subject.find(':'));
  return mark.size() == subject.size() ? "" : ascii_lower(trimmed(mark.substr(0, mark.find_first_of("[("))));
}

const std::unordered_set<std::string_view>& given_names_set() {
  static const std::unordered_set<std::string_view> names = [] {
    std::unordered_set<std::string_view> all;
    for (const std::string_view line : split_lines(given_names())) all.insert(line);
    return all;
  }();
  return names;
}

std::vector<std::string_view> words_of(std::string_view name) {
  std::vector<std::string_view> words;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find(' '), name.size());
    if (end > 0) words.push_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return words;
}

/// Whether a sender's name has a word by which publications and companies call themselves.
bool is_organization(const std::vector<std::string_view>& words) {
  constexpr std::array marks{"news"sv,     "daily"sv,   "weekly"sv,    "times"sv,         "post"sv,   "newsletter"sv,
                             "report"sv,   "wire"sv,    "team"sv,      "media"sv,         "press"sv,  "letter"sv,
                             "magazine"sv, "review"sv,  "digest"sv,    "insights"sv,      "brief"sv,  "journal"sv,
                             "today"sv,    "the"sv,     "briefing"sv,  "update"sv,        "alerts"sv, "office"sv,
                             "service"sv,  "inc"sv,     "corp"sv,      "ltd"sv,           "gmbh"sv,   "group"sv,
                             "support"sv,  "editors"sv, "relations"sv, "communications"sv};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return is_one_of(comparable(word), marks); });
}

/// Whether a sender's name is a person's: a given name and one to three words that are none of an organization's.
bool is_person(std::string_view name) {
  const std::vector<std::string_view> words = words_of(name);
  if (words.size() < 2 || words.size() > 4 || !given_names_set().contains(words.front())) return false;
  if (is_organization(words)) return false;
  return std::all_of(words.begin(), words.end(), [&](std::string_view word) {
    const auto first = static_cast<unsigned char>(word.front());
    constexpr std::array particles{"van"sv, "von"sv, "de"sv, "der"sv, "den"sv, "da"sv, "di"sv};
    return (first >= 'A' && first <= 'Z') || first >= 0x80 || is_one_of(word, particles);
  });
}

std::string_view without_quotes(std::string_view name) {
  name = trimmed(name);
  for (const char quote : {'"', '\''}) {
    if (name.size() > 1 && name.starts_with(quote) && name.ends_with(quote)) name = name.substr(1, name.size() - 2);
  }
  return trimmed(name);
}

/// "Ana Ruiz from The Chip Letter", "'Ana Ruiz' via Tech List", "Ana Ruiz | The Chip Letter"
Sender split_sender(std::string_view name) {
  for (const std::string_view separator : {" from "sv, " via "sv, " at "sv, " of "sv, " | "sv, " - "sv, ", "sv}) {
    const std::size_t at = name.find(separator);
    if (at == std::string_view::npos) continue;
    const std::string_view person = without_quotes(name.substr(0, at));
    const std::string_view outlet = without_quotes(name.substr(at + separator.size()));
    const bool certain = separator == " via ";
    if (!outlet.empty() && (certain || is_person(person))) return {std::string(person), std::string(outlet)};
  }
  name = without_quotes(name);
  return is_person(name) ? Sender{std::string(name), ""} : Sender{"", std::string(name)};
}

/// The words before the identifier of `List-Id: The Chip Letter <chips.example.com>`, or "".
std::string list_name(const HeaderFields& fields) {
  const std::string_view id = fields.value("list-id");
  const std::size_t bracket = id.find('<');
  return bracket == std::string_view::npos ? "" : std::string(without_quotes(id.substr(0, bracket)));
}

bool is_discussion(const HeaderFields& fields) {
  const std::string_view post = fields.value("list-post");
  return !post.empty() && ascii_lower(post.substr(0, 2)) != "no";
}

} // namespace

bool is_bulk(const HeaderFields& fields) {
  const std::string precedence = ascii_lower(fields.value("precedence"));
  if (precedence == "bulk" || precedence == "list") return true;
  // The last two are what programs that turn feeds into mails write.
  constexpr std::array names{"list-id"sv, "list-unsubscribe"sv, "list-post"sv, "x-rss-url"sv, "content-base"sv};
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return !fields.value(name).empty(); });
}

Sender sender_of(const Message& message) {
  Sender sender = split_sender(message.from_name);
  if (!is_bulk(message.fields)) {
    const bool someone = sender.author.empty() && !is_organization(words_of(sender.outlet));
    return someone ? Sender{sender.outlet, ""} : sender;
  }
  const std::string list = list_name(message.fields);
  if (is_discussion(message.fields)) {
    if (sender.author.empty()) sender = {sender.outlet, ""};
    if (sender.outlet.empty()) sender.outlet = list;
  } else if (sender.outlet.empty()) {
    sender.outlet = list.empty() ? std::string(without_quotes(message.from_name)) : list;
  }
  return sender;
}

Sender sender_of_copied(std::string_view from) {
  const std::string_view name = without_quotes(from.substr(0, from.find_first_of("<[")));
  const bool address_only = name.find('@') != std::string_view::npos;
  return address_only ? Sender{} : split_sender(name);
}

std::string title_of_subject(std::string_view subject, const HeaderFields& fields) {
  subject = trimmed(subject);
  const std::string list = comparable(fields.value("list-id"));
  for (bool found = true; found;) {
    const std::string mark = mark_of(subject);
    const std::size_t bracket = subject.find(']');
    const bool is_mark = is_one_of(mark, k_reply_marks) || is_one_of(mark, k_forward_marks);
    const bool is_tag = subject.starts_with('[') && bracket != std::string_view::npos && bracket > 1 &&
                        list.find(comparable(subject.substr(1, bracket - 1))) != std::string::npos;
    found = is_mark || is_tag;
    if (is_mark) subject = trimmed(subject.substr(subject.find(':') + 1));
    if (!is_mark && is_tag) subject = trimmed(subject.substr(bracket + 1));
  }
  return std::string(subject);
}

bool is_reply(std::string_view subject) { return is_one_of(mark_of(trimmed(subject)), k_reply_marks); }

} // namespace pfind::corpus
