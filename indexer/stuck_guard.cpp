#include "indexer/stuck_guard.hpp"

#include <utility>
#include <vector>
#include <xapian.h>

namespace pfind::indexer {

StuckGuard::StuckGuard(std::filesystem::path database, Tell tell, std::chrono::milliseconds patience)
    : database_(std::move(database)), tell_(std::move(tell)), patience_(patience),
      thread_([this](const std::stop_token& stop) { watch(stop); }) {}

bool StuckGuard::begin() {
  if (since_ != k_idle) return false;
  since_ = Clock::now().time_since_epoch().count();
  return true;
}

/// Long work on a sound database is left alone, and looked at again when it has taken twice as long.
void StuckGuard::watch(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  Clock::rep seen = k_idle;
  auto patience = patience_;
  while (!wake_.wait_for(lock, stop, patience_ / 4, [] { return false; }) && !stop.stop_requested()) {
    const Clock::rep since = since_;
    if (since != seen) patience = patience_;
    seen = since;
    if (since == k_idle || Clock::now().time_since_epoch() - Clock::duration(since) < patience) continue;
    patience *= 2;
    std::vector<glass::DamagedBlock> damaged;
    try {
      damaged = glass::damaged_blocks(database_);
    } catch (const Xapian::Error&) {
      continue; // whoever writes there will meet it, too
    }
    if (!damaged.empty() && since_ == since) return tell_(damaged.front());
  }
}

} // namespace pfind::indexer
