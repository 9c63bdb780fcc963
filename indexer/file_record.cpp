#include "indexer/file_record.hpp"

#include <algorithm>

#include "common/codec.hpp"

namespace pfind::indexer {

std::string encode(const FileRecord& record) {
  std::string out;
  codec::put_text(out, record.file.path);
  for (const std::uint64_t number :
       {record.file.size, static_cast<std::uint64_t>(record.file.mtime_ns), record.file.inode, record.articles})
    codec::put_number(out, number);
  codec::put_text(out, record.digest);
  const std::size_t problems = std::min(record.problems.size(), k_max_problems);
  codec::put_number(out, problems);
  for (std::size_t i = 0; i < problems; ++i) {
    codec::put_text(out, record.problems[i].where);
    codec::put_text(out, record.problems[i].reason);
    codec::put_number(out, record.problems[i].indexed ? 1 : 0);
  }
  return out;
}

FileRecord decode_file_record(std::string_view stored) {
  FileRecord record;
  record.file.path = codec::take_text(stored);
  record.file.size = codec::take_number(stored);
  record.file.mtime_ns = static_cast<std::int64_t>(codec::take_number(stored));
  record.file.inode = codec::take_number(stored);
  record.articles = codec::take_number(stored);
  record.digest = codec::take_text(stored);
  const std::uint64_t problems = codec::take_number(stored);
  if (problems > k_max_problems) throw codec::DecodeError();
  for (std::uint64_t i = 0; i < problems; ++i) {
    const std::string_view where = codec::take_text(stored);
    const std::string_view reason = codec::take_text(stored);
    record.problems.push_back(
        {record.file.path, std::string(where), std::string(reason), codec::take_number(stored) != 0});
  }
  return record;
}

} // namespace pfind::indexer
