#include "searcher/wanted_parts.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>

#include "common/schema.hpp"

namespace pfind::searcher {
namespace {

/// How much a part says: as its words do on average, so that two spellings are no more than one.
double idf(const WantedPart& part, Snapshot& index) {
  double sum = 0;
  double terms = 0;
  for (auto term = part.query.get_unique_terms_begin(); term != part.query.get_terms_end(); ++term) {
    sum += index.statistics().of(*term).idf;
    ++terms;
  }
  return terms > 0 ? sum / terms : 1;
}

/// What having each of the parts is worth. One that is a name is worth more than the rarest word.
std::vector<double> weights(std::span<const WantedPart> parts, bool of_names, const RankingModel& model,
                            Snapshot& index) {
  std::vector<double> idfs;
  for (const WantedPart& part : parts) idfs.push_back(idf(part, index));
  const double highest = idfs.empty() ? 0 : *std::ranges::max_element(idfs);
  std::vector<double> weights;
  for (std::size_t i = 0; i < parts.size(); ++i)
    weights.push_back(model.coverage * ((of_names ? 0 : idfs[i]) + model.coverage_name * parts[i].is_name * highest));
  return weights;
}

/// A query that finds these articles.
Xapian::Query just(std::span<const Xapian::docid> articles, const ComparedDatabase& database) {
  const std::string prefix{info(Field::location).prefix};
  std::vector<std::string> locations;
  for (const Xapian::docid article : articles) {
    auto term = database.termlist_begin(article);
    term.skip_to(prefix);
    if (term != database.termlist_end(article)) locations.push_back(*term);
  }
  return {Xapian::Query::OP_OR, locations.begin(), locations.end()};
}

std::set<Xapian::docid> found_by(const Xapian::Query& query, std::size_t at_most, const ComparedDatabase& database) {
  Xapian::Enquire enquire(database.for_query(query));
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const Xapian::MSet found =
      enquire.get_mset(0, static_cast<Xapian::doccount>(2 * at_most)); // two indexes may hold one
  return {found.begin(), found.end()};
}

using Articles = std::set<Xapian::docid>;

/// Which of a few articles a query finds: word by word in the posting lists, which is several times faster than asking
/// Xapian to match; what is more than words is asked so.
class Finder {
public:
  Finder(std::span<const Xapian::docid> articles, const ComparedDatabase& database)
      : articles_(articles.begin(), articles.end()), database_(database) {}

  Articles find(const Xapian::Query& query) {
    switch (query.get_type()) {
    case Xapian::Query::LEAF_TERM: return of_term(*query.get_terms_begin());
    case Xapian::Query::LEAF_MATCH_NOTHING: return {};
    case Xapian::Query::OP_SCALE_WEIGHT: return find(query.get_subquery(0));
    case Xapian::Query::OP_OR:
    case Xapian::Query::OP_SYNONYM: return of_any(query);
    default: return matching(query);
    }
  }

private:
  Articles of_term(const std::string& term) const {
    Articles found;
    auto posting = database_.postlist_begin(term);
    for (const Xapian::docid article : articles_) {
      if (posting == database_.postlist_end(term)) break;
      posting.skip_to(article);
      if (posting != database_.postlist_end(term) && *posting == article) found.insert(article);
    }
    return found;
  }

  Articles of_any(const Xapian::Query& query) {
    Articles found;
    for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) found.merge(find(query.get_subquery(i)));
    return found;
  }

  Articles matching(const Xapian::Query& query) {
    if (these_.empty()) these_ = just(std::vector<Xapian::docid>(articles_.begin(), articles_.end()), database_);
    return found_by({Xapian::Query::OP_FILTER, these_, query}, articles_.size(), database_);
  }

  Articles articles_; // in order, as posting lists are read
  const ComparedDatabase& database_;
  Xapian::Query these_; // made when first needed
};

} // namespace

std::vector<std::set<Xapian::docid>> having(std::span<const WantedPart> parts, std::span<const Xapian::docid> articles,
                                            Snapshot& index) {
  Finder finder(articles, index.database());
  std::vector<std::set<Xapian::docid>> all;
  for (const WantedPart& part : parts) all.push_back(finder.find(part.query));
  return all;
}

Coverage::Coverage(std::span<const WantedPart> parts, bool of_names, const RankingModel& model, Snapshot& index)
    : parts_(parts), weights_(weights(parts, of_names, model, index)), index_(index) {}

double Coverage::whole() const { return std::accumulate(weights_.begin(), weights_.end(), 0.0); }

std::map<Xapian::docid, double> Coverage::of(std::span<const Xapian::docid> articles) const {
  std::map<Xapian::docid, double> covered;
  const std::vector<std::set<Xapian::docid>> all = having(parts_, articles, index_);
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    for (const Xapian::docid article : all[i]) covered[article] += weights_[i];
  }
  return covered;
}

std::vector<ConstantWeight> Coverage::constant_weights() const {
  std::vector<ConstantWeight> all;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (weights_[i] > 0) all.push_back({parts_[i].query, weights_[i]});
  }
  return all;
}

Xapian::Query Coverage::added_to(const Xapian::Query& query) const {
  if (parts_.empty()) return query;
  std::vector<Xapian::Query> parts;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    auto source = std::make_unique<Xapian::FixedWeightPostingSource>(weights_[i]);
    parts.emplace_back(Xapian::Query::OP_AND, parts_[i].query * 0,
                       Xapian::Query(source.release()->release())); // Xapian takes it over
  }
  return {Xapian::Query::OP_AND_MAYBE, query, Xapian::Query(Xapian::Query::OP_OR, parts.begin(), parts.end())};
}

} // namespace pfind::searcher
