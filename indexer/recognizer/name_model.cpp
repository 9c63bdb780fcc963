#include "indexer/recognizer/name_model.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "common/codec.hpp"

// NOLINTBEGIN(readability-identifier-naming): symbols of the embedded file, named after it
extern "C" {
extern const char pfind_name_model[], pfind_name_model_end[];
}
// NOLINTEND(readability-identifier-naming)

namespace pfind::indexer {
namespace {

constexpr std::string_view k_magic = "pfind name model 1\n";
constexpr std::int32_t k_impossible = std::numeric_limits<std::int32_t>::min() / 4;

std::uint64_t zigzag(std::int32_t value) {
  return value < 0 ? (static_cast<std::uint64_t>(-(value + 1)) << 1 | 1) : static_cast<std::uint64_t>(value) << 1;
}

std::int32_t unzigzag(std::uint64_t value) {
  const auto half = static_cast<std::int32_t>(value >> 1 & 0x7FFFFFFF);
  return (value & 1) != 0 ? -half - 1 : half;
}

bool allows(std::span<const LabelMask> allowed, std::size_t word, NameLabel label) {
  return allowed.empty() || (allowed[word] >> label & 1) != 0;
}

} // namespace

std::vector<NameLabel> best_labels(std::span<const LabelScores> scores, const Transitions& transitions,
                                   std::span<const LabelMask> allowed) {
  if (scores.empty()) return {};
  std::vector<std::array<NameLabel, k_name_labels>> from(scores.size());
  LabelScores best;
  best.fill(k_impossible);
  best[k_outside] = 0;
  for (std::size_t word = 0; word < scores.size(); ++word) {
    LabelScores next;
    next.fill(k_impossible);
    for (NameLabel to = 0; to < k_name_labels; ++to) {
      if (!allows(allowed, word, to)) continue;
      for (NameLabel previous = 0; previous < k_name_labels; ++previous) {
        if (best[previous] == k_impossible || !may_follow(previous, to)) continue;
        const std::int32_t score = best[previous] + transitions[previous][to] + scores[word][to];
        if (score <= next[to]) continue;
        next[to] = score;
        from[word][to] = previous;
      }
    }
    best = next;
  }
  for (NameLabel label = 0; label < k_name_labels; ++label) {
    if (best[label] != k_impossible) best[label] += transitions[label][k_outside];
  }
  const auto last = std::ranges::max_element(best);
  if (*last <= k_impossible / 2) return {};
  std::vector<NameLabel> labels(scores.size());
  labels.back() = static_cast<NameLabel>(last - best.begin());
  for (std::size_t word = scores.size() - 1; word > 0; --word) labels[word - 1] = from[word][labels[word]];
  return labels;
}

NameModel::NameModel(std::string_view encoded) : rows_(k_rows) {
  if (!encoded.starts_with(k_magic)) throw codec::DecodeError();
  encoded.remove_prefix(k_magic.size());
  for (LabelScores& from : transitions_) {
    for (std::int32_t& score : from) score = unzigzag(codec::take_number(encoded));
  }
  std::uint64_t key = 0;
  for (std::uint64_t words = codec::take_number(encoded); words > 0; --words)
    common_words_.push_back(key += codec::take_number(encoded));
  for (std::uint64_t row = 0; !encoded.empty();) {
    row += codec::take_number(encoded);
    if (row >= k_rows) throw codec::DecodeError();
    std::uint64_t present = codec::take_number(encoded);
    for (std::size_t label = 0; label < k_name_labels; ++label, present >>= 1) {
      if ((present & 1) == 0) continue;
      if (encoded.empty()) throw codec::DecodeError();
      rows_[row][label] = static_cast<std::int8_t>(encoded.front());
      encoded.remove_prefix(1);
    }
  }
}

const NameModel& NameModel::shipped() {
  static const NameModel model(shipped_bytes());
  return model;
}

std::string_view NameModel::shipped_bytes() { return {pfind_name_model, pfind_name_model_end}; }

std::string NameModel::encode() const {
  std::string out{k_magic};
  for (const LabelScores& from : transitions_) {
    for (const std::int32_t score : from) codec::put_number(out, zigzag(score));
  }
  codec::put_number(out, common_words_.size());
  std::uint64_t before = 0;
  for (const std::uint64_t key : common_words_) codec::put_number(out, key - std::exchange(before, key));
  std::uint32_t previous = 0;
  for (std::uint32_t row = 0; row < k_rows; ++row) {
    std::uint64_t present = 0;
    for (std::size_t label = 0; label < k_name_labels; ++label) {
      if (rows_[row][label] != 0) present |= std::uint64_t{1} << label;
    }
    if (present == 0) continue;
    codec::put_number(out, row - previous);
    codec::put_number(out, present);
    for (std::size_t label = 0; label < k_name_labels; ++label) {
      if (rows_[row][label] != 0) out += static_cast<char>(rows_[row][label]);
    }
    previous = row;
  }
  return out;
}

LabelScores NameModel::score(std::span<const std::uint32_t> features) const {
  std::array<std::int16_t, 16> sums{}; // room for 258 features
  for (const std::uint32_t feature : features) {
    const Row& row = rows_[feature];
    for (std::size_t i = 0; i < row.size(); ++i) sums[i] = static_cast<std::int16_t>(sums[i] + row[i]);
  }
  LabelScores scores{};
  for (std::size_t i = 0; i < scores.size(); ++i) scores[i] = sums[i];
  return scores;
}

} // namespace pfind::indexer
