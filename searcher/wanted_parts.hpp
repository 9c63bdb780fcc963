#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>
#include <xapian.h>

#include "searcher/index.hpp"
#include "searcher/query/builder.hpp"
#include "searcher/ranking/first_stage.hpp"
#include "searcher/ranking/model.hpp"

namespace pfind::searcher {

/// For each of the parts, those of the articles that have it. Of indexes that hold the same article, perhaps another
/// one too.
std::vector<std::set<Xapian::docid>> having(std::span<const WantedPart> parts, std::span<const Xapian::docid> articles,
                                            Snapshot& index);

/// How much of a query articles cover: the weights of the parts that they have, added up. A part weighs by its idf,
/// more where it names what the query is about, and so much that who has more of the query comes first.
class Coverage {
public:
  /// `parts` and `index` must outlive it. `of_names`: only these count, as where the query is a question, whose other
  /// words an answer need not have.
  Coverage(std::span<const WantedPart> parts, bool of_names, const RankingModel& model, Snapshot& index);

  /// Of an article that has all parts.
  double whole() const;

  /// Of each of the articles; none for those that have no part.
  std::map<Xapian::docid, double> of(std::span<const Xapian::docid> articles) const;

  /// What it adds to the weight of articles: of each part that weighs anything.
  std::vector<ConstantWeight> constant_weights() const;

  /// `query`, the coverage of an article added to its weight; as it is where there are no parts.
  Xapian::Query added_to(const Xapian::Query& query) const;

private:
  std::span<const WantedPart> parts_;
  std::vector<double> weights_; // of parts_
  Snapshot& index_;
};

} // namespace pfind::searcher
