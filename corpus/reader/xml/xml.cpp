#include "corpus/reader/xml/xml.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "corpus/reader/encoding.hpp"
#include "corpus/reader/record_sink.hpp"
#include "corpus/reader/text_stream.hpp"
#include "corpus/reader/xml/feed.hpp"
#include "corpus/reader/xml/newsml.hpp"
#include "corpus/reader/xml/nitf.hpp"
#include "corpus/reader/xml/stream.hpp"

namespace pfind::corpus {
namespace {

constexpr std::array<std::string_view, 4> k_feed_roots{"rss", "RDF", "feed", "channel"};
constexpr std::array<std::string_view, 4> k_news_roots{"newsItem", "newsMessage", "packageItem", "NewsML"};

bool is_feed(std::string_view root) { return std::ranges::find(k_feed_roots, root) != k_feed_roots.end(); }

/// The character set in the XML declaration, if there is one.
std::string xml_charset(std::string_view head) {
  const std::size_t end = head.find("?>");
  const bool declares = head.substr(0, 8).find("<?xml") != std::string_view::npos && end != std::string_view::npos;
  return declares ? std::string(declared_charset(head.substr(0, end + 2))) : "";
}

void report_damage(const std::optional<xml::Damage>& damage, std::size_t articles, const RecordSink& sink) {
  if (!damage) return;
  const std::string where = fmt::format("line {}", damage->line);
  if (articles == 0) return sink.report(where, fmt::format("is not well-formed XML: {}", damage->reason));
  sink.notice(where, fmt::format("is not well-formed XML: {}; {}", damage->reason,
                                 damage->fatal ? "it was read up to there" : "what could be read was read"));
}

/// NewsML and NITF: every item is an article.
class NewsReader {
public:
  explicit NewsReader(RecordSink& sink) : sink_(sink) {}

  void take(const xml::Element& element, const xml::Place& place) {
    const bool nitf = element.name == "nitf";
    if (xml::is_other_item(element)) ++others_;
    if (!nitf && !xml::is_news_item(element)) return;
    const std::string where = fmt::format("item {} (line {})", ++items_, place.line);
    if (place.too_large) return sink_.report(where, "is larger than what is allowed for an article");
    if (xml::is_withdrawn(element)) return sink_.report(where, "was withdrawn by its publisher");
    ParsedArticle parsed = nitf ? xml::article_of_nitf(element) : xml::article_of_news_item(element);
    if (parsed.article.title.empty() && parsed.article.body.empty()) {
      return sink_.report(where, "has neither a headline nor a text");
    }
    if (place.cut) parsed.problems.emplace_back("is cut short; it was read up to there");
    std::vector<std::string> names{std::to_string(items_)};
    if (parsed.article.id.size() <= k_longest_name) names.insert(names.begin(), parsed.article.id);
    add(std::move(parsed), where, names);
  }

  std::size_t items() const { return items_; }
  std::size_t others() const { return others_; }

private:
  static constexpr std::size_t k_longest_name = 100;

  void add(ParsedArticle parsed, const std::string& where, std::vector<std::string> names) {
    std::erase(names, "");
    sink_.add_named(std::move(parsed), where, names);
  }

  RecordSink& sink_;
  std::size_t items_ = 0;
  std::size_t others_ = 0;
};

} // namespace

bool is_article_root(std::string_view root) {
  return is_feed(root) || root == "nitf" || std::ranges::find(k_news_roots, root) != k_news_roots.end();
}

void read_xml(PeekStream& stream, const std::string& root, const std::string& path, const ReadOptions& options,
              const ReadEvents& events) {
  TextStream text(stream, xml_charset(stream.peek(1024)));
  RecordSink sink(path, events);
  if (is_feed(root)) {
    xml::FeedReader feed(sink);
    const auto take = [&](const xml::Element& element, const xml::Place& place) { feed.take(element, place); };
    const auto damage = xml::read_elements(text, xml::FeedReader::shape(), options.max_article_bytes, take);
    report_damage(damage, feed.items(), sink);
    if (feed.items() == 0 && !damage) sink.report("", "the feed is empty; it holds no article");
    return;
  }
  NewsReader news(sink);
  const auto take = [&](const xml::Element& element, const xml::Place& place) { news.take(element, place); };
  const auto damage = xml::read_elements(text, xml::newsml_shape(), options.max_article_bytes, take);
  report_damage(damage, news.items(), sink);
  if (news.items() > 0 || damage) return;
  sink.report("", news.others() > 0 ? "is NewsML that refers to articles but holds none; index the files it refers to"
                                    : "holds no news item");
}

} // namespace pfind::corpus
