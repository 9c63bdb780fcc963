#pragma once

#include <stdexcept>
#include <string>

namespace pfind {

/// What every failure of pfind derives from. The message is one line for a person: what went wrong, on what, and what
/// to do about it. Only the programs' `main` catches it for good; `exit_status` maps each type to the program's status.
class Error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// What the user typed cannot be done: an option, a configuration file, a names file, a date.
class UsageError : public Error {
public:
  using Error::Error;
};

/// The index is missing, foreign, damaged, or of another schema version; or a write to it failed.
class IndexError : public Error {
public:
  using Error::Error;
};

/// Another process is writing to the index.
class LockedError : public Error {
public:
  using Error::Error;
};

/// An article or a file of articles cannot be read. Indexing reports it and goes on.
class ReadError : public Error {
public:
  using Error::Error;
};

/// Standard output cannot be written.
class OutputError : public Error {
public:
  /// `reason`: the value of errno.
  explicit OutputError(int reason);

  /// Whether the reader has closed the pipe, which is no error.
  bool is_closed_pipe() const { return closed_pipe_; }

private:
  bool closed_pipe_;
};

/// Process exit statuses of pindex and pfind, as their manual pages document them (75 is EX_TEMPFAIL of sysexits.h, 130
/// what shells give a program that SIGINT ended).
enum class ExitStatus : int { success = 0, no_results = 1, error = 2, incomplete = 3, locked = 75, interrupted = 130 };

/// What to tell a person who is not to see `error` itself: of those of ours, the message.
std::string line_of(const std::exception& error);

/// The exit status of a program that ends by `error`.
ExitStatus exit_status(const std::exception& error);

} // namespace pfind
