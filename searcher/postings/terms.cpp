#include "searcher/postings/terms.hpp"

#include <utility>

#include "common/glass_key.hpp"

namespace pfind::searcher {
namespace {

constexpr std::string_view k_first_term{"\0\xff", 2}; // what is no term lies before
constexpr std::string_view k_behind_chunks{"\0\xfe", 2};

/// How much of a key is the term, still escaped: a zero byte that nothing escapes ends it in the keys of later chunks.
std::size_t size_of_term(std::string_view key) {
  for (std::size_t zero = key.find('\0'); zero != std::string_view::npos; zero = key.find('\0', zero + 2)) {
    if (zero + 1 == key.size() || key[zero + 1] != glass::k_escape) return zero;
  }
  return key.size();
}

std::string unescaped(std::string_view key) {
  std::string term(key);
  for (std::size_t zero = term.find('\0'); zero != std::string::npos; zero = term.find('\0', zero + 1))
    term.erase(zero + 1, 1);
  return term;
}

} // namespace

ShardTerms::ShardTerms(const PostingLists& lists, std::string beginning) : beginning_(std::move(beginning)) {
  if (lists.table() != nullptr) {
    cursor_ = std::make_unique<GlassCursor>(*lists.table());
    skip_to(beginning_);
  } else {
    it_ = lists.shard().allterms_begin(beginning_);
    it_end_ = lists.shard().allterms_end(beginning_);
    take_from_xapian();
  }
}

void ShardTerms::take_from_xapian() {
  is_at_end_ = it_ == it_end_;
  if (!is_at_end_) term_ = *it_;
}

void ShardTerms::skip_to(const std::string& term) {
  if (cursor_ == nullptr) {
    it_.skip_to(term);
    return take_from_xapian();
  }
  key_.clear();
  glass::put_escaped(key_, term);
  if (key_.empty()) key_ = k_first_term;
  is_at_end_ = !cursor_->find(key_) && !cursor_->next();
  take_term();
}

/// Takes the term at hand, or behind the chunks of one that was passed over.
void ShardTerms::take_term() {
  while (!is_at_end_) {
    const std::string_view key = cursor_->key();
    const std::size_t size = size_of_term(key);
    if (size == key.size()) break;
    key_.assign(key.substr(0, size)).append(k_behind_chunks);
    cursor_->find(key_);
    is_at_end_ = !cursor_->next();
  }
  if (is_at_end_) return;
  term_ = unescaped(cursor_->key());
  is_at_end_ = !term_.starts_with(beginning_);
}

void ShardTerms::next() {
  if (cursor_ == nullptr) {
    ++it_;
    return take_from_xapian();
  }
  is_at_end_ = !cursor_->next();
  take_term();
}

Xapian::doccount ShardTerms::frequency() {
  return cursor_ == nullptr ? it_.get_termfreq() : frequency_in_chunk(cursor_->tag());
}

Terms::Terms(std::span<const PostingLists* const> shards, const std::string& beginning) {
  shards_.reserve(shards.size());
  for (const PostingLists* lists : shards) shards_.emplace_back(*lists, beginning);
  choose();
}

void Terms::choose() {
  at_ = nullptr;
  for (ShardTerms& shard : shards_) {
    if (!shard.at_end() && (at_ == nullptr || shard.term() < at_->term())) at_ = &shard;
  }
}

Xapian::doccount Terms::frequency() {
  Xapian::doccount articles = 0;
  for (ShardTerms& shard : shards_) {
    if (!shard.at_end() && shard.term() == at_->term()) articles += shard.frequency();
  }
  return articles;
}

Terms& Terms::operator++() {
  const std::string passed = at_->term();
  for (ShardTerms& shard : shards_) {
    if (!shard.at_end() && shard.term() == passed) shard.next();
  }
  choose();
  return *this;
}

void Terms::skip_to(const std::string& term) {
  for (ShardTerms& shard : shards_) {
    if (!shard.at_end() && shard.term() < term) shard.skip_to(term);
  }
  choose();
}

} // namespace pfind::searcher
