// What it costs to fill an index article by article, by Xapian in segments and by the bulk builder: indexes a
// collection each way in turn, each in a process of its own, with and without recognizing entities.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

#include "common/child_process.hpp"
#include "corpus/names/shipped.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/recognizer/article_recognizer.hpp"
#include "indexer/update.hpp"
#include "tests/support/temp_dir.hpp"

namespace pfind::tests {
namespace {

namespace fs = std::filesystem;
using indexer::Builder;
using Clock = std::chrono::steady_clock;

/// Finds nothing.
class NoRecognizer final : public indexer::Recognizer {
public:
  ArticleEntities recognize(const Article& /*article*/) const override { return {}; }
};

/// What one build took.
struct Cost {
  double cpu = 0; ///< seconds of all threads and processes, in the system too
  double wall = 0;
  double memory = 0; ///< MB at most
  double size = 0;   ///< MB of the index
};

double cpu_seconds(const rusage& used) {
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double megabytes(const fs::path& index) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(index))
    bytes += entry.is_regular_file() ? entry.file_size() : 0;
  return static_cast<double>(bytes) / (1 << 20);
}

Cost cost_of(Builder builder, const std::string& collection, const indexer::Recognizer& recognizer,
             const std::shared_ptr<const Catalog>& listed) {
  const TempDir index;
  Cost cost;
  const ChildEnd end = run_in_child(
      [&](ChildVoice& voice) {
        const auto start = Clock::now();
        {
          indexer::IndexWriter writer(index.path(), indexer::IndexWriter::Mode::update, listed,
                                      {builder, indexer::default_memory()});
          update(writer, recognizer, {.paths = {collection}, .jobs = std::max(1U, std::thread::hardware_concurrency())},
                 {}, {});
        }
        const double wall = std::chrono::duration<double>(Clock::now() - start).count();
        rusage self{}, children{};
        getrusage(RUSAGE_SELF, &self);
        getrusage(RUSAGE_CHILDREN, &children);
        const auto memory = static_cast<double>(std::max(self.ru_maxrss, children.ru_maxrss)) / 1024;
        voice.tell('C', fmt::format("{} {} {}", cpu_seconds(self) + cpu_seconds(children), wall, memory));
      },
      [&](char, std::string_view told) {
        std::sscanf(std::string(told).c_str(), "%lf %lf %lf", &cost.cpu, &cost.wall, &cost.memory);
      },
      {.patience = std::chrono::hours(24)});
  if (end.reason != ChildEnd::Reason::complete) throw std::runtime_error("indexing fails: " + end.error);
  cost.size = megabytes(index.path());
  return cost;
}

double median(const std::vector<Cost>& costs, double Cost::*what) {
  std::vector<double> values;
  for (const Cost& cost : costs) values.push_back(cost.*what);
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void measure(const std::string& collection, int rounds) {
  const auto listed = std::make_shared<const Catalog>(corpus::shipped_entries());
  const indexer::ArticleRecognizer finds_entities(listed);
  const NoRecognizer finds_nothing;
  struct Row {
    const char* name;
    Builder builder;
    const indexer::Recognizer& recognizer;
    std::vector<Cost> costs{};
  };
  std::array rows{Row{"one by one", Builder::none, finds_nothing},
                  Row{"xapian", Builder::xapian, finds_nothing},
                  Row{"bulk", Builder::bulk, finds_nothing},
                  Row{"one by one, entities", Builder::none, finds_entities},
                  Row{"xapian, entities", Builder::xapian, finds_entities},
                  Row{"bulk, entities", Builder::bulk, finds_entities}};
  for (int round = 0; round < rounds; ++round) {
    for (Row& row : rows) row.costs.push_back(cost_of(row.builder, collection, row.recognizer, listed));
  }
  fmt::print("medians of {} rounds in turn\n{:<22}{:>10}{:>10}{:>12}{:>10}\n", rounds, "", "CPU s", "wall s",
             "memory MB", "index MB");
  for (const Row& row : rows)
    fmt::print("{:<22}{:>10.2f}{:>10.2f}{:>12.0f}{:>10.0f}\n", row.name, median(row.costs, &Cost::cpu),
               median(row.costs, &Cost::wall), median(row.costs, &Cost::memory), median(row.costs, &Cost::size));
}

} // namespace
} // namespace pfind::tests

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    fmt::print(stderr, "usage: measure_builders COLLECTION [ROUNDS]\n");
    return EXIT_FAILURE;
  }
  try {
    pfind::tests::measure(argv[1], argc == 3 ? std::max(std::atoi(argv[2]), 1) : 5);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    fmt::print(stderr, "measure_builders: {}\n", error.what());
    return EXIT_FAILURE;
  }
}
