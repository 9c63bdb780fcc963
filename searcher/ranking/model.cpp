#include "searcher/ranking/model.hpp"

namespace pfind::searcher {

Xapian::BM25Weight RankingModel::first_stage() const {
  constexpr double k_no_length_bonus = 0; // BM25's k2
  constexpr double k_repeats_count = 1e6; // k3: a word that the query has twice counts twice
  return {k1, k_no_length_bonus, k_repeats_count, b, shortest};
}

} // namespace pfind::searcher
