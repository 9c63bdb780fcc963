#include "common/block_sums.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <future>
#include <numeric>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <xapian.h>
#include <xxhash.h>

#include "common/at_once.hpp"

namespace pfind::glass {
namespace fs = std::filesystem;
namespace {

// The file: magic, then numbers with the lowest byte first: revision (8), sum of the version file (8), how many sums
// each table has and the sum of the end of its list of free blocks (8 each), sum of all this (8); the sums (4 each),
// table by table.
constexpr std::string_view k_sums_magic{"pfindsm2", 8};
constexpr std::string_view k_first_magic{"pfindsum", 8}; // of sums without those of the lists of free blocks
constexpr std::size_t k_head = k_sums_magic.size() + 8 * (3 + 2 * k_tables);
constexpr std::size_t k_sum = 4;

fs::path sums_file(const fs::path& database) { return database / "sums"; }

void put(std::string& out, std::uint64_t number, std::size_t bytes = 8) {
  for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 0xFF);
}

std::uint64_t taken(std::string_view& in, std::size_t bytes = 8) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i) number |= std::uint64_t{static_cast<unsigned char>(in[i])} << (8 * i);
  in.remove_prefix(bytes);
  return number;
}

std::uint64_t sum_of(std::string_view bytes, std::uint64_t seed = 0) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

/// A block that stands in another's place is a damaged one, too.
std::uint32_t block_sum(std::string_view block, std::uint64_t number) {
  return static_cast<std::uint32_t>(sum_of(block, number));
}

/// Of the last block of a list of free blocks.
std::uint64_t free_end_sum(std::string_view block, const FreeList& free) {
  if (free.end < k_free_begin || free.end > block.size()) return 0;
  return sum_of(block.substr(k_free_begin, free.end - k_free_begin));
}

[[noreturn]] void fail(const fs::path& file) {
  const int reason = errno;
  throw Xapian::DatabaseError(file.string(), reason);
}

[[noreturn]] void fail_unread() { throw Xapian::DatabaseError("cannot read the sums of blocks", errno); }

[[noreturn]] void fail_damaged() { throw Xapian::DatabaseCorruptError("The sums of its blocks are damaged"); }

/// Reads so many bytes; returns false, with errno, where they cannot be read.
bool read_at(int file, std::uint64_t begin, std::size_t size, char* out) {
  for (std::size_t got = 0; got < size;) {
    const ssize_t more = pread(file, out + got, size - got, static_cast<off_t>(begin + got));
    if (more < 0 && errno == EINTR) continue;
    if (more == 0) errno = EIO; // it was longer when its size was asked for
    if (more <= 0) return false;
    got += static_cast<std::size_t>(more);
  }
  return true;
}

/// The blocks of a table.
class TableBlocks {
public:
  TableBlocks(const fs::path& database, Table table, const Root& root) : path_(table_file(database, table)) {
    if (!root.is_possible()) fail_damaged();
    block_.resize(root.block_units * k_block_unit);
    file_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (file_ < 0 && errno == ENOENT) return; // it has no content
    struct stat about {};
    if (file_ < 0 || fstat(file_, &about) != 0) fail(path_);
    // What lies behind is of a commit that failed, or of a damaged number: that may be terabytes behind.
    count_ = std::min(static_cast<std::uint64_t>(about.st_size) / block_.size(), root.blocks);
  }
  ~TableBlocks() {
    if (file_ >= 0) close(file_);
  }
  TableBlocks(const TableBlocks&) = delete;
  TableBlocks& operator=(const TableBlocks&) = delete;

  std::uint64_t count() const { return count_; }

  /// Of which commit a block is.
  std::uint64_t revision(std::uint64_t number) {
    read(number, k_level);
    return block_revision(block_.data());
  }

  /// Holds until the next call.
  std::string_view block(std::uint64_t number) {
    read(number, block_.size());
    return block_;
  }

private:
  void read(std::uint64_t number, std::size_t size) {
    if (!read_at(file_, number * block_.size(), size, block_.data())) fail(path_);
  }

