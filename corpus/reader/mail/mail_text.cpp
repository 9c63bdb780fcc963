#include "corpus/reader/mail/mail_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "corpus/reader/html/html.hpp"
#include "corpus/reader/paragraphs.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

using Lines = std::vector<std::string>;

// In the form of `comparable`. A short paragraph that holds one of these belongs to the frame of a newsletter:
constexpr std::array k_frame_phrases{
    "in your browser"sv,
    "view in browser"sv,
    "view online"sv,
    "view on web"sv,
    "view this email"sv,
    "read online"sv,
    "read in app"sv,
    "open in app"sv,
    "web version"sv,
    "having trouble viewing"sv,
    "email not displaying correctly"sv,
    "forwarded this email"sv,
    "this email forwarded"sv,
    "email was forwarded to you"sv,
    "forward to a friend"sv,
    "unsubscribe"sv,
    "you are receiving this"sv,
    "you re receiving this"sv,
    "you received this email"sv,
    "you received this message because"sv,
    "you are subscribed"sv,
    "you re subscribed"sv,
    "because you subscribed"sv,
    "because you signed up"sv,
    "this email was sent to"sv,
    "this message was sent to"sv,
    "this newsletter was sent to"sv,
    "why did i get this"sv,
    "manage your preferences"sv,
    "manage preferences"sv,
    "email preferences"sv,
    "subscription preferences"sv,
    "update your preferences"sv,
    "update your profile"sv,
    "our mailing address"sv,
    "no longer wish to receive"sv,
    "no longer want to receive"sv,
    "to your address book"sv,
    "opt out of"sv,
    "all rights reserved"sv,
    "sent from my"sv,
    "get outlook for"sv,
    "im browser ansehen"sv,
    "im browser anzeigen"sv,
    "newsletter abbestellen"sv,
    "newsletter abmelden"sv,
    "se désabonner"sv,
    "désinscrire"sv,
    "voir dans le navigateur"sv,
    "darse de baja"sv,
    "ver en el navegador"sv,
};

bool is_frame(std::string_view paragraph, std::size_t most_words) {
  if (count_words(paragraph) > most_words) return false;
  const std::string plain = comparable(paragraph);
  return std::any_of(k_frame_phrases.begin(), k_frame_phrases.end(),
                     [&](std::string_view phrase) { return plain.find(phrase) != std::string::npos; });
}

/// "... was paid. Read more" -> "... was paid."
std::string without_teaser_link(std::string_view paragraph) {
  constexpr std::array links{"read more"sv,        "read the full story"sv, "read on"sv,
                             "continue reading"sv, "learn more"sv,          "full story"sv,
                             "weiterlesen"sv,      "mehr lesen"sv,          "lire la suite"sv};
  std::string_view text = paragraph;
  for (const std::string_view arrow : {"»"sv, "→"sv, "›"sv, ">"sv, "…"sv, "..."sv}) {
    if (text.ends_with(arrow)) text = trimmed(text.substr(0, text.size() - arrow.size()));
  }
  const std::string lower = ascii_lower(text);
  for (const std::string_view link : links) {
    if (!lower.ends_with(link)) continue;
    const std::string_view rest = trimmed(text.substr(0, text.size() - link.size()));
    if (ends_sentence(rest)) return std::string(rest);
  }
  return std::string(paragraph);
}

std::string join_lines(const Lines& lines, std::size_t begin = 0) {
  std::string text;
  for (std::size_t i = begin; i < lines.size(); ++i) (text += lines[i]) += '\n';
  return text;
}

Lines lines_of(std::string_view text) {
  Lines lines;
  for (const std::string_view line : split_lines(text)) lines.emplace_back(line);
  return lines;
}

/// How many `>` a line begins with, spaces between them allowed; they are taken off it.
std::size_t take_quote_marks(std::string_view& line) {
  std::size_t depth = 0;
  while (line.starts_with('>')) {
    ++depth;
    line.remove_prefix(line.starts_with("> >") ? 2 : 1);
  }
  if (depth > 0 && line.starts_with(' ')) line.remove_prefix(1);
  return depth;
}

