// generate_articles: writes articles like given ones, for benchmarks at any size.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "corpus/reader/reader.hpp"
#include "indexer/copies.hpp"
#include "tests/bench/generator/article_model.hpp"
#include "tests/bench/generator/generator.hpp"
#include "tests/bench/generator/tokens.hpp"

namespace {

using namespace pfind;
namespace fs = std::filesystem;

constexpr const char* k_usage = R"(usage: generate_articles ARTICLES COUNT [SEED]
       generate_articles ARTICLES same

Reads the articles of a file that pindex can read, such as JSON lines (gzip too), or of all files of a folder, and writes COUNT
articles like them as JSON lines: id, title, text, language, date, companies (ids), outlet, author. With `same`, those articles themselves in that form, less
those that pindex takes for copies of another: other search engines would find these too. The
language of all is that of most articles given: other search engines are told one, and a short text can be mistaken.
)";

/// The file itself, or all files of a folder, by name.
std::vector<std::string> files_of(const std::string& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

template <typename Use>
void read(const std::string& path, Use use) {
  for (const std::string& file : files_of(path)) {
    const auto stream = corpus::open_file(file);
    corpus::read_articles(*stream, file, {}, {.article = use, .problem = [](const corpus::Problem& problem) {
                                                fmt::print(stderr, "generate_articles: {} {}: {}\n", problem.path,
                                                           problem.where, problem.reason);
                                              }});
  }
}

/// Gives every company a number, in order of first mention.
class CompanyNumbers {
public:
  std::vector<std::string> of(const Article& article) {
    std::vector<std::string> ids;
    for (const bench::Piece& piece : bench::pieces_of(article.body)) {
      if (piece.kind != bench::PieceKind::company) continue;
      const std::string id = fmt::format("c{}", numbers_.try_emplace(piece.text, numbers_.size()).first->second);
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
    return ids;
  }

private:
  std::map<std::string, std::size_t> numbers_;
};

void write_same(const std::string& path) {
  bench::ArticleModel model;
  std::vector<indexer::ArticleCopy> articles;
  read(path, [&](const Article& article) {
    model.learn(article);
    articles.push_back(indexer::copy_of(article));
  });
  std::vector<bool> is_shown(articles.size());
  for (const std::vector<std::size_t>& group : indexer::groups_of(articles)) is_shown[group.front()] = true;
  CompanyNumbers companies;
  std::size_t number = 0;
  read(path, [&](Article article) {
    if (!is_shown[number++]) return;
    article.language = model.language();
    article.id = fmt::format("{}", number); // unique, and a number for peers that need one
    std::vector<std::string> ids = companies.of(article);
    std::cout << bench::json_line({std::move(article), std::move(ids)});
  });
}

void write_new(const std::string& path, std::size_t count, std::uint64_t seed) {
  bench::ArticleModel model;
  read(path, [&](const Article& article) { model.learn(article); });
  model.finish();
  bench::Generator generator(model, count, seed);
  for (std::size_t i = 0; i < count && std::cout; ++i) std::cout << json_line(generator.next());
  fmt::print(stderr, "{} articles, {} words, {} different; the model's vocabulary grows with the power {:.3f}\n", count,
             generator.vocabulary().size(), generator.vocabulary().distinct(), model.vocabulary().exponent());
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    fmt::print(stderr, "{}", k_usage);
    return EXIT_FAILURE;
  }
  std::ios::sync_with_stdio(false);
  try {
    const std::string count = argv[2];
    if (count == "same") {
      write_same(argv[1]);
    } else {
      write_new(argv[1], std::stoul(count), argc == 4 ? std::stoul(argv[3]) : 1);
    }
    if (!std::cout.flush()) throw std::runtime_error("cannot write to standard output");
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    fmt::print(stderr, "generate_articles: {}\n", error.what());
    return EXIT_FAILURE;
  }
}
