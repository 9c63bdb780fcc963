#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <xapian.h>

/// A sum over all metadata of an index, kept with it (metadata::k_sum): by it a check finds a letter that changed in an
/// entry which nothing else says a second time. A sum of one number per entry follows a change of one entry without a
/// look at the others. Indexes made before there was a sum get theirs when they are next written to.
namespace pfind::indexer {

/// The sum of some entries, as it is kept.
std::string metadata_sum(const std::map<std::string, std::string>& entries);

/// The sum of all entries of a database. Throws Xapian::Error.
std::string metadata_sum(const Xapian::Database& database);

/// Changes the metadata of a database, and its sum with it. Members throw Xapian::Error.
class SummedMetadata {
public:
  explicit SummedMetadata(Xapian::WritableDatabase database) : database_(std::move(database)) {}

  /// Sets an entry, or removes it where the text is empty. What is there already is not written again: that would make
  /// a commit of nothing.
  void set(const std::string& key, const std::string& text);

  /// Writes the sum; to be called before a commit.
  void settle();

  /// Forgets what was not settled: the transaction was cancelled.
  void cancel();

private:
  Xapian::WritableDatabase database_;
  std::uint64_t difference_ = 0; // of the sum from the one that is kept
  bool is_changed_ = false;
};

} // namespace pfind::indexer
