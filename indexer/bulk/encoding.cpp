#include "indexer/bulk/encoding.hpp"

#include <algorithm>
#include <bit>

#include "common/codec.hpp"
#include "indexer/bulk/list_number.hpp"

namespace pfind::bulk {
namespace {

/// Collects bits, lowest first.
class BitWriter {
public:
  explicit BitWriter(std::string& out) : out_(out) {}

  /// Appends a number below `range` by a centred minimal binary code: those in the middle of the range take a bit less.
  void put(std::uint64_t value, std::uint64_t range) {
    const int width = std::bit_width(range - 1);
    const std::uint64_t spare = (std::uint64_t{1} << width) - range; // codes that are left over
    const std::uint64_t middle = (range - spare) / 2;
    const bool shorter = spare > 0 && value >= middle && value < middle + spare;
    put_bits(value, shorter ? width - 1 : width);
  }

  void finish() {
    if (filled_ > 0) out_ += static_cast<char>(bits_);
  }

private:
  void put_bits(std::uint64_t value, int width) { // at most 32 of them; fewer than 8 wait
    bits_ |= value << filled_;
    for (filled_ += width; filled_ >= 8; filled_ -= 8) {
      out_ += static_cast<char>(bits_);
      bits_ >>= 8;
    }
  }

  std::string& out_;
  std::uint64_t bits_ = 0;
  int filled_ = 0;
};

/// The positions between the first and the last of `list`, which the reader knows: the middle one first.
void put_between(std::span<const std::uint32_t> list, BitWriter& bits) {
  while (list.size() > 2) {
    const std::size_t middle = (list.size() - 1) / 2;
    const std::uint64_t lowest = std::uint64_t{list.front()} + middle;
    const std::uint64_t highest = list.back() - (list.size() - 1 - middle);
    bits.put(list[middle] - lowest, highest - lowest + 1);
    put_between(list.first(middle + 1), bits);
    list = list.subspan(middle);
  }
}

} // namespace

void put_last_number(std::string& out, std::uint32_t value) {
  for (; value != 0; value >>= 8) out += static_cast<char>(value);
}

void put_positions(std::string& out, std::span<const std::uint32_t> positions) {
  codec::put_number(out, positions.back());
  if (positions.size() == 1) return;
  BitWriter bits(out);
  bits.put(positions.front(), positions.back());
  bits.put(positions.size() - 2, positions.back() - positions.front());
  put_between(positions, bits);
  bits.finish();
}

void put_slots(std::string& out, std::span<const std::uint32_t> slots) {
  std::uint32_t next = 0;
  for (const std::uint32_t slot : slots) {
    codec::put_number(out, slot - next);
    next = slot + 1;
  }
}

TermListEncoder::TermListEncoder(ByteBuffer& out, std::uint32_t length, std::uint32_t terms) : out_(out) {
  if (terms == 0) return; // then the whole tag is empty
  out.end_at(put_number(put_number(out.room(2 * k_longest_number), length), terms));
}

void TermListEncoder::add(std::string_view term, std::uint32_t wdf) {
  char* at = out_.room(2 + term.size() + k_longest_number);
  std::size_t shared = 0;
  bool packed = false;
  if (!last_.empty()) {
    shared = static_cast<std::size_t>(std::ranges::mismatch(last_, term).in2 - term.begin());
    const std::uint64_t both = (std::uint64_t{wdf} + 1) * (last_.size() + 1) + shared;
    packed = both < 256;
    *at++ = static_cast<char>(packed ? both : shared);
  }
  *at++ = static_cast<char>(term.size() - shared);
  at = put_bytes(at, term.substr(shared));
  out_.end_at(packed ? at : put_number(at, wdf));
  last_ = term;
}

} // namespace pfind::bulk
