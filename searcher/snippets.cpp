#include "searcher/snippets.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "common/text/characters.hpp"
#include "common/text/sentences.hpp"

namespace pfind::searcher {
namespace {

constexpr std::string_view k_ellipsis = "…";
constexpr std::string_view k_gap = " … ";
constexpr std::size_t k_gap_length = 3;
constexpr std::size_t k_min_length = 40;
constexpr std::size_t k_max_passages = 3;
constexpr std::size_t k_passage_length = 80; // worth a passage of its own
constexpr std::size_t k_heading_length = 80; // bytes; shorter lines without a full stop are headings or list items

constexpr double k_nearness_bonus = 0.3;
constexpr double k_repeated = 0.1; // of the weight of what another passage shows already, or the headline
constexpr double k_heading = 0.8;

// A sentence that matches.
struct Candidate {
  std::size_t sentence = 0;
  std::size_t first = 0; // of its matches
  std::size_t last = 0;  // behind them
};

std::vector<Candidate> candidates(const std::vector<text::Span>& sentences, const std::vector<Match>& matches) {
  std::vector<Candidate> out;
  std::size_t m = 0;
  for (std::size_t s = 0; s < sentences.size() && m < matches.size(); ++s) {
    const std::size_t first = m;
    while (m < matches.size() && matches[m].bytes.begin < sentences[s].end) ++m;
    if (m > first) out.push_back({s, first, m});
  }
  return out;
}

bool ends_like_a_sentence(std::string_view sentence) {
  constexpr std::string_view k_ends = ".!?\"')";
  // Anything but ASCII at the end is taken for a closing quote or a full stop of another script.
  const auto last = static_cast<unsigned char>(sentence.back());
  return last >= 0x80 || k_ends.find(sentence.back()) != std::string_view::npos;
}

bool is_heading(std::string_view sentence) {
  return sentence.size() < k_heading_length && !ends_like_a_sentence(sentence);
}

// Chooses sentences of one article and makes the snippet of them.
class Selection {
public:
  Selection(std::string_view text, std::string_view title, const std::vector<Match>& matches,
            const std::vector<double>& weights, std::size_t max_length)
      : text_(text), title_(title), matches_(matches), weights_(weights),
        max_length_(std::max(max_length, k_min_length)), sentences_(text::sentences(text)) {}

  Snippet make() {
    choose_matching();
    if (chosen_.empty()) choose_first();
    if (chosen_.empty()) return {};
    add_context();
    add_matching();
    return assemble();
  }

private:
  struct Chosen {
    std::size_t sentence;
    Passage passage;
    std::size_t length; // in code points
  };

  void choose_matching();
  void choose_first();
  void add_context();
  void add_matching();
  bool fits(std::size_t sentence) const;
  void add(std::size_t sentence);
  bool is_chosen(std::size_t sentence) const;
  double score(const Candidate& candidate, const std::vector<bool>& covered) const;
  double nearness(const Candidate& candidate) const;
  bool repeats_title(std::size_t sentence) const;
  std::size_t length() const;
  std::vector<std::size_t> shares() const;
  Snippet assemble();

