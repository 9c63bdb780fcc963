#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "indexer/bulk/byte_buffer.hpp"

/// How Xapian 1.4 (glass) writes keys and tags. Numbers within tags are LEB128 and texts follow their length, as
/// codec::put_number and codec::put_text write them, texts and document numbers in keys as in common/glass_key.hpp;
/// here is the rest.
namespace pfind::bulk {

/// Appends a number in its least significant bytes, as many as it has: what comes last in a key.
void put_last_number(std::string& out, std::uint32_t value);

/// Appends a list of positions (at least one, ascending): the last; then, in bits, the first, how many, and the rest by
/// binary interpolative coding (Moffat and Stuiver, 2000), each number in the fewest bits that its range leaves.
void put_positions(std::string& out, std::span<const std::uint32_t> positions);

/// Appends a list of value slots (ascending): the first, then the gaps less one.
void put_slots(std::string& out, std::span<const std::uint32_t> slots);

/// Writes the tag of a term list: length of the document, number of terms, then per term what it shares with the one
/// before, the rest of its bytes, and its wdf. The first shares nothing and does not say so; where it fits, sharing and
/// wdf are one byte.
class TermListEncoder {
public:
  /// Appends to `out`, which must outlive it.
  TermListEncoder(ByteBuffer& out, std::uint32_t length, std::uint32_t terms);

  /// Appends a term that sorts after the last; `term` must stay until the next.
  void add(std::string_view term, std::uint32_t wdf);

private:
  ByteBuffer& out_;
  std::string_view last_;
};

} // namespace pfind::bulk