  fs::path path_;
  int file_ = -1;
  std::uint64_t count_ = 0;
  std::string block_;
};

/// Walks the blocks of a table that are in use, each once: those that are free say nothing.
class BlockWalk {
public:
  BlockWalk(TableBlocks& blocks, const Root& root) : blocks_(blocks), root_(root), is_passed_(blocks.count()) {}

  /// Calls `visit(number, keys)` for each block of the tree, which says whether to go on to those below it: not to such
  /// that lie behind the end of the table. Throws Xapian::DatabaseCorruptError where it cannot be told which those are.
  template <typename Visit>
  void run_tree(const Visit& visit) {
    if (!root_.is_empty) enter(root_.block, {}, root_.level, visit);
  }

  /// The same for the list of free blocks.
  template <typename Visit>
  void run_free_list(const Visit& visit) {
    if (!root_.free) return;
    for (std::uint64_t number = root_.free->first; is_new(number); number = next_of_free_list(blocks_.block(number)))
      if (!visit(number, k_no_keys) || number == root_.free->last) return;
  }

private:
  inline static const KeyRange k_no_keys{.end = ""};

  template <typename Visit>
  void enter(std::uint64_t number, const KeyRange& keys, std::uint64_t level, const Visit& visit) {
    if (!is_new(number) || !visit(number, keys) || level == 0) return;
    for (const BlockBelow& below : blocks_below(blocks_.block(number), keys))
      enter(below.number, below.keys, level - 1, visit);
  }

  bool is_new(std::uint64_t number) {
    if (number >= blocks_.count()) return true;
    if (is_passed_[number]) return false;
    is_passed_[number] = true;
    return true;
  }

  TableBlocks& blocks_;
  const Root& root_;
  std::vector<bool> is_passed_;
};

void set_sum(std::string& sums, std::uint64_t number, std::uint32_t sum) {
  std::string bytes;
  put(bytes, sum, k_sum);
  sums.replace(number * k_sum, k_sum, bytes);
}

/// Brings the sums of a table up to a commit: those of blocks of later ones than they are of. A commit writes also the
/// blocks above one that it writes, so that nothing below one that it did not write is looked at. `known` may be null.
void renew_by_walk(TableBlocks& blocks, const Root& root, Table table, std::uint64_t commit, const BlockSums* known,
                   std::string& sums) {
  const std::uint64_t known_count = known != nullptr ? known->count(table) : 0;
  const auto renew = [&](std::uint64_t number) {
    if (number >= blocks.count()) throw Xapian::DatabaseCorruptError("A table ends before one of its blocks");
    if (number < known_count && blocks.revision(number) <= known->revision()) return false;
    set_sum(sums, number, block_sum(blocks.block(number), number));
    return true;
  };
  BlockWalk walk(blocks, root);
  walk.run_tree([&](std::uint64_t number, const KeyRange& /*keys*/) {
    if (number < blocks.count() && blocks.revision(number) > commit)
      throw Xapian::DatabaseCorruptError("A block says that it is of a commit that there was not");
    return renew(number);
  });
  walk.run_free_list([&](std::uint64_t number, const KeyRange& /*keys*/) {
    renew(number);
    return true;
  });
}

/// The sums of a table as a commit leaves it.
struct TableSums {
  std::string blocks;
  std::uint64_t free_end = 0;
};

