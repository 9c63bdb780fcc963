#include "searcher/postings/positions.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "common/glass_key.hpp"

namespace pfind::searcher {
namespace {

/// Going on by a key costs a fifteenth of finding one.
constexpr int k_worth_going_on = 8;

constexpr std::uint64_t k_most_positions = 1U << 26; // of a term in an article; more is damage
constexpr unsigned k_most_bytes = 5;                 // of a number, 7 bits each

[[noreturn]] void fail() { throw Xapian::DatabaseCorruptError("a list of positions is damaged"); }

/// Reads what bulk::put_positions wrote: bits, lowest first.
class BitReader {
public:
  explicit BitReader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  /// A number below `range`, of at most 33 bits, by a centred minimal binary code. Whether a number near the middle
  /// takes its last bit is a toss-up, which costs more as a branch than as arithmetic.
  std::uint64_t take(std::uint64_t range) {
    if (range == 0) fail();
    const auto least = static_cast<unsigned>(std::bit_width((range - 1) / 2)); // bits, if not one more
    const std::uint64_t spare = (std::uint64_t{2} << least) - range;
    const std::uint64_t middle = (range - spare) / 2;
    if (held_ <= least) refill(least + 1);
    std::uint64_t number = bits_ & ((std::uint64_t{1} << least) - 1);
    const auto has_last = static_cast<unsigned>(number < middle);
    number |= (bits_ >> least & has_last) << least;
    const unsigned taken = least + has_last;
    if (held_ < taken || number >= range) fail();
    bits_ >>= taken;
    held_ -= taken;
    return number;
  }

private:
  static constexpr unsigned k_full = 56; // bits that are held at least where there are eight more bytes

  void refill(unsigned width) {
    if (end_ - at_ >= 8) {
      std::uint64_t more = 0;
      std::memcpy(&more, at_, sizeof more);
      bits_ |= little_endian(more) << held_;
      at_ += (63 - held_) / 8;
      held_ |= k_full; // what is held of the next byte is read again, as the same
      return;
    }
    for (; held_ <= k_full && at_ != end_; held_ += 8)
      bits_ |= std::uint64_t{static_cast<unsigned char>(*at_++)} << held_;
    if (held_ + 1 < width) fail(); // the last bit is not always needed
  }

  static std::uint64_t little_endian(std::uint64_t number) {
    return std::endian::native == std::endian::little ? number : __builtin_bswap64(number);
  }

  const char* at_;
  const char* end_;
  std::uint64_t bits_ = 0;
  unsigned held_ = 0; // of them
};

/// Reads a list of positions as it is stored: the last and the first one, how many there are, and the others, of each
/// part of the list the middle one first.
class StoredPositions {
public:
  explicit StoredPositions(std::string_view stored)
      : rest_(behind_last(stored)), bits_(rest_),
        first_(rest_.empty() ? last_ : static_cast<std::uint32_t>(bits_.take(last_))) {
    if (!rest_.empty()) count_ = bits_.take(last_ - first_) + 2;
    if (count_ > k_most_positions) fail();
  }

  std::size_t count() const { return count_; }

  /// Calls `use(number, position)` for each, numbered from 0 in increasing order, until it says that it has seen
  /// enough; says whether it has.
  template <typename Use>
  bool read(const Use& use) const {
    if (use(0, first_)) return true;
    if (count_ == 1) return false;
    if (use(count_ - 1, last_)) return true;
    struct Place {
      std::size_t number;
      std::uint32_t position;
    };
    BitReader bits = bits_;
    Place before{0, first_};
    Place behind{count_ - 1, last_};
    // Where parts end that go on behind the one at hand; each is set before it is read.
    std::array<Place, k_most_halvings> to_do; // NOLINT(cppcoreguidelines-pro-type-member-init)
    for (std::size_t left = 0;; behind = to_do[--left]) {
      while (before.number + 1 < behind.number) {
        const std::size_t middle = before.number + (behind.number - before.number) / 2;
        const std::uint64_t lowest = std::uint64_t{before.position} + (middle - before.number);
        const std::uint64_t end = std::uint64_t{behind.position} + 1 - (behind.number - middle);
        if (end <= lowest) fail();
        to_do[left++] = behind;
        behind = {middle, static_cast<std::uint32_t>(lowest + bits.take(end - lowest))};
        if (use(behind.number, behind.position)) return true;
      }
      if (left == 0) return false;
      before = behind;
    }
  }

private:
  static constexpr std::size_t k_most_halvings = 32; // of so many positions, and more

  /// Takes the last position off the front.
  std::string_view behind_last(std::string_view stored) {
    std::uint64_t last = 0;
    std::size_t at = 0;
    for (;; ++at) {
      if (at == stored.size() || at == k_most_bytes) fail();
      const auto byte = static_cast<unsigned char>(stored[at]);
      last |= std::uint64_t{byte & 0x7FU} << (7 * at);
      if (byte < 0x80) break;
    }
    if (last > UINT32_MAX) fail();
    last_ = static_cast<std::uint32_t>(last);
    return stored.substr(at + 1);
  }

