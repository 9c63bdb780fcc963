#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "searcher/index.hpp"

namespace pfind::searcher {

/// Which ids of records tell an article apart among all of an index, so that it may go by its id alone.
class RecordNames {
public:
  /// Reads where every article of the index is: some 0.4 s per million. Throws Xapian::Error, codec::DecodeError.
  explicit RecordNames(const Snapshot& index);

  /// Whether no two articles go by `id`, as records of different files may, and none lies at a path that reads like it.
  bool is_unique(std::string_view id) const;

private:
  void add(std::string_view location);

  std::vector<std::uint64_t> repeated_; // digests of the names that occur twice, sorted
};

} // namespace pfind::searcher
