#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace pfind::bulk {

/// A file that is made anew and written from its beginning to its end, with a buffer. Throws std::system_error, with
/// the file's path, where the system cannot write.
class OutputFile {
public:
  explicit OutputFile(std::filesystem::path path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);

  /// Hands what is buffered to the system.
  void flush();

  /// Makes what was written durable.
  void sync();

private:
  void write_out(std::string_view bytes);

  std::filesystem::path path_;
  std::string buffer_;
  int fd_ = -1;
};

/// Makes the names of a directory's files durable. Throws std::system_error.
void sync_directory(const std::filesystem::path& directory);

} // namespace pfind::bulk
