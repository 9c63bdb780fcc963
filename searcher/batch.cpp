#include "searcher/batch.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <istream>
#include <variant>

#include "common/error.hpp"
#include "common/text/lines.hpp"
#include "searcher/query/parser.hpp"

namespace pfind::searcher {
namespace {

/// A query of no words is rather a slip than a wish for every article; an asterisk is one.
bool asks_for_nothing(const query::Node& tree, std::string_view text) {
  return std::holds_alternative<query::All>(tree.node) && text.find('*') == std::string_view::npos;
}

} // namespace

QueryReader::QueryReader(std::istream& in, std::string name, Report report)
    : in_(in), name_(std::move(name)), report_(std::move(report)) {}

std::optional<BatchQuery> QueryReader::next() {
  for (std::string line; read_line(line);) {
    if (text::trimmed(line).empty()) continue;
    if (auto query = query_of(line)) return query;
  }
  if (ids_.empty()) throw UsageError(fmt::format("{} holds no query; expected id<TAB>query a line", name_));
  return std::nullopt;
}

bool QueryReader::read_line(std::string& line) {
  errno = 0;
  if (!std::getline(in_, line)) {
    if (in_.bad()) throw UsageError(fmt::format("cannot read {}: {}", name_, std::strerror(errno)));
    return false;
  }
  ++number_;
  if (number_ == 1) line.erase(0, line.size() - text::without_byte_order_mark(line).size());
  return true;
}

std::optional<BatchQuery> QueryReader::query_of(const std::string& line) {
  const std::size_t tab = line.find('\t');
  const std::string id(text::trimmed(line.substr(0, tab)));
  if (tab == std::string::npos) {
    report("has no tab; expected id<TAB>query");
  } else if (id.empty()) {
    report("has no id; expected id<TAB>query");
  } else if (!ids_.insert(id).second) {
    report(fmt::format("the id {} occurs a second time; only the first query counts", id));
  } else {
    return BatchQuery{id, std::string(text::trimmed(line.substr(tab)))};
  }
  return std::nullopt;
}

void QueryReader::report(const std::string& problem) const {
  report_(fmt::format("{}, line {}: {}", name_, number_, problem));
}

Results search_one(Index& index, const BatchQuery& query, const SearchRequest& common, const Date& today) {
  query::ParsedQuery parsed = query::parse_query(query.text, today);
  SearchRequest request = common;
  request.query = query.text;
  request.tree = query::all_of({std::move(parsed.root), common.tree});
  Results results;
  if (asks_for_nothing(request.tree, query.text)) {
    results.query = query.text;
    results.notices.emplace_back("The query is empty; * finds every article.");
  } else {
    results = search(index, request);
  }
  results.query_id = query.id;
  results.notices.insert(results.notices.begin(), parsed.notices.begin(), parsed.notices.end());
  return results;
}

} // namespace pfind::searcher
