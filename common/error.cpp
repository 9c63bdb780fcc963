#include "common/error.hpp"

#include <cerrno>
#include <cstring>
#include <new>
#include <system_error>

namespace pfind {

OutputError::OutputError(int reason)
    : Error(std::string("cannot write to standard output: ") + std::strerror(reason)), closed_pipe_(reason == EPIPE) {}

std::string line_of(const std::exception& error) {
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr)
    return "there is not enough memory; allow more (ulimit -v), or end other programs";
  const auto* const of_system = dynamic_cast<const std::system_error*>(&error);
  if (of_system != nullptr && of_system->code() == std::errc::resource_unavailable_try_again)
    return "no thread or process can be started, for lack of memory or because of a limit (ulimit -u, -v)";
  return error.what();
}

ExitStatus exit_status(const std::exception& error) {
  return dynamic_cast<const LockedError*>(&error) != nullptr ? ExitStatus::locked : ExitStatus::error;
}

} // namespace pfind
