#include "searcher/query/synonyms.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>

#include "common/error.hpp"
#include "common/text/characters.hpp"

// NOLINTBEGIN(readability-identifier-naming): symbols of the embedded file, named after it
extern "C" {
extern const char pfind_synonyms[], pfind_synonyms_end[];
}
// NOLINTEND(readability-identifier-naming)

namespace pfind::searcher {
namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view k_blanks = " \t\r";
constexpr std::size_t k_first_letters = 2; // bytes
constexpr std::size_t k_most_words = 10;   // of one alternative

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(k_blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(k_blanks) - begin + 1);
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const text::Character character = text::character_at(text, at);
    if (!character.valid) return false;
    at += character.bytes;
  }
  return true;
}

/// The pieces of a text between separators that stand by themselves: `C= x` holds none. A separator at an end has an
/// empty piece beside it.
std::vector<std::string> split(std::string_view text, std::string_view separator) {
  const std::string padded = fmt::format(" {} ", text);
  const std::string by_itself = fmt::format(" {} ", separator);
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = std::min(padded.find(by_itself, begin), padded.size());
    pieces.emplace_back(trimmed(std::string_view(padded).substr(begin, end - begin)));
    if (end == padded.size()) return pieces;
    begin = end + by_itself.size() - 1; // its last blank may be the first of another
  }
}

/// The words of a text, folded; parts of hyphenated ones by themselves.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const text::Token& token : text::Analyzer().analyze(text)) {
    if (token.kind == text::TokenKind::word || token.kind == text::TokenKind::part) words.push_back(token.word);
  }
  return words;
}

/// What a line says: each of `from` is also looked for as each of `to` that is another text.
struct Rule {
  std::vector<std::string> from;
  std::vector<std::string> to;
};

class Parser {
public:
  explicit Parser(std::string_view file) : file_(file) {}

  Rule rule(std::string_view line, std::size_t number) {
    number_ = number;
    if (!is_utf8(line)) fail("the text is not UTF-8", "save the file as UTF-8");
    const std::vector<std::string> sides = split(line, "=>");
    if (sides.size() > 2) fail("two => in one line", "write two lines");
    Rule rule{split(sides.front(), "="), split(sides.back(), "=")};
    if (sides.size() == 2 && rule.from.size() > 1) fail("several texts before =>", "write a line for each");
    if (sides.size() == 1 && rule.from.size() == 1)
      fail(fmt::format("no = or => beside \"{}\"", rule.from.front()), "put blanks around the sign, as in a = b");
    check(rule);
    return rule;
  }

private:
  [[noreturn]] void fail(std::string_view reason, std::string_view advice) const {
    throw UsageError(fmt::format("{}, line {}: {}; {}", file_, number_, reason, advice));
  }

  void check(const Rule& rule) const {
    for (const auto* side : {&rule.from, &rule.to}) {
      for (const std::string& text : *side) {
        if (text.empty()) fail("nothing on one side of the sign", "write text = other text, or text => other text");
        const std::size_t words = words_of(text).size();
        if (words == 0) fail(fmt::format("no word in \"{}\"", text), "write a word or words");
        if (words > k_most_words)
          fail(fmt::format("\"{}\" has too many words", text), fmt::format("write {} at the most", k_most_words));
      }
    }
  }

  std::string file_;
  std::size_t number_ = 0;
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
  if (text.starts_with(k_byte_order_mark)) text.remove_prefix(k_byte_order_mark.size());
  Parser parser(file);
  Synonyms synonyms;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const Rule rule = parser.rule(line, number);
    for (const std::string& from : rule.from) synonyms.add(from, rule.to);
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

void Synonyms::add(const std::string& from, const std::vector<std::string>& alternatives) {
  const std::vector<std::string> words = words_of(from);
  std::vector<Entry>& bucket = entries_[words.front().substr(0, k_first_letters)];
  auto entry = std::ranges::find(bucket, words, &Entry::words);
  if (entry == bucket.end()) entry = bucket.insert(bucket.end(), {words, {}});
  for (const std::string& alternative : alternatives) {
    if (alternative != from) add_once(entry->alternatives, alternative);
  }
}

void Synonyms::merge(Synonyms other) {
  for (auto& [letters, bucket] : other.entries_) {
    std::vector<Entry>& ours = entries_[letters];
    for (Entry& entry : bucket) {
      const auto same = std::ranges::find(ours, entry.words, &Entry::words);
      if (same == ours.end()) {
        ours.push_back(std::move(entry));
      } else {
        for (const std::string& alternative : entry.alternatives) add_once(same->alternatives, alternative);
      }
    }
  }
}

Synonyms::Match Synonyms::at(std::span<const WordChain> chains, text::Analyzer& analyzer) const {
  Match match;
  if (chains.empty()) return match;
  const auto bucket = entries_.find(std::string_view(chains.front().words.front().word).substr(0, k_first_letters));
  if (bucket == entries_.end()) return match;
  for (const Entry& entry : bucket->second) {
    const std::size_t length = chains_that_hold(entry.words, chains, analyzer);
    if (length < match.length || length == 0) continue;
    if (length > match.length) match = {length, {}};
    for (const std::string& alternative : entry.alternatives) add_once(match.alternatives, alternative);
  }
  return match;
}

} // namespace pfind::searcher
