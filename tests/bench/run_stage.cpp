// run_stage STAGE: does the work of one stage on the sample articles once, for scripts/count-instructions.

#include <cstdio>
#include <string_view>
#include <vector>

#include "tests/bench/stages.hpp"

/// Counted is what happens in here. It has C's name, which callgrind is told.
extern "C" __attribute__((noinline)) std::size_t pfind_counted_work(const std::function<std::size_t()>& work) {
  return work();
}

int main(int argc, char** argv) {
  const std::string_view name = argc == 2 ? argv[1] : "";
  for (const pfind::bench::Stage& stage : pfind::bench::stages()) {
    if (stage.name != name) continue;
    const std::vector<pfind::Article> articles = pfind::bench::articles_below(PFIND_BENCH_SAMPLES);
    const auto work = stage.prepare(articles);
    work(); // what is made when first asked for, such as stems, is there then, as it is for most of an index
    std::printf("%zu\n", pfind_counted_work(work));
    return 0;
  }
  std::fputs("usage: run_stage STAGE, of:", stderr);
  for (const pfind::bench::Stage& stage : pfind::bench::stages())
    std::fprintf(stderr, " %.*s", static_cast<int>(stage.name.size()), stage.name.data());
  std::fputs("\n", stderr);
  return 2;
}
