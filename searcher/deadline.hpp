#pragma once

#include <chrono>
#include <optional>
#include <vector>
#include <xapian.h>

namespace pfind::searcher {

/// When a search has to come to its end with what it has; never, unless told.
class Deadline {
public:
  using Clock = std::chrono::steady_clock;

  Deadline() = default;
  explicit Deadline(std::optional<std::chrono::nanoseconds> from_now) {
    if (from_now) at_ = Clock::now() + *from_now;
  }

  bool is_set() const { return at_.has_value(); }
  bool has_passed() const { return at_ && Clock::now() >= *at_; }

private:
  std::optional<Clock::time_point> at_;
};

/// What ends a search of Xapian's from inside when its time is up.
struct TimeUp {};

/// Collects the articles that a search finds, and throws TimeUp when the deadline has passed: then these are what was
/// found by then. One shard's articles go by their numbers there, as Xapian tells them.
class FoundArticles : public Xapian::MatchSpy {
public:
  /// Keeps the `most` articles of the highest weight, in no order; all where `most` is SIZE_MAX.
  explicit FoundArticles(const Deadline& deadline, std::size_t most = SIZE_MAX) : deadline_(deadline), most_(most) {}

  void operator()(const Xapian::Document& document, double weight) override;

  /// How many were found, whether kept or not.
  std::size_t count() const { return count_; }

  /// The numbers of those that are kept, in the order in which they were found where all are.
  std::vector<Xapian::docid> articles() const;

private:
  struct Found {
    Xapian::docid article;
    double weight;
  };

  void keep_best();

  const Deadline& deadline_;
  std::size_t most_;
  std::size_t count_ = 0;
  std::vector<Found> found_;
};

} // namespace pfind::searcher
