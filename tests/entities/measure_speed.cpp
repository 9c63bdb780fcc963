// What recognizing entities costs: indexes a collection with and without it in turn.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

#include "corpus/names/shipped.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/recognizer/article_recognizer.hpp"
#include "indexer/update.hpp"
#include "tests/support/temp_dir.hpp"

namespace pfind::tests {
namespace {

/// Finds nothing.
class NoRecognizer final : public indexer::Recognizer {
public:
  ArticleEntities recognize(const Article& /*article*/) const override { return {}; }
};

double seconds_to_index(const std::string& collection, const indexer::Recognizer& recognizer,
                        const std::shared_ptr<const Catalog>& listed) {
  const TempDir index;
  const auto start = std::chrono::steady_clock::now();
  indexer::IndexWriter writer(index.path(), indexer::IndexWriter::Mode::update, listed);
  update(writer, recognizer, {.paths = {collection}}, {}, {});
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void measure(const std::string& collection, int rounds) {
  const auto listed = std::make_shared<const Catalog>(corpus::shipped_entries());
  const indexer::ArticleRecognizer recognizer(listed);
  std::vector<double> with, without;
  for (int round = 0; round < rounds; ++round) {
    with.push_back(seconds_to_index(collection, recognizer, listed));
    without.push_back(seconds_to_index(collection, NoRecognizer(), listed));
  }
  fmt::print("with entities {:.2f} s, without {:.2f} s, ratio {:.3f}: medians of {} rounds in turn\n", median(with),
             median(without), median(with) / median(without), rounds);
}

} // namespace
} // namespace pfind::tests

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    fmt::print(stderr, "usage: measure_speed COLLECTION [ROUNDS]\n");
    return EXIT_FAILURE;
  }
  try {
    pfind::tests::measure(argv[1], argc == 3 ? std::max(std::atoi(argv[2]), 1) : 5);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    fmt::print(stderr, "measure_speed: {}\n", error.what());
    return EXIT_FAILURE;
  }
}
