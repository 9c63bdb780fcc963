#pragma once

#include <string>
#include <string_view>

#include "corpus/reader/mail/message.hpp"

namespace pfind::corpus {

/// Who a mail is from, as an article has it.
struct Sender {
  std::string author; ///< or ""
  std::string outlet; ///< or ""
};

/// Whether a mail went to many: a newsletter, or the posting of a list.
bool is_bulk(const HeaderFields& fields);

/// The sender of a mail by its header. A newsletter's name is an outlet, unless it is a person's, and so is the list of
/// a posting; of a mail to a few the sender is the author.
Sender sender_of(const Message& message);

/// The sender by what a mail program copied: "Tech Wire <news@wire.example>".
Sender sender_of_copied(std::string_view from);

/// The subject without what mail programs put before it (`Re:`, `Fwd:`, also in other languages) and without the list's
/// name in brackets.
std::string title_of_subject(std::string_view subject, const HeaderFields& fields);

/// Whether a subject is that of an answer.
bool is_reply(std::string_view subject);

} // namespace pfind::corpus
