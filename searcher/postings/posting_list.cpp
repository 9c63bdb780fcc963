#include "searcher/postings/posting_list.hpp"

#include <cstring>
#include <endian.h>

#include "common/codec.hpp"
#include "common/glass_key.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_asked_together = 256;    // postings asked of Xapian
constexpr unsigned k_bits_of_byte = 7;           // of a number in a chunk
constexpr unsigned k_most_bytes = 5;             // of such a number, of 32 bits
constexpr std::size_t k_most_compared = 100'000; // ranges of keys, some 10 MB
constexpr char k_behind = '\xff';                // all that goes on so
constexpr char k_behind_articles = '\xfe';       // numbers of articles, but not terms with a zero byte
// How far numbers of articles may lie apart in an index that articles are added to and removed from for years.
constexpr std::uint64_t k_most_numbers_per_article = 4;
constexpr std::uint64_t k_most_holes = 50'000'000;

[[noreturn]] void fail() { throw Xapian::DatabaseCorruptError("a posting list is damaged"); }

/// Takes a number off the front, 7 bits a byte, the lowest first.
std::uint32_t take(const unsigned char*& at, const unsigned char* end) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < k_most_bytes && at != end; ++i) {
    const unsigned char byte = *at++;
    value |= std::uint64_t{byte & 0x7FU} << (k_bits_of_byte * i);
    if (byte < 0x80) {
      if (value > UINT32_MAX) break;
      return static_cast<std::uint32_t>(value);
    }
  }
  fail();
}

/// Takes a number of one or two bytes off the lowest bytes. Which of both it is does not decide where the processor
/// goes on: it cannot foresee that.
std::uint32_t take_short(std::uint64_t& bytes, const unsigned char*& at) {
  const std::uint64_t second = bytes >> 7 & 1;
  const auto value = static_cast<std::uint32_t>((bytes & 0x7F) | (bytes >> 1 & 0x3F80 & (0 - second)));
  bytes >>= 8 + 8 * second;
  at += 1 + second;
  return value;
}

/// Adds the terms of a query that are asked where they stand.
void add_terms_in_place(const Xapian::Query& query, std::vector<std::string>& terms) {
  const Xapian::Query::op type = query.get_type();
  if (type == Xapian::Query::OP_PHRASE || type == Xapian::Query::OP_NEAR) {
    terms.insert(terms.end(), query.get_unique_terms_begin(), query.get_terms_end());
    return;
  }
  for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) add_terms_in_place(query.get_subquery(i), terms);
}

const unsigned char* begin_of(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

} // namespace

PostingLists::PostingLists(Xapian::Database shard) : shard_(std::move(shard)), last_article_(shard_.get_lastdocid()) {
  // Memory is taken for every number up to the last: not for one that damage made of it.
  if (last_article_ > k_most_holes + k_most_numbers_per_article * shard_.get_doccount()) fail();
}

PostingLists::PostingLists(Xapian::Database shard, const std::filesystem::path& path) : PostingLists(std::move(shard)) {
  const auto sums = glass::BlockSums::open(path);
  table_ = GlassTable::open(path, shard_, glass::Table::postlist, sums);
  if (table_ == nullptr) return;
  positions_ = GlassTable::open(path, shard_, glass::Table::position, sums);
  term_lists_ = GlassTable::open(path, shard_, glass::Table::termlist, sums);
  data_ = GlassTable::open(path, shard_, glass::Table::docdata, sums);
}

void PostingLists::compare(const GlassTable* table, const std::string& first, const std::string& last) {
  if (table != nullptr && table->has_sums()) GlassCursor(*table).pass(first, last);
}

void PostingLists::compare_once(const std::string& first, const std::string& last) const {
  if (table_ == nullptr || !table_->has_sums()) return;
  if (compared_.size() == k_most_compared) compared_.clear();
  if (compared_.insert(last).second) compare(table_.get(), first, last);
}

void PostingLists::compare_metadata(std::string_view key) const {
  const std::string place = std::string(glass::k_metadata).append(key);
  compare_once(place, place);
}

void PostingLists::compare_all_metadata(std::string_view beginning) const {
  const std::string key = std::string(glass::k_metadata).append(beginning);
  compare_once(key, key + k_behind);
}

void PostingLists::compare_list(const std::string& term) const {
  std::string key;
  if (term.empty()) { // all articles
    key = glass::k_lengths;
    return compare_once(key, key + k_behind);
  }
  glass::put_escaped(key, term);
  compare_once(key, key + '\0' + k_behind_articles);
}

void PostingLists::compare_lists(const Xapian::Query& query) const {
  for (auto term = query.get_unique_terms_begin(); term != query.get_terms_end(); ++term) compare_list(*term);
  if (positions_ == nullptr || !positions_->has_sums()) return;
  std::vector<std::string> terms;
  add_terms_in_place(query, terms);
  for (const std::string& term : terms) compare_positions(term);
}

