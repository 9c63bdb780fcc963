#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pfind::corpus {

/// The formats that articles are read from.
enum class Format : std::uint8_t {
  plain_text,
  markdown,
  html,
  json,
  json_lines,
  table,
  xml,
  sgml,
  mail,
  mbox,
  mhtml,
  warc
};

/// What people call a format: "plain text", "JSON lines".
std::string_view name_of(Format format);

/// A path's extension in lower case without the dot and without that of a compression: `a/News.JSONL.gz` -> "jsonl".
std::string format_extension(const std::string& path);

/// The format that an extension stands for.
std::optional<Format> format_of_extension(std::string_view extension);

/// What a file with that extension is where it is known to be no article: "program source", "an image", ...
std::optional<std::string_view> non_article_of_extension(std::string_view extension);

/// The format that text looks like from its beginning (UTF-8); plain text where it looks like nothing else.
Format sniff_format(std::string_view head);

} // namespace pfind::corpus