/// `known` and `written` may be null.
TableSums renewed(const fs::path& database, Table table, const Version& version, const BlockSums* known,
                  const WrittenBlocks* written) {
  const Root& root = version.root(table);
  TableBlocks blocks(database, table, root);
  TableSums sums;
  if (known != nullptr) sums.blocks = known->all(table);
  sums.blocks.resize(blocks.count() * k_sum);
  const bool may_be_same =
      known != nullptr && !root.is_empty && root.block < std::min(blocks.count(), known->count(table));
  if (may_be_same && blocks.revision(root.block) <= known->revision()) { // nothing has changed
    sums.free_end = known->free_end(table);
    return sums;
  }
  if (known != nullptr && written != nullptr && written->has(root.block))
    written->put_into(sums.blocks);
  else
    renew_by_walk(blocks, root, table, version.revision, known, sums.blocks);
  if (!root.free || root.free->last >= blocks.count()) return sums;
  const std::string_view last = blocks.block(root.free->last);
  std::string_view sum = std::string_view(sums.blocks).substr(root.free->last * k_sum);
  if (taken(sum, k_sum) == block_sum(last, root.free->last)) sums.free_end = free_end_sum(last, *root.free);
  return sums;
}

void write_durably(const fs::path& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666); // less the umask
  if (file < 0) fail(path);
  bool is_written = true;
  while (is_written && !bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    is_written = written >= 0;
    if (is_written) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  is_written = is_written && fdatasync(file) == 0;
  const int reason = errno;
  close(file);
  if (is_written) return;
  unlink(path.c_str()); // on a full disk there is no room for what nobody reads
  errno = reason;
  fail(path);
}

} // namespace

void WrittenBlocks::note(std::uint64_t number, std::string_view block) {
  if (number >= is_written_.size()) {
    is_written_.resize(number + 1);
    sums_.resize(number + 1);
  }
  is_written_[number] = true;
  sums_[number] = block_sum(block, number);
}

bool WrittenBlocks::fits(std::uint64_t number, std::string_view block) const {
  return sums_[number] == block_sum(block, number);
}

void WrittenBlocks::put_into(std::string& sums) const {
  const std::uint64_t count = std::min(is_written_.size(), sums.size() / k_sum);
  for (std::uint64_t number = 0; number < count; ++number)
    if (is_written_[number]) set_sum(sums, number, sums_[number]);
}

std::shared_ptr<const BlockSums> BlockSums::open(const fs::path& database) {
  const fs::path path = sums_file(database);
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return nullptr;
  if (file < 0) fail(path);
  const std::shared_ptr<BlockSums> sums(new BlockSums(file));
  return sums->take_head() ? sums : nullptr;
}

BlockSums::~BlockSums() { close(file_); }

/// Returns false for sums of a form that says less.
bool BlockSums::take_head() {
  struct stat about {};
  if (fstat(file_, &about) != 0) fail_unread();
  const auto size = static_cast<std::uint64_t>(about.st_size);
  if (size < k_head) fail_damaged();
  std::string head(k_head, '\0');
  if (!read_at(file_, 0, k_head, head.data())) fail_unread();
  std::string_view rest = head;
  rest.remove_suffix(sizeof(std::uint64_t));
  const std::uint64_t sum = sum_of(rest);
  rest = head;
  if (rest.starts_with(k_first_magic)) return false;
  if (!rest.starts_with(k_sums_magic)) fail_damaged();
  rest.remove_prefix(k_sums_magic.size());
  revision_ = taken(rest);
  version_ = taken(rest);
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < k_tables; ++i) {
    total += counts_.at(i) = taken(rest);
    free_ends_.at(i) = taken(rest);
  }
  if (taken(rest) != sum || size != k_head + total * k_sum) fail_damaged();
  return true;
}

bool BlockSums::fits_version(std::string_view bytes) const { return sum_of(bytes) == version_; }

bool BlockSums::fits(Table table, std::uint64_t number, std::string_view block) const {
  if (number >= count(table)) return false;
  std::string_view sum = std::string_view(all(table)).substr(number * k_sum);
  return taken(sum, k_sum) == block_sum(block, number);
}

bool BlockSums::fits_end(Table table, const FreeList& free, std::string_view block) const {
  if (fits(table, free.last, block)) return true;
  const std::uint64_t sum = free_ends_.at(static_cast<std::size_t>(table));
  return static_cast<unsigned char>(block[k_level]) == k_free_list && sum != 0 && sum == free_end_sum(block, free);
}

