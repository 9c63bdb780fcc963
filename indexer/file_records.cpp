#include "indexer/file_records.hpp"

#include <algorithm>

#include "common/codec.hpp"

namespace pfind::indexer {
namespace {

std::string_view path_of(std::string_view stored) { return codec::take_text(stored); } // what every record begins with

} // namespace

void FileRecords::add(std::string_view stored) {
  decode_file_record(stored, added_);
  is_any_outdated_ = is_any_outdated_ || added_.outdated;
  is_in_order_ = is_in_order_ && (texts_.empty() || path_of(texts_.back()) < added_.file.path);
  texts_.push_back(pool_.keep(stored));
}

void FileRecords::put_in_order() {
  if (!is_in_order_) std::ranges::sort(texts_, {}, path_of);
  is_in_order_ = true;
}

std::string_view FileRecords::path(std::size_t at) const { return path_of(texts_[at]); }

void FileRecords::read(std::size_t at, FileRecord& record) const {
  decode_file_record(texts_[at], record);
  record.outdated = record.outdated || are_all_outdated_;
}

std::optional<FileRecord> FileRecords::find(std::string_view path) const {
  const auto at = place_of(path);
  if (!at) return std::nullopt;
  std::optional<FileRecord> record(std::in_place);
  read(*at, *record);
  return record;
}

std::optional<std::size_t> FileRecords::place_of(std::string_view path) const {
  const auto found = std::ranges::lower_bound(texts_, path, {}, path_of);
  if (found == texts_.end() || path_of(*found) != path) return std::nullopt;
  return static_cast<std::size_t>(found - texts_.begin());
}

} // namespace pfind::indexer