/// Joins the lines of a paragraph that a mail program cut (RFC 3676).
Lines without_flow(std::string_view text, bool deletes_space) {
  Lines lines;
  bool goes_on = false;
  std::size_t depth_before = 0;
  for (const std::string_view raw : split_lines(text)) {
    std::string_view line = raw;
    const std::size_t depth = take_quote_marks(line);
    if (depth == 0 && line.starts_with(' ')) line.remove_prefix(1); // stuffed
    const bool signature = line == "-- ";
    const bool joins = goes_on && depth == depth_before && !signature && !lines.empty();
    goes_on = line.ends_with(' ') && !signature;
    depth_before = depth;
    if (goes_on && deletes_space) line.remove_suffix(1);
    if (joins) {
      lines.back() += line;
    } else {
      lines.push_back(std::string(depth, '>') + (depth > 0 ? " " : "") + std::string(line));
    }
  }
  return lines;
}

/// Cuts off what follows the line `-- ` near the end, and what a mailing list appends below a line of underscores.
void cut_signature(Lines& lines, ReadingNotes& notes) {
  constexpr std::size_t most_lines = 15;
  constexpr std::size_t shortest_rule = 30;
  const std::size_t first = lines.size() - std::min(lines.size(), most_lines);
  for (std::size_t i = lines.size(); i > first; --i) {
    const std::string& line = lines[i - 1];
    const bool rule = line.size() >= shortest_rule && line.find_first_not_of('_') == std::string::npos;
    if (line != "-- " && line != "--" && !rule) continue;
    notes.left_out(join_lines(lines, i), "a signature");
    lines.resize(i - 1);
  }
}

/// "On 12 March 2024, Ana Ruiz wrote:"
bool is_attribution(std::string_view line) {
  line = trimmed(line);
  constexpr std::array ends{"wrote:"sv, "writes:"sv, "schrieb:"sv, "a écrit :"sv, "escribió:"sv};
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return line.ends_with(end); });
}

/// A reply says what is new above, below and between what it quotes; a text that was sent on may be quoted as a whole.
Lines without_quotes(const Lines& lines, bool reply, ReadingNotes& notes) {
  Lines own;
  Lines all;
  std::string quoted;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    const bool is_quoted = take_quote_marks(line) > 0;
    all.emplace_back(line);
    const bool introduces = is_attribution(line) && i + 1 < lines.size();
    if (is_quoted && quoted.empty()) quoted = line;
    if (!is_quoted && !introduces) own.emplace_back(line);
  }
  if (!reply || count_words(join_lines(own)) == 0) return all;
  notes.left_out(quoted, "quoted from another mail");
  return own;
}

std::string text_of_plain(const MailText& text, bool reply, ReadingNotes& notes) {
  Lines lines = text.flowed ? without_flow(text.plain, text.deletes_space) : lines_of(text.plain);
  cut_signature(lines, notes);
  return join_lines(without_quotes(lines, reply, notes));
}

enum class ForwardedField : std::uint8_t { none, from, date, subject, other };

struct FieldName {
  std::string_view name;
  ForwardedField field;
};

constexpr std::array k_field_names{
    FieldName{"from", ForwardedField::from},       FieldName{"von", ForwardedField::from},
    FieldName{"de", ForwardedField::from},         FieldName{"date", ForwardedField::date},
    FieldName{"sent", ForwardedField::date},       FieldName{"datum", ForwardedField::date},
    FieldName{"gesendet", ForwardedField::date},   FieldName{"envoyé", ForwardedField::date},
    FieldName{"fecha", ForwardedField::date},      FieldName{"subject", ForwardedField::subject},
    FieldName{"betreff", ForwardedField::subject}, FieldName{"objet", ForwardedField::subject},
    FieldName{"asunto", ForwardedField::subject},  FieldName{"to", ForwardedField::other},
    FieldName{"cc", ForwardedField::other},        FieldName{"reply-to", ForwardedField::other},
    FieldName{"an", ForwardedField::other},        FieldName{"à", ForwardedField::other},
    FieldName{"para", ForwardedField::other},
};

