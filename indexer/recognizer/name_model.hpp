#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/recognizer/name_label.hpp"

namespace pfind::indexer {

/// A score for each label.
using LabelScores = std::array<std::int32_t, k_name_labels>;

/// Scores of one label behind another: [previous][next]; `k_outside` stands before the first and behind the last word.
using Transitions = std::array<LabelScores, k_name_labels>;

/// Which labels a word may have: bit i for label i.
using LabelMask = std::uint16_t;

inline constexpr LabelMask k_any_label = (1u << k_name_labels) - 1;

/// The best sequence of labels for a run of words: Viterbi's algorithm over BIO-valid sequences. `allowed` restricts
/// the labels word by word; empty means any. Gives nothing where no sequence is allowed.
std::vector<NameLabel> best_labels(std::span<const LabelScores> scores, const Transitions& transitions,
                                   std::span<const LabelMask> allowed = {});

/// The weights of a linear-chain model over hashed features. Immutable, so one serves all threads.
class NameModel {
public:
  static constexpr std::uint32_t k_rows = 1u << 18; ///< features are numbered below this

  /// The weights of one feature by label; padded so that no row crosses a cache line.
  using Row = std::array<std::int8_t, 16>;

  /// Knows no names at all: recognition goes by the lists alone.
  NameModel() : rows_(k_rows) {}

  /// Decodes what `encode` wrote. Throws codec::DecodeError.
  explicit NameModel(std::string_view encoded); /// `common_words`: see common_words().
  NameModel(std::vector<Row> rows, const Transitions& transitions, std::vector<std::uint64_t> common_words)
      : rows_(std::move(rows)), transitions_(transitions), common_words_(std::move(common_words)) {}
  /// The model shipped with pfind.
  static const NameModel& shipped();

  /// The bytes of the shipped model, as `encode` wrote them.
  static std::string_view shipped_bytes();

  /// Rows that hold anything, and the transitions.
  std::string encode() const;

  /// The scores of a word that has these features.
  LabelScores score(std::span<const std::uint32_t> features) const;

  const Transitions& transitions() const { return transitions_; }

  /// Keys, sorted, of words that the texts it was trained on have in small letters: what a capital at the beginning of
  /// a sentence makes look like a name.
  std::span<const std::uint64_t> common_words() const { return common_words_; }

private:
  std::vector<Row> rows_; ///< k_rows
  Transitions transitions_{};
  std::vector<std::uint64_t> common_words_;
};

} // namespace pfind::indexer
