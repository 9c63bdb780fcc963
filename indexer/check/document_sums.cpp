#include "indexer/check/document_sums.hpp"

#include <cerrno>
#include <sys/mman.h>
#include <system_error>
#include <xxhash.h>

namespace pfind::indexer {

// Pages that nobody writes to take no memory: `last` may be nonsense in a damaged index.
DocumentSums::DocumentSums(Xapian::docid last)
    : last_(last), bytes_((std::size_t{last} + 1) * 2 * sizeof(std::uint64_t)) {
  void* memory = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "cannot get memory");
  sums_ = static_cast<std::uint64_t*>(memory);
}

DocumentSums::~DocumentSums() { munmap(sums_, bytes_); }

std::uint64_t number_of(std::string_view term) { return XXH3_64bits(term.data(), term.size()); }

std::uint64_t summand(std::uint64_t term, Xapian::termcount frequency) {
  std::uint64_t mixed = term + (std::uint64_t{frequency} + 1) * 0x9E3779B97F4A7C15U; // finalizer of SplitMix64
  mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBU;
  return mixed ^ mixed >> 31;
}

std::uint64_t summand(Xapian::valueno slot, std::string_view value) {
  return XXH3_64bits_withSeed(value.data(), value.size(), 0x76616C7565000000U + slot);
}

} // namespace pfind::indexer
