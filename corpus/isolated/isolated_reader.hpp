#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "common/error.hpp"
#include "corpus/isolated/frames.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// The program that reads archives and PDF documents is missing or cannot be started: says nothing of the file.
class ReaderMissing : public ReadError {
public:
  using ReadError::ReadError;
};

/// How long to wait for the program. Time in which it waits for more input or for its frames to be taken does not
/// count.
struct IsolationLimits {
  std::chrono::milliseconds silence{60'000}; ///< without any progress
  std::chrono::milliseconds total = std::chrono::milliseconds::max();
};

/// The path of the program: beside the running one, where an installed one has it (../libexec/pfind), or where pfind
/// was configured to be installed. Throws ReaderMissing.
std::string reader_program();

/// A process of its own that reads one file, so that no damaged or hostile file harms this one: whatever becomes of it
/// is one error of that file. It gets the bytes, never a name, and is killed at the latest with this object.
class IsolatedReader {
public:
  /// Starts `program`, which is told the `kind` of file (its only argument). A file on disk is handed over open;
  /// other streams are fed to it while frames are awaited. `stream` must outlive this. Throws ReaderMissing.
  IsolatedReader(const std::string& program, const std::string& kind, ByteStream& stream,
                 const IsolationLimits& limits = {});
  ~IsolatedReader();
  IsolatedReader(const IsolatedReader&) = delete;
  IsolatedReader& operator=(const IsolatedReader&) = delete;

  /// The next frame, valid until the next call; nullopt once all is read. Throws ReadError for whatever ends reading
  /// early: damage, a crash, a limit, or an error of the stream.
  std::optional<Frame> next();

private:
  class Process;
  std::unique_ptr<Process> process_;
};

} // namespace pfind::corpus
