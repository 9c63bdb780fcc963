#include "indexer/index_writer.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "common/codec.hpp"
#include "common/error.hpp"
#include "common/index_files.hpp"
#include "common/xapian_error.hpp"

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

/// Calls `use(key)` for every metadata key with that prefix.
template <typename Use>
void for_each_key(const Xapian::Database& database, std::string_view prefix, Use&& use) {
  const std::string start{prefix};
  for (auto it = database.metadata_keys_begin(start); it != database.metadata_keys_end(start); ++it) use(*it);
}

std::vector<std::string> roots_of(const Xapian::Database& database) {
  std::vector<std::string> found;
  for_each_key(database, metadata::k_root,
               [&](const std::string& key) { found.push_back(database.get_metadata(key)); });
  return found;
}

} // namespace

std::vector<std::string> live_roots(const fs::path& index) {
  return with_translated_errors("read", index.string(), [&] {
    const auto live = index_files::live_generation(index);
    return live ? roots_of(Xapian::Database(index_files::generation(index, *live).string()))
                : std::vector<std::string>{};
  });
}

bool is_at_or_below(std::string_view path, std::string_view root) {
  if (!path.starts_with(root)) return false;
  return path.size() == root.size() || root.ends_with('/') || path[root.size()] == '/';
}

IndexWriter::IndexWriter(fs::path index, Mode mode, AliasSource aliases)
    : index_(std::move(index)), aliases_(std::move(aliases)) {
  with_translated_errors("open", index_.string(), [&] { open(mode); });
}

void IndexWriter::open(Mode mode) {
  live_ = index_files::live_generation(index_);
  remove_stale_generations();
  const bool make = mode == Mode::rebuild || !live_;
  generation_ = make ? live_.value_or(0) + 1 : *live_;
  const fs::path path = index_files::generation(index_, generation_);
  database_ = Xapian::WritableDatabase(path.string(), make ? Xapian::DB_CREATE : Xapian::DB_OPEN);
  fresh_ = database_.get_doccount() == 0;
  if (!make) return check_versions();
  write_versions();
  database_.commit();
  if (mode == Mode::update) {
    index_files::publish(index_, generation_);
    live_ = generation_;
  }
}

void IndexWriter::remove_stale_generations() const {
  for (const fs::directory_entry& entry : fs::directory_iterator(index_)) {
    const auto number = index_files::generation_number(entry.path().filename().string());
    if (number && number != live_) fs::remove_all(entry.path());
  }
}

void IndexWriter::write_versions() {
  set_metadata(metadata::k_schema, std::to_string(k_schema_version));
  set_metadata(metadata::k_analyzer, std::to_string(text::k_analyzer_version));
}

void IndexWriter::check_versions() const {
  if (metadata(metadata::k_schema) == std::to_string(k_schema_version) &&
      metadata(metadata::k_analyzer) == std::to_string(text::k_analyzer_version))
    return;
  throw IndexError(
      fmt::format("the index {} was made by another version of pfind (schema {}, this one writes {}); build "
                  "it again with pindex --rebuild",
                  index_.string(), metadata(metadata::k_schema), k_schema_version));
}

std::string IndexWriter::metadata(std::string_view key) const { return database_.get_metadata(std::string(key)); }

void IndexWriter::set_metadata(std::string_view key, const std::string& value) {
  with_translated_errors("write to", index_.string(), [&] { database_.set_metadata(std::string(key), value); });
}

std::map<std::string, FileRecord> IndexWriter::files(const std::vector<std::string>& roots) const {
  return with_translated_errors("read", index_.string(), [&] {
    std::map<std::string, FileRecord> found;
    for_each_key(database_, metadata::k_file, [&](const std::string& key) {
      try {
        FileRecord record = decode_file_record(database_.get_metadata(key));
        const std::string path = record.file.path;
        const bool wanted = std::ranges::any_of(roots, [&](const auto& root) { return is_at_or_below(path, root); });
        if (wanted) found.emplace(path, std::move(record));
      } catch (const codec::DecodeError& error) {
        throw IndexError(fmt::format("the index {} is damaged ({} of {}); build it again with pindex --rebuild",
                                     index_.string(), error.what(), key));
      }
    });
    return found;
  });
}

std::vector<std::string> IndexWriter::roots() const {
  return with_translated_errors("read", index_.string(), [&] { return roots_of(database_); });
}

void IndexWriter::add_root(const std::string& path) { set_metadata(fit_term(metadata::k_root, path), path); }

void IndexWriter::remove_root(const std::string& path) { set_metadata(fit_term(metadata::k_root, path), ""); }

std::optional<Xapian::docid> IndexWriter::document_at(const std::string& location) const {
  const std::string term = term_for(Field::location, location);
  const auto it = database_.postlist_begin(term);
  if (it == database_.postlist_end(term)) return std::nullopt;
  return *it;
}

PutResult IndexWriter::put(PreparedArticle article, bool even_unchanged) {
  return with_translated_errors("write to", index_.string(), [&] {
    const auto existing = fresh_ ? std::nullopt : document_at(article.location);
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
      numbers.push_back(number);
      if (number < known) continue;
      changed_blocks_.emplace(field, number / FacetDictionary::k_block);
      record_aliases(field, value);
    }
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    article.document.add_value(info(field).slot, codec::encode_set(numbers));
  }
}

/// Lets the searcher find a new facet value under its entity's other names.
void IndexWriter::record_aliases(Field field, const std::string& name) {
  const auto kind = entity_kind(info(field).name);
  if (!kind || !aliases_) return;
  const std::string value_key = facet_key(name);
  for (const std::string& alias : aliases_(*kind, name)) {
    const std::string alias_key = facet_key(alias);
    if (alias_key.empty() || alias_key == value_key) continue;
    const std::string key = fit_term(metadata::k_alias, fmt::format("{}/{}", info(field).name, alias_key));
    std::string values = database_.get_metadata(key);
    if (!values.empty()) values += '\n';
    database_.set_metadata(key, values + value_key);
  }
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
  if (is_new) it->second.load([&](const std::string& key) { return database_.get_metadata(key); });
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

std::uint64_t IndexWriter::finish_file(const FileRecord& record) {
  return with_translated_errors("write to", index_.string(), [&] {
    std::uint64_t removed = 0;
    if (!fresh_) {
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
    database_.commit();
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

std::uint64_t IndexWriter::article_count() const { return database_.get_doccount(); }

} // namespace pfind::indexer
