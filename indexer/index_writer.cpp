#include "indexer/index_writer.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "common/codec.hpp"
#include "common/error.hpp"
#include "common/index_files.hpp"
#include "common/xapian_error.hpp"

namespace pfind::indexer {
namespace fs = std::filesystem;
IndexWriter::IndexWriter(fs::path index, Mode mode, AliasSource aliases)
    : index_(std::move(index)), aliases_(std::move(aliases)) {
  with_translated_errors("open", index_.string(), [&] { open(mode); });
}

void IndexWriter::open(Mode mode) {
  live_ = index_files::live_generation(index_);
  const bool make = mode == Mode::rebuild || !live_;
  generation_ = make ? live_.value_or(0) + 1 : *live_;
  remove_stale_generations(); // one of them may have the number of ours
  const fs::path path = index_files::generation(index_, generation_);
  database_ = Xapian::WritableDatabase(path.string(), make ? Xapian::DB_CREATE : Xapian::DB_OPEN);
  if (make) {
    set_metadata(std::string(metadata::k_schema), std::to_string(k_schema_version));
    set_metadata(std::string(metadata::k_analyzer), std::to_string(text::k_analyzer_version));
    database_.commit();
  }
  state().check_versions();
  if (make && mode == Mode::update) {
    index_files::publish(index_, generation_);
    live_ = generation_;
  }
  // Outside a transaction Xapian commits by itself, after many changes and when the database is closed: articles
  // without the names of their facet values.
  database_.begin_transaction();
}

void IndexWriter::remove_stale_generations() const {
  for (const fs::directory_entry& entry : fs::directory_iterator(index_)) {
    const auto number = index_files::generation_number(entry.path().filename().string());
    if (number && number != live_) fs::remove_all(entry.path());
  }
}

/// Writing even the same text again would make a commit of nothing.
void IndexWriter::set_metadata(const std::string& key, const std::string& value) {
  with_translated_errors("write to", index_.string(), [&] {
    if (database_.get_metadata(key) != value) database_.set_metadata(key, value);
  });
}

void IndexWriter::add_root(const std::string& path) { set_metadata(fit_term(metadata::k_root, path), path); }

void IndexWriter::remove_root(const std::string& path) { set_metadata(fit_term(metadata::k_root, path), ""); }

void IndexWriter::set_reading(const ReadingSettings& reading) {
  if (state().reading() != reading) set_metadata(std::string(metadata::k_reading), encode(reading));
}

void IndexWriter::set_settings(const std::string& settings) { set_metadata(std::string(metadata::k_names), settings); }

std::optional<Xapian::docid> IndexWriter::document_at(const std::string& location) const {
  const std::string term = term_for(Field::location, location);
  const auto it = database_.postlist_begin(term);
  if (it == database_.postlist_end(term)) return std::nullopt;
  return *it;
}

PutResult IndexWriter::put(PreparedArticle article, bool even_unchanged, Place place) {
  return with_translated_errors("write to", index_.string(), [&] {
    const auto existing = place == Place::empty ? std::nullopt : document_at(article.location);
    if (existing && !even_unchanged &&
        database_.get_document(*existing).get_value(info(Field::digest).slot) == article.digest) {
      met_.insert(*existing);
      return PutResult::unchanged;
    }
    number_facets(article);
    record_compounds(article);
    if (existing) {
      database_.replace_document(*existing, article.document);
      met_.insert(*existing);
      return PutResult::changed;
    }
    met_.insert(database_.add_document(article.document));
    return PutResult::added;
  });
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
      record_aliases(field, value);
    }
    article.document.add_value(info(field).slot, codec::encode_numbers(numbers));
  }
}

/// Lets the searcher find a facet value under its entity's other names.
void IndexWriter::record_aliases(Field field, const std::string& name) {
  const auto kind = entity_kind(info(field).name);
  if (!kind || !aliases_) return;
  const std::string value = facet_key(name);
  for (const std::string& alias : aliases_(*kind, name)) {
    const std::string alias_key = facet_key(alias);
    if (alias_key.empty() || alias_key == value) continue;
    record_alias(fit_term(metadata::k_alias, fmt::format("{}/{}", info(field).name, alias_key)), value);
  }
}