/// The field of a line `From: ...`; its value is left in `line`. Marks of emphasis around the name are passed over.
ForwardedField take_field(std::string_view& line) {
  std::string_view rest = trimmed(line);
  while (rest.starts_with('*')) rest.remove_prefix(1);
  const std::size_t colon = rest.find(':');
  if (colon == std::string_view::npos) return ForwardedField::none;
  std::string name = ascii_lower(trimmed(rest.substr(0, colon)));
  while (name.ends_with('*')) name.pop_back();
  const auto row = std::find_if(k_field_names.begin(), k_field_names.end(),
                                [&](const FieldName& field) { return field.name == name; });
  if (row == k_field_names.end()) return ForwardedField::none;
  line = trimmed(rest.substr(colon + 1));
  while (line.starts_with('*')) line = trimmed(line.substr(1));
  return row->field;
}

/// Reads the copied header that begins at a line; `at` is left behind it. Only a whole one counts.
std::optional<ForwardedText> read_copied_header(const std::vector<std::string_view>& lines, std::size_t& at) {
  ForwardedText forwarded;
  std::size_t i = at;
  for (std::size_t blank = 0; i < lines.size() && blank < 2; ++i) {
    std::string_view value = lines[i];
    const ForwardedField field = take_field(value);
    if (field == ForwardedField::from && forwarded.from.empty()) forwarded.from = value;
    if (field == ForwardedField::date && forwarded.date.empty()) forwarded.date = value;
    if (field == ForwardedField::subject && forwarded.subject.empty()) forwarded.subject = value;
    if (field == ForwardedField::none && !trimmed(value).empty()) {
      if (!forwarded.subject.empty() && !forwarded.date.empty()) break;
      if (i == at) return std::nullopt;
    }
    blank = trimmed(lines[i]).empty() ? blank + 1 : 0; // HTML puts a blank line between some fields
  }
  if (forwarded.from.empty() || forwarded.date.empty() || forwarded.subject.empty()) return std::nullopt;
  at = i;
  return forwarded;
}

} // namespace

std::string text_of_mail(const MailText& text, bool reply, ReadingNotes& notes) {
  if (text.html.empty()) return text_of_plain(text, reply, notes);
  std::string html = html_to_text(text.html);
  // A page that is all pictures, or says no more than that one should look at it elsewhere.
  if (!text.plain.empty() && count_words(html) * 2 < count_words(text.plain)) return text_of_plain(text, reply, notes);
  return html;
}

std::optional<ForwardedText> find_forwarded(std::string_view text) {
  constexpr std::size_t most_own_words = 80;
  constexpr std::size_t most_fields = 12;
  const std::vector<std::string_view> lines = split_lines(text);
  std::size_t own_words = 0;
  for (std::size_t i = 0; i < lines.size() && own_words <= most_own_words; ++i) {
    std::string_view value = lines[i];
    if (take_field(value) != ForwardedField::none) {
      std::size_t end = i;
      auto forwarded = read_copied_header(lines, end);
      if (forwarded && end - i <= most_fields) {
        for (; end < lines.size(); ++end) (forwarded->text += lines[end]) += '\n';
        return forwarded;
      }
    }
    own_words += count_words(lines[i]);
  }
  return std::nullopt;
}

std::string without_newsletter_frame(std::string_view text, ReadingNotes& notes) {
  Lines paragraphs = split_paragraphs(text);
  std::size_t left = 0;
  for (const std::string& paragraph : paragraphs) left += count_words(paragraph);
  const std::size_t all = left;
  Lines kept;
  bool ended = false;
  for (const std::string& paragraph : paragraphs) {
    constexpr std::size_t longest = 60;
    constexpr std::size_t longest_inside = 12; // articles, too, are about unsubscribing
    const bool outer = kept.size() < 2 || left * 4 < all;
    const bool frame = is_frame(paragraph, outer ? longest : longest_inside);
    // Near the end the frame goes on with what by itself says nothing: an address, "Help", the names of networks.
    ended = ended || (frame && outer && kept.size() >= 2);
    left -= count_words(paragraph);
    if (frame || (ended && !is_prose(paragraph))) {
      notes.left_out(paragraph, "the frame of a newsletter");
    } else {
      kept.push_back(without_teaser_link(paragraph));
    }
  }
  return join_paragraphs(kept);
}

} // namespace pfind::corpus
