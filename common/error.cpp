#include "common/error.hpp"

#include <cerrno>
#include <cstring>

namespace pfind {

OutputError::OutputError(int reason)
    : Error(std::string("cannot write to standard output: ") + std::strerror(reason)), closed_pipe_(reason == EPIPE) {}

ExitStatus exit_status(const std::exception& error) {
  return dynamic_cast<const LockedError*>(&error) != nullptr ? ExitStatus::locked : ExitStatus::error;
}

} // namespace pfind
