#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <future>
#include <string>
#include <string_view>

namespace pfind::bulk {

/// A file that is made anew and written from its beginning to its end; what was written can be read and changed. What
/// has gathered is written by another thread, while more gathers. Throws std::system_error, with the file's path, where
/// the system cannot write, at the latest when it is flushed.
class OutputFile {
public:
  /// Whether the file is to stay. Of one that does, what was written goes to the disk while more is written, so that
  /// `sync` has little to wait for.
  enum class Use : std::uint8_t { lasting, passing };

  explicit OutputFile(std::filesystem::path path, Use use = Use::lasting);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);

  /// Hands all that was written to the system.
  void flush();

  /// Reads as many bytes as `bytes` is long from that place on, which must have been written.
  void read_at(std::uint64_t place, std::string& bytes);

  /// Writes over what was written there.
  void write_at(std::uint64_t place, std::string_view bytes);

  /// Takes away what was written from that place on; what is written next comes there.
  void cut_off(std::uint64_t place);

  /// Makes what was written durable.
  void sync();

private:
  void begin_flush();
  void end_flush();
  void write_out(std::string_view bytes);

  std::filesystem::path path_;
  Use use_;
  std::string gathered_;
  std::string on_its_way_;
  int fd_ = -1;
  std::uint64_t written_ = 0; // bytes
  std::future<void> writing_; // what is on its way
};

/// Makes the names of a directory's files durable. Throws std::system_error.
void sync_directory(const std::filesystem::path& directory);

} // namespace pfind::bulk
