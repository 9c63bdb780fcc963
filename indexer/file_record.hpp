#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/reader/reader.hpp"
#include "corpus/source/scan.hpp"

namespace pfind::indexer {

/// What an index remembers of a file that it has read, to tell next time whether and how it changed.
struct FileRecord {
  corpus::SourceFile file;
  std::string digest;                    ///< corpus::digest of its bytes
  std::uint64_t articles = 0;            ///< how many articles came from it
  std::uint64_t skipped = 0;             ///< how many problems there were but for notices
  std::uint64_t notices = 0;             ///< how many notices
  std::vector<corpus::Problem> problems; ///< what these were; the first k_max_problems
  bool outdated = false;                 ///< read with other settings: its articles must be made anew

  /// Counts a problem, and keeps it where there is room.
  void add(corpus::Problem problem);

  /// Makes the next run read the file: as it is remembered, no file is.
  void distrust();
};

inline constexpr std::size_t k_max_problems = 100; ///< per file, kept from run to run

/// For the index's metadata.
std::string encode(const FileRecord& record);

/// The inverse. Throws codec::DecodeError.
FileRecord decode_file_record(std::string_view stored);

/// Likewise, into a record whose memory is used again.
void decode_file_record(std::string_view stored, FileRecord& record);

} // namespace pfind::indexer
