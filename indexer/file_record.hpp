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
  std::vector<corpus::Problem> problems; ///< what could not be read; the first k_max_problems
};

inline constexpr std::size_t k_max_problems = 100; ///< per file, kept from run to run

/// For the index's metadata.
std::string encode(const FileRecord& record);

/// The inverse. Throws codec::DecodeError.
FileRecord decode_file_record(std::string_view stored);

} // namespace pfind::indexer
