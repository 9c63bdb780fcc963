#include "indexer/index_directory.hpp"

#include <fmt/format.h>
#include <string>

#include "common/error.hpp"
#include "common/index_files.hpp"
#include "common/version_file.hpp"

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

void put_back_stub(const fs::path& index) {
  const auto live = index_files::live_generation(index);
  if (live && fs::exists(index_files::generation(index, *live))) return;
  if (const auto complete = complete_generation(index)) index_files::publish(index, *complete);
}

} // namespace

std::optional<unsigned> complete_generation(const fs::path& index) {
  std::optional<unsigned> oldest;
  std::error_code no_directory; // then there is none
  for (const auto& entry : fs::directory_iterator(index, no_directory)) {
    const auto number = index_files::generation_number(entry.path().filename().string());
    if (number && (!oldest || *number < *oldest) && is_complete(entry.path())) oldest = number;
  }
  return oldest;
}

WriterLock lock_index(const fs::path& index, std::chrono::seconds wait, Console& console, const std::stop_token& stop) {
  make_directory(index);
  refuse_foreign_directory(index);
  WriterLock lock(
      index, wait, [&] { console.note("pindex: waiting for another pindex that writes to this index"); }, stop);
  put_back_stub(index);
  return lock;
}

} // namespace pfind::indexer
