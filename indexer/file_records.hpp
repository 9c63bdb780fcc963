#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "common/text_pool.hpp"
#include "indexer/file_record.hpp"

namespace pfind::indexer {

/// The records of all files of an index, in the order of their paths. They are kept as they are stored, one behind the
/// other in memory, and decoded one by one when they are asked for: an index has hundreds of thousands, of which an
/// update looks at each once.
class FileRecords {
public:
  /// Adds a record as it is stored. Throws codec::DecodeError.
  void add(std::string_view stored);

  /// To be called when all are added.
  void put_in_order();

  std::size_t size() const { return texts_.size(); }

  /// The path of a record, by its place in the order.
  std::string_view path(std::size_t at) const;

  /// Decodes a record, by its place in the order, into one whose memory is used again.
  void read(std::size_t at, FileRecord& record) const;

  /// Calls `use` with every record.
  template <typename Use>
  void each(Use&& use) const {
    FileRecord record;
    for (std::size_t at = 0; at < size(); ++at) {
      read(at, record);
      use(std::as_const(record));
    }
  }

  bool contains(std::string_view path) const { return place_of(path).has_value(); }

  /// The record of a file.
  std::optional<FileRecord> find(std::string_view path) const;

  /// From now on all records are outdated.
  void mark_outdated() { are_all_outdated_ = true; }

  bool is_any_outdated() const { return is_any_outdated_ || (are_all_outdated_ && size() > 0); }

private:
  std::optional<std::size_t> place_of(std::string_view path) const;

  TextPool pool_;
  std::vector<std::string_view> texts_; // in the pool
  FileRecord added_;                    // the last
  bool is_in_order_ = true;
  bool is_any_outdated_ = false; // by itself
  bool are_all_outdated_ = false;
};

} // namespace pfind::indexer