/// Of all articles: which of them Xapian will look at is not known.
void PostingLists::compare_positions(const std::string& term) const {
  if (compared_positions_.size() == k_most_compared) compared_positions_.clear();
  if (!compared_positions_.insert(term).second) return;
  std::string key;
  glass::put_escaped(key, term);
  key += '\0';
  compare(positions_.get(), key, key + k_behind_articles);
}

void PostingLists::compare_values(Xapian::valueno slot) const {
  std::string key(glass::k_values);
  codec::put_number(key, slot);
  compare_once(key, key + k_behind);
}

void PostingLists::compare_term_list(Xapian::docid article) const {
  std::string key;
  glass::put_sortable_number(key, article);
  compare(term_lists_.get(), key, key + '\0'); // its slots
}

PostingLists PostingLists::another() const { return {shard_, table_->another(), positions_->another(), last_article_}; }

Xapian::doccount PostingLists::frequency(const std::string& term) const {
  if (table_ == nullptr || term.empty()) return shard_.get_termfreq(term);
  GlassCursor cursor(*table_);
  std::string key;
  glass::put_escaped(key, term);
  return cursor.find(key) ? frequency_in_chunk(cursor.tag()) : 0;
}

std::string PostingLists::data(Xapian::docid article) const {
  if (data_ == nullptr) return shard_.get_document(article, Xapian::DOC_ASSUME_VALID).get_data();
  std::string key;
  glass::put_sortable_number(key, article);
  GlassCursor cursor(*data_);
  return cursor.find(key) ? std::string(cursor.tag()) : std::string();
}

/// The values of a slot stand in chunks: under the first of its articles the value of that, then of each other one the
/// gap before it, less one, and its value.
std::string PostingLists::value(Xapian::docid article, Xapian::valueno slot) const {
  if (table_ == nullptr) return shard_.get_document(article, Xapian::DOC_ASSUME_VALID).get_value(slot);
  std::string key(glass::k_values);
  codec::put_number(key, slot);
  const std::size_t beginning = key.size();
  glass::put_sortable_number(key, article);
  GlassCursor cursor(*table_);
  cursor.find(key);
  if (!cursor.key().starts_with(std::string_view(key).substr(0, beginning))) return {}; // the slot begins behind it
  std::uint64_t at = glass::taken_sortable_number(cursor.key().substr(beginning));
  std::string_view chunk = cursor.tag();
  try {
    std::string_view text = codec::take_text(chunk);
    while (at < article && !chunk.empty()) {
      const std::uint64_t gap = codec::take_number(chunk);
      if (gap >= article - at) return {};
      at += gap + 1;
      text = codec::take_text(chunk);
    }
    return at == article ? std::string(text) : std::string();
  } catch (const codec::DecodeError&) {
    throw Xapian::DatabaseCorruptError("the values of a slot are damaged");
  }
}

Xapian::doccount frequency_in_chunk(std::string_view chunk) {
  const unsigned char* at = begin_of(chunk);
  return take(at, at + chunk.size());
}

PostingList::PostingList(const PostingLists& lists, const std::string& term)
    : last_of_shard_(lists.last_article()), is_of_all_(term.empty()) {
  if (lists.table() == nullptr) {
    it_ = lists.shard().postlist_begin(term);
    it_end_ = lists.shard().postlist_end(term);
    ask_xapian();
    return;
  }
  cursor_ = std::make_unique<GlassCursor>(*lists.table());
  if (is_of_all_)
    key_ = glass::k_lengths;
  else
    glass::put_escaped(key_, term);
  if (!cursor_->find(key_)) {
    is_last_chunk_ = true;
    return;
  }
  if (!is_of_all_) key_ += '\0';
  chunk_ = cursor_->tag();
  const unsigned char* at = begin_of(chunk_);
  const unsigned char* const end = at + chunk_.size();
  take(at, end);                         // how many articles
  while (at != end && *at >= 0x80) ++at; // how many occurrences, which 32 bits need not hold
  take(at, end);
  const std::uint64_t first = std::uint64_t{take(at, end)} + 1;
  if (first > last_of_shard_) fail();
  first_ = static_cast<Xapian::docid>(first);
  chunk_.remove_prefix(static_cast<std::size_t>(at - begin_of(chunk_)));
  take_head();
  decode();
}

bool PostingList::end() {
  articles_.clear();
  counts_.clear();
  is_last_chunk_ = true;
  return false;
}

