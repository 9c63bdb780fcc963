#include "common/error.hpp"

namespace pfind {

ExitStatus exit_status(const std::exception& error) {
  return dynamic_cast<const LockedError*>(&error) != nullptr ? ExitStatus::locked : ExitStatus::error;
}

} // namespace pfind
