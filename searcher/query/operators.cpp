#include "searcher/query/operators.hpp"

namespace pfind::searcher {

Xapian::Query combine(Xapian::Query::op op, const std::vector<Xapian::Query>& queries) {
  if (queries.size() == 1) return queries.front();
  return {op, queries.begin(), queries.end()};
}

Xapian::Query otherwise(const Xapian::Query& query, const Xapian::Query& alternative) {
  return {Xapian::Query::OP_OR, query, Xapian::Query(Xapian::Query::OP_AND_NOT, alternative, query)};
}

std::vector<Xapian::Query> parts_of(const Xapian::Query& query) {
  std::vector<Xapian::Query> parts;
  for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) parts.push_back(query.get_subquery(i));
  return parts;
}

std::vector<std::string> terms_of(const Xapian::Query& query) {
  std::vector<std::string> terms;
  for (const Xapian::Query& part : parts_of(query)) terms.push_back(*part.get_terms_begin());
  return terms;
}

Xapian::Query phrase_of(const std::vector<std::string>& terms, std::string_view prefix) {
  std::vector<Xapian::Query> queries;
  for (const std::string& term : terms) queries.emplace_back(std::string(prefix) + term);
  return combine(Xapian::Query::OP_PHRASE, queries);
}

} // namespace pfind::searcher
