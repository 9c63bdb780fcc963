#pragma once

#include <cstddef>
#include <xapian.h>

#include "common/codec.hpp"

namespace pfind::searcher {

/// What belongs to a document of a shard in an array with a place for each up to the last. Lists of a damaged index may
/// name any number. Throws codec::DecodeError where it lies behind the last.
template <typename Array>
auto& of_document(Array& array, Xapian::docid document) {
  if (std::size_t{document} >= array.size()) throw codec::DecodeError();
  return array[document];
}

} // namespace pfind::searcher
