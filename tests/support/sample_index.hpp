#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "common/entity/catalog.hpp"
#include "corpus/names/shipped.hpp"
#include "indexer/recognizer/article_recognizer.hpp"
#include "indexer/update.hpp"
#include "searcher/index.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_index.hpp"

namespace pfind::tests {

/// The sample collection, indexed as `pindex corpus/samples/articles` does, with further articles as values where a
/// test has any, and with the corrections of a names file of the user. PFIND_TESTS_SAMPLES is the folder.
class SampleIndex {
public:
  explicit SampleIndex(const std::vector<IndexedArticle>& more = {}, std::string_view names = {}) {
    const auto listed = std::make_shared<const Catalog>(corpus::shipped_entries(), parse_names(names, "names"));
    const indexer::ArticleRecognizer recognizer(listed);
    indexer::IndexWriter writer(dir_.path(), indexer::IndexWriter::Mode::update, listed);
    indexer::update(writer, recognizer, {.paths = {PFIND_TESTS_SAMPLES}}, {}, {});
    indexer::DocumentBuilder builder;
    for (const IndexedArticle& one : more) writer.put(builder.build(one.article, one.entities), false);
    writer.renew_catalog("test");
    writer.commit();
  }

  const std::filesystem::path& path() const { return dir_.path(); }
  searcher::Index open() const { return searcher::Index({path()}); }

  /// Where an article is, from the folder of samples on: `text/brief-0412.txt`, `json/wire.jsonl#3`.
  static std::string name_of(const Article& article) {
    const std::string location = article.location();
    constexpr std::string_view root = PFIND_TESTS_SAMPLES "/";
    return location.starts_with(root) ? location.substr(root.size()) : location;
  }

private:
  TempDir dir_;
};

} // namespace pfind::tests
