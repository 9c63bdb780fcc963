#include "corpus/reader/mail/message.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <gmime/gmime.h>
#include <memory>
#include <utility>

#include "corpus/reader/encoding.hpp"
#include "corpus/reader/format.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

// GMime compares each line that begins like a boundary with every boundary around it, and keeps an object per part; so
// what has more of such lines than mails have is not given to it.
constexpr std::size_t k_most_boundary_lines = 20'000;
constexpr int k_deepest = 30;
constexpr std::size_t k_most_texts = 1000;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::string text_of(const char* text) { return text == nullptr ? std::string() : single_spaced(clean(text)); }

GMimeParserOptions* parser_options() {
  static GMimeParserOptions* const options = [] {
    g_mime_init();
    GMimeParserOptions* made = g_mime_parser_options_new();
    // Header values in no declared character set: what mail programs of old wrote.
    std::array<const char*, 3> charsets{"utf-8", "windows-1252", nullptr};
    g_mime_parser_options_set_fallback_charsets(made, charsets.data());
    return made;
  }();
  return options;
}

std::size_t boundary_lines(std::string_view bytes) {
  std::size_t lines = 0;
  for (std::size_t at = bytes.find("\n--"); at != std::string_view::npos; at = bytes.find("\n--", at + 1)) ++lines;
  return lines;
}

Owned<GMimeMessage> parse(std::string_view bytes) {
  if (boundary_lines(bytes) > k_most_boundary_lines) return nullptr;
  GMimeParserOptions* const options = parser_options();
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), options));
}

HeaderFields fields_of(GMimeObject* object) {
  HeaderFields fields;
  GMimeHeaderList* const list = g_mime_object_get_header_list(object);
  for (int i = 0; i < g_mime_header_list_get_count(list); ++i) {
    GMimeHeader* const header = g_mime_header_list_get_header_at(list, i);
    fields.add(text_of(g_mime_header_get_name(header)), text_of(g_mime_header_get_value(header)));
  }
  return fields;
}

/// What a part holds, without its transfer encoding; of damaged base64 what can be decoded.
std::string content_of(GMimeObject* object) {
  if (!GMIME_IS_PART(object)) return {};
  GMimeDataWrapper* const content = g_mime_part_get_content(GMIME_PART(object));
  if (content == nullptr) return {};
  const Owned<GMimeStream> memory(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, memory.get());
  const GByteArray* const array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
  return std::string(reinterpret_cast<const char*>(array->data), array->len);
}

std::string parameter_of(GMimeObject* object, const char* name) {
  GMimeContentType* const type = g_mime_object_get_content_type(object);
  return type == nullptr ? "" : text_of(g_mime_content_type_get_parameter(type, name));
}

std::string type_of(GMimeObject* object) {
  GMimeContentType* const type = g_mime_object_get_content_type(object);
  if (type == nullptr) return "text/plain";
  const std::unique_ptr<char, decltype(&g_free)> name(g_mime_content_type_get_mime_type(type), &g_free);
  return ascii_lower(name.get());
}

bool may_hold_article(std::string_view type, const std::string& name) {
  constexpr std::array types{"application/pdf"sv, "application/zip"sv, "application/json"sv, "application/msword"sv,
                             "application/epub+zip"sv};
  constexpr std::array extensions{"pdf"sv, "zip"sv, "docx"sv, "doc"sv, "odt"sv, "epub"sv, "rtf"sv};
  if (std::find(types.begin(), types.end(), type) != types.end()) return true;
  const std::string extension = format_extension(name);
  const bool calendar = type == "text/calendar" || extension == "ics" || extension == "vcf";
  return !calendar && (type.starts_with("text/") || format_of_extension(extension).has_value() ||
                       std::find(extensions.begin(), extensions.end(), extension) != extensions.end());
}

/// Gathers what a message's tree of parts holds.
class Gatherer {
public:
  explicit Gatherer(Message& message) : message_(message) {}

  void gather(GMimeObject* object, int depth) {
    if (depth > k_deepest || message_.texts.size() + message_.messages.size() >= k_most_texts) {
      message_.problem =
          fmt::format("has more or deeper parts than {} and {}; the others are not read", k_most_texts, k_deepest);
    } else if (GMIME_IS_MULTIPART(object)) {
      gather_multipart(GMIME_MULTIPART(object), depth);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
      gather_message(g_mime_message_part_get_message(GMIME_MESSAGE_PART(object)), depth);
    } else if (GMIME_IS_PART(object)) {
      gather_part(object);
    }
  }

  /// Takes a message into `message_`.
  void gather_header(GMimeMessage* message) {
    message_.fields = fields_of(GMIME_OBJECT(message));
    InternetAddressList* const senders = g_mime_message_get_from(message);
    if (senders == nullptr || internet_address_list_length(senders) == 0) return;
    InternetAddress* const sender = internet_address_list_get_address(senders, 0);
    message_.from_name = text_of(internet_address_get_name(sender));
    if (INTERNET_ADDRESS_IS_MAILBOX(sender)) {
      message_.from_address = text_of(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(sender)));
    }
  }

