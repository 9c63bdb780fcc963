// Trains the statistical model of names that the recognizer ships with, or cross-validates it.

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <string>

#include "common/entity/catalog.hpp"
#include "corpus/names/shipped.hpp"
#include "indexer/trainer/labelled_text.hpp"
#include "indexer/trainer/perceptron.hpp"
#include "indexer/trainer/synthetic.hpp"
#include "indexer/trainer/training_set.hpp"

namespace pfind::indexer {
namespace {

constexpr int k_folds = 5;
constexpr std::size_t k_synthetic_articles = 1000;
constexpr std::array<const char*, k_name_kinds> k_kind_names{"company", "organization", "person", "place", "other"};

struct Tally {
  std::uint64_t right = 0, found = 0, marked = 0;

  double f1() const {
    return found + marked == 0 ? 0 : 2.0 * static_cast<double>(right) / static_cast<double>(found + marked);
  }
};

struct Name {
  std::size_t begin = 0, end = 0;
  std::size_t kind = 0;
  auto operator<=>(const Name&) const = default;
};

/// Companies and other organizations count as one kind, since most corpora do not tell them apart.
std::vector<Name> names_of(const std::vector<NameLabel>& labels) {
  std::vector<Name> names;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (is_begin(labels[i])) {
      const NameKind kind = kind_of(labels[i]);
      names.push_back({i, i, static_cast<std::size_t>(kind == NameKind::company ? NameKind::organization : kind)});
    }
    if (labels[i] != k_outside) names.back().end = i + 1;
  }
  return names;
}

std::vector<LabelScores> scores_of(const NameModel& model, const TrainingRun& run) {
  std::vector<LabelScores> scores;
  for (const auto& features : run.features) scores.push_back(model.score(features));
  return scores;
}

/// Names found in runs that the model was not trained on: exact in bounds and kind.
void evaluate(const NameModel& model, const TrainingRun& run, std::array<Tally, k_name_kinds>& tallies) {
  const std::vector<LabelScores> scores = scores_of(model, run);
  const std::vector<Name> found = names_of(best_labels(scores, model.transitions()));
  const std::vector<Name> marked = names_of(best_labels(scores, model.transitions(), run.allowed));
  for (const Name& name : found) ++tallies[name.kind].found;
  for (const Name& name : marked) {
    ++tallies[name.kind].marked;
    tallies[name.kind].right += std::ranges::find(found, name) != found.end();
  }
}

void cross_validate(const std::vector<TrainingRun>& runs, const std::vector<LabelledText>& texts,
                    const std::vector<std::uint64_t>& common_words) {
  std::map<std::string, std::array<Tally, k_name_kinds>> by_corpus;
  for (std::uint32_t fold = 0; fold < k_folds; ++fold) {
    std::vector<const TrainingRun*> learnt;
    for (const TrainingRun& run : runs) {
      if (run.document % k_folds != fold) learnt.push_back(&run);
    }
    const NameModel model = train(learnt, common_words);
    for (const TrainingRun& run : runs) {
      if (run.document % k_folds != fold) continue;
      evaluate(model, run, by_corpus[texts[run.document].corpus]);
      if (texts[run.document].corpus != k_synthetic) evaluate(model, run, by_corpus["all"]);
    }
  }
  fmt::print("{:12} {:14} {:>6} {:>9} {:>7} {:>6}\n", "corpus", "kind", "names", "precision", "recall", "F1");
  for (const auto& [corpus, tallies] : by_corpus) {
    for (std::size_t kind = 1; kind < k_name_kinds; ++kind) {
      const Tally& tally = tallies[kind];
      const auto share = [&](std::uint64_t of) {
        return of == 0 ? 0.0 : static_cast<double>(tally.right) / static_cast<double>(of);
      };
      fmt::print("{:12} {:14} {:6} {:9.3f} {:7.3f} {:6.3f}\n", corpus, k_kind_names[kind], tally.marked,
                 share(tally.found), share(tally.marked), tally.f1());
    }
  }
}

void train_and_write(const std::vector<TrainingRun>& runs, const std::vector<std::uint64_t>& common_words,
                     const std::string& path) {
  std::vector<const TrainingRun*> all;
  for (const TrainingRun& run : runs) all.push_back(&run);
  const std::string encoded = train(all, common_words).encode();
  std::ofstream out(path, std::ios::binary);
  out << encoded;
  out.close();
  if (!out) throw std::runtime_error("cannot write " + path);
  fmt::print("{}: {} bytes, from {} runs\n", path, encoded.size(), runs.size());
}

int run(const std::string& folder, const std::string& what) {
  const Catalog catalog(corpus::shipped_entries());
  std::vector<LabelledText> texts;
  for (const CorpusFile& file : corpora_in(folder)) {
    for (LabelledText& text : read_corpus(file)) texts.push_back(std::move(text));
  }
  const std::vector<std::uint64_t> common_words = common_words_of(texts);
  for (LabelledText& text : make_articles(catalog, k_synthetic_articles, 1)) texts.push_back(std::move(text));
  const std::vector<TrainingRun> runs = make_training_set(texts, catalog, common_words);
  what == "--cross-validate" ? cross_validate(runs, texts, common_words) : train_and_write(runs, common_words, what);
  return EXIT_SUCCESS;
}

} // namespace
} // namespace pfind::indexer

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: train_recognizer CORPORA MODEL|--cross-validate\n"
                       "  CORPORA  the folder that holds wikigold, SEC-filings, WNUT17, BTC and re3d in CoNLL form\n"
                       "  MODEL    the file to write\n");
    return EXIT_FAILURE;
  }
  try {
    return pfind::indexer::run(argv[1], argv[2]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "train_recognizer: {}\n", error.what());
    return EXIT_FAILURE;
  }
}
