#pragma once

#include <cstddef>

namespace pfind::corpus {

/// What a process that reads a file of unknown origin may use from here on.
struct Confinement {
  std::size_t memory_bytes = std::size_t{1} << 30; ///< of address space; no limit under the address sanitizer
  unsigned cpu_seconds = 0;                        ///< 0: any, for whoever started it watches
  const char* readable_folder = nullptr; ///< files below it may be opened for reading, where Landlock can tell
};

/// Takes away from this process what reading its standard input and writing to its standard output does not need:
/// files, network, other programs, privileges, core dumps. It ends with the process that started it. What the kernel
/// does not offer is left out; the limits of memory and time always hold.
void confine(const Confinement& confinement);

} // namespace pfind::corpus