const std::string& BlockSums::all(Table table) const {
  const auto index = static_cast<std::size_t>(table);
  std::string& sums = sums_.at(index);
  std::call_once(are_read_.at(index), [&] {
    const std::uint64_t before = std::accumulate(counts_.begin(), counts_.begin() + index, std::uint64_t{0});
    std::string all(counts_.at(index) * k_sum, '\0');
    if (!read_at(file_, k_head + before * k_sum, all.size(), all.data())) fail_unread();
    sums = std::move(all);
  });
  return sums;
}

void renew_block_sums(const fs::path& database, const std::array<WrittenBlocks, k_tables>* written) {
  const std::string bytes = version_bytes(database);
  const auto version = parse_version(bytes);
  if (!version) return; // of another format
  std::shared_ptr<const BlockSums> known = BlockSums::open(database);
  if (known != nullptr && known->revision() == version->revision) return;
  // A commit that a loss of power took back may be followed by another of the same number, of which these are none.
  if (known != nullptr && known->revision() > version->revision) {
    known = nullptr;
    std::error_code kept; // by a read-only file system, say, on which no commit follows
    fs::remove(sums_file(database), kept);
  }

  std::array<std::future<TableSums>, k_tables> renewals;
  for (std::size_t i = 0; i < k_tables; ++i)
    renewals.at(i) = std::async(k_at_once, [&, i] {
      return renewed(database, static_cast<Table>(i), *version, known.get(),
                     written != nullptr ? &written->at(i) : nullptr);
    });
  std::string file{k_sums_magic};
  std::string body;
  put(file, version->revision);
  put(file, sum_of(bytes));
  for (std::future<TableSums>& renewal : renewals) {
    const TableSums sums = renewal.get();
    put(file, sums.blocks.size() / k_sum);
    put(file, sums.free_end);
    body += sums.blocks;
  }
  put(file, sum_of(file));
  file += body;

  const fs::path path = sums_file(database);
  const fs::path fresh = path.string() + ".new";
  write_durably(fresh, file);
  if (rename(fresh.c_str(), path.c_str()) != 0) fail(path);
}

std::vector<DamagedBlock> damaged_blocks(const fs::path& database) {
  std::vector<DamagedBlock> damaged;
  const auto version = read_version(database);
  const auto sums = BlockSums::open(database);
  if (!version || sums == nullptr || sums->revision() > version->revision) return damaged;
  for (std::size_t i = 0; i < k_tables; ++i) {
    const auto table = static_cast<Table>(i);
    const Root& root = version->roots.at(i);
    TableBlocks blocks(database, table, root);
    DamagedBlock at{table, root.block};
    const auto is_damaged = [&](std::uint64_t number) {
      if (number >= blocks.count()) return true;
      if (blocks.revision(number) > version->revision) { // else a writer may have reused it
        const auto now = read_version(database);
        return now && now->revision == version->revision;
      }
      const auto has_sum = [&] { return sums->has(table, number, blocks.revision(number), version->revision); };
      return has_sum() && !sums->fits(table, number, blocks.block(number)) && has_sum(); // still
    };
    const auto visit = [&](std::uint64_t number, const KeyRange& keys) {
      at = {table, number, keys};
      if (is_damaged(number))
        damaged.push_back(at);
      else
        return blocks.revision(number) <= version->revision;
      return false;
    };
    // Of a commit without sums it is not known how far the last block went on.
    const auto is_end = [&](std::uint64_t number) {
      return root.free && number == root.free->last && number < blocks.count() &&
             (sums->revision() != version->revision || sums->fits_end(table, *root.free, blocks.block(number)));
    };
    BlockWalk walk(blocks, root);
    try {
      walk.run_tree(visit);
      walk.run_free_list(
          [&](std::uint64_t number, const KeyRange& keys) { return !is_end(number) && visit(number, keys); });
    } catch (const Xapian::DatabaseCorruptError&) {
      damaged.push_back(at);
    }
  }
  return damaged;
}

} // namespace pfind::glass
