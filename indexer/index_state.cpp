#include "indexer/index_state.hpp"

#include <cstdlib>
#include <fmt/format.h>

#include "common/codec.hpp"
#include "common/error.hpp"
#include "common/index_files.hpp"
#include "common/live_database.hpp"
#include "common/schema.hpp"
#include "common/stored_article.hpp"
#include "common/text/analyzer.hpp"
#include "common/xapian_error.hpp"
#include "indexer/copies.hpp"

namespace pfind::indexer {
namespace {

std::vector<std::string> keys_with(const Xapian::Database& database, std::string_view prefix) {
  const std::string start{prefix};
  return {database.metadata_keys_begin(start), database.metadata_keys_end(start)};
}

} // namespace

bool is_at_or_below(std::string_view path, std::string_view root) {
  if (!path.starts_with(root)) return false;
  return path.size() == root.size() || root.ends_with('/') || path[root.size()] == '/';
}

IndexState IndexState::live(const std::filesystem::path& index) {
  return with_translated_errors("open", index.string(), [&] {
    const auto live = open_live_database(index);
    return IndexState(live ? live->database : Xapian::WritableDatabase("", Xapian::DB_BACKEND_INMEMORY), index);
  });
}

void IndexState::check_versions() const {
  const std::string schema = metadata(metadata::k_schema);
  const std::string analyzer = metadata(metadata::k_analyzer);
  if (schema == std::to_string(k_schema_version) && analyzer == std::to_string(text::k_analyzer_version)) return;
  throw IndexError(
      fmt::format("the index {} was made by another version of pfind (schema {}, text analysis {}; this one writes {} "
                  "and {}); build it again with pindex --rebuild",
                  index_.string(), schema.empty() ? "none" : schema, analyzer.empty() ? "none" : analyzer,
                  k_schema_version, text::k_analyzer_version));
}

std::string IndexState::metadata(std::string_view key) const {
  return with_translated_errors("read", index_.string(), [&] { return database_.get_metadata(std::string(key)); });
}

std::vector<std::string> IndexState::roots() const {
  return with_translated_errors("read", index_.string(), [&] {
    std::vector<std::string> roots = keys_with(database_, metadata::k_root);
    for (std::string& root : roots) root = database_.get_metadata(root);
    return roots;
  });
}

void IndexState::fail(std::string_view what) const {
  throw IndexError(
      fmt::format("the index {} is damaged ({}); pindex --check --repair mends it", index_.string(), what));
}

FileRecords IndexState::files() const {
  return with_translated_errors("read", index_.string(), [&] {
    FileRecords files;
    const std::string start{metadata::k_file};
    for (auto it = database_.metadata_keys_begin(start); it != database_.metadata_keys_end(start); ++it) {
      const std::string key = *it;
      try {
        files.add(database_.get_metadata(key));
      } catch (const codec::DecodeError& error) {
        fail(fmt::format("{} of {}", error.what(), key));
      }
    }
    files.put_in_order(); // keys are, but those of long paths
    return files;
  });
}

std::string IndexState::settings() const { return metadata(metadata::k_names); }

std::string IndexState::looked_for() const { return metadata(metadata::k_looked_for); }

ReadingSettings IndexState::reading() const {
  try {
    return decode_reading_settings(metadata(metadata::k_reading));
  } catch (const codec::DecodeError& error) {
    fail(error.what());
  }
}

std::uint64_t IndexState::article_count() const { return database_.get_doccount(); }

std::uint64_t IndexState::duplicate_count() const {
  return std::strtoull(metadata(metadata::k_copies).c_str(), nullptr, 10);
}

void IndexState::each_duplicate(const std::function<void(const Duplicate&)>& visit) const {
  const auto location_of = [](const Article& article) { return ArticleLocation{article.path, article.record}; };
  with_translated_errors("read", index_.string(), [&] {
    for (const std::string& key : keys_with(database_, metadata::k_copy)) {
      Duplicate duplicate{.location = location_of(decode_with_digest(database_.get_metadata(key)))};
      const auto document = database_.postlist_begin(term_for(Field::location, duplicate.location.text()));
      duplicate.shown = location_of(decode_article(database_.get_document(*document).get_data(), false));
      visit(duplicate);
    }
  });
}

bool IndexState::has_articles_of(const std::string& path) const {
  return with_translated_errors("read", index_.string(),
                                [&] { return database_.term_exists(term_for(Field::file, path)); });
}

std::vector<ArticleLocation> IndexState::locations_in(const std::string& path) const {
  std::vector<ArticleLocation> locations;
  const auto add = [&](const std::string& stored, auto&& decoded) {
    try {
      Article article = decoded(stored);
      if (article.path == path) locations.push_back({std::move(article.path), std::move(article.record)});
    } catch (const codec::DecodeError&) {
      locations.emplace_back();
    }
  };
  with_translated_errors("read", index_.string(), [&] {
    const std::string term = term_for(Field::file, path);
    for (auto it = database_.postlist_begin(term); it != database_.postlist_end(term); ++it)
      add(database_.get_document(*it).get_data(), [](const std::string& text) { return decode_article(text, false); });
    for (const std::string& key : keys_with(database_, copy_key_prefix(path)))
      add(database_.get_metadata(key), decode_with_digest);
  });
  return locations;
}

std::optional<Article> IndexState::article_at(const ArticleLocation& location) const {
  return with_translated_errors("read", index_.string(), [&]() -> std::optional<Article> {
    try {
      if (const std::string copy = database_.get_metadata(copy_key(location)); !copy.empty())
        return decode_with_digest(copy);
      const std::string term = term_for(Field::location, location.text());
      const auto it = database_.postlist_begin(term);
      if (location.path.empty() || it == database_.postlist_end(term)) return std::nullopt;
      const Xapian::Document document = database_.get_document(*it);
      return decode_verified_article(document.get_data(), document.get_value(info(Field::digest).slot));
    } catch (const codec::DecodeError&) {
      return std::nullopt;
    }
  });
}

} // namespace pfind::indexer
