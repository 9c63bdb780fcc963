#include "corpus/reader/reader.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <utility>

#include "common/error.hpp"
#include "common/terminal.hpp"
#include "corpus/isolated/isolated_reader.hpp"
#include "corpus/reader/archive.hpp"
#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/decompression.hpp"
#include "corpus/reader/emit.hpp"
#include "corpus/reader/encoding.hpp"
#include "corpus/reader/format.hpp"
#include "corpus/reader/html/html.hpp"
#include "corpus/reader/json.hpp"
#include "corpus/reader/mail/mbox.hpp"
#include "corpus/reader/mail/mhtml.hpp"
#include "corpus/reader/markdown.hpp"
#include "corpus/reader/pdf/pdf.hpp"
#include "corpus/reader/plain_text.hpp"
#include "corpus/reader/sgml.hpp"
#include "corpus/reader/stream_names.hpp"
#include "corpus/reader/table.hpp"
#include "corpus/reader/text_evidence.hpp"
#include "corpus/reader/text_line.hpp"
#include "corpus/reader/warc/warc.hpp"
#include "corpus/reader/xml/stream.hpp"
#include "corpus/reader/xml/xml.hpp"

namespace pfind::corpus {
namespace {

constexpr std::size_t k_sniffed = std::size_t{64} << 10;

ParsedArticle parse(Format format, std::string_view text, const std::string& path) {
  switch (format) {
  case Format::markdown: return parse_markdown(text, path);
  case Format::html: return parse_html(text);
  default: return parse_plain_text(text, path);
  }
}

void read_parsed(ParsedArticle parsed, const std::string& path, const ReadEvents& events) {
  if (!parsed.no_article.empty()) return events.problem({path, "", std::move(parsed.no_article)});
  if (parsed.article.title.empty() && parsed.article.body.empty()) {
    return events.problem({path, "", "no article was found in it: neither a title nor a text"});
  }
  emit(std::move(parsed), path, "", events);
}

/// Reads a file that is one document: it is held in memory as a whole, within the limit.
void read_document(ByteStream& stream, Format format, const std::string& path, const ReadOptions& options,
                   const ReadEvents& events) {
  const auto report = [&](std::string reason) { events.problem({path, "", std::move(reason)}); };
  const std::string bytes = read_all(stream, options.max_article_bytes);
  if (bytes.size() > options.max_article_bytes) {
    return report(
        fmt::format("is larger than the {} bytes allowed for an article; split it, or turn it into JSON lines",
                    grouped(options.max_article_bytes)));
  }
  if (format == Format::mhtml) return read_parsed(parse_mhtml(bytes), path, events);
  const bool damaged = bytes.find('\0') != std::string::npos && utf16_charset(bytes).empty();
  if (damaged) events.problem({path, "", "holds NUL bytes; they are left out, and the file may be damaged", true});
  const std::string text = decode(bytes, format == Format::html ? declared_charset(bytes) : "");
  if (trimmed(text).empty()) return report("the file is empty; it holds no article");
  if (format == Format::json) return read_json(text, path, options, events);
  read_parsed(parse(format, text, path), path, events);
}

/// Formats whose parts may be of any kind, also where the first bytes are.
bool holds_parts(Format format) {
  return format == Format::mail || format == Format::mbox || format == Format::mhtml || format == Format::warc;
}

/// The extension decides, except that many a `.json` holds JSON lines.
Format choose_format(std::optional<Format> by_name, std::string_view head) {
  if (by_name && by_name != Format::json) return *by_name;
  const Format sniffed = sniff_format(decode(head));
  return by_name && sniffed != Format::json_lines ? *by_name : sniffed;
}

/// JSON lines are read as they come; in UTF-16, which cannot be cut at line ends byte by byte, as a whole.
void read_lines(PeekStream& stream, std::string_view head, const std::string& path, const ReadOptions& options,
                const ReadEvents& events) {
  if (head.starts_with('{') || head.substr(0, 4).find('\0') == std::string_view::npos) {
    return read_json_lines(stream, path, options, events);
  }
  const std::string text = decode(read_all(stream, options.max_article_bytes));
  MemoryStream lines(text);
  read_json_lines(lines, path, options, events);
}

void read_stream(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events,
                 const Nesting& nesting);

/// Events of a member's reader as events of the archive.
ReadEvents events_of_member(const std::string& archive, const std::string& member, const ReadEvents& events) {
  const auto placed = [=](Article article) {
    article.path = archive;
    article.record = article.record.empty() ? member : member + '#' + article.record;
    return article;
  };
  ReadEvents of_member{.article = [=, &events](Article article) { events.article(placed(std::move(article))); },
                       .problem =
                           [=, &events](Problem problem) {
                             problem.path = archive;
                             problem.where = problem.where.empty() ? member : member + ", " + problem.where;
                             events.problem(std::move(problem));
                           }};
  if (events.notes)
    of_member.notes = [=, &events](const Article& article, const ReadingNotes& notes) {
      events.notes(placed(article), notes);
    };
  return of_member;
}

void read_members(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events,
                  const Nesting& nesting) {
  if (nesting.depth == k_deepest_archive) throw ReadError("archives within archives within archives are not read");
  Nesting deeper{nesting.depth + 1, nesting.expansion};
  read_archive(stream, deeper,
               {.member =
                    [&](ByteStream& content, const std::string& name) {
                      const ReadEvents member = events_of_member(path, name, events);
                      read_stream(content, name, options, member, deeper);
                    },
                .problem =
                    [&](std::string where, std::string reason) {
                      events.problem({path, std::move(where), std::move(reason)});
                    }});
}

/// XML is read by what its root element says it is.
void read_xml_document(PeekStream& stream, std::string_view head, const std::string& path, const ReadOptions& options,
                       const ReadEvents& events) {
  // Markup in UTF-16 has a NUL in each of its first characters; one that comes later is damage.
  const bool utf16 = head.substr(0, 4).find('\0') != std::string_view::npos;
  const std::string root = xml::root_name(utf16 ? decode(head) : clean(head));
  if (ascii_lower(root) == "html") return read_document(stream, Format::html, path, options, events);
  if (is_article_root(root)) return read_xml(stream, root, path, options, events);
  const std::string reason =
      root.empty()
          ? "holds no XML, whatever its name says"
          : fmt::format("is XML with the root element <{}>, in which no articles are known", valid_prefix(root, 40));
  events.problem({path, "", reason + "; read are feeds (RSS, Atom), NewsML, NITF and XHTML"});
}

/// Whether text with a few damaged bytes is what its name says all the same, for NULs do not make a feed or a table
/// binary.
bool is_damaged_text(std::optional<Format> by_name, std::string_view head) {
  const bool document = by_name == Format::plain_text || by_name == Format::markdown || by_name == Format::html;
  if (document) return is_text_but_for_nuls(head);
  const std::string_view begin = head.substr(0, 4096);
  const auto few = static_cast<std::ptrdiff_t>(std::max<std::size_t>(2, begin.size() / 100));
  if (std::ranges::count(begin, '\0') > few) return false;
  const bool markup = by_name == Format::xml || by_name == Format::sgml;
  return (by_name == Format::json_lines && head.starts_with('{')) || (markup && trimmed(head).starts_with('<')) ||
         (by_name == Format::table && begin.substr(0, begin.find('\n')).find('\0') == std::string_view::npos);
}

void tell_format(std::string_view name, const ReadEvents& events) {
  if (events.format) events.format(name);
}

void read_as(Format format, PeekStream& stream, std::string_view head, const std::string& path,
             const ReadOptions& options, const ReadEvents& events) {
  switch (format) {
  case Format::json_lines: return read_lines(stream, head, path, options, events);
  case Format::table: return read_table(stream, path, options, events);
  case Format::xml: return read_xml_document(stream, head, path, options, events);
  case Format::sgml: return read_reuters(stream, path, options, events);
  case Format::mail: return read_mail(stream, path, options, events);
  case Format::mbox: return read_mbox(stream, path, options, events);
  case Format::warc: return read_warc(stream, path, options, events);
  default: return read_document(stream, format, path, options, events);
  }
}

/// Reads what is neither an archive nor a document of another process.
void read_text(PeekStream& stream, std::string_view head, const std::string& path, const ReadOptions& options,
               const ReadEvents& events) {
  const auto format = format_of_extension(format_extension(path));
  // Mails and web archives may hold anything.
  const bool has_parts = !format ? holds_parts(sniff_format(head)) : holds_parts(*format);
  const auto kind = binary_kind(head);
  if (kind && !has_parts && !(kind == "binary data" && is_damaged_text(format, head)))
    return events.problem(
        {path, "", fmt::format("looks like {}, not an article; remove it or convert it to text", *kind)});
  const Format found = choose_format(format, head);
  ReadEvents own = events;
  if (found == Format::table || found == Format::json_lines || found == Format::json)
    own.day_order = day_order_of_numbers(head);
  tell_format(name_of(found), events);
  read_as(found, stream, head, path, options, own);
}

/// What a file is by its extension where its content would show it, or nothing.
std::optional<std::string_view> told_by_content(std::string_view extension) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kinds{{{"pdf", "PDF document"},
                                                                                {"zip", "archive"},
                                                                                {"7z", "archive"},
                                                                                {"tar", "archive"},
                                                                                {"tgz", "archive"},
                                                                                {"txz", "archive"}}};
  const auto it = std::ranges::find(kinds, extension, [](const auto& kind) { return kind.first; });
  return it == kinds.end() ? std::nullopt : std::optional(it->second);
}

void read_bytes(PeekStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events,
                const Nesting& nesting) {
  const auto report = [&](std::string reason) { events.problem({path, "", std::move(reason)}); };
  const std::string extension = format_extension(path);
  if (const auto kind = non_article_of_extension(extension)) {
    return report(fmt::format("is {} by its name (.{}), not an article; skipped", *kind, extension));
  }
  const std::string_view head = stream.peek(k_sniffed);
  if (head.empty())
    return report(path == k_standard_input ? "nothing came from it; it holds no article"
                                           : "the file is empty; it holds no article");
  if (is_archive(head)) {
    tell_format("archive", events);
    return read_members(stream, path, options, events, nesting);
  }
  StreamNames names;
  const bool is_nameless = path == k_standard_input && nesting.depth == 0;
  const ReadEvents own = is_nameless ? names.named(events) : events;
  if (is_pdf(head, extension)) {
    tell_format("PDF", events);
    return read_pdf(stream, path, options, own);
  }
  const bool unlike = binary_kind(head).value_or("binary data") == "binary data"; // else what it is says more
  if (const auto kind = unlike ? told_by_content(extension) : std::nullopt)
    return report(fmt::format("is no {}, whatever its name says; it was damaged or renamed", *kind));
  read_text(stream, head, path, options, own);
}

/// An error's message without the path it begins with, for the problem names that itself.
std::string reason_of(const ReadError& error, const std::string& path) {
  const std::string_view message = error.what();
  const std::string prefix = path + ": ";
  return std::string(message.starts_with(prefix) ? message.substr(prefix.size()) : message);
}

/// What is in an archive may be compressed once more; other streams are decompressed as they come.
void read_stream(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events,
                 const Nesting& nesting) {
  try {
    const auto unpacked =
        nesting.depth > 0 ? decompressed(std::make_unique<PeekStream>(stream), path, nesting.expansion) : nullptr;
    PeekStream ahead(unpacked ? *unpacked : stream);
    read_bytes(ahead, path, options, events, nesting);
  } catch (const ReaderMissing&) { // says nothing of the file
    throw;
  } catch (const ReadError& error) {
    events.problem({path, "", reason_of(error, path)});
  }
}

} // namespace

void read_articles(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events) {
  read_stream(stream, path, options, events, {});
}

} // namespace pfind::corpus
