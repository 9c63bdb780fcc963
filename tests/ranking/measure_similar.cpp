#include "tests/ranking/measure_similar.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "common/forward_text.hpp"

namespace pfind::tests {
namespace {

using namespace pfind::searcher;

constexpr std::size_t k_depth = 10;
constexpr std::size_t k_common = 10; // a label that one in so many articles has is not drawn for
constexpr std::size_t k_drawn = 600;
constexpr unsigned k_seed = 1;

enum class Half : std::uint8_t { choosing, reporting };

Half half_of(const std::string& id) { return term_number(id) % 2 == 0 ? Half::choosing : Half::reporting; }

using Locations = std::map<std::string, std::string>; // of articles, by id

using Labels = std::vector<std::string>;

/// Articles and their labels, by id.
struct Labelled {
  std::map<std::string, Labels> labels;
  std::map<std::string, std::vector<std::string>> articles; ///< ids, by label

  bool are_alike(const std::string& a, const std::string& b) const {
    const auto other = labels.find(b);
    return other != labels.end() && std::ranges::find_first_of(labels.at(a), other->second) != labels.at(a).end();
  }

  /// How many others share a label with `id`, no more than `at_most`.
  std::size_t count_alike(const std::string& id, std::size_t at_most) const {
    std::set<std::string> others;
    for (const std::string& label : labels.at(id)) {
      for (const std::string& other : articles.at(label)) {
        if (other != id) others.insert(other);
        if (others.size() == at_most) return at_most;
      }
    }
    return others.size();
  }
};

Labelled read_labels(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(fmt::format("cannot read {}", file));
  Labelled all;
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = std::min(line.find('\t'), line.size());
    std::istringstream labels(line.substr(std::min(tab + 1, line.size())));
    for (std::string label; labels >> label;) {
      all.labels[line.substr(0, tab)].push_back(label);
      all.articles[label].push_back(line.substr(0, tab));
    }
  }
  return all;
}

/// The labels to draw articles for: for each its articles of one half.
std::vector<std::vector<std::string>> articles_by_label(const Labelled& all, Half half) {
  std::vector<std::vector<std::string>> by_label;
  for (const auto& [label, ids] : all.articles) {
    if (ids.size() < 2 || ids.size() > all.labels.size() / k_common) continue;
    std::vector<std::string> drawable;
    for (const std::string& id : ids) {
      if (half_of(id) == half) drawable.push_back(id);
    }
    if (!drawable.empty()) by_label.push_back(std::move(drawable));
  }
  if (by_label.empty()) throw std::runtime_error("no label is fit to draw articles for");
  return by_label;
}

/// Ids of articles, label by label in turn. The generator's numbers are the same everywhere, distributions are not.
std::vector<std::string> draw(const Labelled& all, Half half) {
  std::mt19937 random(k_seed);
  std::vector<std::vector<std::string>> by_label = articles_by_label(all, half);
  for (std::size_t i = by_label.size(); i > 1; --i) std::swap(by_label[i - 1], by_label[random() % i]);
  std::vector<std::string> drawn;
  for (std::size_t i = 0; i < k_drawn; ++i) {
    const std::vector<std::string>& ids = by_label[i % by_label.size()];
    drawn.push_back(ids[random() % ids.size()]);
  }
  return drawn;
}

Locations locations(Index& index) {
  return index.read([](Snapshot& snapshot) {
    Locations all;
    const Xapian::Database& database = snapshot.database().plain();
    for (auto it = database.postlist_begin(""); it != database.postlist_end(""); ++it) {
      const Article article = snapshot.identity_of(*it).article;
      all[article.id] = article.location();
    }
    return all;
  });
}

struct Figures {
  double precision = 0;
  double ndcg = 0;
  double reciprocal_rank = 0;

  void add(const Figures& other) {
    precision += other.precision;
    ndcg += other.ndcg;
    reciprocal_rank += other.reciprocal_rank;
  }
};

double discount(std::size_t rank) { return 1 / std::log2(static_cast<double>(rank) + 2); }

Figures figures_of(const std::string& id, const Results& results, const Labelled& all) {
  Figures figures;
  double ideal = 0;
  for (std::size_t i = 0; i < all.count_alike(id, k_depth); ++i) ideal += discount(i);
  for (std::size_t i = 0; i < results.hits.size(); ++i) {
    if (!all.are_alike(id, results.hits[i].article.id)) continue;
    figures.precision += 1.0 / k_depth;
    figures.ndcg += discount(i) / ideal;
    if (figures.reciprocal_rank == 0) figures.reciprocal_rank = 1 / (static_cast<double>(i) + 1);
  }
  return figures;
}

void measure_half(Half half, Index& index, const Labelled& all, const Locations& places, SearchRequest& request) {
  const std::vector<std::string> drawn = draw(all, half);
  Figures sum;
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& id : drawn) {
    const auto place = places.find(id);
    if (place == places.end()) throw std::runtime_error(fmt::format("no article of the index has the id {}", id));
    request.similar_to = place->second;
    sum.add(figures_of(id, search(index, request), all));
  }
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
  const auto articles = static_cast<double>(drawn.size());
  fmt::print("{:<9}  P@10 {:.4f}  nDCG@10 {:.4f}  MRR@10 {:.4f}  {:.2f} ms an article\n",
             half == Half::choosing ? "choosing" : "reporting", sum.precision / articles, sum.ndcg / articles,
             sum.reciprocal_rank / articles, time.count() / articles);
}

} // namespace

void measure_similar(Index& index, const std::string& labels, SearchRequest request) {
  request.limit = k_depth;
  const Labelled all = read_labels(labels);
  const Locations places = locations(index);
  for (const Half half : {Half::choosing, Half::reporting}) measure_half(half, index, all, places, request);
}

} // namespace pfind::tests
