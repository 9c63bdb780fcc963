#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/reader/header_fields.hpp"

namespace pfind::corpus {

/// A text of a mail, in one form or in two that say the same. Clean UTF-8.
struct MailText {
  std::string plain;
  std::string html;
  bool flowed = false;        ///< of `plain`: a line that ends in a space goes on in the next (RFC 3676)
  bool deletes_space = false; ///< and that space is not part of the text
};

/// A mail taken apart: MIME structure, encodings and character sets are undone.
struct Message {
  HeaderFields fields;   ///< names in lower case; values as UTF-8, without encoded words
  std::string from_name; ///< of the first sender; "" where there is only an address
  std::string from_address;
  std::vector<MailText> texts;          ///< in their order
  std::vector<Message> messages;        ///< that it carries as parts: forwarded ones, the parts of a digest
  std::vector<std::string> attachments; ///< names of parts that may hold articles but are not read
  std::string problem;                  ///< one line: what of it could not be read; or ""
};

/// Parses a mail (RFC 5322 with MIME). Never fails: damaged and missing structure is read as far as it goes.
Message parse_message(std::string_view bytes);

/// A part of MHTML: a page or something that it shows.
struct WebPart {
  std::string type;     ///< as MIME names it: "text/html"
  std::string charset;  ///< or ""
  std::string location; ///< its address
  std::string id;       ///< Content-ID without brackets
  std::string content;  ///< without transfer encoding
};

/// A web page and what belongs to it, as browsers save them in one file (MHTML, RFC 2557).
struct WebMessage {
  HeaderFields fields;
  std::string start;          ///< Content-ID of the page, where it is not the first part
  std::vector<WebPart> parts; ///< those with text; of others only where they are
};

WebMessage parse_web_message(std::string_view bytes);

} // namespace pfind::corpus
