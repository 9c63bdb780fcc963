#include "corpus/reader/json.hpp"

#include <fmt/format.h>
#include <optional>
#include <utility>
#include <vector>

#include "common/terminal.hpp"
#include "corpus/reader/encoding.hpp"
#include "corpus/reader/field_text.hpp"
#include "corpus/reader/json_record.hpp"
#include "corpus/reader/language.hpp"
#include "corpus/reader/record_sink.hpp"
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

/// What a document says of all its articles.
struct Defaults {
  std::string outlet;
  std::string language;
};

/// Turns JSON objects into articles.
class Records {
public:
  Records(const std::string& path, const ReadOptions& options, const ReadEvents& events)
      : sink_(path, events), reader_(options, events.notes != nullptr) {}

  void set_defaults(Defaults defaults) { defaults_ = std::move(defaults); }

  void add(const dom::element& element, const std::string& where, const std::string& record) {
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS) {
      return report(where, "is not a JSON object; an article is one object with a title and a text");
    }
    ParsedArticle parsed = reader_.read(object);
    Article& article = parsed.article;
    if (article.title.empty() && article.body.empty()) {
      return report(where, "has neither a title nor a text; name its fields in the configuration");
    }
    if (article.outlet.empty()) article.outlet = defaults_.outlet;
    if (article.language.empty()) article.language = defaults_.language;
    sink_.add(std::move(parsed), where, record);
  }

  const RecordReader& reader() const { return reader_; }

  void report(const std::string& where, std::string reason) const { sink_.report(where, std::move(reason)); }

private:
  RecordSink sink_;
  RecordReader reader_;
  Defaults defaults_;
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

/// A JSON Feed (jsonfeed.org): its articles are the items, whatever other arrays it has; it says who publishes them.
std::optional<dom::array> feed_items(const dom::object& object, Records& records) {
  std::string_view version;
  dom::array items;
  if (object.at_key("version").get(version) != simdjson::SUCCESS ||
      version.find("jsonfeed.org") == std::string_view::npos ||
      object.at_key("items").get(items) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  std::string_view title;
  std::string_view language;
  if (object.at_key("title").get(title) != simdjson::SUCCESS) title = "";
  if (object.at_key("language").get(language) != simdjson::SUCCESS) language = "";
  records.set_defaults({headline_of(title), language_code(language)});
  return items;
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
  if (const auto items = feed_items(object, records)) {
    if (items->size() == 0) return records.report("", "the feed is empty; it holds no article");
    return add_array(*items, records);
  }
  const ParsedArticle whole = records.reader().read(object);
  const auto articles = whole.article.body.empty() ? wrapped_array(object) : std::nullopt;
  if (articles) return add_array(*articles, records);
  records.add(element, "", "");
}

} // namespace pfind::corpus
