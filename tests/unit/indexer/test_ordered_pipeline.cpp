#include <atomic>
#include <catch2/catch.hpp>
#include <numeric>
#include <stdexcept>

#include "indexer/ordered_pipeline.hpp"

using pfind::indexer::OrderedPipeline;

namespace {

using Pipeline = OrderedPipeline<int, int>;

auto numbers_up_to(int end) {
  return [end](const Pipeline::Push& push) {
    for (int i = 0; i < end && push(i); ++i) {
    }
  };
}

auto squares() {
  return [](int number) { return number * number; };
}

} // namespace

TEST_CASE("outputs come in the order of inputs, whatever the number of threads and room") {
  const std::size_t threads = GENERATE(range(1U, 9U));
  const std::size_t capacity = GENERATE(1U, 3U, 64U);
  std::vector<int> taken;
  Pipeline pipeline;
  pipeline.run(threads, capacity, numbers_up_to(500), squares, [&](int output) {
    taken.push_back(output);
    return true;
  });
  std::vector<int> expected(500);
  for (int i = 0; i < 500; ++i) expected[static_cast<std::size_t>(i)] = i * i;
  CHECK(taken == expected);
}

TEST_CASE("no input gives no output") {
  bool any = false;
  Pipeline pipeline;
  pipeline.run(4, 2, numbers_up_to(0), squares, [&](int) { return any = true; });
  CHECK_FALSE(any);
}

TEST_CASE("each thread makes a worker of its own") {
  std::atomic<int> made = 0;
  Pipeline pipeline;
  pipeline.run(
      3, 2, numbers_up_to(100),
      [&] {
        ++made;
        return squares();
      },
      [](int) { return true; });
  CHECK(made == 3);
}

TEST_CASE("never are more inputs under way than there is room for") {
  const std::size_t capacity = GENERATE(1U, 5U);
  std::atomic<int> under_way = 0;
  std::atomic<int> most = 0;
  Pipeline pipeline;
  pipeline.run(
      4, capacity,
      [&](const Pipeline::Push& push) {
        for (int i = 0; i < 300; ++i) {
          if (!push(i)) return;
          most = std::max(most.load(), ++under_way);
        }
      },
      squares,
      [&](int) {
        --under_way;
        return true;
      });
  // One may have been taken out of the pipeline, but not yet counted, when the next is pushed.
  CHECK(most <= static_cast<int>(capacity) + 1);
}

TEST_CASE("a taker that wants no more ends everything") {
  const std::size_t threads = GENERATE(1U, 8U);
  int taken = 0;
  bool refused = false;
  Pipeline pipeline;
  pipeline.run(
      threads, 4,
      [&](const Pipeline::Push& push) {
        while (push(1)) {
        }
        refused = true;
      },
      squares, [&](int) { return ++taken < 10; });
  CHECK(taken == 10);
  CHECK(refused);
}

TEST_CASE("an exception of any part ends the others and is thrown on") {
  const std::size_t threads = GENERATE(1U, 2U, 8U);
  const int at = GENERATE(0, 1, 100);
  const auto fail_at = [at](int number) {
    if (number == at) throw std::runtime_error("at " + std::to_string(at));
  };
  int taken = 0;
  const auto take = [&](int) {
    ++taken;
    return true;
  };
  Pipeline pipeline;
  SECTION("the feeder") {
    const auto feed = [&](const Pipeline::Push& push) {
      for (int i = 0;; ++i) {
        fail_at(i);
        push(i);
      }
    };
    CHECK_THROWS_WITH(pipeline.run(threads, 4, feed, squares, take), "at " + std::to_string(at));
    CHECK(taken <= at);
  }
  SECTION("a worker") {
    const auto make_worker = [&] {
      return [&](int number) {
        fail_at(number);
        return number;
      };
    };
    CHECK_THROWS_WITH(pipeline.run(threads, 4, numbers_up_to(1'000'000), make_worker, take),
                      "at " + std::to_string(at));
    CHECK(taken <= at);
  }
  SECTION("the making of a worker") {
    const auto make_worker = [&] {
      fail_at(at);
      return squares();
    };
    CHECK_THROWS_AS(pipeline.run(threads, 4, numbers_up_to(1'000'000), make_worker, take), std::runtime_error);
    CHECK(taken == 0);
  }
  SECTION("the taker") {
    const auto failing_take = [&](int) {
      fail_at(taken++);
      return true;
    };
    CHECK_THROWS_WITH(pipeline.run(threads, 4, numbers_up_to(1'000'000), squares, failing_take),
                      "at " + std::to_string(at));
    CHECK(taken == at + 1);
  }
}
