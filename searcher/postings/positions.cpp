#include "searcher/postings/positions.hpp"

#include <algorithm>
#include <bit>

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
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}

  /// A number below `range`, by a centred minimal binary code.
  std::uint64_t take(std::uint64_t range) {
    if (range == 0) fail();
    const auto width = static_cast<unsigned>(std::bit_width(range - 1));
    const std::uint64_t spare = (std::uint64_t{1} << width) - range;
    const std::uint64_t middle = (range - spare) / 2;
    if (spare == 0) return bits(width);
    std::uint64_t number = bits(width - 1);
    if (number < middle) number |= bits(1) << (width - 1);
    if (number >= range) fail();
    return number;
  }

private:
  std::uint64_t bits(unsigned width) {
    while (held_ < width) {
      if (at_ == bytes_.size()) fail();
      bits_ |= std::uint64_t{static_cast<unsigned char>(bytes_[at_++])} << held_;
      held_ += 8;
    }
    const std::uint64_t taken = bits_ & ((std::uint64_t{1} << width) - 1);
    bits_ >>= width;
    held_ -= width;
    return taken;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::uint64_t bits_ = 0;
  unsigned held_ = 0;
};

/// The positions between those at `first` and `last`, the middle one first.
void take_between(std::vector<std::uint32_t>& list, std::size_t first, std::size_t last, BitReader& bits) {
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
  take_between(positions, 0, positions.size() - 1, bits);
}

Positions::Positions(const GlassTable& table, const std::string& term) : cursor_(table) {
  glass::put_escaped(key_, term);
  key_ += '\0';
}

const std::vector<std::uint32_t>& Positions::in(Xapian::docid article) {
  if (find(article))
    decode_positions(cursor_.tag(), positions_);
  else
    positions_.clear();
  return positions_;
}

bool Positions::find(Xapian::docid article) {
  wanted_ = key_;
  glass::put_sortable_number(wanted_, article);
  if (is_placed_) {
    for (int i = 0; i < k_worth_going_on; ++i) {
      const int order = cursor_.key().compare(wanted_);
      if (order >= 0) return order == 0;
      if (!cursor_.next()) return is_placed_ = false;
    }
  }
  is_placed_ = true;
  return cursor_.find(wanted_);
}

PhraseFinder::PhraseFinder(const GlassTable& table, const std::vector<std::string>& terms) {
  for (const std::string& term : terms) terms_.emplace_back(table, term);
}

bool PhraseFinder::is_in(Xapian::docid article) {
  begins_ = terms_.front().in(article);
  for (std::size_t i = 1; i < terms_.size() && !begins_.empty(); ++i) {
    const std::vector<std::uint32_t>& positions = terms_[i].in(article);
    auto at = positions.begin();
    std::erase_if(begins_, [&](std::uint32_t begin) {
      at = std::lower_bound(at, positions.end(), begin + i);
      return at == positions.end() || *at != begin + i;
    });
  }
  return !begins_.empty();
}

} // namespace pfind::searcher
