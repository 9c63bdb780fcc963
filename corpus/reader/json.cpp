#include "corpus/reader/json.hpp"

#include <fmt/format.h>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "common/terminal.hpp"
#include "corpus/reader/emit.hpp"
#include "corpus/reader/encoding.hpp"
#include "corpus/reader/json_record.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

namespace dom = simdjson::dom;

struct Line {
  std::string text;
  std::size_t number = 0;
  bool too_long = false; ///< `text` is incomplete
};

/// Cuts a stream into lines. Of a line longer than the limit the rest is read past, not kept.
class LineReader {
public:
  LineReader(ByteStream& stream, std::size_t limit) : stream_(stream), limit_(limit) {}

  bool next(Line& line) {
    line = {std::move(line.text), ++number_, false};
    line.text.clear();
    bool any = false;
    for (;;) {
      if (at_ == end_ && !fill()) return any;
      any = true;
      const std::string_view ahead(piece_.data() + at_, end_ - at_);
      const std::size_t newline = ahead.find('\n');
      const std::string_view part = ahead.substr(0, newline);
      line.too_long = line.too_long || line.text.size() + part.size() > limit_;
      if (!line.too_long) line.text += part;
      at_ += newline == std::string_view::npos ? part.size() : newline + 1;
      if (newline != std::string_view::npos) return true;
    }
  }

private:
  bool fill() {
    at_ = 0;
    end_ = stream_.read(piece_.data(), piece_.size());
    return end_ > 0;
  }

  ByteStream& stream_;
  std::size_t limit_;
  std::vector<char> piece_ = std::vector<char>(std::size_t{256} << 10);
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::size_t number_ = 0;
};

/// Turns JSON objects into articles and keeps the identifiers of one file apart.
class Records {
public:
  Records(const std::string& path, const ReadOptions& options, const ReadEvents& events)
      : path_(path), options_(options), events_(events) {}

  void add(const dom::element& element, std::string where, std::string record) {
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS) {
      return report(std::move(where), "is not a JSON object; an article is one object with a title and a text");
    }
    ParsedArticle parsed = article_of_record(object, options_);
    const std::string& id = parsed.article.id;
    if (parsed.article.title.empty() && parsed.article.body.empty()) {
      return report(std::move(where), "has neither a title nor a text; name its fields in the configuration");
    }
    if (!id.empty() && !ids_.insert(id).second) return report(std::move(where), fmt::format("id {} occurs twice", id));
    if (!id.empty()) record = id;
    while (!records_.insert(record).second) record += '+'; // an id that is the number of a line without one
    parsed.article.record = std::move(record);
    emit(std::move(parsed), path_, where, events_);
  }

  void report(std::string where, std::string reason) const {
    events_.problem({path_, std::move(where), std::move(reason)});
  }

private:
  const std::string& path_;
  const ReadOptions& options_;
  const ReadEvents& events_;
  std::unordered_set<std::string> ids_;
  std::unordered_set<std::string> records_; // by which the articles so far are told apart
};

std::string reason_of(simdjson::error_code error) {
  if (error == simdjson::DEPTH_ERROR) return "is not a usable JSON record: nested too deeply";
  return fmt::format("is not valid JSON: {}", simdjson::error_message(error));
}

void read_line(dom::parser& parser, Line& line, Records& records) {
  const std::string where = fmt::format("line {}", line.number);
  if (line.number == 1 && line.text.starts_with("\xef\xbb\xbf")) line.text.erase(0, 3);
  if (trimmed(line.text).empty()) return;
  if (line.text.find('\0') != std::string::npos)
    return records.report(where, "holds NUL bytes; it is damaged or not UTF-8");
  dom::element element;
  auto error = parser.parse(line.text).get(element);
  if (error == simdjson::UTF8_ERROR) {
    line.text = decode(line.text);
    error = parser.parse(line.text).get(element);
  }
  if (error != simdjson::SUCCESS) return records.report(where, reason_of(error));
  records.add(element, where, std::to_string(line.number));
}

/// The array that an object wraps, as in `{"status": "ok", "articles": [...]}`: its only array of objects.
std::optional<dom::array> wrapped_array(const dom::object& object) {
  std::optional<dom::array> found;
  for (const auto& [key, value] : object) {
    dom::array array;
    if (value.get(array) != simdjson::SUCCESS || array.size() == 0 || !array.at(0).is_object()) continue;
    if (found) return std::nullopt;
    found = array;
  }
  return found;
}

void add_array(const dom::array& array, Records& records) {
  std::size_t number = 0;
  for (const dom::element element : array) {
    ++number;
    records.add(element, fmt::format("record {}", number), std::to_string(number));
  }
}

} // namespace

void read_json_lines(ByteStream& stream, const std::string& path, const ReadOptions& options,
                     const ReadEvents& events) {
  LineReader lines(stream, options.max_article_bytes);
  Records records(path, options, events);
  dom::parser parser;
  std::size_t filled = 0;
  for (Line line; lines.next(line);) {
    filled += line.too_long || !trimmed(line.text).empty();
    if (line.too_long) {
      records.report(fmt::format("line {}", line.number),
                     fmt::format("is longer than the {} bytes allowed for an article; split it",
                                 grouped(options.max_article_bytes)));
    } else {
      read_line(parser, line, records);
    }
  }
  if (filled == 0) records.report("", "the file is empty; it holds no article");
}

void read_json(std::string_view text, const std::string& path, const ReadOptions& options, const ReadEvents& events) {
  Records records(path, options, events);
  dom::parser parser;
  dom::element element;
  const auto error = parser.parse(text.data(), text.size()).get(element);
  if (error != simdjson::SUCCESS) return records.report("", "the file " + reason_of(error));
  dom::array array;
  if (element.get(array) == simdjson::SUCCESS) {
    if (array.size() == 0) return records.report("", "the JSON array is empty; it holds no article");
    return add_array(array, records);
  }
  dom::object object;
  if (element.get(object) != simdjson::SUCCESS)
    return records.report("", "the file is no JSON object or array; it holds no article");
  const ParsedArticle whole = article_of_record(object, options);
  const auto articles = whole.article.body.empty() ? wrapped_array(object) : std::nullopt;
  if (articles) return add_array(*articles, records);
  records.add(element, "", "");
}

} // namespace pfind::corpus