  std::string_view text_;
  std::string_view title_;
  const std::vector<Match>& matches_;
  const std::vector<double>& weights_;
  std::size_t max_length_;
  std::vector<text::Span> sentences_;
  std::vector<Chosen> chosen_; // in the order of the text
};

// The share of the words between the first and the last match that match, where more than one concept does.
double Selection::nearness(const Candidate& c) const {
  std::uint32_t last = matches_[c.first].position;
  bool several = false;
  for (std::size_t i = c.first; i < c.last; ++i) {
    last = std::max(last, matches_[i].position);
    several = several || matches_[i].concept_id != matches_[c.first].concept_id;
  }
  if (!several) return 0;
  return std::min(1.0, double(c.last - c.first) / double(last - matches_[c.first].position + 1));
}

bool Selection::repeats_title(std::size_t sentence) const {
  const std::size_t size = sentences_[sentence].size();
  if (title_.empty() || size < title_.size() || size > 2 * title_.size()) return false; // quick: white space apart
  return passage_of(text_, sentences_[sentence], {}).text == title_;
}

double Selection::score(const Candidate& c, const std::vector<bool>& covered) const {
  std::vector<std::size_t> concepts;
  for (std::size_t i = c.first; i < c.last; ++i) concepts.push_back(matches_[i].concept_id);
  std::ranges::sort(concepts);
  concepts.erase(std::unique(concepts.begin(), concepts.end()), concepts.end());
  double sum = 0;
  bool news = false;
  for (const std::size_t id : concepts) {
    news = news || !covered[id];
    sum += weights_[id] * (covered[id] ? k_repeated : 1);
  }
  if (!news) return 0;
  sum *= 1 + k_nearness_bonus * nearness(c);
  if (is_heading(sentences_[c.sentence].of(text_))) sum *= k_heading;
  if (repeats_title(c.sentence)) sum *= k_repeated;
  return sum;
}

void Selection::add(std::size_t sentence) {
  Passage passage = passage_of(text_, sentences_[sentence], matches_);
  const std::size_t length = text::count_characters(passage.text);
  const auto place = std::ranges::lower_bound(chosen_, sentence, {}, &Chosen::sentence);
  chosen_.insert(place, {sentence, std::move(passage), length});
}

bool Selection::is_chosen(std::size_t sentence) const {
  return std::ranges::find(chosen_, sentence, &Chosen::sentence) != chosen_.end();
}

// Takes the best sentence, then the best of those that show what it does not, and so on.
void Selection::choose_matching() {
  const std::vector<Candidate> all = candidates(sentences_, matches_);
  const std::size_t most = std::clamp<std::size_t>(max_length_ / k_passage_length, 1, k_max_passages);
  std::vector<bool> covered(weights_.size(), false);
  while (chosen_.size() < most) {
    const Candidate* best = nullptr;
    double best_score = 0;
    for (const Candidate& c : all) {
      const double s = score(c, covered);
      if (s <= best_score) continue;
      best = &c;
      best_score = s;
    }
    if (best == nullptr) return;
    add(best->sentence);
    for (std::size_t i = best->first; i < best->last; ++i) covered[matches_[i].concept_id] = true;
  }
}

void Selection::choose_first() {
  std::size_t first = 0;
  while (first < sentences_.size() && repeats_title(first)) ++first;
  if (first < sentences_.size()) {
    add(first);
  } else if (!sentences_.empty()) {
    add(0);
  }
}

// Whether a whole sentence can still be added.
bool Selection::fits(std::size_t sentence) const {
  if (sentence >= sentences_.size() || is_chosen(sentence)) return false;
  const std::string_view words = sentences_[sentence].of(text_);
  if (!ends_like_a_sentence(words) || words.size() > 4 * max_length_) return false;
  return length() + k_gap_length + text::count_characters(words) <= max_length_;
}

// Adds the sentences that follow the chosen ones as long as they fit.
void Selection::add_context() {
  std::size_t i = 0;
  while (i < chosen_.size()) { // which grows behind i
    if (const std::size_t next = chosen_[i].sentence + 1; fits(next)) add(next);
    ++i;
  }
}

// Where headings and list items left most of the room free, adds sentences that show more of the same.
void Selection::add_matching() {
  for (const Candidate& c : candidates(sentences_, matches_)) {
    if (2 * length() > max_length_ || chosen_.size() >= k_max_passages) return;
    if (fits(c.sentence)) add(c.sentence);
  }
}

// Of the snippet if no passage is cut, at most.
std::size_t Selection::length() const {
  return std::accumulate(chosen_.begin(), chosen_.end(), k_gap_length * (chosen_.size() - 1),
                         [](std::size_t sum, const Chosen& c) { return sum + c.length; });
}

// How long each passage may be: the short ones stay whole, the long ones share equally what is left.
std::vector<std::size_t> Selection::shares() const {
  std::vector<std::size_t> order(chosen_.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](std::size_t i) { return chosen_[i].length; });
  std::vector<std::size_t> out(chosen_.size());
  std::size_t left = max_length_ - k_gap_length * (chosen_.size() - 1);
  for (std::size_t n = 0; n < order.size(); ++n) {
    out[order[n]] = std::min(chosen_[order[n]].length, left / (order.size() - n));
    left -= out[order[n]];
  }
  return out;
}

Snippet Selection::assemble() {
  const std::vector<std::size_t> limits = shares();
  Snippet snippet;
  std::vector<Match> matches;
  bool cut = false; // the end of the passage before
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    const Passage part = shortened(std::move(chosen_[i].passage), limits[i], weights_);
    if (i == 0) {
      if (part.cut_before) snippet.text += k_ellipsis;
    } else {
      const bool adjacent = chosen_[i].sentence == chosen_[i - 1].sentence + 1 && !cut && !part.cut_before;
      snippet.text += adjacent ? " " : k_gap;
    }
    for (Match m : part.matches) {
      m.bytes = {m.bytes.begin + snippet.text.size(), m.bytes.end + snippet.text.size()};
      matches.push_back(m);
    }
    snippet.text += part.text;
    cut = part.cut_after;
  }
  if (cut) snippet.text += k_ellipsis;
  snippet.highlights = highlights_of(matches);
  return snippet;
}

} // namespace

std::vector<Match> SnippetMaker::find(std::string_view text, text::Analyzer& analyzer) {
  analyzer.analyze(text, tokens_, matcher_.wanted());
  return matcher_.find(tokens_, analyzer);
}

Snippet SnippetMaker::snippet(std::string_view body, std::string_view title, text::Analyzer& analyzer,
                              std::size_t max_length) {
  const std::string text = text::without_controls(body);
  const std::string clean_title = text::without_controls(title);
  const std::string heading = passage_of(clean_title, {0, clean_title.size()}, {}).text;
  const std::vector<Match> matches = find(text, analyzer);
  return Selection(text, heading, matches, matcher_.weights(), max_length).make();
}

Snippet SnippetMaker::highlight(std::string_view text, text::Analyzer& analyzer) {
  const std::string clean = text::without_controls(text);
  Passage passage = passage_of(clean, {0, clean.size()}, find(clean, analyzer));
  return {std::move(passage.text), highlights_of(passage.matches)};
}

} // namespace pfind::searcher