  std::uint32_t last_ = 0;
  std::string_view rest_; // behind that
  BitReader bits_;
  std::uint32_t first_;
  std::size_t count_ = 1;
};

} // namespace

void decode_positions(std::string_view stored, std::vector<std::uint32_t>& positions) {
  const StoredPositions list(stored);
  positions.resize(list.count());
  std::uint32_t* const to = positions.data();
  list.read([to](std::size_t number, std::uint32_t position) {
    to[number] = position;
    return false;
  });
}

Positions::Positions(const GlassTable& table, const std::string& term) : cursor_(table) {
  glass::put_escaped(key_, term);
  key_ += '\0';
}

bool Positions::go_to(Xapian::docid article) {
  for (int i = 0; is_placed_ && i < k_worth_going_on && article_ < article; ++i) {
    if (cursor_.next())
      look_at_key();
    else
      article_ = k_behind;
  }
  if (!is_placed_ || article_ < article) place_at(article);
  return article_ == article;
}

const std::vector<std::uint32_t>& Positions::in(Xapian::docid article) {
  if (go_to(article))
    decode_positions(cursor_.tag(), positions_);
  else
    positions_.clear();
  return positions_;
}

template <typename Found>
bool Positions::has_any(Xapian::docid article, const Found& found) {
  return go_to(article) && StoredPositions(cursor_.tag()).read([&](std::size_t /*number*/, std::uint32_t position) {
    return found(position);
  });
}

void Positions::place_at(Xapian::docid article) {
  wanted_ = key_;
  glass::put_sortable_number(wanted_, article);
  cursor_.find(wanted_);
  is_placed_ = true;
  look_at_key();
}

/// Keys of one term are in the order of articles. Behind them are those of terms that go on with a zero byte, which is
/// escaped.
void Positions::look_at_key() {
  const std::string_view key = cursor_.key();
  const std::string_view rest = key.substr(std::min(key.size(), key_.size()));
  if (!key.starts_with(key_))
    article_ = key < std::string_view(key_) ? 0 : k_behind;
  else if (rest.starts_with(glass::k_escape))
    article_ = k_behind;
  else
    article_ = glass::taken_sortable_number(rest);
}

std::vector<PhraseWord> rarest_first(const std::vector<std::string>& terms, const PostingLists& lists) {
  std::vector<std::pair<Xapian::doccount, std::uint32_t>> by_frequency;
  for (std::uint32_t i = 0; i < terms.size(); ++i) by_frequency.emplace_back(lists.frequency(terms[i]), i);
  std::ranges::sort(by_frequency);
  std::vector<PhraseWord> words;
  for (const auto& [articles, i] : by_frequency) words.push_back({terms[i], i});
  return words;
}

PhraseFinder::PhraseFinder(const GlassTable& positions, const std::vector<PhraseWord>& words) {
  for (const PhraseWord& word : words) words_.push_back({Positions(positions, word.term), word.offset});
}

const std::vector<std::uint32_t>& PhraseFinder::begins_in(Xapian::docid article) {
  begin_by(words_.size(), article);
  return begins_;
}

/// The places of all words but the last, whose list is read as far as it takes.
std::size_t PhraseFinder::count_in(Xapian::docid article, std::size_t enough) {
  if (words_.size() == 1) return std::min(begins_in(article).size(), enough);
  begin_by(words_.size() - 1, article);
  if (begins_.empty()) return 0;
  Word& last = words_.back();
  std::size_t count = 0;
  for (const std::uint32_t begin : begins_) marks_.add(begin);
  last.positions.has_any(article, [&](std::uint32_t at) {
    if (at < last.offset || !marks_.may_have(at - last.offset)) return false;
    count += std::ranges::binary_search(begins_, at - last.offset) ? 1 : 0;
    return count >= enough;
  });
  marks_ = {};
  return count;
}

/// Where a phrase of the first `count` words begins.
void PhraseFinder::begin_by(std::size_t count, Xapian::docid article) {
  begins_.clear();
  if (count == 0) return;
  for (const std::uint32_t position : words_.front().positions.in(article)) {
    if (position >= words_.front().offset) begins_.push_back(position - words_.front().offset);
  }
  for (std::size_t i = 1; i < count && !begins_.empty(); ++i) {
    const std::vector<std::uint32_t>& positions = words_[i].positions.in(article);
    const std::uint32_t* at = positions.data();
    const std::uint32_t* const end = at + positions.size();
    std::uint32_t* kept = begins_.data();
    for (const std::uint32_t begin : begins_) {
      const std::uint64_t wanted = std::uint64_t{begin} + words_[i].offset;
      while (at != end && *at < wanted) ++at;
      if (at == end) break;
      if (*at == wanted) *kept++ = begin;
    }
    begins_.resize(static_cast<std::size_t>(kept - begins_.data()));
  }
}

} // namespace pfind::searcher
