#include "indexer/recognizer/name_runs.hpp"

#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

constexpr std::uint32_t k_longest_run = 40;    // words; longer ones are tables and lists
constexpr std::uint32_t k_most_connectors = 3; // `Bank for the Development of ...`

bool has_capital(const Word& word) { return word.capitals != 0; }

/// Whether names reach across what stands before the word at `index`.
bool is_joined(const Words& words, std::uint32_t index) {
  const Word& word = words.words[index];
  const Word& before = words.words[index - 1];
  switch (word.before) {
  case Separator::none:
  case Separator::space:
  case Separator::hyphen:
  case Separator::dot:
  case Separator::apostrophe: break;
  case Separator::dot_space: return !word.sentence_start || is(word, WordClass::legal_suffix);
  case Separator::comma: return is(word, WordClass::legal_suffix) && word.capitalised();
  case Separator::slash:
  case Separator::other: return false;
  }
  return !word.sentence_start && words.lines[word.line].style == words.lines[before.line].style;
}

class RunFinder {
public:
  explicit RunFinder(const Words& words) : words_(words) {}

  std::vector<NameRun> find() {
    std::vector<NameRun> runs;
    const auto count = static_cast<std::uint32_t>(words_.words.size());
    for (std::uint32_t i = 0; i < count;) {
      const Word& word = words_.words[i];
      if (!has_capital(word) || words_.lines[word.line].style != LineStyle::prose) {
        ++i;
        continue;
      }
      const std::uint32_t end = end_of_run(i);
      runs.push_back({i, end});
      i = end;
    }
    return runs;
  }

private:
  std::uint32_t end_of_run(std::uint32_t begin) const {
    std::uint32_t end = begin + 1;
    std::uint32_t connectors = 0;
    for (std::uint32_t i = end; i < words_.words.size() && i - begin < k_longest_run && is_joined(words_, i); ++i) {
      const Word& word = words_.words[i];
      if (has_capital(word) || (word.letters == 0 && connectors == 0)) {
        end = i + 1;
        connectors = 0;
      } else if (!is_connector(i) || ++connectors > k_most_connectors) {
        break;
      }
    }
    return end;
  }

  /// The small words within names; the s of `Lloyd's Register`.
  bool is_connector(std::uint32_t index) const {
    return is(words_.words[index], WordClass::connector) || words_.words[index].before == Separator::apostrophe ||
           words_.words[index].before == Separator::hyphen;
  }

  const Words& words_;
};

} // namespace

std::vector<NameRun> name_runs(const Words& words) { return RunFinder(words).find(); }

} // namespace pfind::indexer
