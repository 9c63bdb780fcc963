#include <catch2/catch.hpp>
#include <random>

#include "common/codec.hpp"
#include "indexer/recognizer/name_model.hpp"

using namespace pfind;
using namespace pfind::indexer;

namespace {

std::int32_t score_of(const std::vector<NameLabel>& labels, const std::vector<LabelScores>& scores,
                      const Transitions& transitions) {
  std::int32_t total = 0;
  NameLabel previous = k_outside;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    total += scores[i][labels[i]] + transitions[previous][labels[i]];
    previous = labels[i];
  }
  return total + transitions[previous][k_outside];
}

bool is_valid(const std::vector<NameLabel>& labels, const std::vector<LabelMask>& allowed) {
  NameLabel previous = k_outside;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!may_follow(previous, labels[i]) || (allowed[i] >> labels[i] & 1) == 0) return false;
    previous = labels[i];
  }
  return true;
}

/// The best score of all label sequences, one by one.
std::int32_t best_score(const std::vector<LabelScores>& scores, const Transitions& transitions,
                        const std::vector<LabelMask>& allowed) {
  std::int32_t best = INT32_MIN;
  std::vector<NameLabel> labels(scores.size());
  for (;;) {
    if (is_valid(labels, allowed)) best = std::max(best, score_of(labels, scores, transitions));
    std::size_t i = 0;
    while (i < labels.size() && ++labels[i] == k_name_labels) labels[i++] = 0;
    if (i == labels.size()) return best;
  }
}

NameModel small_model() {
  std::vector<NameModel::Row> rows(NameModel::k_rows);
  rows[7][begin_of(NameKind::company)] = 100;
  rows[7][begin_of(NameKind::person)] = -128;
  rows[NameModel::k_rows - 1][inside_of(NameKind::other)] = 1;
  Transitions transitions{};
  transitions[k_outside][begin_of(NameKind::place)] = -3000;
  transitions[0][0] = 70000;
  return {std::move(rows), transitions, {3, 5, 0xFFFFFFFFFFFFFFFF}};
}

} // namespace

TEST_CASE("the best labels are those that trying all of them finds") {
  std::mt19937 random(7);
  const auto weight = [&] { return static_cast<std::int32_t>(random() % 41) - 20; };
  for (int round = 0; round < 60; ++round) {
    const std::size_t words = 1 + random() % 4;
    std::vector<LabelScores> scores(words);
    std::vector<LabelMask> allowed(words, k_any_label);
    Transitions transitions{};
    for (LabelScores& word : scores) std::ranges::generate(word, weight);
    for (LabelScores& from : transitions) std::ranges::generate(from, weight);
    if (round % 2 == 1) {
      for (LabelMask& labels : allowed) labels = static_cast<LabelMask>((random() & k_any_label) | 1);
    }
    const std::vector<NameLabel> best = best_labels(scores, transitions, allowed);
    INFO("round " << round);
    REQUIRE(best.size() == words);
    CHECK(is_valid(best, allowed));
    CHECK(score_of(best, scores, transitions) == best_score(scores, transitions, allowed));
  }
}

TEST_CASE("no labels are found where none are allowed") {
  const std::vector<LabelScores> scores(2);
  const LabelMask only_inside = 1u << inside_of(NameKind::person);
  CHECK(best_labels(scores, {}, std::vector<LabelMask>{only_inside, only_inside}).empty());
  CHECK(best_labels({}, {}).empty());
}

TEST_CASE("a model is what its bytes say") {
  const NameModel model = small_model();
  const NameModel same(model.encode());
  CHECK(same.encode() == model.encode());
  CHECK(same.transitions() == model.transitions());
  CHECK(std::ranges::equal(same.common_words(), model.common_words()));
  const std::vector<std::uint32_t> features{7, 7, NameModel::k_rows - 1};
  CHECK(same.score(features) == model.score(features));
  CHECK(same.score(features)[begin_of(NameKind::company)] == 200);
  CHECK(same.score(features)[begin_of(NameKind::person)] == -256);
  CHECK(same.score({})[k_outside] == 0);
}

TEST_CASE("damaged bytes of a model are told") {
  const std::string bytes = small_model().encode();
  CHECK_THROWS_AS(NameModel("something else"), codec::DecodeError);
  CHECK_THROWS_AS(NameModel(std::string_view(bytes).substr(0, bytes.size() - 1)), codec::DecodeError);
  CHECK_THROWS_AS(NameModel(std::string_view(bytes).substr(0, 40)), codec::DecodeError);
}

TEST_CASE("the shipped model can be read and is no larger than a few megabytes") {
  const NameModel& model = NameModel::shipped();
  CHECK(model.encode().size() > 100'000);
  CHECK(model.encode().size() < 3'000'000);
  CHECK(model.common_words().size() > 1'000);
}
