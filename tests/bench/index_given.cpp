// index_given ARTICLES INDEX [BUILDER]: pindex without the recognizer. The companies of an article are those that its
// field `companies` names, as other search engines are given them; authors are left out for it. BUILDER is bulk where
// it is not xapian.

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <string>
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

void index(const std::string& articles, const std::string& index, indexer::Builder builder) {
  const auto nobody = std::make_shared<const Catalog>();
  std::filesystem::create_directories(index);
  indexer::IndexWriter writer(index, indexer::IndexWriter::Mode::update, nobody, {builder, indexer::default_memory()});
  corpus::ReadOptions read;
  read.json_fields["author"] = {"companies"};
  const indexer::UpdateOptions options{
      .paths = {articles}, .jobs = std::max(1U, std::thread::hardware_concurrency()), .read = read};
  update(writer, GivenCompanies(), options, {}, {});
}

} // namespace

int main(int argc, char** argv) {
  const std::string builder = argc == 4 ? argv[3] : "bulk";
  if (argc < 3 || argc > 4 || (builder != "bulk" && builder != "xapian")) {
    fmt::print(stderr, "usage: index_given ARTICLES INDEX [bulk|xapian]\n");
    return EXIT_FAILURE;
  }
  try {
    index(argv[1], argv[2], builder == "bulk" ? indexer::Builder::bulk : indexer::Builder::xapian);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    fmt::print(stderr, "index_given: {}\n", error.what());
    return EXIT_FAILURE;
  }
}
