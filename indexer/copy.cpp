#include "indexer/copy.hpp"

#include <fmt/format.h>
#include <optional>
#include <system_error>
#include <xapian.h>

#include "common/block_sums.hpp"
#include "common/child_process.hpp"
#include "common/index_files.hpp"
#include "common/live_database.hpp"
#include "common/terminal.hpp"
#include "common/xapian_error.hpp"
#include "indexer/check/index_check.hpp"
#include "indexer/index_directory.hpp"
#include "indexer/index_state.hpp"

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

constexpr int k_attempts = 3; // without the lock, until writers are asked to wait

constexpr char k_overtaken = 'O', k_error = 'E';

/// Where a copy comes from and where it goes.
struct Places {
  fs::path from;
  fs::path to;
};

Places places_of(const Options& options) {
  if (options.action == Action::backup) return {options.index, options.backup};
  if (options.action == Action::restore) return {options.backup, options.index};
  return {options.index, options.index};
}

std::uintmax_t bytes_of(const fs::path& index, unsigned generation) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::directory_iterator(index_files::generation(index, generation)))
    bytes += entry.file_size();
  return bytes;
}

std::string in_megabytes(std::uintmax_t bytes) { return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6); }

/// Whether a writer may be the cause: it has reused blocks that were being read, or replaced the generation.
bool is_overtaken(const Xapian::Error& error) {
  const std::string_view type = error.get_type();
  return type == "DatabaseModifiedError" || type == "DatabaseOpeningError" || type == "DatabaseNotFoundError";
}

