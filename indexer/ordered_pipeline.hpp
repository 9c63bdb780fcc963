#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace pfind::indexer {

/// Work on a sequence of inputs spread over threads, its outputs handed on in the order of the inputs, so that the
/// result does not depend on how many threads there are. At most `capacity` inputs are on their way at any time.
template <typename Input, typename Output>
class OrderedPipeline {
public:
  /// Hands one input to the workers, waiting for room; false where nobody wants more.
  using Push = std::function<bool(Input)>;

  /// `feed(push)` runs on its own thread and pushes every input. `make_worker()` is called once per thread, there, and
  /// gives the function from Input to Output. `take(output)` runs on the calling thread, in order; false stops
  /// everything. An exception of any of them stops the others and is thrown on, once all threads have ended.
  template <typename Feed, typename MakeWorker, typename Take>
  void run(std::size_t threads, std::size_t capacity, Feed&& feed, MakeWorker&& make_worker, Take&& take) {
    capacity_ = capacity;
    workers_left_ = threads;
    std::vector<std::jthread> pool;
    guard([&] { // starting a thread may fail, too
      pool.emplace_back([&] {
        guard([&] { feed(Push([this](Input input) { return push(std::move(input)); })); });
        end_of_input();
      });
      for (std::size_t i = 0; i < threads; ++i)
        pool.emplace_back([&] {
          guard([&] { work(make_worker()); });
          worker_done();
        });
      while (auto output = next()) {
        if (!take(std::move(*output))) break;
      }
    });
    stop();
    pool.clear(); // joins
    if (error_) std::rethrow_exception(error_);
  }

private:
  template <typename Work>
  void guard(Work&& work) {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
      stopped_ = true;
      changed_.notify_all();
    }
  }

  bool push(Input input) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || pushed_ - taken_ < capacity_; });
    if (stopped_) return false;
    inputs_.emplace_back(pushed_++, std::move(input));
    changed_.notify_all();
    return true;
  }

  template <typename Worker>
  void work(Worker worker) {
    for (;;) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || input_ended_ || !inputs_.empty(); });
      if (stopped_ || inputs_.empty()) return;
      auto [number, input] = std::move(inputs_.front());
      inputs_.pop_front();
      lock.unlock();
      Output output = worker(std::move(input));
      lock.lock();
      outputs_.emplace(number, std::move(output));
      changed_.notify_all();
    }
  }

  std::optional<Output> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || outputs_.contains(taken_) || workers_left_ == 0; });
    const auto it = outputs_.find(taken_);
    if (stopped_ || it == outputs_.end()) return std::nullopt;
    Output output = std::move(it->second);
    outputs_.erase(it);
    ++taken_;
    changed_.notify_all();
    return output;
  }

  void end_of_input() {
    const std::lock_guard lock(mutex_);
    input_ended_ = true;
    changed_.notify_all();
  }

  void worker_done() {
    const std::lock_guard lock(mutex_);
    --workers_left_;
    changed_.notify_all();
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<std::size_t, Input>> inputs_;
  std::map<std::size_t, Output> outputs_; // by number of the input
  std::size_t capacity_ = 0;
  std::size_t pushed_ = 0;
  std::size_t taken_ = 0;
  std::size_t workers_left_ = 0;
  bool input_ended_ = false;
  bool stopped_ = false;
  std::exception_ptr error_;
};

} // namespace pfind::indexer
