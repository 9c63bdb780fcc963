#include "tests/bench/stages.hpp"

#include <array>
#include <memory>
#include <utility>

#include "common/entity/catalog.hpp"
#include "common/text/analyzer.hpp"
#include "corpus/names/shipped.hpp"
#include "corpus/reader/reader.hpp"
#include "corpus/source/scan.hpp"
#include "indexer/document_builder.hpp"
#include "indexer/recognizer/article_recognizer.hpp"
#include "searcher/query/parser.hpp"
#include "searcher/snippets.hpp"

namespace pfind::bench {
namespace {

constexpr std::array<std::string_view, 16> k_queries{"huawei",
                                                     "5G cross-licensing",
                                                     "patent license agreement royalties",
                                                     "\"patent pool\" video",
                                                     "company:nokia royalties -oppo",
                                                     "(apple OR qualcomm) settlement",
                                                     "injunction near/5 munich",
                                                     "licen* fee",
                                                     "date:2023-09..2024-03 standard-essential",
                                                     "=ARM nvidia acquisition",
                                                     "title:verdict",
                                                     "what did huawei and amazon agree on",
                                                     "ATLEAST/3 royalty",
                                                     "chips act signed into law by the president",
                                                     "r&d spending \"research and development\"",
                                                     "wi-fi 6 WiFi6 wi fi licensing programme"};

std::function<std::size_t()> analyze_all(const std::vector<Article>& articles) {
  return [&articles, analyzer = std::make_shared<text::Analyzer>(), tokens = std::vector<text::Token>()]() mutable {
    std::size_t sum = 0;
    for (const Article& article : articles) {
      for (const std::string& part : {article.title, article.body}) {
        analyzer->analyze(part, tokens);
        sum += tokens.size();
      }
    }
    return sum;
  };
}

std::function<std::size_t()> recognize_all(const std::vector<Article>& articles) {
  const auto listed = std::make_shared<const Catalog>(corpus::shipped_entries());
  return [&articles, recognizer = std::make_shared<indexer::ArticleRecognizer>(listed)] {
    std::size_t sum = 0;
    for (const Article& article : articles) {
      for (const auto& of_kind : recognizer->recognize(article)) sum += of_kind.size();
    }
    return sum;
  };
}

std::function<std::size_t()> build_all(const std::vector<Article>& articles) {
  return [&articles, builder = std::make_shared<indexer::DocumentBuilder>()] {
    std::size_t sum = 0;
    for (const Article& article : articles) sum += builder->build(article, {}).document.termlist_count();
    return sum;
  };
}

std::function<std::size_t()> parse_all(const std::vector<Article>& articles) {
  return [&articles] {
    constexpr int k_rounds = 50;
    constexpr Date k_today{2025, 1, 1};
    std::size_t sum = 0;
    for (int round = 0; round < k_rounds; ++round) {
      for (const std::string_view text : k_queries) sum += query::parse_query(text, k_today).notices.size() + 1;
    }
    for (const Article& article : articles) sum += query::parse_query(article.title, k_today).notices.size();
    return sum;
  };
}

searcher::QueryTerms terms_of(std::string_view text, text::Analyzer& analyzer) {
  searcher::QueryTerms terms;
  searcher::Phrase phrase;
  for (const text::Token& token : analyzer.analyze(text)) {
    terms.terms.push_back({token.term, 1});
    phrase.terms.push_back(token.term);
  }
  if (phrase.terms.size() > 1) terms.phrases.push_back(std::move(phrase));
  return terms;
}

std::function<std::size_t()> cut_all(const std::vector<Article>& articles) {
  return [&articles, analyzer = std::make_shared<text::Analyzer>()] {
    std::size_t sum = 0;
    for (const std::string_view text : {"patent license agreement royalties", "huawei"}) {
      searcher::SnippetMaker maker(terms_of(text, *analyzer));
      for (const Article& article : articles) sum += maker.snippet(article.body, article.title, *analyzer).text.size();
    }
    return sum;
  };
}

/// Articles as long as those of a magazine, made of several.
std::vector<Article> long_articles(const std::vector<Article>& articles, std::size_t count) {
  constexpr std::size_t k_bytes = 6000; // at least
  std::vector<Article> made(count);
  std::size_t next = 0;
  for (Article& article : made) {
    while (article.body.size() < k_bytes) article.body += articles[next++ % articles.size()].body + "\n\n";
  }
  return made;
}

std::function<std::size_t()> cut_ten(const std::vector<Article>& articles) {
  return [analyzer = std::make_shared<text::Analyzer>(), page = long_articles(articles, 10)] {
    searcher::SnippetMaker maker(terms_of("patent license agreement", *analyzer));
    std::size_t sum = 0;
    for (const Article& article : page) sum += maker.snippet(article.body, article.title, *analyzer).text.size();
    return sum;
  };
}

} // namespace

const std::vector<Stage>& stages() {
  static const std::vector<Stage> all{{"analyzer", analyze_all, true},       {"recognizer", recognize_all, true},
                                      {"document_builder", build_all, true}, {"query_parser", parse_all, false},
                                      {"snippet_maker", cut_all, true},      {"ten_snippets", cut_ten, false}};
  return all;
}

std::vector<Article> articles_below(const std::filesystem::path& folder) {
  std::vector<Article> articles;
  for (const corpus::SourceFile& file : corpus::scan({folder.string()}, {.problem = [](const corpus::Problem&) {}})) {
    const auto stream = corpus::open_file(file.path);
    corpus::read_articles(*stream, file.path, {},
                          {.article = [&](Article article) { articles.push_back(std::move(article)); },
                           .problem = [](const corpus::Problem&) {}});
  }
  return articles;
}

} // namespace pfind::bench