/// One copy into a new generation, which is removed again unless it became the live one.
class Copy {
public:
  Copy(Places places, const std::stop_token& stop) : places_(std::move(places)), stop_(stop) {
    live_ = index_files::live_generation(places_.to);
    number_ = live_.value_or(0) + 1;
    index_files::remove_remains(places_.to, live_);
  }
  ~Copy() {
    std::error_code stays; // then the next writer removes it
    if (!is_live()) fs::remove_all(index_files::generation(places_.to, number_), stays);
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  /// Returns false where a writer was faster.
  bool make() {
    const fs::path to = index_files::generation(places_.to, number_);
    fs::remove_all(to);
    std::string& error = error_;
    error.clear();
    bool overtaken = false;
    const ChildEnd end = run_in_child([&](ChildVoice& voice) { compact(to, voice); },
                                      [&](char kind, std::string_view text) {
                                        overtaken = overtaken || kind == k_overtaken;
                                        if (kind == k_error) error = text;
                                      },
                                      {.patience = std::chrono::hours(24), .stop = stop_});
    if (overtaken) return false;
    if (!error.empty()) throw IndexError(error);
    if (end.reason == ChildEnd::Reason::stopped) throw Interrupted();
    if (end.reason != ChildEnd::Reason::complete)
      throw IndexError(fmt::format("cannot copy the index {}: reading it {} ({}); look for damage with pindex --check",
                                   places_.from.string(), end.reason == ChildEnd::Reason::crashed ? "crashes" : "fails",
                                   end.error));
    return true;
  }

  void publish() {
    index_files::sync_generation(places_.to, number_);
    index_files::publish(places_.to, number_);
    if (live_) fs::remove_all(index_files::generation(places_.to, *live_));
  }

  /// Why `make` returned false.
  const std::string& error() const { return error_; }

  std::uintmax_t bytes() const { return bytes_of(places_.to, number_); }

  std::uint64_t articles() const { return IndexState::live(places_.to).article_count(); }

  struct Interrupted {};

private:
  /// Whether the stub file names the new generation, which it may also where publishing failed: at making it durable.
  bool is_live() const {
    try {
      return index_files::live_generation(places_.to) == number_;
    } catch (const IndexError&) {
      return true; // where nobody can tell, it stays
    }
  }

  /// In a process of its own: damage may crash Xapian.
  void compact(const fs::path& to, ChildVoice& voice) const {
    try {
      const auto source = index_files::live_generation(places_.from);
      auto live = open_live_database(places_.from);
      if (!live) throw IndexError(fmt::format("there is no index at {} any more", places_.from.string()));
      const bool is_damaged = !glass::damaged_blocks(live->generation).empty();
      Xapian::Database& database = live->database;
      if (!is_damaged) database.compact(to.string(), Xapian::DBCOMPACT_NO_RENUMBER);
      // Xapian opens the tables anew, and passes over those that are gone; they also look as if they were damaged.
      if (index_files::live_generation(places_.from) != source) {
        voice.tell(k_overtaken);
        throw IndexError(fmt::format("the index {} was replaced while it was copied", places_.from.string()));
      }
      if (is_damaged) throw Xapian::DatabaseCorruptError("Blocks of its tables are not what was written");
      glass::renew_block_sums(to);
      const Xapian::Database copy(to.string());
      if (copy.get_doccount() != database.get_doccount() || copy.get_total_length() != database.get_total_length())
        throw IndexError(fmt::format("the copy of the index {} is not complete; look for damage with pindex --check",
                                     places_.from.string()));
    } catch (const IndexError& error) {
      voice.tell(k_error, error.what());
    } catch (const Xapian::Error& error) {
      if (is_overtaken(error)) voice.tell(k_overtaken);
      voice.tell(k_error, translate(error, "copy", places_.from.string()).what());
    }
  }

  Places places_;
  std::stop_token stop_;
  std::optional<unsigned> live_; // in the place it goes to
  unsigned number_ = 0;          // of the copy
  std::string error_;
};

/// Lets an index whose stub file is damaged be seen as one, so that it can be replaced.
void mend_stub(const fs::path& index) {
  std::error_code none;
  if (!fs::exists(index_files::stub(index), none)) return;
  const CheckedGeneration generation = checked_generation(index);
  if (!generation.is_named) index_files::publish(index, generation.number);
}

/// Refuses to replace an index that nobody said may be replaced.
void check_target(const Options& options, const Places& places) {
  if (options.action == Action::compact) return;
  std::error_code cannot_tell; // then what follows says why
  if (fs::equivalent(places.from, places.to, cannot_tell))
    throw UsageError(fmt::format("{} is the index itself; name another directory", options.backup.string()));
  if (options.replace) return mend_stub(places.to);
  if (index_files::live_generation(places.to))
    throw UsageError(fmt::format("there is an index at {} already; --replace replaces it by the {}", places.to.string(),
                                 options.action == Action::backup ? "new backup" : "one from the backup"));
}

void copy_as_it_stands(Copy& copy, const Options& options, const Places& places, Console& console,
                       const std::stop_token& stop) {
  for (int attempt = 0; attempt < k_attempts; ++attempt) {
    if (copy.make()) return;
  }
  if (options.action == Action::compact) throw IndexError(copy.error()); // it is locked, so nobody else writes
  // Whoever writes commits faster than the index can be read.
  const WriterLock lock(
      places.from, options.wait, [&] { console.note("pindex: waiting for another pindex that writes to this index"); },
      stop);
  if (!copy.make()) throw IndexError(copy.error());
}

void tell(const Options& options, const Copy& copy, std::uintmax_t before) {
  if (options.quiet) return;
  const std::string what = fmt::format("{}, {}", counted(copy.articles(), "article"), in_megabytes(copy.bytes()));
  if (options.action == Action::backup)
    write_out(fmt::format("backup written to {}: {}\n", printable(options.backup.string()), what));
  else if (options.action == Action::restore)
    write_out(fmt::format("index restored from {}: {}\n", printable(options.backup.string()), what));
  else
    write_out(fmt::format("index compacted: {} instead of {}\n", what, in_megabytes(before)));
}

} // namespace

ExitStatus run_copy(const Options& options, Console& console, const std::stop_token& stop) {
  const Places places = places_of(options);
  const auto source = index_files::live_generation(places.from);
  if (!source)
    throw IndexError(fmt::format("there is no {} at {}", options.action == Action::restore ? "backup" : "index",
                                 places.from.string()));
  IndexState::live(places.from).check_versions();
  check_target(options, places);
  const WriterLock lock = lock_index(places.to, options.wait, console, stop);
  check_target(options, places); // nobody else can make one any more
  // Compacted is what is locked now; another source may be replaced at any time.
  const std::uintmax_t before = options.action == Action::compact
                                    ? bytes_of(places.from, index_files::live_generation(places.from).value_or(*source))
                                    : 0;
  Copy copy(places, stop);
  try {
    copy_as_it_stands(copy, options, places, console, stop);
  } catch (const Copy::Interrupted&) {
    return ExitStatus::interrupted;
  }
  copy.publish();
  tell(options, copy, before);
  return ExitStatus::success;
}

} // namespace pfind::indexer