/// Adds `value` to the values that the alias of metadata's `key` stands for.
void IndexWriter::record_alias(const std::string& key, const std::string& value) {
  const std::string values = database_.get_metadata(key);
  if (('\n' + values + '\n').find('\n' + value + '\n') != std::string::npos) return;
  database_.set_metadata(key, values.empty() ? value : values + '\n' + value);
}

void IndexWriter::renew_aliases() {
  with_translated_errors("write to", index_.string(), [&] {
    const std::string start{metadata::k_alias};
    const std::vector<std::string> old(database_.metadata_keys_begin(start), database_.metadata_keys_end(start));
    for (const std::string& key : old) database_.set_metadata(key, "");
    for (const EntityKind kind : k_entity_kinds) {
      const FacetDictionary& names = dictionary(field_of(kind));
      for (std::uint32_t number = 0; number < names.size(); ++number) record_aliases(names.field(), names.name(number));
    }
  });
}

/// Remembers of which words a joined form is made, so that a query for `wifi` also tries `wi fi`.
void IndexWriter::record_compounds(const PreparedArticle& article) {
  for (const auto& [joined, parts] : article.compounds) {
    if (!known_compounds_.insert(joined).second) continue;
    const std::string key = fit_term(metadata::k_compound, joined);
    if (database_.get_metadata(key).empty()) database_.set_metadata(key, parts);
  }
}

FacetDictionary& IndexWriter::dictionary(Field field) {
  const auto [it, is_new] = dictionaries_.try_emplace(field, field);
  if (!is_new) return it->second;
  try {
    it->second.load([&](const std::string& key) { return database_.get_metadata(key); });
  } catch (const codec::DecodeError& error) {
    throw IndexError(fmt::format("the index {} is damaged ({} of {} names); build it again with pindex --rebuild",
                                 index_.string(), error.what(), info(field).name));
  }
  return it->second;
}

void IndexWriter::write_dictionaries() {
  for (const auto& [field, block] : changed_blocks_) {
    const FacetDictionary& names = dictionary(field);
    database_.set_metadata(names.block_key(block), names.block(block));
  }
  changed_blocks_.clear();
}

std::vector<Xapian::docid> IndexWriter::documents_of(const std::string& path) const {
  const std::string term = term_for(Field::file, path);
  return {database_.postlist_begin(term), database_.postlist_end(term)};
}

std::uint64_t IndexWriter::finish_file(const FileRecord& record, Place place) {
  return with_translated_errors("write to", index_.string(), [&] {
    std::uint64_t removed = 0;
    if (place != Place::empty) {
      for (const Xapian::docid document : documents_of(record.file.path)) {
        if (met_.contains(document)) continue;
        database_.delete_document(document);
        ++removed;
      }
    }
    met_.clear();
    remember_file(record);
    return removed;
  });
}

void IndexWriter::remember_file(const FileRecord& record) {
  set_metadata(fit_term(metadata::k_file, record.file.path), encode(record));
}

std::uint64_t IndexWriter::remove_file(const std::string& path) {
  return with_translated_errors("write to", index_.string(), [&] {
    const auto documents = documents_of(path);
    for (const Xapian::docid document : documents) database_.delete_document(document);
    database_.set_metadata(fit_term(metadata::k_file, path), "");
    return documents.size();
  });
}

void IndexWriter::commit() {
  with_translated_errors("write to", index_.string(), [&] {
    write_dictionaries();
    database_.commit_transaction();
    database_.begin_transaction();
  });
}

void IndexWriter::publish() {
  commit();
  if (live_ == generation_) return;
  const auto old = live_;
  index_files::publish(index_, generation_);
  live_ = generation_;
  // Readers that have it open keep its files; one that meets a missing file opens the new generation and repeats.
  if (old) fs::remove_all(index_files::generation(index_, *old));
}

} // namespace pfind::indexer
