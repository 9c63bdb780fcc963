#include "corpus/reader/format.hpp"

#include <algorithm>
#include <array>
#include <simdjson.h>
#include <string>
#include <vector>

#include "corpus/reader/mail/mbox.hpp"
#include "corpus/reader/sgml.hpp"
#include "corpus/reader/table.hpp"
#include "corpus/reader/text_line.hpp"
#include "corpus/reader/xml/stream.hpp"
#include "corpus/reader/xml/xml.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

struct ArticleExtension {
  std::string_view extension;
  Format format;
};

constexpr std::array k_article_extensions{
    ArticleExtension{"txt", Format::plain_text},   ArticleExtension{"text", Format::plain_text},
    ArticleExtension{"md", Format::markdown},      ArticleExtension{"markdown", Format::markdown},
    ArticleExtension{"html", Format::html},        ArticleExtension{"htm", Format::html},
    ArticleExtension{"xhtml", Format::html},       ArticleExtension{"json", Format::json},
    ArticleExtension{"jsonl", Format::json_lines}, ArticleExtension{"ndjson", Format::json_lines},
    ArticleExtension{"eml", Format::mail},         ArticleExtension{"mbox", Format::mbox},
    ArticleExtension{"mbx", Format::mbox},         ArticleExtension{"mhtml", Format::mhtml},
    ArticleExtension{"mht", Format::mhtml},        ArticleExtension{"warc", Format::warc},
    ArticleExtension{"emlx", Format::mail},        ArticleExtension{"csv", Format::table},
    ArticleExtension{"tsv", Format::table},        ArticleExtension{"tab", Format::table},
    ArticleExtension{"xml", Format::xml},          ArticleExtension{"rss", Format::xml},
    ArticleExtension{"atom", Format::xml},         ArticleExtension{"rdf", Format::xml},
    ArticleExtension{"nitf", Format::xml},         ArticleExtension{"newsml", Format::xml},
    ArticleExtension{"sgm", Format::sgml},         ArticleExtension{"sgml", Format::sgml},
};

struct OtherExtension {
  std::string_view extension;
  std::string_view kind;
};

// Text files that would otherwise pass for plain text. What is binary shows by its content.
constexpr std::array k_other_extensions{
    OtherExtension{"py", "program source"},
    OtherExtension{"c", "program source"},
    OtherExtension{"cc", "program source"},
    OtherExtension{"cpp", "program source"},
    OtherExtension{"h", "program source"},
    OtherExtension{"hpp", "program source"},
    OtherExtension{"js", "program source"},
    OtherExtension{"mjs", "program source"},
    OtherExtension{"ts", "program source"},
    OtherExtension{"java", "program source"},
    OtherExtension{"go", "program source"},
    OtherExtension{"rs", "program source"},
    OtherExtension{"rb", "program source"},
    OtherExtension{"php", "program source"},
    OtherExtension{"pl", "program source"},
    OtherExtension{"sh", "a shell script"},
    OtherExtension{"bat", "a shell script"},
    OtherExtension{"ps1", "a shell script"},
    OtherExtension{"sql", "a database script"},
    OtherExtension{"css", "a style sheet"},
    OtherExtension{"svg", "an image"},
    OtherExtension{"log", "a log"},
    OtherExtension{"yml", "configuration"},
    OtherExtension{"yaml", "configuration"},
    OtherExtension{"toml", "configuration"},
    OtherExtension{"ini", "configuration"},
    OtherExtension{"cfg", "configuration"},
    OtherExtension{"conf", "configuration"},
    // These are zip archives.
    OtherExtension{"docx", "an office document"},
    OtherExtension{"xlsx", "an office document"},
    OtherExtension{"pptx", "an office document"},
    OtherExtension{"odt", "an office document"},
    OtherExtension{"ods", "an office document"},
    OtherExtension{"odp", "an office document"},
    OtherExtension{"epub", "a book"},
    OtherExtension{"jar", "a program"},
    OtherExtension{"apk", "a program"},
    OtherExtension{"whl", "a program"},
    OtherExtension{"ipynb", "a notebook"},
    OtherExtension{"ics", "a calendar"},
    OtherExtension{"vcf", "an address book"},
    OtherExtension{"bib", "a bibliography"},
    OtherExtension{"tex", "a TeX source"},
};

constexpr std::array k_compressions{".gz"sv, ".bz2"sv, ".xz"sv, ".zst"sv};

