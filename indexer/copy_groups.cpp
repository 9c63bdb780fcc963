#include "indexer/copy_groups.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <span>
#include <stdexcept>

#include "common/index_files.hpp"
#include "common/schema.hpp"
#include "common/stored_article.hpp"

namespace pfind::indexer {
namespace {

Article stored_article(const Xapian::Document& document) {
  return decode_verified_article(document.get_data(), document.get_value(info(Field::digest).slot));
}

std::vector<Appearance> copies_in(const Xapian::Document& document) {
  return decode_appearances(document.get_value(info(Field::copies).slot));
}

std::string same_term(const std::string& key) { return term_for(Field::same, key); }

} // namespace

/// One settlement under way.
class CopyGroups::Settlement {
public:
  Settlement(CopyGroups& copies, const std::function<void(PreparedArticle&)>& complete, const Recognizer* recognizer)
      : copies_(copies), database_(copies.database_), complete_(complete), recognizer_(recognizer) {}

  Moved run() {
    load_all();
    std::vector<ArticleCopy> all;
    for (const Member& member : members_) all.push_back(member.copy);
    std::size_t hidden = 0;
    for (const std::vector<std::size_t>& group : groups_of(all)) {
      settle(group);
      hidden += group.size() - 1;
    }
    for (const auto& [document, count] : hidden_before_) {
      if (!kept_.contains(document)) database_.delete_document(document);
      copies_.hidden_ -= count;
    }
    copies_.hidden_ += hidden;
    return std::move(moved_);
  }

private:
  /// An article that is looked at.
  struct Member {
    ArticleCopy copy;
    Xapian::docid document = 0; ///< that shows it, or stood for it
    bool is_shown = false;
  };

  /// Loads every group that changed, and all that has something in common with an article of those.
  void load_all() {
    for (const std::string& key : copies_.keys_) load_with(key);
    for (const Xapian::docid document : copies_.reduced_) load(document);
    for (const Xapian::docid document : copies_.orphaned_) load(document);
    for (std::size_t i = 0; i < members_.size(); ++i) { // NOLINT(modernize-loop-convert): which grows
      for (const std::string& key : keys_of(members_[i].copy)) load_with(same_term(key));
    }
  }

  void load_with(const std::string& term) {
    if (!loaded_.insert(term).second) return;
    const std::vector<Xapian::docid> documents(database_.postlist_begin(term), database_.postlist_end(term));
    for (const Xapian::docid document : documents) load(document);
  }

  void load(Xapian::docid number) {
    const auto [place, is_new] = hidden_before_.emplace(number, 0);
    if (!is_new) return;
    const Xapian::Document document = database_.get_document(number);
    if (!copies_.orphaned_.contains(number)) members_.push_back({copy_of(stored_article(document)), number, true});
    for (const Appearance& copy : copies_in(document)) {
      ++place->second;
      if (const auto article = copies_.hidden_at(copy.location)) // else it was removed
        members_.push_back({copy_of(*article), number, false});
    }
  }

  void settle(const std::vector<std::size_t>& group) {
    if (is_settled(group)) return;
    Member& shown = members_[group.front()];
    PreparedArticle prepared = shown.is_shown ? as_it_is(shown) : brought_out(shown);
    std::vector<ArticleCopy> others;
    for (const std::size_t i : std::span(group).subspan(1)) {
      hide(members_[i]);
      others.push_back(members_[i].copy);
    }
    DocumentBuilder::set_copies(others, prepared);
    complete_(prepared);
    if (shown.is_shown) {
      database_.replace_document(shown.document, prepared.document);
      kept_.insert(shown.document);
      return;
    }
    const Xapian::docid document = database_.add_document(prepared.document);
    copies_.metadata_.set(copy_key(shown.copy.place.location), "");
    moved_.shown.emplace_back(shown.copy.place.location, document);
  }

  /// Whether a group is one that was there before and lost nothing.
  bool is_settled(const std::vector<std::size_t>& group) {
    const Member& shown = members_[group.front()];
    const Xapian::docid document = shown.document;
    const bool is_whole = shown.is_shown && !copies_.reduced_.contains(document) &&
                          hidden_before_.at(document) == group.size() - 1 &&
                          std::ranges::all_of(group, [&](std::size_t i) { return members_[i].document == document; });
    if (is_whole) kept_.insert(document);
    return is_whole;
  }

  PreparedArticle as_it_is(const Member& member) const {
    return {.copy = member.copy, .document = database_.get_document(member.document)};
  }

  PreparedArticle brought_out(const Member& member) {
    if (recognizer_ == nullptr) throw std::logic_error("an article came out of hiding and nothing recognizes it");
    const Article article = copies_.hidden_at(member.copy.place.location).value();
    return builder_.build(article, recognizer_->recognize(article));
  }

  void hide(const Member& member) {
    if (!member.is_shown) return;
    const Xapian::Document document = database_.get_document(member.document);
    copies_.metadata_.set(
        copy_key(member.copy.place.location),
        with_digest(encoded_article(document.get_data()), document.get_value(info(Field::digest).slot)));
    moved_.hidden.emplace_back(member.copy.place.location, member.document);
  }

