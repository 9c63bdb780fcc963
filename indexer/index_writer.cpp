#include "indexer/index_writer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <future>
#include <iterator>
#include <span>
#include <stdexcept>
#include <utility>

#include "common/at_once.hpp"
#include "common/block_sums.hpp"
#include "common/codec.hpp"
#include "common/index_files.hpp"
#include "common/stored_article.hpp"
#include "common/version_file.hpp"
#include "common/xapian_error.hpp"
#include "indexer/catalog_entries.hpp"
#include "indexer/named_articles.hpp"

namespace pfind::indexer {
namespace fs = std::filesystem;
IndexWriter::IndexWriter(fs::path index, Mode mode, LazyCatalog listed, Filling filling)
    : index_(std::move(index)), mode_(mode), listed_(std::move(listed)), filling_(filling) {
  with_translated_errors("open", index_.string(), [&] { open(); });
}

void IndexWriter::open() {
  live_ = index_files::live_generation(index_);
  const bool make = mode_ == Mode::rebuild || !live_;
  generation_ = make ? live_.value_or(0) + 1 : *live_;
  index_files::remove_remains(index_, live_); // a generation may have the number of ours
  const fs::path path = index_files::generation(index_, generation_);
  if (!make) {
    check_version_file(path);
    renew_sums(); // of a commit after which the last writer was killed
  }
  database_ = Xapian::WritableDatabase(path.string(), make ? Xapian::DB_CREATE : Xapian::DB_OPEN);
  if (make) {
    metadata_ = std::make_unique<SummedMetadata>(database_);
    set_metadata(std::string(metadata::k_schema), std::to_string(k_schema_version));
    set_metadata(std::string(metadata::k_analyzer), std::to_string(text::k_analyzer_version));
    metadata_->settle();
    database_.commit();
  }
  state().check_versions();
  may_load_ = filling_.builder != Builder::none && database_.get_doccount() == 0;
  if (make && mode_ == Mode::update && !may_load_) make_live();
  begin_changes();
}

/// What is committed holds also where its sums cannot be written: readers do without, and the next writer makes them.
void IndexWriter::renew_sums() {
  const fs::path path = index_files::generation(index_, generation_);
  sums_failure_.reset();
  try {
    if (guard_ != nullptr) return guard_->renew();
    glass::renew_block_sums(path);
    guard_ = std::make_unique<BlockGuard>(path);
  } catch (const Xapian::DatabaseCorruptError&) {
    throw;
  } catch (const Xapian::DatabaseError& error) {
    sums_failure_ = message_of(error);
  }
}

void IndexWriter::begin_changes() {
  // Outside a transaction Xapian commits by itself, after many changes and when the database is closed: articles
  // without the names of their facet values.
  database_.begin_transaction();
  copies_.reset();
  metadata_ = std::make_unique<SummedMetadata>(database_);
  copies_.emplace(database_, *metadata_);
}

/// The database, for whoever must look into it.
Xapian::WritableDatabase& IndexWriter::database() {
  end_load();
  return database_;
}

/// Likewise.
CopyGroups& IndexWriter::copies() {
  end_load();
  return *copies_;
}

void IndexWriter::begin_load() {
  std::map<std::string, std::string> known;
  for (auto key = database_.metadata_keys_begin(); key != database_.metadata_keys_end(); ++key)
    known.emplace(*key, database_.get_metadata(*key));
  copies_.reset();
  metadata_.reset();
  database_.cancel_transaction();
  database_.close();
  guard_.reset();
  if (generation_ == live_) ++generation_;
  load_ = std::make_unique<BulkLoad>(index_, index_files::generation(index_, generation_), filling_);
  for (const auto& [key, text] : known) load_->set_metadata(key, text);
}

void IndexWriter::end_load() {
  if (!load_) return;
  const bool is_settled = recognizer_ != nullptr && settle_load();
  write_dictionaries();
  translated("write to", [&] {
    database_ = load_->finish();
    load_.reset();
    begin_changes();
    if (!is_settled) copies_->note_all();
  });
}

/// Settles the copies among the articles of a bulk load, as CopyGroups does, while there is no database yet: a few
/// articles in each of many lists later, and the tables would be half as large again. Returns false where there are too
/// many to do so.
bool IndexWriter::settle_load() {
  const auto articles = load_->possible_copies();
  if (!articles) return false;
  std::vector<Xapian::docid> documents;
  std::vector<ArticleCopy> copies;
  for (const auto& [document, article] : *articles) {
    documents.push_back(document);
    copies.push_back(copy_of(article));
  }
  DocumentBuilder builder;
  std::size_t hidden = 0;
  for (const std::vector<std::size_t>& group : groups_of(copies)) {
    if (group.size() == 1) continue;
    std::vector<ArticleCopy> others;
    for (const std::size_t i : std::span(group).subspan(1)) {
      const Article& article = articles->at(documents[i]);
      others.push_back(copies[i]);
      load_->remove(documents[i]);
      load_->set_metadata(copy_key(copies[i].place.location), with_digest(encode(article), content_digest(article)));
      note_hidden(copies[i].place.location, documents[i]);
    }
    hidden += others.size();
    const Article& shown = articles->at(documents[group.front()]);
    PreparedArticle prepared = builder.build(shown, recognizer_->recognize(shown));
    DocumentBuilder::set_copies(others, prepared);
    number_facets(prepared);
    record_compounds(prepared);
    load_->replace(documents[group.front()], std::move(prepared));
  }
  if (hidden > 0) set_metadata(std::string(metadata::k_copies), std::to_string(hidden));
  return true;
}

std::string IndexWriter::metadata(const std::string& key) const {
  return load_ ? load_->metadata(key) : database_.get_metadata(key);
}

void IndexWriter::set_metadata(const std::string& key, const std::string& value) {
  if (load_) return load_->set_metadata(key, value);
  translated("write to", [&] { metadata_->set(key, value); });
}

void IndexWriter::add_root(const std::string& path) { set_metadata(fit_term(metadata::k_root, path), path); }

void IndexWriter::remove_root(const std::string& path) { set_metadata(fit_term(metadata::k_root, path), ""); }

void IndexWriter::set_reading(const ReadingSettings& reading) {
  if (state().reading() != reading) set_metadata(std::string(metadata::k_reading), encode(reading));
}

void IndexWriter::set_looked_for(const std::string& names) { set_metadata(std::string(metadata::k_looked_for), names); }

void IndexWriter::set_settings(const std::string& settings) { set_metadata(std::string(metadata::k_names), settings); }

void IndexWriter::prepare() {
  const auto listing = std::async(k_at_once, [this] { listed_.get(); });
  translated("read", [&] {
    for (const EntityKind kind : k_entity_kinds) dictionary(field_of(kind));
  });
}

PutResult IndexWriter::put(PreparedArticle article, bool even_unchanged, Place place) {
  return translated("write to", [&] {
    const auto write = [&](std::optional<Xapian::docid> existing) {
      number_facets(article);
      record_compounds(article);
      is_catalog_stale_ = true;
      if (load_)
        met_.insert(load_->add(std::move(article)));
      else
        met_.insert(existing ? copies_->replace(*existing, article) : copies_->add(article));
    };
    if (may_load_ && place == Place::empty) begin_load();
    may_load_ = false;
    if (article.encoded && (!takes_encoded() || place != Place::empty))
      throw std::logic_error("an encoded article for an index that is not filled by the bulk builder");
    const ArticleLocation& location = article.copy.place.location;
    const auto existing = place == Place::empty ? std::nullopt : copies().shown_at(location);
    const auto hidden = place == Place::empty || existing ? std::nullopt : copies().hidden_at(location);
    if (!even_unchanged && is_same(article, existing, hidden)) {
      if (existing) met_.insert(*existing);
      if (hidden) met_hidden_.insert(location);
      return PutResult::unchanged;
    }
    if (hidden) copies_->remove_hidden(location);
    write(existing);
    return existing || hidden ? PutResult::changed : PutResult::added;
  });
}

/// Whether an article is the one that is at its place, shown or hidden.
bool IndexWriter::is_same(const PreparedArticle& article, std::optional<Xapian::docid> shown,
                          const std::optional<Article>& hidden) const {
  if (!shown) return hidden && content_digest(*hidden) == article.digest;
  return database_.get_document(*shown).get_value(info(Field::digest).slot) == article.digest;
}

/// Puts the numbers of an article's facet values into its value slots.
void IndexWriter::number_facets(PreparedArticle& article) {
  for (const auto& [field, values] : article.facets) {
    FacetDictionary& names = dictionary(field);
    std::vector<std::uint32_t> numbers;
    for (const std::string& value : values) {
      const std::uint32_t known = names.size();
      const std::uint32_t number = names.add(value);
      if (std::ranges::find(numbers, number) == numbers.end()) numbers.push_back(number); // in the order of mention
      if (number < known) continue;
      changed_blocks_.emplace(field, number / FacetDictionary::k_block);
    }
    const Xapian::valueno slot = info(field).slot;
    if (article.encoded)
      article.encoded->add_value(slot, codec::encode_numbers(numbers));
    else
      article.document.add_value(slot, codec::encode_numbers(numbers));
  }
}

void IndexWriter::renew_catalog(const std::string& digest) {
  const std::string made_with = catalog_version(digest);
  if (!is_catalog_stale_ && metadata(std::string(metadata::k_catalog)) == made_with) return;
  end_load();
  translated("write to", [&] {
    settle_copies();
    const UsedNames used = used_names(database_);
    for (const EntityKind kind : k_entity_kinds) dictionary(field_of(kind)); // read, if they are not yet
    auto joining = std::async(k_at_once, [&] {
      return catalog_entries(
          join_names(used, *listed_.get()), [this](Field field) -> FacetDictionary& { return dictionaries_.at(field); },
          [this](Field field, std::uint32_t number) {
            changed_blocks_.emplace(field, number / FacetDictionary::k_block);
          });
    });
    TextPool texts;
    const std::vector<CatalogEntry> mappings = entries_below(metadata::k_mapping, texts);
    const std::vector<CatalogEntry> aliases = entries_below(metadata::k_alias, texts);
    const std::vector<CatalogEntry> members = entries_below(metadata::k_member, texts);
    const CatalogEntries entries = joining.get();
    replace_entries(mappings, entries.mappings);
    replace_entries(aliases, entries.aliases);
    replace_entries(members, entries.members);
    set_metadata(std::string(metadata::k_catalog), made_with);
  });
  is_catalog_stale_ = false;
}

/// What there is below a metadata key, in the order of keys.
std::vector<CatalogEntry> IndexWriter::entries_below(std::string_view prefix, TextPool& texts) const {
  const std::string start{prefix};
  std::vector<CatalogEntry> entries;
  for (auto it = database_.metadata_keys_begin(start); it != database_.metadata_keys_end(start); ++it) {
    const std::string key = *it;
    entries.push_back({texts.keep(key), texts.keep(database_.get_metadata(key))});
  }
  return entries;
}

/// Writes what differs.
void IndexWriter::replace_entries(std::span<const CatalogEntry> old, std::span<const CatalogEntry> entries) {
  auto known = old.begin();
  for (const CatalogEntry& entry : entries) {
    for (; known != old.end() && known->key < entry.key; ++known) metadata_->set(std::string(known->key), "");
    const bool is_there = known != old.end() && known->key == entry.key;
    if (!is_there || known->text != entry.text) metadata_->set(std::string(entry.key), std::string(entry.text));
    if (is_there) ++known;
  }
  for (; known != old.end(); ++known) metadata_->set(std::string(known->key), "");
}

std::vector<Xapian::docid> IndexWriter::articles_with(const std::vector<NamesEntry>& names) {
  return translated("read", [&] { return find_articles_with(names, database()); });
}

Article IndexWriter::article(Xapian::docid document) {
  return translated("read", [&] {
    const Xapian::Document stored = database().get_document(document);
    return decode_verified_article(stored.get_data(), stored.get_value(info(Field::digest).slot));
  });
}

bool IndexWriter::put_entities(Xapian::docid number, const ArticleEntities& entities) {
  return translated("write to", [&] {
    PreparedArticle article{.document = database().get_document(number)};
    remove_entities(article.document);
    DocumentBuilder::add_entities(entities, article);
    number_facets(article);
    if (says_the_same(database_.get_document(number), article.document)) return false;
    is_catalog_stale_ = true;
    database_.replace_document(number, article.document);
    return true;
  });
}

/// Remembers of which words a joined form is made, so that a query for `wifi` also tries `wi fi`.
void IndexWriter::record_compounds(const PreparedArticle& article) {
  for (const auto& [joined, parts] : article.compounds) {
    if (!known_compounds_.insert(joined).second) continue;
    const std::string key = fit_term(metadata::k_compound, joined);
    if (metadata(key).empty()) set_metadata(key, parts);
  }
}

FacetDictionary& IndexWriter::dictionary(Field field) {
  const auto [it, is_new] = dictionaries_.try_emplace(field, field);
  if (!is_new) return it->second;
  try {
    it->second.load([&](const std::string& key) { return metadata(key); });
  } catch (const codec::DecodeError& error) {
    throw IndexError(fmt::format("the index {} is damaged ({} of {} names); pindex --check --repair mends it",
                                 index_.string(), error.what(), info(field).name));
  }
  return it->second;
}

void IndexWriter::write_dictionaries() {
  for (const auto& [field, block] : changed_blocks_) {
    const FacetDictionary& names = dictionary(field);
    set_metadata(names.block_key(block), names.block(block));
  }
  changed_blocks_.clear();
}

std::uint64_t IndexWriter::finish_file(const FileRecord& record, Place place) {
  return translated("write to", [&] {
    const std::uint64_t removed = place == Place::empty ? 0 : remove_articles(record.file.path, Spare::met);
    met_.clear();
    met_hidden_.clear();
    remember_file(record);
    return removed;
  });
}

/// Removes the articles of a file; returns how many these were.
std::uint64_t IndexWriter::remove_articles(const std::string& path, Spare spare) {
  std::uint64_t removed = 0;
  for (const ArticleLocation& location : copies().hidden_in(path)) {
    if (spare == Spare::met && met_hidden_.contains(location)) continue;
    copies_->remove_hidden(location);
    ++removed;
  }
  for (const Xapian::docid document : copies_->documents_of(path)) {
    if ((spare == Spare::met && met_.contains(document)) || !copies_->shows(document, path)) continue;
    copies_->remove(document);
    ++removed;
  }
  is_catalog_stale_ = is_catalog_stale_ || removed > 0;
  return removed;
}

std::uint64_t IndexWriter::article_count(const std::string& path) {
  return translated("read", [&] {
    const auto documents = copies().documents_of(path);
    const auto shown =
        std::ranges::count_if(documents, [&](Xapian::docid document) { return copies_->shows(document, path); });
    return static_cast<std::uint64_t>(shown) + copies_->hidden_in(path).size();
  });
}

std::uint64_t IndexWriter::finish_stream(FileRecord record) {
  record.articles = article_count(record.file.path);
  const std::uint64_t others = record.articles - met_.size() - met_hidden_.size();
  met_.clear();
  met_hidden_.clear();
  remember_file(record);
  return others;
}

void IndexWriter::remember_file(const FileRecord& record) {
  set_metadata(fit_term(metadata::k_file, record.file.path), encode(record));
}

std::uint64_t IndexWriter::remove_file(const std::string& path) {
  return translated("write to", [&] {
    const std::uint64_t removed = remove_articles(path, Spare::none);
    set_metadata(fit_term(metadata::k_file, path), "");
    return removed;
  });
}

/// What was met while its file is still being read counts as met wherever it is now.
void IndexWriter::note_hidden(const ArticleLocation& location, Xapian::docid document) {
  if (met_.erase(document) > 0) met_hidden_.insert(location);
}

void IndexWriter::settle_copies() {
  const auto complete = [this](PreparedArticle& article) {
    number_facets(article);
    record_compounds(article);
  };
  const CopyGroups::Moved moved = copies_->settle(complete, recognizer_);
  for (const auto& [location, document] : moved.hidden) note_hidden(location, document);
  for (const auto& [location, document] : moved.shown) {
    if (met_hidden_.erase(location) > 0) met_.insert(document);
  }
}

void IndexWriter::checkpoint() {
  if (!load_) commit();
}

void IndexWriter::commit() {
  end_load();
  may_load_ = false;
  translated("write to", [&] {
    settle_copies();
    write_dictionaries();
    if (is_catalog_stale_) set_metadata(std::string(metadata::k_catalog), ""); // whoever comes next makes it anew
    metadata_->settle();
    database_.commit_transaction();
    renew_sums();
    database_.begin_transaction();
  });
  if (mode_ == Mode::update && live_ != generation_) make_live();
}

void IndexWriter::cancel() {
  translated("write to", [&] {
    if (load_) { // nothing was committed since the index was opened
      load_.reset();
      open();
    } else {
      database_.cancel_transaction();
      database_.begin_transaction();
    }
    dictionaries_.clear();
    changed_blocks_.clear();
    known_compounds_.clear();
    met_.clear();
    met_hidden_.clear();
    metadata_->cancel();
    copies_->cancel();
  });
}

void IndexWriter::publish() {
  commit();
  if (live_ != generation_) make_live();
}

void IndexWriter::make_live() {
  const auto old = live_;
  index_files::sync_generation(index_, generation_); // Xapian merges segments without a word where that fails
  index_files::publish(index_, generation_);
  live_ = generation_;
  // Readers that have it open keep its files; one that meets a missing file opens the new generation and repeats.
  if (old) fs::remove_all(index_files::generation(index_, *old));
}

} // namespace pfind::indexer
