#include "indexer/block_guard.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <dlfcn.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>
#include <xapian.h>

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

// All that stand in this process.
std::mutex guards_mutex;
std::vector<BlockGuard*> guards;
std::atomic<bool> is_any = false;

/// Calls `work` with each guard where a file is open for writing: others read for themselves.
template <typename Work>
void for_guards(int file, const Work& work) {
  if (!is_any || (fcntl(file, F_GETFL) & O_ACCMODE) != O_RDWR) return;
  const std::lock_guard lock(guards_mutex);
  for (BlockGuard* guard : guards) work(*guard);
}

} // namespace

BlockGuard::BlockGuard(fs::path database) : database_(std::move(database)) {
  take_sums();
  const std::lock_guard lock(guards_mutex);
  guards.push_back(this);
  is_any = true;
}

BlockGuard::~BlockGuard() {
  const std::lock_guard lock(guards_mutex);
  std::erase(guards, this);
  is_any = !guards.empty();
}

void BlockGuard::renew() {
  glass::renew_block_sums(database_, sums_ != nullptr ? &written_ : nullptr);
  take_sums();
}

void BlockGuard::take_sums() {
  auto sums = glass::BlockSums::open(database_);
  const auto version = glass::read_version(database_);
  if (sums == nullptr || !version || sums->revision() != version->revision) return;
  const std::lock_guard lock(guards_mutex);
  sums_ = std::move(sums);
  written_ = {};
  for (std::size_t i = 0; i < glass::k_tables; ++i) {
    struct stat about {};
    const bool is_there = stat(glass::table_file(database_, static_cast<glass::Table>(i)).c_str(), &about) == 0;
    tables_.at(i) = {is_there ? about.st_dev : 0, is_there ? about.st_ino : 0,
                     version->roots.at(i).block_units * glass::k_block_unit, version->roots.at(i).free};
  }
}

std::optional<glass::Table> BlockGuard::table_of(int file) const {
  struct stat about {};
  if (sums_ == nullptr || fstat(file, &about) != 0) return std::nullopt;
  const auto table = std::ranges::find_if(tables_, [&](const GuardedTable& one) {
    return one.inode == about.st_ino && one.device == about.st_dev && one.block_size > 0;
  });
  if (table == tables_.end()) return std::nullopt;
  return static_cast<glass::Table>(table - tables_.begin());
}

void BlockGuard::check_read(int file, off_t offset, std::string_view bytes) {
  const auto table = table_of(file);
  if (!table) return;
  const auto index = static_cast<std::size_t>(*table);
  const std::size_t size = tables_.at(index).block_size;
  const std::uint64_t number = static_cast<std::uint64_t>(offset) / size;
  const auto is_sound = [&] {
    if (bytes.size() != size || static_cast<std::uint64_t>(offset) % size != 0) return false;
    const glass::WrittenBlocks& written = written_.at(index);
    if (written.has(number)) return written.fits(number, bytes);
    const auto& free = tables_.at(index).free;
    return free && number == free->last ? sums_->fits_end(*table, *free, bytes) : sums_->fits(*table, number, bytes);
  };
  if (!is_sound())
    throw Xapian::DatabaseCorruptError(
        fmt::format("Block {} of {} is not what was written", number, glass::table_file({}, *table).string()));
}

void BlockGuard::note_write(int file, off_t offset, std::string_view bytes) {
  const auto table = table_of(file);
  if (!table) return;
  const auto index = static_cast<std::size_t>(*table);
  const std::size_t size = tables_.at(index).block_size;
  if (bytes.size() != size) return; // what is left of a block that was written in part
  written_.at(index).note(static_cast<std::uint64_t>(offset) / size, bytes);
}

} // namespace pfind::indexer

// What Xapian calls. Under names of their own here, since the headers may define the others for calls that are checked.
namespace {

static_assert(sizeof(off_t) == sizeof(off64_t), "pread and pread64 would differ");

using Read = ssize_t(int, void*, std::size_t, off_t);
using Write = ssize_t(int, const void*, std::size_t, off_t);

template <typename Function>
Function* next_in_line(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name)); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
}

ssize_t read_guarded(Read* read, int file, void* bytes, std::size_t size, off_t offset) {
  auto* const out = static_cast<char*>(bytes);
  ssize_t got = read(file, out, size, offset);
  if (got < 0) return got;
  bool is_read = true;
  pfind::indexer::for_guards(file, [&](pfind::indexer::BlockGuard& guard) {
    while (is_read && static_cast<std::size_t>(got) < size) { // there is no sum of a part
      const ssize_t more = read(file, out + got, size - static_cast<std::size_t>(got), offset + got);
      if (more < 0 && errno == EINTR) continue;
      if (more == 0) break;
      is_read = more > 0;
      if (is_read) got += more;
    }
    if (is_read) guard.check_read(file, offset, {out, static_cast<std::size_t>(got)});
  });
  return is_read ? got : -1;
}

ssize_t write_guarded(Write* write, int file, const void* bytes, std::size_t size, off_t offset) {
  pfind::indexer::for_guards(file, [&](pfind::indexer::BlockGuard& guard) {
    guard.note_write(file, offset, {static_cast<const char*>(bytes), size});
  });
  return write(file, bytes, size, offset);
}

} // namespace

extern "C" {

Read guarded_pread __asm__("pread");
Read guarded_pread64 __asm__("pread64");
Write guarded_pwrite __asm__("pwrite");
Write guarded_pwrite64 __asm__("pwrite64");

ssize_t guarded_pread(int file, void* bytes, std::size_t size, off_t offset) {
  static Read* const next = next_in_line<Read>("pread");
  return read_guarded(next, file, bytes, size, offset);
}

ssize_t guarded_pread64(int file, void* bytes, std::size_t size, off_t offset) {
  static Read* const next = next_in_line<Read>("pread64");
  return read_guarded(next, file, bytes, size, offset);
}

ssize_t guarded_pwrite(int file, const void* bytes, std::size_t size, off_t offset) {
  static Write* const next = next_in_line<Write>("pwrite");
  return write_guarded(next, file, bytes, size, offset);
}

ssize_t guarded_pwrite64(int file, const void* bytes, std::size_t size, off_t offset) {
  static Write* const next = next_in_line<Write>("pwrite64");
  return write_guarded(next, file, bytes, size, offset);
}

} // extern "C"
