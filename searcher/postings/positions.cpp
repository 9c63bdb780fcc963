#include "searcher/postings/positions.hpp"

#include <algorithm>
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

  /// A number below `range`, of at most 33 bits, by a centred minimal binary code.
  std::uint64_t take(std::uint64_t range) {
    if (range == 0) fail();
    const auto width = static_cast<unsigned>(std::bit_width(range - 1));
    const std::uint64_t spare = (std::uint64_t{1} << width) - range;
    const std::uint64_t middle = (range - spare) / 2;
    if (held_ < width) refill(width);
    if (spare == 0) return bits(width);
    std::uint64_t number = bits(width - 1);
    if (number < middle) number |= bits(1) << (width - 1);
    if (number >= range) fail();
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

  std::uint64_t bits(unsigned width) {
    if (held_ < width) fail();
    const std::uint64_t taken = bits_ & ((std::uint64_t{1} << width) - 1);
    bits_ >>= width;
    held_ -= width;
    return taken;
  }

  const char* at_;
  const char* end_;
  std::uint64_t bits_ = 0;
  unsigned held_ = 0; // of them
};

/// The positions between those at `first` and `last`, the middle one first.
void take_between(std::uint32_t* list, std::size_t first, std::size_t last, BitReader& bits) {
  while (first + 1 < last) {
    const std::size_t middle = first + (last - first) / 2;
    const std::uint64_t lowest = std::uint64_t{list[first]} + (middle - first);
    const std::uint64_t behind = std::uint64_t{list[last]} + 1 - (last - middle);
    if (behind <= lowest) fail();
    list[middle] = static_cast<std::uint32_t>(lowest + bits.take(behind - lowest));
    take_between(list, first, middle, bits);
    first = middle;
  }
}

} // namespace

void decode_positions(std::string_view stored, std::vector<std::uint32_t>& positions) {
  positions.clear();
  std::uint64_t last = 0;
  std::size_t at = 0;
  for (;; ++at) {
    if (at == stored.size() || at == k_most_bytes) fail();
    const auto byte = static_cast<unsigned char>(stored[at]);
    last |= std::uint64_t{byte & 0x7FU} << (7 * at);
    if (byte < 0x80) break;
  }
  if (last > UINT32_MAX) fail();
  const std::string_view rest = stored.substr(at + 1);
  if (rest.empty()) return positions.push_back(static_cast<std::uint32_t>(last));
  BitReader bits(rest);
  const std::uint64_t first = bits.take(last);
  const std::uint64_t count = bits.take(last - first) + 2;
  if (count > k_most_positions) fail();
  positions.resize(count);
  positions.front() = static_cast<std::uint32_t>(first);
  positions.back() = static_cast<std::uint32_t>(last);
  take_between(positions.data(), 0, positions.size() - 1, bits);
}

Positions::Positions(const GlassTable& table, const std::string& term) : cursor_(table) {
  glass::put_escaped(key_, term);
  key_ += '\0';
}

const std::vector<std::uint32_t>& Positions::in(Xapian::docid article) {
  for (int i = 0; is_placed_ && i < k_worth_going_on && article_ < article; ++i) {
    if (cursor_.next())
      look_at_key();
    else
      article_ = k_behind;
  }
  if (!is_placed_ || article_ < article) place_at(article);
  if (article_ == article)
    decode_positions(cursor_.tag(), positions_);
  else
    positions_.clear();
  return positions_;
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

PhraseFinder::PhraseFinder(const PostingLists& lists, const std::vector<std::string>& terms) {
  std::vector<std::pair<Xapian::doccount, std::uint32_t>> by_frequency;
  for (std::uint32_t i = 0; i < terms.size(); ++i) by_frequency.emplace_back(lists.frequency(terms[i]), i);
  std::ranges::sort(by_frequency);
  for (const auto& [articles, i] : by_frequency) words_.push_back({Positions(*lists.positions(), terms[i]), i});
}

/// The rarest words first, which leave the fewest places.
const std::vector<std::uint32_t>& PhraseFinder::begins_in(Xapian::docid article) {
  begins_.clear();
  for (const std::uint32_t position : words_.front().positions.in(article)) {
    if (position >= words_.front().offset) begins_.push_back(position - words_.front().offset);
  }
  for (std::size_t i = 1; i < words_.size() && !begins_.empty(); ++i) {
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
  return begins_;
}

} // namespace pfind::searcher
