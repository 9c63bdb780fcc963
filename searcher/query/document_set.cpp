#include "searcher/query/document_set.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pfind::searcher {
namespace {

/// For each shard, by its state, its accepted documents in increasing order.
using DocumentSets = std::map<std::string, std::vector<Xapian::docid>>;

/// What tells a shard from others where Xapian says no more: a copied index has the unique id of its origin.
std::string state_of(const Xapian::Database& shard) {
  return fmt::format("{} {} {}", shard.get_uuid(), shard.get_revision(), shard.get_doccount());
}

/// Matches exactly the documents of a set, without weight.
class SetSource : public Xapian::PostingSource {
public:
  explicit SetSource(std::shared_ptr<const DocumentSets> sets) : sets_(std::move(sets)) {}

  SetSource* clone() const override { return std::make_unique<SetSource>(sets_).release(); } // Xapian takes ownership
  void init(const Xapian::Database& shard) override {
    const auto it = sets_->find(state_of(shard));
    static const std::vector<Xapian::docid> none;
    documents_ = it == sets_->end() ? &none : &it->second;
    next_ = 0;
    started_ = false;
  }
  Xapian::doccount get_termfreq_min() const override { return get_termfreq_est(); }
  Xapian::doccount get_termfreq_est() const override { return static_cast<Xapian::doccount>(documents_->size()); }
  Xapian::doccount get_termfreq_max() const override { return get_termfreq_est(); }
  void next(double /*min_weight*/) override {
    if (started_) ++next_;
    started_ = true;
  }
  void skip_to(Xapian::docid document, double /*min_weight*/) override {
    started_ = true;
    const auto from = documents_->begin() + static_cast<std::ptrdiff_t>(next_);
    next_ = static_cast<std::size_t>(std::lower_bound(from, documents_->end(), document) - documents_->begin());
  }
  bool at_end() const override { return started_ && next_ >= documents_->size(); }
  Xapian::docid get_docid() const override { return (*documents_)[next_]; }
  std::string get_description() const override { return "SetSource"; }

private:
  std::shared_ptr<const DocumentSets> sets_;
  const std::vector<Xapian::docid>* documents_ = nullptr;
  std::size_t next_ = 0;
  bool started_ = false;
};

/// What a query finds in a shard, in increasing order.
std::vector<Xapian::docid> found_in(const Xapian::Database& shard, const Xapian::Query& query) {
  Xapian::Enquire enquire(shard);
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  const Xapian::MSet found = enquire.get_mset(0, shard.get_doccount());
  std::vector<Xapian::docid> documents(found.begin(), found.end());
  std::ranges::sort(documents);
  return documents;
}

/// `candidates` restricted to what `choose(shard)` gives for each shard: documents in increasing order.
template <typename Choose>
Xapian::Query chosen(const Xapian::Query& candidates, Snapshot& index, Choose&& choose) {
  auto sets = std::make_shared<DocumentSets>();
  for (Shard& shard : index.shards()) {
    const auto [place, is_new] = sets->try_emplace(state_of(shard.database));
    if (is_new) place->second = choose(shard.database); // else a copy, with the same articles
  }
  auto source = std::make_unique<SetSource>(std::move(sets));
  return {Xapian::Query::OP_FILTER, candidates, Xapian::Query(source.release()->release())};
}

} // namespace

Xapian::Query restricted(const Xapian::Query& candidates, Snapshot& index,
                         const std::function<bool(const Xapian::Document&)>& accept) {
  return chosen(candidates, index, [&](const Xapian::Database& shard) {
    std::vector<Xapian::docid> documents = found_in(shard, candidates);
    std::erase_if(documents, [&](Xapian::docid document) { return !accept(shard.get_document(document)); });
    return documents;
  });
}

Xapian::Query at_least(std::size_t least, const std::vector<Xapian::Query>& parts, Snapshot& index) {
  const Xapian::Query any(Xapian::Query::OP_OR, parts.begin(), parts.end());
  if (least <= 1) return any;
  return chosen(any, index, [&](const Xapian::Database& shard) {
    std::vector<std::size_t> matched(shard.get_lastdocid() + std::size_t{1}, 0);
    for (const Xapian::Query& part : parts) {
      for (const Xapian::docid document : found_in(shard, part)) ++matched[document];
    }
    std::vector<Xapian::docid> documents;
    for (std::size_t document = 0; document < matched.size(); ++document) {
      if (matched[document] >= least) documents.push_back(static_cast<Xapian::docid>(document));
    }
    return documents;
  });
}

} // namespace pfind::searcher
