// bench_stages [--benchmark_...] [FOLDER]: what each stage of indexing and searching takes for the articles of a
// folder; the sample articles where none is given.

#include <benchmark/benchmark.h>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/bench/stages.hpp"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const std::vector<pfind::Article> articles = pfind::bench::articles_below(argc > 1 ? argv[1] : PFIND_BENCH_SAMPLES);
  if (articles.empty()) {
    std::fputs("bench_stages: the folder holds no article\n", stderr);
    return 2;
  }
  std::int64_t bytes = 0;
  for (const pfind::Article& article : articles)
    bytes += static_cast<std::int64_t>(article.title.size() + article.body.size());
  for (const pfind::bench::Stage& stage : pfind::bench::stages()) {
    benchmark::RegisterBenchmark(std::string(stage.name).c_str(), [&](benchmark::State& state) {
      const auto work = stage.prepare(articles);
      for (auto run : state) benchmark::DoNotOptimize(work());
      state.counters["articles"] = static_cast<double>(articles.size());
      if (stage.reads_all) state.SetBytesProcessed(bytes * static_cast<std::int64_t>(state.iterations()));
    });
  }
  benchmark::RunSpecifiedBenchmarks();
}
