// bench_readers [--benchmark_...] FILE...: how fast the articles of files are read, each by the reader of its format;
// what another process reads of them (archives, PDF documents) counts in real time only.

#include <benchmark/benchmark.h>
#include <cstdio>
#include <filesystem>
#include <string>

#include "corpus/reader/reader.hpp"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc < 2) {
    std::fputs("bench_readers: no files given; name some articles, of any format\n", stderr);
    return 2;
  }
  for (int i = 1; i < argc; ++i) {
    const std::string path = argv[i];
    benchmark::RegisterBenchmark(std::filesystem::path(path).filename().c_str(), [path](benchmark::State& state) {
      std::int64_t articles = 0;
      std::int64_t bytes = 0;
      for (auto run : state) {
        const auto stream = pfind::corpus::open_file(path);
        pfind::corpus::read_articles(
            *stream, path, {},
            {.article = [&](const pfind::Article&) { ++articles; }, .problem = [](const pfind::corpus::Problem&) {}});
        bytes += static_cast<std::int64_t>(std::filesystem::file_size(path));
      }
      state.SetBytesProcessed(bytes);
      state.SetItemsProcessed(articles);
    });
  }
  benchmark::RunSpecifiedBenchmarks();
}
