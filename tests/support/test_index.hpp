#pragma once

#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.hpp"
#include "common/entity/entity.hpp"
#include "indexer/index_writer.hpp"
#include "searcher/query/parser.hpp"
#include "searcher/search.hpp"
#include "tests/support/temp_dir.hpp"

namespace pfind::tests {

/// What `7d` and `today` in the queries of tests count from.
inline constexpr Date k_test_today{2024, 3, 31, -1};

/// An article in English at `path` that holds nothing else.
inline Article article_of(std::string path, std::string body, std::string title = {}) {
  return {.path = std::move(path), .title = std::move(title), .language = "en", .body = std::move(body)};
}

/// Adds `count` articles with the words, at /`name`0 and so on.
inline void add_articles(std::vector<Article>& articles, const std::string& name, const std::string& words, int count) {
  for (int i = 0; i < count; ++i)
    articles.push_back(article_of(fmt::format("/{}{}", name, i), words + " in quarter " + std::to_string(i) + '.'));
}

/// An article and the entities it is about.
struct IndexedArticle {
  Article article;
  ArticleEntities entities{};
};

/// The entities of an article of a test, by kind.
struct Named {
  std::vector<std::string> companies{}, organizations{}, people{}, places{}, technologies{};

  // NOLINTNEXTLINE(google-explicit-constructor): it stands for them
  operator ArticleEntities() const {
    ArticleEntities entities;
    const std::array by_kind{&companies, &organizations, &people, &places, &technologies};
    for (std::size_t kind = 0; kind < by_kind.size(); ++kind) {
      for (const std::string& name : *by_kind[kind]) entities[kind].push_back({name});
    }
    return entities;
  }
};

/// The request that `pfind QUERY` makes, but with every hit.
inline searcher::SearchRequest request_for(std::string_view query) {
  searcher::SearchRequest request;
  request.tree = query::parse_query(query, k_test_today).root;
  request.query = query;
  request.limit = SIZE_MAX;
  return request;
}

/// An index in a directory of its own, made from articles as values.
class TestIndex {
public:
  /// `names`: the text of a names file, of the user's corrections.
  explicit TestIndex(const std::vector<IndexedArticle>& articles, std::string_view names = {}) {
    const auto user = parse_names(names, "names");
    indexer::IndexWriter writer(dir_.path(), indexer::IndexWriter::Mode::update,
                                std::make_shared<const Catalog>(std::vector<NamesEntry>{}, user));
    indexer::DocumentBuilder builder;
    for (const IndexedArticle& one : articles) writer.put(builder.build(one.article, one.entities), false);
    writer.renew_catalog("test");
    writer.commit();
  }
  explicit TestIndex(const std::vector<Article>& articles) : TestIndex(without_entities(articles)) {}

  const std::filesystem::path& path() const { return dir_.path(); }
  searcher::Index open() const { return searcher::Index({path()}); }
  searcher::Snapshot snapshot() const { return searcher::Snapshot({path()}); }

  searcher::Results search(const searcher::SearchRequest& request) const {
    searcher::Index index = open();
    return searcher::search(index, request);
  }

  /// The paths of what a query finds, best first.
  std::vector<std::string> find(std::string_view query) const { return paths(search(request_for(query))); }

  /// The same where words that no article has make the query find nothing.
  std::vector<std::string> find_strictly(std::string_view query) const {
    const searcher::Results results = search(request_for(query));
    return results.relaxed || !results.corrected.empty() ? std::vector<std::string>{} : paths(results);
  }

  static std::vector<std::string> paths(const searcher::Results& results) {
    std::vector<std::string> found;
    for (const searcher::Hit& hit : results.hits) found.push_back(hit.article.path);
    return found;
  }

private:
  static std::vector<IndexedArticle> without_entities(const std::vector<Article>& articles) {
    std::vector<IndexedArticle> all;
    for (const Article& article : articles) all.push_back({article, {}});
    return all;
  }

  TempDir dir_;
};

} // namespace pfind::tests
