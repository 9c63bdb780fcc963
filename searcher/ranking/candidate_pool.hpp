#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>
#include <xapian.h>

namespace pfind::searcher {

/// What an article weighs at least that is one of the best, as far as any of several threads knows.
class SharedLeast {
public:
  float get() const { return least_.load(std::memory_order_relaxed); }

  void raise(float least) {
    for (float known = get();
         known < least && !least_.compare_exchange_weak(known, least, std::memory_order_relaxed);) {
    }
  }

private:
  std::atomic<float> least_{0};
};

/// Keeps of many articles those that may be among the best, going by rough weights.
class CandidatePool {
public:
  /// `error`: by how much of it a rough weight may be wrong. `shared` must outlive the pool.
  CandidatePool(std::size_t wanted, double error, SharedLeast& shared)
      : wanted_(wanted), kept_(1 - 2 * static_cast<float>(error)),
        most_(std::max(k_fewest, wanted > SIZE_MAX / 4 ? wanted : 4 * wanted)), shared_(shared) {}

  float least() const { return least_; } ///< an article of less is none of the best

  /// Takes what other threads know.
  void learn() { least_ = std::max(least_, shared_.get()); }

  void add(Xapian::docid article, float weight) {
    articles_.push_back({article, weight});
    if (articles_.size() >= most_) keep_best();
  }

  /// In the order of their numbers.
  std::vector<Xapian::docid> take() {
    keep_best();
    std::vector<Xapian::docid> best;
    for (const Rough& one : articles_) best.push_back(one.article);
    std::ranges::sort(best);
    return best;
  }

private:
  static constexpr std::size_t k_fewest = 1024; // among which the best are looked for together

  struct Rough {
    Xapian::docid article;
    float weight;
  };

  void keep_best() {
    if (wanted_ == 0) return articles_.clear();
    if (articles_.size() <= wanted_) return;
    const auto last = articles_.begin() + static_cast<std::ptrdiff_t>(wanted_ - 1);
    std::ranges::nth_element(articles_, last, std::greater{}, &Rough::weight);
    least_ = std::max(least_, last->weight * kept_);
    shared_.raise(least_);
    std::erase_if(articles_, [&](const Rough& one) { return one.weight < least_; });
    most_ = std::max(most_, 2 * articles_.size()); // many may weigh the same
  }

  std::size_t wanted_;
  float kept_;
  std::size_t most_;
  float least_ = 0;
  SharedLeast& shared_;
  std::vector<Rough> articles_;
};

} // namespace pfind::searcher