private:
  void gather_multipart(GMimeMultipart* multipart, int depth) {
    const std::string type = type_of(GMIME_OBJECT(multipart));
    const bool alternative = type == "multipart/alternative";
    const bool first_only = type == "multipart/related" || type == "multipart/signed";
    if (type == "multipart/encrypted") message_.problem = "is encrypted; decrypt it first";
    const int count = g_mime_multipart_get_count(multipart);
    const bool outermost = alternative && !alternative_;
    if (outermost) {
      alternative_ = true;
      message_.texts.emplace_back();
    }
    for (int i = 0; i < (first_only ? std::min(count, 1) : count); ++i) {
      gather(g_mime_multipart_get_part(multipart, i), depth + 1);
    }
    if (!outermost) return;
    alternative_ = false;
    const MailText& text = message_.texts.back();
    if (text.plain.empty() && text.html.empty()) message_.texts.pop_back();
  }

  void gather_message(GMimeMessage* message, int depth) {
    if (message == nullptr) return;
    Message inner;
    Gatherer gatherer(inner);
    gatherer.gather_header(message);
    if (GMimeObject* const part = g_mime_message_get_mime_part(message)) gatherer.gather(part, depth + 1);
    message_.messages.push_back(std::move(inner));
  }

  void gather_part(GMimeObject* part) {
    const std::string type = type_of(part);
    const char* const disposition = g_mime_object_get_disposition(part);
    const bool attached = disposition != nullptr && ascii_lower(disposition) == "attachment";
    const bool is_text = type == "text/plain" || type == "text/html" || type == "text/markdown" || type == "text";
    if (is_text && !attached) return add_text(part, type);
    const std::string name = text_of(g_mime_part_get_filename(GMIME_PART(part)));
    const bool encrypted = type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime";
    if (encrypted) message_.problem = "is encrypted; decrypt it first";
    const bool named = attached || !name.empty();
    if (!encrypted && named && may_hold_article(type, name)) message_.attachments.push_back(name.empty() ? type : name);
  }

  void add_text(GMimeObject* part, const std::string& type) {
    std::string bytes = content_of(part);
    std::string charset = parameter_of(part, "charset");
    // A stray NUL is damage; without the header's word it must not pass for UTF-16.
    if (!ascii_lower(charset).starts_with("utf-16")) std::erase(bytes, '\0');
    if (charset.empty() && type == "text/html") charset = declared_charset(bytes);
    std::string text = decode(bytes, charset);
    if (trimmed(text).empty()) return;
    if (!alternative_) message_.texts.emplace_back();
    MailText& mail_text = message_.texts.back();
    if (type == "text/html" || sniff_format(text) == Format::html) {
      mail_text.html += text;
    } else {
      mail_text.plain += (mail_text.plain.empty() ? "" : "\n\n") + text;
      mail_text.flowed = ascii_lower(parameter_of(part, "format")) == "flowed";
      mail_text.deletes_space = ascii_lower(parameter_of(part, "delsp")) == "yes";
    }
  }

  Message& message_;
  bool alternative_ = false; ///< inside parts of which each says all: they make one text
};

/// The text behind the header of a mail whose boundaries are missing or wrong: without the lines that belonged to them.
MailText text_without_structure(std::string_view bytes) {
  const std::size_t end = end_of_header(bytes);
  std::string kept;
  const std::string text = decode(bytes.substr(std::min(end, bytes.size())));
  for (const std::string_view line : split_lines(text)) {
    const bool of_structure = (line.starts_with("--") && line.size() > 2 && line.find(' ') == std::string_view::npos) ||
                              ascii_lower(line.substr(0, 8)) == "content-";
    if (!of_structure) (kept += line) += '\n';
  }
  MailText result;
  (sniff_format(kept) == Format::html ? result.html : result.plain) = std::move(kept);
  return result;
}

void read_without_structure(std::string_view bytes, Message& message) {
  MailText text = text_without_structure(bytes);
  if (trimmed(text.plain + text.html).empty()) return;
  message.texts.push_back(std::move(text));
  message.problem = "its parts cannot be told apart (the boundary is missing or wrong); it is read as one text";
}

void add_web_parts(GMimeObject* object, int depth, WebMessage& message) {
  if (depth > k_deepest || message.parts.size() >= k_most_boundary_lines) return;
  if (GMIME_IS_MULTIPART(object)) {
    GMimeMultipart* const multipart = GMIME_MULTIPART(object);
    if (message.start.empty()) message.start = parameter_of(object, "start");
    const int count = g_mime_multipart_get_count(multipart);
    for (int i = 0; i < count; ++i) add_web_parts(g_mime_multipart_get_part(multipart, i), depth + 1, message);
  } else if (GMIME_IS_PART(object)) {
    WebPart part{type_of(object), parameter_of(object, "charset"), "", "", ""};
    part.location = fields_of(object).value("content-location");
    part.id = text_of(g_mime_object_get_content_id(object));
    if (part.type.starts_with("text/") || part.type == "application/xhtml+xml") part.content = content_of(object);
    message.parts.push_back(std::move(part));
  }
}

} // namespace

Message parse_message(std::string_view bytes) {
  Message message;
  const Owned<GMimeMessage> parsed = parse(bytes);
  if (!parsed) {
    read_without_structure(bytes, message);
    return message;
  }
  Gatherer gatherer(message);
  gatherer.gather_header(parsed.get());
  GMimeObject* const part = g_mime_message_get_mime_part(parsed.get());
  if (part != nullptr) gatherer.gather(part, 0);
  const bool nothing = message.texts.empty() && message.messages.empty() && message.attachments.empty();
  if (nothing && part != nullptr && GMIME_IS_MULTIPART(part) && message.problem.empty()) {
    read_without_structure(bytes, message);
  }
  return message;
}

WebMessage parse_web_message(std::string_view bytes) {
  WebMessage message;
  const Owned<GMimeMessage> parsed = parse(bytes);
  if (!parsed) return message;
  message.fields = fields_of(GMIME_OBJECT(parsed.get()));
  if (GMimeObject* const part = g_mime_message_get_mime_part(parsed.get())) add_web_parts(part, 0, message);
  if (message.start.starts_with('<')) message.start = message.start.substr(1, message.start.find('>') - 1);
  return message;
}

} // namespace pfind::corpus
