#include "searcher/query/synonyms.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>

#include "common/error.hpp"
#include "common/text/lines.hpp"

// NOLINTBEGIN(readability-identifier-naming): symbols of the embedded file, named after it
extern "C" {
extern const char pfind_synonyms[], pfind_synonyms_end[];
}
// NOLINTEND(readability-identifier-naming)

namespace pfind::searcher {
namespace {

constexpr std::size_t k_first_letters = 2; // bytes
constexpr std::size_t k_most_words = 10;   // of one alternative

/// The pieces of a text between separators that stand by themselves: `C= x` holds none. A separator at an end has an
/// empty piece beside it.
std::vector<std::string> split(std::string_view text, std::string_view separator) {
  const std::string padded = fmt::format(" {} ", text);
  const std::string by_itself = fmt::format(" {} ", separator);
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = std::min(padded.find(by_itself, begin), padded.size());
    pieces.emplace_back(text::trimmed(std::string_view(padded).substr(begin, end - begin)));
    if (end == padded.size()) return pieces;
    begin = end + by_itself.size() - 1; // its last blank may be the first of another
  }
}

/// One text of a group.
struct Alternative {
  std::string text;
  std::vector<std::string> words; // folded; parts of hyphenated ones by themselves
};

/// What a line says: each of `from` is also looked for as each of `to` that is another text.
struct Rule {
  std::vector<Alternative> from;
  std::vector<Alternative> to;
};

class Parser {
public:
  explicit Parser(std::string_view file) : file_(file) {}

  Rule rule(std::string_view line, std::size_t number) {
    number_ = number;
    if (!text::is_utf8(line)) fail("the text is not UTF-8", "save the file as UTF-8");
    const std::vector<std::string> sides = split(line, "=>");
    if (sides.size() > 2) fail("two => in one line", "write two lines");
    Rule rule{alternatives(sides.front()), alternatives(sides.back())};
    if (sides.size() == 2 && rule.from.size() > 1) fail("several texts before =>", "write a line for each");
    if (sides.size() == 1 && rule.from.size() == 1)
      fail(fmt::format("no = or => beside \"{}\"", rule.from.front().text), "put blanks around the sign, as in a = b");
    return rule;
  }

private:
  [[noreturn]] void fail(std::string_view reason, std::string_view advice) const {
    throw UsageError(fmt::format("{}, line {}: {}; {}", file_, number_, reason, advice));
  }

  std::vector<Alternative> alternatives(std::string_view side) {
    std::vector<Alternative> all;
    for (std::string& text : split(side, "=")) all.push_back({std::move(text), {}});
    for (Alternative& one : all) {
      if (one.text.empty()) fail("nothing on one side of the sign", "write text = other text, or text => other text");
      one.words = words_of(one.text);
      if (one.words.empty()) fail(fmt::format("no word in \"{}\"", one.text), "write a word or words");
      if (one.words.size() > k_most_words)
        fail(fmt::format("\"{}\" has too many words", one.text), fmt::format("write {} at the most", k_most_words));
    }
    return all;
  }

  std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    analyzer_.analyze(text, tokens_);
    for (text::Token& token : tokens_) {
      if (token.kind == text::TokenKind::word || token.kind == text::TokenKind::part)
        words.push_back(std::move(token.word));
    }
    return words;
  }

  std::string file_;
  std::size_t number_ = 0;
  text::Analyzer analyzer_{"und"}; // words are stemmed when they are looked up
  std::vector<text::Token> tokens_;
};

void add_once(std::vector<std::string>& texts, const std::string& text) {
  if (std::ranges::find(texts, text) == texts.end()) texts.push_back(text);
}

/// How many of the chains hold exactly these words, stemmed, none of the last chain left over; 0 where they do not.
std::size_t chains_that_hold(const std::vector<std::string>& words, std::span<const WordChain> chains,
                             text::Analyzer& analyzer) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < chains.size(); ++i) {
    for (const text::Token& token : chains[i].words) {
      if (next == words.size() || analyzer.stem(words[next]) != token.term) return 0;
      ++next;
    }
    if (next == words.size()) return i + 1;
  }
  return 0;
}

} // namespace

Synonyms Synonyms::parse(std::string_view text, std::string_view file) {
  text = text::without_byte_order_mark(text);
  Parser parser(file);
  Synonyms synonyms;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text::trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const Rule rule = parser.rule(line, number);
    for (const Alternative& from : rule.from) {
      for (const Alternative& to : rule.to) {
        if (to.text != from.text) synonyms.add(from.words, to.text);
      }
    }
  }
  return synonyms;
}

Synonyms Synonyms::read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text;
  for (std::string line; std::getline(in, line);) text += line + '\n';
  if (!in.eof() || in.bad()) // a directory opens like a file
    throw UsageError(fmt::format("cannot read the synonyms file {}: {}; choose another --synonyms", file.string(),
                                 std::strerror(errno)));
  return parse(text, file.string());
}

Synonyms Synonyms::shipped() { return parse({pfind_synonyms, pfind_synonyms_end}, "shipped synonyms"); }

void Synonyms::add(const Words& words, const std::string& alternative) {
  add_once(entries_[words.front().substr(0, k_first_letters)][words], alternative);
}

void Synonyms::merge(const Synonyms& other) {
  for (const auto& [letters, entries] : other.entries_) {
    for (const auto& [words, alternatives] : entries) {
      for (const std::string& alternative : alternatives) add(words, alternative);
    }
  }
}

Synonyms::Match Synonyms::at(std::span<const WordChain> chains, text::Analyzer& analyzer) const {
  Match match;
  if (chains.empty()) return match;
  const std::string_view first = chains.front().words.front().word;
  const auto entries = entries_.find(first.substr(0, k_first_letters));
  if (entries == entries_.end()) return match;
  for (const auto& [words, alternatives] : entries->second) {
    const std::size_t length = chains_that_hold(words, chains, analyzer);
    if (length == 0 || length < match.length) continue;
    if (length > match.length) match = {length, {}};
    for (const std::string& alternative : alternatives) add_once(match.alternatives, alternative);
  }
  return match;
}

} // namespace pfind::searcher
