#include "tests/integration/collection.hpp"

#include <chrono>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "common/codec.hpp"
#include "common/facet_dictionary.hpp"
#include "common/facet_mapping.hpp"
#include "common/index_files.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/summed_metadata.hpp"

namespace pfind::tests {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view k_names = "company\tHuawei\tHuawei Technologies\n"
                                     "company\tNokia\n"
                                     "company\tOppo\n"
                                     "place\tMunich\tMünchen\n";

std::shared_ptr<const Catalog> catalog() {
  static const auto made = std::make_shared<const Catalog>(parse_names(k_names, "names"));
  return made;
}

Xapian::Database live_database(const fs::path& index) {
  const auto live = index_files::live_generation(index);
  if (!live) throw std::runtime_error("no index at " + index.string());
  return Xapian::Database(index_files::generation(index, *live).string());
}

std::set<std::string> facet_keys(const std::string& value, const FacetDictionary& names) {
  std::vector<std::uint32_t> numbers;
  codec::decode_numbers(value, numbers);
  std::set<std::string> keys;
  for (const std::uint32_t number : numbers) keys.insert(facet_key(names.name(number)));
  return keys;
}

ArticleContents article_of(const Xapian::Document& document, const std::map<unsigned, FacetDictionary>& dictionaries) {
  ArticleContents article{.data = document.get_data()};
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term)
    article.terms[*term] = {term.get_wdf(), {term.positionlist_begin(), term.positionlist_end()}};
  for (auto value = document.values_begin(); value != document.values_end(); ++value) {
    const auto names = dictionaries.find(value.get_valueno());
    if (names == dictionaries.end()) {
      article.values[value.get_valueno()] = *value;
    } else {
      article.facets[std::string(info(names->second.field()).name)] = facet_keys(*value, names->second);
    }
  }
  return article;
}

/// What the catalog makes of one name.
std::string mapped(const Xapian::Database& database, EntityKind from, EntityKind to, const std::string& key,
                   const std::map<unsigned, FacetDictionary>& dictionaries) {
  const FacetMapping mapping =
      decode_facet_mapping(database.get_metadata(fmt::format("{}{}", metadata::k_mapping, info(field_of(to)).name)));
  const FacetDictionary& names = dictionaries.at(info(field_of(to)).slot);
  const std::uint32_t value = mapping.of(from, to, dictionaries.at(info(field_of(from)).slot).find(key));
  if (value == FacetMapping::k_nobody) return {};
  const auto displayed = mapping.names.find(value);
  return displayed != mapping.names.end() ? displayed->second : names.name(value);
}

std::map<std::string, std::string> catalog_of(const Xapian::Database& database,
                                              const std::map<unsigned, FacetDictionary>& dictionaries) {
  std::map<std::string, std::string> catalog;
  for (const std::string_view family :
       {metadata::k_alias, metadata::k_member, metadata::k_catalog, metadata::k_looked_for}) {
    const std::string prefix{family};
    for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix); ++key)
      catalog[*key] = database.get_metadata(*key);
  }
  for (const EntityKind from : k_entity_kinds) {
    const std::string prefix{info(field_of(from)).prefix};
    for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term) {
      for (const EntityKind to : k_entity_kinds) {
        const std::string key = (*term).substr(prefix.size());
        catalog[fmt::format("{} as {}", *term, to_string(to))] = mapped(database, from, to, key, dictionaries);
      }
    }
  }
  return catalog;
}

std::string location_term(const ArticleContents& article) {
  const std::string prefix{info(Field::location).prefix};
  const auto term = article.terms.lower_bound(prefix);
  if (term == article.terms.end() || !term->first.starts_with(prefix)) throw std::runtime_error("no location term");
  return term->first;
}

std::string line_of(const corpus::Problem& problem) {
  return fmt::format("{}{}{}: {}", problem.path, problem.where.empty() ? "" : ", ", problem.where, problem.reason);
}

} // namespace

fs::path memory_directory() {
  const fs::path memory = "/dev/shm";
  return access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
}

IndexContents contents(const fs::path& index) {
  const Xapian::Database database = live_database(index);
  std::map<unsigned, FacetDictionary> dictionaries;
  for (const FieldInfo& field : fields()) {
    if (field.use != FieldUse::facet) continue;
    auto& names = dictionaries.emplace(field.slot, field.field).first->second;
    names.load([&](const std::string& key) { return database.get_metadata(key); });
  }
  IndexContents all;
  for (auto id = database.postlist_begin(""); id != database.postlist_end(""); ++id) {
    ArticleContents article = article_of(database.get_document(*id), dictionaries);
    const std::string location = location_term(article);
    if (!all.articles.emplace(location, std::move(article)).second)
      throw std::runtime_error("two articles at " + location);
  }
  const indexer::IndexState state(database, index);
  state.files().each([&](const indexer::FileRecord& record) {
    std::vector<std::string>& remembered = all.files[record.file.path];
    remembered = {std::to_string(record.file.size), std::to_string(record.articles),   std::to_string(record.skipped),
                  std::to_string(record.notices),   record.outdated ? "outdated" : "", record.digest};
    for (const corpus::Problem& problem : record.problems) remembered.push_back(line_of(problem));
  });
  for (const std::string_view family : {metadata::k_copy, metadata::k_copies}) {
    const std::string prefix{family};
    for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix); ++key)
      all.copies[*key] = database.get_metadata(*key);
  }
  all.catalog = catalog_of(database, dictionaries);
  const auto roots = state.roots();
  all.roots = {roots.begin(), roots.end()};
  return all;
}

