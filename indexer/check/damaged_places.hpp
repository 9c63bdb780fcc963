#pragma once

#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "common/block_sums.hpp"

namespace pfind::indexer {

/// What stands in blocks that are not what was written. That is not read, since Xapian may crash there or go round for
/// ever.
class DamagedPlaces {
public:
  /// A block as one process tells it to another.
  static std::string message_of(const glass::DamagedBlock& block);

  /// Throws codec::DecodeError.
  void add(std::string_view message);

  bool empty() const { return blocks_.empty(); }

  /// Whether the list of terms or of slots of an article stands there.
  bool have_terms_of(Xapian::docid article) const;

  /// Whether positions of any of its terms do. Reads its list of terms.
  bool have_positions_of(const Xapian::Document& article) const;

private:
  bool have(glass::Table table, std::string_view key) const;

  std::vector<glass::DamagedBlock> blocks_;
};

} // namespace pfind::indexer
