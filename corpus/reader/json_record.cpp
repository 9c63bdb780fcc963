#include "corpus/reader/json_record.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "corpus/reader/date.hpp"
#include "corpus/reader/encoding.hpp"
#include "corpus/reader/field_names.hpp"
#include "corpus/reader/field_text.hpp"
#include "corpus/reader/language.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

namespace dom = simdjson::dom;

/// A member that stands for a field.
struct Member {
  std::string_view name;
  dom::element value;
};

/// The first value that is there and not null or empty under one of these names.
std::optional<Member> member_of(const dom::object& record, const std::vector<std::string_view>& names) {
  const auto usable = [&](std::string_view name) -> std::optional<Member> {
    dom::element value;
    if (record.at_key(name).get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS && trimmed(text).empty()) return std::nullopt;
    return Member{name, value};
  };
  for (const std::string_view name : names) {
    if (const auto value = usable(name)) return value;
  }
  return std::nullopt;
}

std::string text_of(const dom::element& value);

/// The text of an object that stands for a thing: `{"name": "Daily"}`, `{"$oid": "5f..."}`, `{"@value": "..."}`.
std::string text_of_object(const dom::object& object) {
  for (const std::string_view name :
       {"name", "title", "text", "value", "@value", "$oid", "$date", "#text", "rendered", "id"}) {
    dom::element value;
    if (object.at_key(name).get(value) != simdjson::SUCCESS || value.is_object() || value.is_array()) continue;
    return text_of(value);
  }
  return "";
}

std::string text_of(const dom::element& value) {
  switch (value.type()) {
  case dom::element_type::STRING: return clean(std::string_view(value));
  case dom::element_type::INT64: return std::to_string(std::int64_t(value));
  case dom::element_type::UINT64: return std::to_string(std::uint64_t(value));
  case dom::element_type::DOUBLE: return fmt::format("{}", double(value));
  case dom::element_type::OBJECT: return text_of_object(value);
  default: return "";
  }
}

std::vector<std::string> texts_of(const dom::element& value) {
  std::vector<std::string> texts;
  if (value.is_array()) {
    for (const dom::element item : dom::array(value)) texts.push_back(text_of(item));
  } else {
    texts.push_back(text_of(value));
  }
  std::erase_if(texts, [](const std::string& text) { return trimmed(text).empty(); });
  return texts;
}

/// A body given as text, as HTML or as an array of paragraphs.
std::string body_of(const dom::element& value) {
  std::string body;
  for (const std::string& part : texts_of(value)) {
    const std::string text = body_text_of(part);
    if (text.empty()) continue;
    if (!body.empty()) body += "\n\n";
    body += text;
  }
  return body;
}

void take_date(const dom::element& value, ParsedArticle& parsed) {
  if (value.is_number()) {
    const double time = double(value);
    constexpr double year_1973 = 1e8; // smaller numbers are years, days or 20240312
    if (time >= year_1973) {
      parsed.article.date = date_of_unix_time(time);
      if (parsed.article.date) return;
    }
  }
  set_date(parsed, text_of(value));
}

} // namespace

/// One record being read.
class RecordReader::Record {
public:
  Record(const dom::object& record, const RecordReader& reader) : record_(record), reader_(reader) {}

  ParsedArticle read() {
    Article& article = parsed_.article;
    article.id = first_text("id");
    article.title = headline_of(first_text("title"));
    article.url = first_text("url");
    article.outlet = first_text("outlet");
    article.language = language_code(first_text("language"));
    if (const auto body = member("body")) article.body = body_of(body->value);
    if (const auto authors = member("author")) take_authors(authors->value);
    if (const auto date = member("date")) take_date(date->value, parsed_);
    return std::move(parsed_);
  }

private:
  std::optional<Member> member(std::string_view field) {
    const auto known = std::ranges::find(reader_.fields_, field, &Field::name);
    const auto found = member_of(record_, known->members);
    if (found && reader_.with_notes_) parsed_.notes.found(field, "", fmt::format("the member \"{}\"", found->name));
    return found;
  }

  std::string first_text(std::string_view field) {
    const auto found = member(field);
    if (!found) return "";
    const auto texts = texts_of(found->value);
    return texts.empty() ? "" : single_spaced(texts.front());
  }

  void take_authors(const dom::element& value) {
    for (const std::string& names : texts_of(value)) add_authors(parsed_, names);
  }

  const dom::object& record_;
  const RecordReader& reader_;
  ParsedArticle parsed_;
};

RecordReader::RecordReader(const ReadOptions& options, bool with_notes) : with_notes_(with_notes) {
  for (const std::string_view field : {"id", "title", "url", "outlet", "language", "body", "author", "date"})
    fields_.push_back({field, names_of_field(field, options)});
}

ParsedArticle RecordReader::read(const dom::object& record) const { return Record(record, *this).read(); }

} // namespace pfind::corpus