/// Reads what each chunk begins with: whether it is the last, and how far it reaches.
void PostingList::take_head() {
  if (chunk_.empty() || (chunk_.front() != '0' && chunk_.front() != '1')) fail();
  is_last_chunk_ = chunk_.front() == '1';
  const unsigned char* at = begin_of(chunk_) + 1;
  const std::uint64_t last = std::uint64_t{first_} + take(at, begin_of(chunk_) + chunk_.size());
  if (last > last_of_shard_) fail();
  last_ = static_cast<Xapian::docid>(last);
  chunk_.remove_prefix(static_cast<std::size_t>(at - begin_of(chunk_)));
}

/// Enters the chunk at which the cursor stands.
void PostingList::enter_chunk() {
  const std::string_view key = cursor_->key();
  if (!key.starts_with(key_)) fail();
  const Xapian::docid first = glass::taken_sortable_number(key.substr(key_.size()));
  if (first <= last_) fail(); // it would go round for ever
  first_ = first;
  chunk_ = cursor_->tag();
  take_head();
}

/// The first article's count; then for each other one the gap before it, less one, and its count. Most of these are
/// one byte, so that eight of them are tried together, and nearly all others two.
void PostingList::decode() {
  const unsigned char* at = begin_of(chunk_);
  const unsigned char* const end = at + chunk_.size();
  articles_.resize(chunk_.size() / 2 + 1); // at most so many
  counts_.resize(articles_.size());
  Xapian::docid* article = articles_.data();
  std::uint32_t* count = counts_.data();
  std::uint64_t document = first_;
  *article++ = first_;
  *count++ = take(at, end);
  while (at != end) {
    std::uint64_t eight = UINT64_MAX;
    if (end - at >= 8) std::memcpy(&eight, at, sizeof eight);
    eight = le64toh(eight);
    constexpr std::uint64_t k_goes_on = 0x8080808080808080ULL; // of each byte, that it is not the last of a number
    const std::uint64_t goes_on = eight & k_goes_on;
    if (goes_on == 0) {
      for (int i = 0; i < 4; ++i) {
        document += std::uint64_t{at[0]} + 1;
        *article++ = static_cast<Xapian::docid>(document);
        *count++ = at[1];
        at += 2;
      }
    } else if ((goes_on & goes_on >> 8) == 0) { // no number of three bytes, so at least two articles
      for (int i = 0; i < 2; ++i) {
        document += std::uint64_t{take_short(eight, at)} + 1;
        *article++ = static_cast<Xapian::docid>(document);
        *count++ = take_short(eight, at);
      }
    } else {
      document += std::uint64_t{take(at, end)} + 1;
      *article++ = static_cast<Xapian::docid>(document);
      *count++ = take(at, end);
    }
  }
  if (document != last_) fail();
  articles_.resize(static_cast<std::size_t>(article - articles_.data()));
  counts_.resize(articles_.size());
}

bool PostingList::next() {
  if (!cursor_) return ask_xapian();
  if (is_last_chunk_) return end();
  if (!cursor_->next()) fail();
  enter_chunk();
  decode();
  return true;
}

bool PostingList::skip_to(Xapian::docid article) {
  if (articles_.empty()) return false;
  if (article <= articles_.back()) return true;
  if (!cursor_) {
    if (it_ != it_end_) it_.skip_to(article);
    return ask_xapian();
  }
  if (is_last_chunk_) return end();
  if (!cursor_->next()) fail();
  enter_chunk();
  if (last_ < article && !is_last_chunk_) { // not in the next one either
    std::string key = key_;
    glass::put_sortable_number(key, article);
    const Xapian::docid before = first_;
    cursor_->find(key);
    if (!cursor_->key().starts_with(key_)) fail();
    if (glass::taken_sortable_number(cursor_->key().substr(key_.size())) != before) enter_chunk();
    if (last_ < article && !is_last_chunk_) {
      if (!cursor_->next()) fail();
      enter_chunk();
    }
  }
  if (last_ < article) return end();
  decode();
  return true;
}

bool PostingList::ask_xapian() {
  articles_.clear();
  counts_.clear();
  for (; it_ != it_end_ && articles_.size() < k_asked_together; ++it_) {
    if (*it_ <= last_ || *it_ > last_of_shard_) fail();
    articles_.push_back(last_ = *it_);
    counts_.push_back(is_of_all_ ? it_.get_doclength() : it_.get_wdf());
  }
  return !articles_.empty();
}

std::vector<std::uint32_t> article_lengths(const PostingLists& lists) {
  std::vector<std::uint32_t> lengths(std::size_t{lists.last_article()} + 1, 0);
  PostingList all(lists, "");
  do {
    for (std::size_t i = 0; i < all.articles().size(); ++i) lengths[all.articles()[i]] = all.counts()[i];
  } while (all.next());
  return lengths;
}

} // namespace pfind::searcher
