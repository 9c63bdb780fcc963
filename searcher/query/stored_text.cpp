#include "searcher/query/stored_text.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "common/schema.hpp"
#include "common/stored_article.hpp"
#include "common/text/sentences.hpp"

namespace pfind::searcher {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n'; }

/// Whether the word stands anywhere between blanks, but for a bracket or quotation mark before it and one mark behind
/// it: then nothing can join it to what is beside it.
bool stands_alone_in(std::string_view text, std::string_view word) {
  constexpr std::string_view k_openers = "(\"";
  constexpr std::string_view k_closers = ",;:.!?)\"";
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (at == 0 || end + 1 >= text.size()) continue;
    const bool begins = is_blank(text[at - 1]) || k_openers.find(text[at - 1]) != std::string_view::npos;
    const bool is_marked = k_closers.find(text[end]) != std::string_view::npos;
    if (begins && is_blank(text[is_marked ? end + 1 : end])) return true;
  }
  return false;
}

} // namespace

bool StoredText::open(const PostingLists& shard, const std::string& name, Xapian::docid document) {
  const auto kept = std::ranges::find_if(
      readings_, [&](const Reading& reading) { return reading.document == document && reading.shard == name; });
  if (kept != readings_.end()) {
    current_ = static_cast<std::size_t>(kept - readings_.begin());
    return true;
  }
  if (!spend(k_cost_of_reading)) return false;
  Reading reading{name, document,
                  decode_verified_article(shard.data(document), shard.value(document, info(Field::digest).slot))};
  charge(reading.article.body.size() / k_bytes_read);
  current_ = newest_ = (newest_ + 1) % k_kept;
  if (current_ == readings_.size())
    readings_.push_back(std::move(reading));
  else
    readings_[current_] = std::move(reading);
  return true;
}

/// What was begun is done, so that it may cost a little more than is left.
bool StoredText::spend(std::size_t cost) {
  if (left_ == 0) limit_reached_ = true;
  const bool may_spend = left_ > 0;
  charge(cost);
  return may_spend;
}

/// The tokens of a part of the article at hand.
StoredText::Tokens StoredText::analysed(std::string_view text) {
  Reading& reading = readings_[current_];
  charge(k_cost_of_analysis + text.size() / k_bytes_analysed);
  const std::string& language = reading.article.language;
  text::Analyzer& analyzer = analyzers_.try_emplace(language, language).first->second;
  Tokens tokens;
  analyzer.analyze(text, tokens, wanted_ ? &*wanted_ : nullptr);
  return tokens;
}

const StoredText::Tokens& StoredText::headline() {
  Reading& reading = readings_[current_];
  if (!reading.headline) reading.headline = analysed(reading.article.title);
  return *reading.headline;
}

const StoredText::Tokens& StoredText::body() {
  Reading& reading = readings_[current_];
  if (!reading.body) reading.body = analysed(reading.article.body);
  return *reading.body;
}

bool StoredText::surely_has(std::string_view word) const {
  std::string capitalised(word);
  capitalised.front() = static_cast<char>(capitalised.front() - 'a' + 'A');
  const std::string_view body = readings_[current_].article.body;
  return stands_alone_in(body, word) || stands_alone_in(body, capitalised);
}

const std::vector<text::Span>& StoredText::sentences() {
  Reading& reading = readings_[current_];
  if (!reading.sentences) {
    charge(reading.article.body.size() / k_bytes_cut);
    reading.sentences = text::sentences(reading.article.body);
  }
  return *reading.sentences;
}

} // namespace pfind::searcher
