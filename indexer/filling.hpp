#pragma once

#include <cstddef>
#include <cstdint>

namespace pfind::indexer {

/// What writes the articles of an index that has none yet.
enum class Builder : std::uint8_t {
  none,   ///< they are put one by one, like those that come later
  xapian, ///< SegmentBuilder: Xapian, some at a time
  bulk    ///< bulk::DatabaseBuilder, all at the end
};

/// How an index without articles is filled.
struct Filling {
  Builder builder = Builder::none;
  std::size_t memory = 0; ///< bytes that the builder may take
};

/// A quarter of the machine's memory, or of what the process may have of it where that is less.
std::size_t default_memory();

} // namespace pfind::indexer
