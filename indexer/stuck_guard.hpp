#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

#include "common/block_sums.hpp"

namespace pfind::indexer {

/// Watches work on a database that may be damaged: in a damaged block Xapian may go round for ever.
class StuckGuard {
public:
  using Tell = std::function<void(const glass::DamagedBlock&)>;

  /// `tell` is called on another thread where one piece of work goes on for longer than `patience` and the database has
  /// a damaged block; it is to end the process, since nothing else ends that work.
  StuckGuard(std::filesystem::path database, Tell tell, std::chrono::milliseconds patience = std::chrono::seconds(10));

  /// A piece of work, from its making to its end. Pieces may lie within another, which then counts.
  class Work {
  public:
    explicit Work(StuckGuard& guard) : guard_(guard), is_outer_(guard.begin()) {}
    ~Work() {
      if (is_outer_) guard_.end();
    }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

  private:
    StuckGuard& guard_;
    bool is_outer_;
  };

private:
  using Clock = std::chrono::steady_clock;
  static constexpr Clock::rep k_idle = 0;

  bool begin();
  void end() { since_ = k_idle; }
  void watch(const std::stop_token& stop);

  std::filesystem::path database_;
  Tell tell_;
  std::chrono::milliseconds patience_;
  std::atomic<Clock::rep> since_{k_idle}; // when the work at hand began
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_; // the last to be made and the first to end
};

} // namespace pfind::indexer
