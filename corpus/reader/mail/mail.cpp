#include "corpus/reader/mail/mail.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <initializer_list>
#include <optional>
#include <utility>

#include "corpus/reader/date.hpp"
#include "corpus/reader/language.hpp"
#include "corpus/reader/mail/mail_text.hpp"
#include "corpus/reader/mail/sender.hpp"
#include "corpus/reader/plain_text.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

std::string_view without_brackets(std::string_view value) {
  value = trimmed(value);
  if (value.starts_with('<')) value = value.substr(1, value.find('>') - 1);
  return trimmed(value);
}

/// The texts of a mail one below the other; those of mails that it carries behind their subjects.
std::string whole_text(const Message& message, ReadingNotes& notes) {
  const bool reply = is_reply(message.fields.value("subject"));
  std::string text;
  const auto append = [&](const std::string& part) { (text += text.empty() || part.empty() ? "" : "\n\n") += part; };
  for (const MailText& part : message.texts) append(text_of_mail(part, reply, notes));
  for (const Message& inner : message.messages) {
    append(title_of_subject(inner.fields.value("subject"), inner.fields));
    append(whole_text(inner, notes));
  }
  return text;
}

/// The one mail that another does nothing but carry, as an attached forward does.
const Message* carried_message(const Message& message) {
  constexpr std::size_t most_own_words = 60;
  if (message.messages.size() != 1) return nullptr;
  std::size_t words = 0;
  for (const MailText& text : message.texts) words += count_words(text.plain) + count_words(text.html);
  return words <= most_own_words ? &message.messages.front() : nullptr;
}

/// Fills the fields of an article from a mail's header and, where a text was sent on, from the copied header.
class Fields {
public:
  Fields(const Message& message, const std::optional<ForwardedText>& forwarded, ParsedArticle& parsed)
      : message_(message), fields_(message.fields), forwarded_(forwarded), parsed_(parsed), article_(parsed.article) {}

  void fill() {
    take_title();
    take_date();
    take_sender();
    take_address();
    article_.id = without_brackets(fields_.value("message-id"));
    note("id", article_.id, "Message-ID");
    article_.language = language_code(fields_.value("content-language"));
    note("language", article_.language, "Content-Language");
  }

private:
  /// What the text begins with as its headline stays in the text where the subject says something else.
  void take_title() {
    const std::string headline = std::exchange(article_.title, "");
    article_.title = title_of_subject(forwarded_ ? forwarded_->subject : fields_.value("subject"), fields_);
    note("title", article_.title, forwarded_ ? "the subject of the forwarded mail" : "Subject");
    if (article_.title.empty()) {
      article_.title = headline;
      note("title", headline, "the headline of the text");
    } else if (!headline.empty() && comparable(headline) != comparable(article_.title)) {
      article_.body = article_.body.empty() ? headline : headline + "\n\n" + article_.body;
    }
  }

  void take_date() {
    const std::optional<Date> of_text = std::exchange(article_.date, std::nullopt);
    if (forwarded_ && use_date(parse_date(forwarded_->date), "the date of the forwarded mail")) return;
    if (!is_bulk(fields_) && use_date(of_text, "the text")) return;
    if (use_date(parse_date(fields_.value("date")), "Date")) return;
    const std::string_view received = fields_.value("received");
    const std::size_t semicolon = received.rfind(';');
    const bool arrived = semicolon != std::string_view::npos;
    if (arrived && use_date(parse_date(trimmed(received.substr(semicolon + 1))), "Received")) return;
    if (!use_date(of_text, "the text")) set_date(parsed_, fields_.value("date"));
  }

  bool use_date(const std::optional<Date>& date, std::string_view source) {
    article_.date = date;
    if (date) note("date", to_iso(*date), source);
    return date.has_value();
  }

  void take_sender() {
    Sender sender = forwarded_ ? sender_of_copied(forwarded_->from) : sender_of(message_);
    const std::string_view source = forwarded_ ? "the sender of the forwarded mail" : "From";
    if (!article_.authors.empty()) {
      note("author", article_.authors.front(), "the byline of the text");
    } else if (!sender.author.empty()) {
      article_.authors = {sender.author};
      note("author", sender.author, source);
    }
    article_.outlet = std::move(sender.outlet);
    note("outlet", article_.outlet, source);
  }

  /// The last two are what programs that turn feeds into mails write.
  void take_address() {
    for (const std::string_view name : {"archived-at", "x-rss-url", "content-base"}) {
      const std::string_view address = without_brackets(fields_.value(name));
      if (!address.starts_with("http")) continue;
      article_.url = address;
      return note("url", address, name);
    }
  }

  void note(std::string_view field, std::string_view value, std::string_view source) {
    if (!value.empty()) parsed_.notes.found(field, value, source);
  }

  const Message& message_;
  const HeaderFields& fields_;
  const std::optional<ForwardedText>& forwarded_;
  ParsedArticle& parsed_;
  Article& article_;
};

std::string attachment_names(const Message& message) {
  constexpr std::size_t most_named = 5;
  std::string names;
  for (std::size_t i = 0; i < std::min(message.attachments.size(), most_named); ++i) {
    (names += i > 0 ? ", " : "") += message.attachments[i];
  }
  const std::size_t others = message.attachments.size() - std::min(message.attachments.size(), most_named);
  return others == 0 ? names : fmt::format("{} and {} more", names, others);
}

ParsedArticle without_text(const Message& message) {
  ParsedArticle parsed;
  std::string reason = message.problem.empty() ? "is a mail without text" : message.problem;
  if (!message.attachments.empty()) {
    reason += fmt::format("; its attachments ({}) are read once they are saved as files", attachment_names(message));
  }
  parsed.problems.push_back(std::move(reason));
  return parsed;
}

} // namespace

ParsedArticle article_of_message(const Message& message) {
  if (const Message* carried = carried_message(message)) return article_of_message(*carried);
  ReadingNotes notes;
  std::string text = whole_text(message, notes);
  const std::optional<ForwardedText> forwarded = find_forwarded(text);
  if (forwarded) text = forwarded->text;
  text = without_newsletter_frame(text, notes);
  if (trimmed(text).empty()) return without_text(message);
  ParsedArticle parsed = parse_plain_text(text, "");
  parsed.notes.omissions.insert(parsed.notes.omissions.begin(), notes.omissions.begin(), notes.omissions.end());
  Fields(message, forwarded, parsed).fill();
  if (parsed.article.body.empty()) return without_text(message);
  if (!message.problem.empty()) parsed.problems.push_back(message.problem);
  if (!message.attachments.empty()) {
    parsed.problems.push_back(
        fmt::format("its attachments ({}) are not read; save them as files to index them", attachment_names(message)));
  }
  return parsed;
}

ParsedArticle parse_mail(std::string_view bytes) { return article_of_message(parse_message(bytes)); }

} // namespace pfind::corpus
