// index_given ARTICLES INDEX: pindex without the recognizer. The companies of an article are those that its field
// `companies` names, as other search engines are given them; authors are left out for it.

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <thread>

#include "common/entity/catalog.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/recognizer/recognizer.hpp"
#include "indexer/update.hpp"

namespace {

using namespace pfind;

/// Takes the companies from the field that the authors were read from.
class GivenCompanies final : public indexer::Recognizer {
public:
  ArticleEntities recognize(const Article& article) const override {
    ArticleEntities found;
    auto& companies = found[static_cast<std::size_t>(EntityKind::company)];
    for (const std::string& company : article.authors) companies.push_back({company});
    return found;
  }
};

void index(const std::string& articles, const std::string& index) {
  const auto nobody = std::make_shared<const Catalog>();
  std::filesystem::create_directories(index);
  indexer::IndexWriter writer(index, indexer::IndexWriter::Mode::update, nobody);
  corpus::ReadOptions read;
  read.json_fields["author"] = {"companies"};
  const indexer::UpdateOptions options{
      .paths = {articles}, .jobs = std::max(1U, std::thread::hardware_concurrency()), .read = read};
  update(writer, GivenCompanies(), options, {}, {});
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: index_given ARTICLES INDEX\n");
    return EXIT_FAILURE;
  }
  try {
    index(argv[1], argv[2]);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    fmt::print(stderr, "index_given: {}\n", error.what());
    return EXIT_FAILURE;
  }
}
