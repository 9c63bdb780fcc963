#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "corpus/reader/mail/message.hpp"
#include "corpus/reader/reading_notes.hpp"

namespace pfind::corpus {

/// A mail's text as one plain text, paragraphs separated by blank lines or wrapped by hand as they are: HTML without
/// its markup, flowed lines joined, the signature cut off. In a `reply` what it quotes is left out, where it says
/// anything of its own.
std::string text_of_mail(const MailText& text, bool reply, ReadingNotes& notes);

/// A text that a person sent on: what the mail program copied from its header, and the text below that.
struct ForwardedText {
  std::string from; ///< name and address as written
  std::string date;
  std::string subject;
  std::string text;
};

/// nullopt where `text` does not begin with a forwarded one, but for a few words of whoever sent it on.
std::optional<ForwardedText> find_forwarded(std::string_view text);

/// `text` without what newsletters put around their articles: links to the web version, reasons why one gets the mail,
/// ways to unsubscribe, postal addresses.
std::string without_newsletter_frame(std::string_view text, ReadingNotes& notes);

} // namespace pfind::corpus