bool is_summed(const fs::path& index) {
  const Xapian::Database database = live_database(index);
  return database.get_metadata(std::string(metadata::k_sum)) == indexer::metadata_sum(database);
}

bool emptied(const fs::path& index) {
  const IndexContents all = contents(index);
  return all.articles.empty() && all.files.empty() && all.roots.empty();
}

std::string difference(const IndexContents& a, const IndexContents& b) {
  std::string text;
  for (const auto& [location, article] : a.articles) {
    const auto it = b.articles.find(location);
    if (it == b.articles.end())
      text += "only in the first: " + location + '\n';
    else if (it->second != article)
      text += "differs: " + location + '\n';
  }
  for (const auto& [location, article] : b.articles)
    if (!a.articles.contains(location)) text += "only in the second: " + location + '\n';
  for (const auto& [path, record] : a.files)
    if (!b.files.contains(path) || b.files.at(path) != record) text += "record differs: " + path + '\n';
  for (const auto& [path, record] : b.files)
    if (!a.files.contains(path)) text += "record only in the second: " + path + '\n';
  for (const auto& [key, value] : a.catalog)
    if (!b.catalog.contains(key) || b.catalog.at(key) != value) text += "catalog differs: " + key + '\n';
  for (const auto& [key, value] : b.catalog)
    if (!a.catalog.contains(key)) text += "only in the catalog of the second: " + key + '\n';
  for (const auto& [key, article] : a.copies)
    if (!b.copies.contains(key) || b.copies.at(key) != article) text += "copy differs: " + article + '\n';
  for (const auto& [key, article] : b.copies)
    if (!a.copies.contains(key)) text += "copy only in the second: " + article + '\n';
  if (a.roots != b.roots) text += fmt::format("roots {} and {}\n", fmt::join(a.roots, ":"), fmt::join(b.roots, ":"));
  return text;
}

Collection::Collection() : recognizer_(catalog()) {
  fs::create_directory(folder());
  fs::create_directory(index());
}

fs::path Collection::write(const std::string& name, std::string_view content) {
  fs::path file = dir_.write("articles/" + name, content);
  touch(name);
  return file;
}

void Collection::touch(const std::string& name) {
  const auto long_past = fs::file_time_type::clock::now() - std::chrono::hours(24);
  fs::last_write_time(folder() / name, long_past + std::chrono::milliseconds(++clock_));
}

void Collection::rename(const std::string& from, const std::string& to) const {
  fs::create_directories((folder() / to).parent_path());
  fs::rename(folder() / from, folder() / to);
}

indexer::UpdateOptions Collection::options() const { return {.paths = {folder().string()}, .settings = "names"}; }

std::shared_ptr<const Catalog> Collection::listed() { return catalog(); }

indexer::Summary Collection::update(const indexer::UpdateOptions& options, const indexer::UpdateEvents& events,
                                    std::stop_token stop) const {
  problems_.clear();
  indexer::UpdateEvents heard = events;
  if (!heard.problem) heard.problem = [&](const corpus::Problem& problem) { problems_.push_back(line_of(problem)); };
  indexer::IndexWriter writer(index(), indexer::IndexWriter::Mode::update, listed(), filling_);
  return indexer::update(writer, recognizer_, options, heard, std::move(stop));
}

indexer::Summary Collection::rebuild() const {
  indexer::IndexWriter writer(index(), indexer::IndexWriter::Mode::rebuild, listed(), filling_);
  const indexer::Summary summary = indexer::update(writer, recognizer_, options(), {}, {});
  writer.publish();
  return summary;
}

IndexContents Collection::fresh() const {
  const TempDir elsewhere(memory_directory());
  {
    indexer::IndexWriter writer(elsewhere.path(), indexer::IndexWriter::Mode::update, listed());
    indexer::update(writer, recognizer_, options(), {}, {});
  }
  return contents(elsewhere.path());
}

std::string article_text(std::string_view title, std::string_view words) {
  return fmt::format("{}\n\nMarch 12, 2024\n\nHuawei and Nokia spoke in Munich about {}, and then went home again.\n",
                     title, words);
}

} // namespace pfind::tests
