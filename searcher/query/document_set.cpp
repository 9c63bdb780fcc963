#include "searcher/query/document_set.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <string>
#include <utility>

#include "searcher/of_document.hpp"
#include "searcher/query/matches.hpp"

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

/// What all copies of a TextSource share: who decides, and what is decided.
struct Decisions {
  enum class State : std::uint8_t { open, accepted, refused };

  Acceptance accept;
  Refusal refuse; ///< empty for none
  std::shared_ptr<StoredText> text;
  std::map<std::string, std::vector<State>> of_shard{}; ///< by the shard's state, by docid
  std::map<std::string, const PostingLists*> lists{};   ///< by the shard's state
};

/// Matches the documents whose stored text is accepted, without weight. Claims to match every document, so that Xapian
/// asks it last, about documents that match all else.
class TextSource : public Xapian::PostingSource {
public:
  explicit TextSource(std::shared_ptr<Decisions> decisions) : decisions_(std::move(decisions)) {}

  TextSource* clone() const override { return std::make_unique<TextSource>(decisions_).release(); }
  void init(const Xapian::Database& shard) override {
    shard_ = shard;
    last_ = shard.get_lastdocid();
    name_ = state_of(shard);
    states_ = &decisions_->of_shard[name_];
    states_->resize(std::size_t{last_} + 1);
    lists_ = decisions_->lists.at(name_);
    document_ = 0;
  }
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return shard_.get_doccount(); }
  Xapian::doccount get_termfreq_max() const override { return shard_.get_doccount(); }
  void next(double min_weight) override { skip_to(document_ + 1, min_weight); }
  void skip_to(Xapian::docid document, double /*min_weight*/) override {
    auto it = shard_.postlist_begin("");
    for (it.skip_to(std::max(document, document_)); it != shard_.postlist_end(""); ++it) {
      document_ = *it;
      if (is_accepted(document_)) return;
    }
    document_ = last_ + 1;
  }
  bool check(Xapian::docid document, double /*min_weight*/) override {
    document_ = document;
    return is_accepted(document);
  }
  bool at_end() const override { return document_ > last_; }
  Xapian::docid get_docid() const override { return document_; }
  std::string get_description() const override { return "TextSource"; }

private:
  bool is_accepted(Xapian::docid document) {
    Decisions::State& state = of_document(*states_, document);
    if (state == Decisions::State::open && decisions_->refuse) {
      if (!decisions_->text->may_glance()) return true;
      if (is_refused(document)) state = Decisions::State::refused;
    }
    if (state == Decisions::State::open) {
      if (!decisions_->text->open(*lists_, name_, document)) return true;
      state = decisions_->accept(*decisions_->text) ? Decisions::State::accepted : Decisions::State::refused;
    }
    return state == Decisions::State::accepted;
  }

  bool is_refused(Xapian::docid document) const {
    const std::string stored = lists_->value(document, info(Field::forward).slot);
    return !stored.empty() && decisions_->refuse(ForwardText(stored));
  }

  std::shared_ptr<Decisions> decisions_;
  Xapian::Database shard_;
  std::string name_; // of the shard's state
  std::vector<Decisions::State>* states_ = nullptr;
  const PostingLists* lists_ = nullptr;
  Xapian::docid last_ = 0;
  Xapian::docid document_ = 0;
};

/// A source as a query; Xapian takes it over.
template <class Source, class Shared>
Xapian::Query source_query(Shared shared) {
  return Xapian::Query(std::make_unique<Source>(std::move(shared)).release()->release());
}

} // namespace

Xapian::Query restricted(const Xapian::Query& candidates, Acceptance accept, std::shared_ptr<StoredText> text,
                         Snapshot& index, Refusal refuse) {
  auto decisions = std::make_shared<Decisions>(Decisions{std::move(accept), std::move(refuse), std::move(text)});
  for (const Shard& shard : index.shards()) decisions->lists.emplace(state_of(shard.database), &shard.lists);
  return {Xapian::Query::OP_FILTER, candidates, source_query<TextSource>(std::move(decisions))};
}

Xapian::Query documents(Snapshot& index,
                        const std::function<std::vector<Xapian::docid>(const PostingLists&)>& documents_of) {
  DocumentSets sets;
  for (const Shard& shard : index.shards()) {
    const auto [place, is_new] = sets.try_emplace(state_of(shard.database));
    if (is_new) place->second = documents_of(shard.lists); // else a copy, with the same articles
  }
  return source_query<SetSource>(std::make_shared<const DocumentSets>(std::move(sets)));
}

Xapian::Query with_most_of(std::span<const Xapian::Query> parts, const Xapian::Query& query, Snapshot& index) {
  const auto documents_of = [&](const PostingLists& lists) {
    std::vector<std::size_t> matched(lists.last_article() + std::size_t{1}, 0);
    for (const Xapian::Query& part : parts)
      matches(part, lists).for_each([&](Xapian::docid document) { ++matched[document]; });
    std::vector<Xapian::docid> most;
    for (std::size_t document = 0; document < matched.size(); ++document) {
      if (2 * matched[document] > parts.size()) most.push_back(static_cast<Xapian::docid>(document));
    }
    return most;
  };
  return {Xapian::Query::OP_FILTER, query, documents(index, documents_of)};
}

} // namespace pfind::searcher
