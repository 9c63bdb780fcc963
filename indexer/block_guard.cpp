#include "indexer/block_guard.hpp"

#include <algorithm>
#include <atomic>
#include <dlfcn.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
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

/// A list of free blocks goes on in its last block, also by a commit that fails in the end.
bool is_of_lost_commit(std::string_view block, std::uint64_t revision) {
  return static_cast<unsigned char>(block[glass::k_level]) == glass::k_free_list &&
         glass::block_revision(block.data()) > revision;
}

} // namespace

BlockGuard::BlockGuard(fs::path database) : database_(std::move(database)) {
  renew();
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
  auto sums = glass::BlockSums::open(database_);
  const auto version = glass::read_version(database_);
  if (sums == nullptr || !version || sums->revision() != version->revision) return;
  const std::lock_guard lock(guards_mutex);
  sums_ = std::move(sums);
  for (std::size_t i = 0; i < glass::k_tables; ++i) {
    struct stat about {};
    const bool is_there = stat(glass::table_file(database_, static_cast<glass::Table>(i)).c_str(), &about) == 0;
    tables_.at(i) = {.block_size = version->roots.at(i).block_units * glass::k_block_unit, .is_written = {}};
    if (is_there) tables_.at(i).device = about.st_dev;
    if (is_there) tables_.at(i).inode = about.st_ino;
  }
}

BlockGuard::GuardedTable* BlockGuard::table_of(int file) {
  struct stat about {};
  if (sums_ == nullptr || fstat(file, &about) != 0) return nullptr;
  const auto table = std::ranges::find_if(tables_, [&](const GuardedTable& one) {
    return one.inode == about.st_ino && one.device == about.st_dev && one.block_size > 0;
  });
  return table == tables_.end() ? nullptr : &*table;
}

void BlockGuard::check_read(int file, off_t offset, std::string_view bytes) {
  const GuardedTable* const table = table_of(file);
  if (table == nullptr) return;
  const std::uint64_t number = static_cast<std::uint64_t>(offset) / table->block_size;
  if (number < table->is_written.size() && table->is_written[number]) return;
  const auto which = static_cast<glass::Table>(table - tables_.data());
  const bool is_block = bytes.size() == table->block_size && static_cast<std::uint64_t>(offset) % bytes.size() == 0;
  if (is_block && (sums_->fits(which, number, bytes) || is_of_lost_commit(bytes, sums_->revision()))) return;
  throw Xapian::DatabaseCorruptError(
      fmt::format("Block {} of {} is not what was written", number, glass::table_file({}, which).string()));
}

void BlockGuard::note_write(int file, off_t offset) {
  GuardedTable* const table = table_of(file);
  if (table == nullptr) return;
  const std::uint64_t number = static_cast<std::uint64_t>(offset) / table->block_size;
  if (number >= table->is_written.size()) table->is_written.resize(number + 1);
  table->is_written[number] = true;
}

} // namespace pfind::indexer

// What Xapian calls. Under names of their own here, since the headers may define the others for calls that are checked.
namespace {

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
  pfind::indexer::for_guards(file, [&](pfind::indexer::BlockGuard& guard) {
    for (ssize_t more = got; more > 0 && static_cast<std::size_t>(got) < size; got += more) // no sum is of a part
      more = std::max<ssize_t>(read(file, out + got, size - static_cast<std::size_t>(got), offset + got), 0);
    guard.check_read(file, offset, {out, static_cast<std::size_t>(got)});
  });
  return got;
}

ssize_t write_guarded(Write* write, int file, const void* bytes, std::size_t size, off_t offset) {
  pfind::indexer::for_guards(file, [&](pfind::indexer::BlockGuard& guard) { guard.note_write(file, offset); });
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