bool begins_like_html(std::string_view head) {
  const std::string lower = ascii_lower(head.substr(0, 1024));
  constexpr std::array k_marks{"<!doctype html"sv, "<html"sv, "<head>"sv, "<head "sv, "<body"sv};
  return lower.starts_with('<') &&
         std::ranges::any_of(k_marks, [&](std::string_view mark) { return lower.find(mark) != std::string::npos; });
}

/// The names of the header fields that a text begins with, in lower case, as far as it goes on like that.
std::vector<std::string> field_names(std::string_view head) {
  std::vector<std::string> names;
  for (const std::string_view line : split_lines(head.substr(0, 16384))) {
    const bool continues = line.starts_with(' ') || line.starts_with('\t');
    if (continues && !names.empty()) continue;
    const std::size_t end = line.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    if (end == 0 || end == std::string_view::npos || line[end] != ':') break;
    names.push_back(ascii_lower(line.substr(0, end)));
  }
  return names;
}

/// Mail as it is stored in files without a telling name (Maildir, mbox), and pages that browsers saved as such.
std::optional<Format> sniff_mail(std::string_view head) {
  const std::string_view first_line = head.substr(0, head.find('\n'));
  const bool mbox = is_mbox_separator(first_line);
  if (mbox) head.remove_prefix(std::min(first_line.size() + 1, head.size()));
  const std::vector<std::string> names = field_names(head);
  const auto has = [&](std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  if (mbox) return names.empty() ? std::nullopt : std::optional(Format::mbox);
  const bool saved = has("from") && ascii_lower(head.substr(0, 16384)).find("saved by ") != std::string::npos;
  if (has("snapshot-content-location") || (saved && has("mime-version") && !has("to"))) return Format::mhtml;
  const bool travelled = has("return-path") || has("received") || has("delivered-to") || has("message-id");
  return has("from") && (travelled || has("subject")) && (travelled || has("date")) ? std::optional(Format::mail)
                                                                                    : std::nullopt;
}

bool is_json(std::string_view text) {
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  return parser.parse(text.data(), text.size()).get(element) == simdjson::SUCCESS;
}

} // namespace

std::string_view name_of(Format format) {
  switch (format) {
  case Format::plain_text: return "plain text";
  case Format::markdown: return "Markdown";
  case Format::html: return "HTML";
  case Format::json: return "JSON";
  case Format::json_lines: return "JSON lines";
  case Format::table: return "table";
  case Format::xml: return "XML";
  case Format::sgml: return "Reuters-21578";
  case Format::mail: return "mail";
  case Format::mbox: return "mbox";
  case Format::mhtml: return "MHTML";
  case Format::warc: return "WARC";
  }
  return "";
}

std::string format_extension(const std::string& path) {
  std::string name = ascii_lower(path.substr(path.rfind('/') + 1));
  for (const std::string_view compression : k_compressions) {
    if (name.ends_with(compression)) name.resize(name.size() - compression.size());
  }
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? "" : name.substr(dot + 1);
}

std::optional<Format> format_of_extension(std::string_view extension) {
  const auto row = std::find_if(k_article_extensions.begin(), k_article_extensions.end(),
                                [&](const ArticleExtension& r) { return r.extension == extension; });
  return row == k_article_extensions.end() ? std::nullopt : std::optional<Format>(row->format);
}

std::optional<std::string_view> non_article_of_extension(std::string_view extension) {
  const auto row = std::find_if(k_other_extensions.begin(), k_other_extensions.end(),
                                [&](const OtherExtension& r) { return r.extension == extension; });
  return row == k_other_extensions.end() ? std::nullopt : std::optional<std::string_view>(row->kind);
}

Format sniff_format(std::string_view head) {
  head = trimmed(head);
  if (head.empty()) return Format::plain_text;
  if (head.starts_with("WARC/1.")) return Format::warc;
  if (const auto mail = sniff_mail(head)) return *mail;
  if (begins_like_reuters(head)) return Format::sgml;
  if (head.front() == '<') {
    const std::string root = ascii_lower(xml::root_name(head));
    if (is_article_root(xml::root_name(head)) || (head.starts_with("<?xml") && root != "html")) return Format::xml;
  }
  if (begins_like_html(head)) return Format::html;
  if (head.front() == '{') {
    const std::string_view first_line = head.substr(0, head.find('\n'));
    if (first_line.size() > 2 && first_line.size() < head.size() && is_json(first_line)) return Format::json_lines;
  }
  const std::size_t second = head.find_first_not_of(" \t\n", 1);
  const char next = second == std::string_view::npos ? '\0' : head[second];
  if ((head.front() == '{' && next == '"') || (head.front() == '[' && next == '{')) return Format::json;
  return begins_like_table(head) ? Format::table : Format::plain_text;
}

} // namespace pfind::corpus
