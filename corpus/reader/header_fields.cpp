#include "corpus/reader/header_fields.hpp"

#include <algorithm>

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {

HeaderFields::HeaderFields(std::string_view lines) {
  for (const std::string_view line : split_lines(lines)) {
    const bool continues = line.starts_with(' ') || line.starts_with('\t');
    const std::size_t colon = line.find(':');
    if (continues && !fields_.empty()) {
      (fields_.back().second += ' ') += trimmed(line);
    } else if (!continues && colon != std::string_view::npos) {
      add(line.substr(0, colon), line.substr(colon + 1));
    }
  }
}

void HeaderFields::add(std::string_view name, std::string_view value) {
  fields_.emplace_back(ascii_lower(trimmed(name)), trimmed(value));
}

std::string_view HeaderFields::value(std::string_view name) const {
  const auto field = std::find_if(fields_.begin(), fields_.end(), [&](const auto& f) { return f.first == name; });
  return field == fields_.end() ? std::string_view() : std::string_view(field->second);
}

std::size_t end_of_header(std::string_view text) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    const std::string_view next = text.substr(at + 1, 2);
    if (next.starts_with('\n')) return at + 2;
    if (next == "\r\n") return at + 3;
  }
  return std::string_view::npos;
}

ContentType parse_content_type(std::string_view value) {
  ContentType result;
  const std::size_t semicolon = std::min(value.find(';'), value.size());
  result.type = ascii_lower(trimmed(value.substr(0, semicolon)));
  const std::string lower = ascii_lower(value);
  const std::size_t label = lower.find("charset=", semicolon);
  if (label == std::string::npos) return result;
  std::string_view charset = trimmed(value.substr(label + std::string_view("charset=").size()));
  charset = charset.substr(0, charset.find(';'));
  for (const char quote : {'"', '\''}) {
    if (charset.starts_with(quote)) charset = charset.substr(1, charset.find(quote, 1) - 1);
  }
  result.charset = trimmed(charset);
  return result;
}

} // namespace pfind::corpus
