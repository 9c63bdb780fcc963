#include "indexer/index_directory.hpp"

#include <fmt/format.h>
#include <string>

#include "common/error.hpp"
#include "common/index_files.hpp"

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

void make_directory(const fs::path& index) {
  std::error_code error;
  const bool made = fs::create_directories(index, error);
  if (error)
    throw IndexError(
        fmt::format("cannot make the index directory {}: {}; choose another --index", index.string(), error.message()));
  // Articles may be private: nobody else needs to read their index. One that was there keeps what its owner set.
  if (made) fs::permissions(index, fs::perms::owner_all, error);
}

/// What is not an index, nor the beginning of one, is left alone.
void refuse_foreign_directory(const fs::path& index) {
  if (index_files::live_generation(index)) return;
  std::error_code error;
  for (fs::directory_iterator entry(index, error), end; !error && entry != end; entry.increment(error)) {
    if (!index_files::is_part(entry->path().filename().native()))
      throw IndexError(
          fmt::format("{} is not empty and not an index of pfind; choose another --index", index.string()));
  }
  if (error)
    throw IndexError(
        fmt::format("cannot read the index directory {}: {}; choose another --index", index.string(), error.message()));
}

} // namespace

WriterLock lock_index(const fs::path& index, std::chrono::seconds wait, Console& console, const std::stop_token& stop) {
  make_directory(index);
  refuse_foreign_directory(index);
  return {index, wait, [&] { console.note("pindex: waiting for another pindex that writes to this index"); }, stop};
}

} // namespace pfind::indexer
