#pragma once

#include <string>
#include <string_view>

#include "corpus/reader/mail/message.hpp"
#include "corpus/reader/parsed_article.hpp"

namespace pfind::corpus {

/// Reads an article from a mail (RFC 5322): a newsletter, the posting of a list, or what a person sent on. The subject
/// is the title, Message-ID the id. The sender of a newsletter is the outlet, of other mails the author; of a text that
/// was sent on, who wrote it first. Where nothing is to be read, title and body are empty and the problems say why.
ParsedArticle parse_mail(std::string_view bytes);

/// Like `parse_mail`, of a mail taken apart.
ParsedArticle article_of_message(const Message& message);

} // namespace pfind::corpus
