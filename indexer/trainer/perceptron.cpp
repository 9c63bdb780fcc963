#include "indexer/trainer/perceptron.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "indexer/trainer/random.hpp"

namespace pfind::indexer {
namespace {

/// A weight with what its average needs: sum = total of the values after each step, as `value * steps - lag`.
struct Weight {
  std::int32_t value = 0;
  std::int64_t lag = 0; ///< sum of change * step of that change
};

using WeightRow = std::array<Weight, k_name_labels>;

template <typename T>
void shuffle(std::vector<T>& values, Random& random) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
}

class Trainer {
public:
  Trainer(std::span<const TrainingRun* const> runs, const TrainingOptions& options)
      : runs_(runs), options_(options), rows_(NameModel::k_rows), kept_(NameModel::k_rows) {
    count_features();
  }

  NameModel train(std::vector<std::uint64_t> common_words) {
    std::vector<std::size_t> order(runs_.size());
    std::iota(order.begin(), order.end(), 0);
    Random random(1);
    for (int epoch = 0; epoch < options_.epochs; ++epoch) {
      shuffle(order, random);
      for (const std::size_t run : order) learn(*runs_[run]);
    }
    return averaged(std::move(common_words));
  }

private:
  void count_features() {
    std::vector<std::uint32_t> counts(NameModel::k_rows);
    for (const TrainingRun* run : runs_) {
      for (const auto& features : run->features) {
        for (const std::uint32_t feature : features) ++counts[feature];
      }
    }
    for (std::size_t i = 0; i < counts.size(); ++i) kept_[i] = counts[i] >= options_.least_runs;
  }

  void learn(const TrainingRun& run) {
    ++step_;
    std::vector<LabelScores> scores(run.features.size());
    for (std::size_t word = 0; word < scores.size(); ++word) scores[word] = score(run.features[word]);
    const Transitions transitions = current_transitions();
    const std::vector<NameLabel> right = best_labels(scores, transitions, run.allowed);
    if (right.empty()) return;
    for (std::size_t word = 0; word < scores.size(); ++word) {
      for (NameLabel label = 0; label < k_name_labels; ++label) {
        if ((run.allowed[word] >> label & 1) == 0) scores[word][label] += options_.margin;
      }
    }
    const std::vector<NameLabel> guess = best_labels(scores, transitions);
    const bool wrong = [&] {
      for (std::size_t word = 0; word < guess.size(); ++word) {
        if ((run.allowed[word] >> guess[word] & 1) == 0) return true;
      }
      return false;
    }();
    if (!wrong) return;
    update(run, right, 1);
    update(run, guess, -1);
  }

  LabelScores score(const std::vector<std::uint32_t>& features) const {
    LabelScores scores{};
    for (const std::uint32_t feature : features) {
      if (!kept_[feature]) continue;
      for (std::size_t label = 0; label < k_name_labels; ++label) scores[label] += rows_[feature][label].value;
    }
    return scores;
  }

  Transitions current_transitions() const {
    Transitions transitions;
    for (std::size_t from = 0; from < k_name_labels; ++from) {
      for (std::size_t to = 0; to < k_name_labels; ++to) transitions[from][to] = transitions_[from][to].value;
    }
    return transitions;
  }

  void change(Weight& weight, std::int32_t by) const {
    weight.value += by;
    weight.lag += by * step_;
  }

  void update(const TrainingRun& run, const std::vector<NameLabel>& labels, std::int32_t by) {
    NameLabel previous = k_outside;
    for (std::size_t word = 0; word < labels.size(); ++word) {
      for (const std::uint32_t feature : run.features[word]) {
        if (kept_[feature]) change(rows_[feature][labels[word]], by);
      }
      change(transitions_[previous][labels[word]], by);
      previous = labels[word];
    }
    change(transitions_[previous][k_outside], by);
  }

  /// The mean of a weight over all steps, times `step_`.
  std::int64_t total(const Weight& weight) const { return weight.value * (step_ + 1) - weight.lag; }

  /// The averages, scaled so that the largest that matter fit a byte; the few beyond are clipped.
  NameModel averaged(std::vector<std::uint64_t> common_words) const {
    std::vector<std::int64_t> sizes;
    for (const WeightRow& row : rows_) {
      for (const Weight& weight : row) {
        if (total(weight) != 0) sizes.push_back(std::abs(total(weight)));
      }
    }
    std::ranges::sort(sizes);
    constexpr std::size_t k_clipped = 2000; // one in so many
    const std::int64_t largest =
        sizes.empty() ? 1 : std::max<std::int64_t>(sizes[sizes.size() - 1 - sizes.size() / k_clipped], 1);
    const auto scaled = [&](const Weight& weight) { return total(weight) * 127 / largest; };
    std::vector<NameModel::Row> rows(NameModel::k_rows);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (std::size_t label = 0; label < k_name_labels; ++label)
        rows[row][label] = static_cast<std::int8_t>(std::clamp<std::int64_t>(scaled(rows_[row][label]), -127, 127));
    }
    Transitions transitions{};
    for (std::size_t from = 0; from < k_name_labels; ++from) {
      for (std::size_t to = 0; to < k_name_labels; ++to)
        transitions[from][to] = static_cast<std::int32_t>(scaled(transitions_[from][to]));
    }
    return {std::move(rows), transitions, std::move(common_words)};
  }

  std::span<const TrainingRun* const> runs_;
  TrainingOptions options_;
  std::vector<WeightRow> rows_;
  std::array<WeightRow, k_name_labels> transitions_{};
  std::vector<bool> kept_;
  std::int64_t step_ = 0;
};

} // namespace

NameModel train(std::span<const TrainingRun* const> runs, std::vector<std::uint64_t> common_words,
                const TrainingOptions& options) {
  return Trainer(runs, options).train(std::move(common_words));
}

} // namespace pfind::indexer
