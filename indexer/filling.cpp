#include "indexer/filling.hpp"

#include <algorithm>
#include <fstream>
#include <unistd.h>

namespace pfind::indexer {
namespace {

constexpr std::size_t k_share = 4;
constexpr std::size_t k_least = std::size_t{64} << 20;

/// The limit of a container, where there is one.
std::size_t limited(std::size_t bytes) {
  std::ifstream limit("/sys/fs/cgroup/memory.max");
  std::size_t most = 0;
  return limit >> most ? std::min(bytes, most) : bytes;
}

} // namespace

std::size_t default_memory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGESIZE);
  const std::size_t all = pages > 0 && page > 0 ? static_cast<std::size_t>(pages) * static_cast<std::size_t>(page) : 0;
  return std::max(limited(all) / k_share, k_least);
}

} // namespace pfind::indexer
