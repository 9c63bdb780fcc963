#include "corpus/reader/parsed_article.hpp"

#include <fmt/format.h>

#include "corpus/reader/date.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {

void set_date(ParsedArticle& parsed, std::string_view text) {
  constexpr std::size_t longest_shown = 60;
  const std::string line = single_spaced(text);
  if (line.empty()) return;
  parsed.article.date = parse_date(line);
  if (parsed.article.date) return;
  const std::string shown =
      line.size() <= longest_shown ? line : std::string(valid_prefix(line, longest_shown)) + "...";
  parsed.problems.push_back(fmt::format("date \"{}\" is not a date; the article is indexed without one", shown));
}

} // namespace pfind::corpus
