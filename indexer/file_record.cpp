#include "indexer/file_record.hpp"

#include "common/codec.hpp"

namespace pfind::indexer {

void FileRecord::add(corpus::Problem problem) {
  ++(problem.indexed ? notices : skipped);
  if (problems.size() < k_max_problems) problems.push_back(std::move(problem));
}

void FileRecord::distrust() {
  file.mtime_ns = -1;
  digest.clear();
}

std::string encode(const FileRecord& record) {
  std::string out;
  codec::put_text(out, record.file.path);
  for (const std::uint64_t number :
       {record.file.size, static_cast<std::uint64_t>(record.file.mtime_ns), record.file.inode, record.articles,
        record.skipped, record.notices, std::uint64_t{record.outdated}})
    codec::put_number(out, number);
  codec::put_text(out, record.digest);
  codec::put_number(out, record.problems.size());
  for (const corpus::Problem& problem : record.problems) {
    codec::put_text(out, problem.where);
    codec::put_text(out, problem.reason);
    codec::put_number(out, std::uint64_t{problem.indexed});
  }
  return out;
}

FileRecord decode_file_record(std::string_view stored) {
  FileRecord record;
  decode_file_record(stored, record);
  return record;
}

void decode_file_record(std::string_view stored, FileRecord& record) {
  record.file.path = codec::take_text(stored);
  record.file.size = codec::take_number(stored);
  record.file.mtime_ns = static_cast<std::int64_t>(codec::take_number(stored));
  record.file.inode = codec::take_number(stored);
  record.articles = codec::take_number(stored);
  record.skipped = codec::take_number(stored);
  record.notices = codec::take_number(stored);
  record.outdated = codec::take_number(stored) != 0;
  record.digest = codec::take_text(stored);
  record.problems.clear();
  const std::uint64_t problems = codec::take_number(stored);
  if (problems > k_max_problems) throw codec::DecodeError();
  for (std::uint64_t i = 0; i < problems; ++i) {
    corpus::Problem& problem = record.problems.emplace_back();
    problem.path = record.file.path;
    problem.where = codec::take_text(stored);
    problem.reason = codec::take_text(stored);
    problem.indexed = codec::take_number(stored) != 0;
  }
}

} // namespace pfind::indexer