  CopyGroups& copies_;
  Xapian::WritableDatabase& database_;
  const std::function<void(PreparedArticle&)>& complete_;
  const Recognizer* recognizer_;
  DocumentBuilder builder_;
  std::vector<Member> members_;
  std::map<Xapian::docid, std::size_t> hidden_before_; // documents looked at -> articles that were hidden behind them
  std::set<std::string> loaded_;                       // terms
  std::set<Xapian::docid> kept_;
  Moved moved_;
};

CopyGroups::CopyGroups(Xapian::WritableDatabase database, SummedMetadata& metadata)
    : database_(std::move(database)), metadata_(metadata), hidden_(stored_count()) {}

std::size_t CopyGroups::stored_count() const {
  return std::strtoull(database_.get_metadata(std::string(metadata::k_copies)).c_str(), nullptr, 10);
}

std::optional<Article> CopyGroups::hidden_at(const ArticleLocation& location) const {
  if (!any()) return std::nullopt;
  const std::string stored = database_.get_metadata(copy_key(location));
  return stored.empty() ? std::nullopt : std::optional(decode_with_digest(stored));
}

std::vector<ArticleLocation> CopyGroups::hidden_in(const std::string& path) const {
  std::vector<ArticleLocation> locations;
  if (!any()) return locations;
  const std::string prefix = copy_key_prefix(path);
  for (auto key = database_.metadata_keys_begin(prefix); key != database_.metadata_keys_end(prefix); ++key)
    locations.push_back({path, decode_with_digest(database_.get_metadata(*key)).record});
  return locations;
}

std::optional<Xapian::docid> CopyGroups::shown_at(const ArticleLocation& location) const {
  const std::string term = term_for(Field::location, location.text());
  const auto shows_it = [&](Xapian::docid document) {
    return !orphaned_.contains(document) && (!is_group(document) || location_of(document) == location);
  };
  const auto it = std::find_if(database_.postlist_begin(term), database_.postlist_end(term), shows_it);
  return it == database_.postlist_end(term) ? std::nullopt : std::optional(*it);
}

std::vector<Xapian::docid> CopyGroups::documents_of(const std::string& path) const {
  const std::string term = term_for(Field::file, path);
  return {database_.postlist_begin(term), database_.postlist_end(term)};
}

bool CopyGroups::shows(Xapian::docid document, const std::string& path) const {
  return !orphaned_.contains(document) && (!is_group(document) || location_of(document).path == path);
}

ArticleLocation CopyGroups::location_of(Xapian::docid document) const {
  Article article = decode_article(database_.get_document(document).get_data(), false);
  return {std::move(article.path), std::move(article.record)};
}

bool CopyGroups::is_group(Xapian::docid document) const {
  return any() && !database_.get_document(document).get_value(info(Field::copies).slot).empty();
}

void CopyGroups::note(const ArticleCopy& copy) {
  for (const std::string& key : keys_of(copy)) {
    if (std::string term = same_term(key); database_.term_exists(term)) keys_.insert(std::move(term));
  }
}

void CopyGroups::note(Xapian::docid document) {
  const std::string prefix{info(Field::same).prefix};
  auto term = database_.termlist_begin(document);
  for (term.skip_to(prefix); term != database_.termlist_end(document) && (*term).starts_with(prefix); ++term) {
    if (database_.get_termfreq(*term) > 1) keys_.insert(*term);
  }
}

void CopyGroups::note_all() {
  const std::string prefix{info(Field::same).prefix};
  for (auto term = database_.allterms_begin(prefix); term != database_.allterms_end(prefix); ++term) {
    if (term.get_termfreq() > 1) keys_.insert(*term);
  }
}

Xapian::docid CopyGroups::add(const PreparedArticle& article) {
  note(article.copy);
  return database_.add_document(article.document);
}

Xapian::docid CopyGroups::replace(Xapian::docid document, const PreparedArticle& article) {
  if (is_group(document)) {
    orphaned_.insert(document);
    return add(article);
  }
  note(document);
  note(article.copy);
  database_.replace_document(document, article.document);
  return document;
}

void CopyGroups::remove(Xapian::docid document) {
  if (is_group(document)) {
    orphaned_.insert(document);
    return;
  }
  note(document);
  database_.delete_document(document);
}

void CopyGroups::remove_hidden(const ArticleLocation& location) {
  const std::string term = term_for(Field::location, location.text());
  reduced_.insert(database_.postlist_begin(term), database_.postlist_end(term));
  metadata_.set(copy_key(location), "");
}

CopyGroups::Moved CopyGroups::settle(const std::function<void(PreparedArticle&)>& complete,
                                     const Recognizer* recognizer) {
  if (keys_.empty() && reduced_.empty() && orphaned_.empty()) return {};
  const std::size_t before = hidden_;
  Moved moved = Settlement(*this, complete, recognizer).run();
  if (hidden_ != before) metadata_.set(std::string(metadata::k_copies), hidden_ == 0 ? "" : std::to_string(hidden_));
  keys_.clear();
  reduced_.clear();
  orphaned_.clear();
  return moved;
}

void CopyGroups::cancel() {
  keys_.clear();
  reduced_.clear();
  orphaned_.clear();
  hidden_ = stored_count();
}

} // namespace pfind::indexer
