// bench_html [--benchmark_...] PAGE...: what reading web pages costs, and what of it the HTML parser alone costs.

#include <benchmark/benchmark.h>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "corpus/reader/encoding.hpp"
#include "corpus/reader/html/html.hpp"
#include "corpus/reader/html/tree.hpp"

namespace {

using Pages = std::vector<std::string>;

/// Runs `work` over all pages; bytes per second are those of the pages as given.
template <class Work>
void measure(benchmark::State& state, const Pages& pages, Work work) {
  std::int64_t bytes = 0;
  for (auto run : state) {
    for (const std::string& page : pages) {
      work(page);
      bytes += static_cast<std::int64_t>(page.size());
    }
  }
  state.SetBytesProcessed(bytes);
}

} // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  Pages pages;
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    pages.push_back(pfind::corpus::decode(bytes, pfind::corpus::declared_charset(bytes)));
  }
  if (pages.empty()) {
    std::fputs("bench_html: no pages given; name some files of HTML\n", stderr);
    return 2;
  }
  namespace html = pfind::corpus::html;
  benchmark::RegisterBenchmark("without_code", [&](benchmark::State& state) {
    measure(state, pages, [](const std::string& page) { benchmark::DoNotOptimize(html::without_code(page)); });
  });
  benchmark::RegisterBenchmark("parser", [&](benchmark::State& state) {
    Pages markup;
    for (const std::string& page : pages) markup.push_back(html::without_code(page));
    std::size_t i = 0;
    measure(state, pages, [&](const std::string&) {
      const html::Tree tree(markup[i++ % markup.size()]);
      benchmark::DoNotOptimize(tree.size());
    });
  });
  benchmark::RegisterBenchmark("parse_html", [&](benchmark::State& state) {
    measure(state, pages,
            [](const std::string& page) { benchmark::DoNotOptimize(pfind::corpus::parse_html(page).article.body); });
  });
  benchmark::RunSpecifiedBenchmarks();
}
