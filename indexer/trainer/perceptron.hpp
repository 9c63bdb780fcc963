#pragma once

#include <cstdint>
#include <span>

#include "indexer/recognizer/name_model.hpp"
#include "indexer/trainer/training_set.hpp"

namespace pfind::indexer {

/// How the model is trained.
struct TrainingOptions {
  int epochs = 12;
  std::uint32_t least_runs = 2; ///< features of fewer runs are left out
  std::int32_t margin = 10;     ///< by how much a wrong label must lose, in updates
};

/// Trains with the averaged structured perceptron (Collins, "Discriminative Training Methods for Hidden Markov Models",
/// EMNLP 2002), with a margin, and, where several label sequences are right, towards the best of them (Sun et al.,
/// "Latent variable perceptron algorithm for structured classification", IJCAI 2009). All arithmetic is in integers, so
/// the same runs give the same model on any machine.
NameModel train(std::span<const TrainingRun* const> runs, std::vector<std::uint64_t> common_words,
                const TrainingOptions& options = {});

} // namespace pfind::indexer
