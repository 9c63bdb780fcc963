#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// What a file grows to while it is unpacked, over all levels of packing: no text shrinks as much as a file that was
/// made to fill a disk.
class Expansion {
public:
  /// Counts unpacked bytes of a file of which `stored` bytes have been read. Throws ReadError where it is too much.
  void add(std::uint64_t unpacked, std::uint64_t stored);

private:
  std::uint64_t unpacked_ = 0;
};

/// `stored` decompressed where it begins like gzip, bzip2, xz or zstd, else as it is. Errors begin with `name`.
std::unique_ptr<ByteStream> decompressed(std::unique_ptr<ByteStream> stored, std::string name,
                                         std::shared_ptr<Expansion> expansion = std::make_shared<Expansion>());

} // namespace pfind::corpus
