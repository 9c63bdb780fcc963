#include "common/xapian_error.hpp"

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <initializer_list>
#include <system_error>

namespace pfind {
namespace {

bool has_reason(const Xapian::Error& error, std::initializer_list<int> reasons) {
  const char* const reason = error.get_error_string();
  return reason != nullptr &&
         std::ranges::any_of(reasons, [&](int one) { return std::generic_category().message(one) == reason; });
}

/// What the user can do about an error of that type.
std::string_view advice(const Xapian::Error& error, bool writing) {
  const std::string_view type = error.get_type();
  if (has_reason(error, {ENOSPC, EDQUOT}))
    return "what was committed before is intact; make room and run the command again";
  if (has_reason(error, {EMFILE, ENFILE})) return "allow more open files (ulimit -n) and run the command again";
  if (type == "DatabaseCorruptError" || type == "RangeError" || type == "SerialisationError")
    return "the index is damaged; pindex --check --repair mends it";
  if (type == "DatabaseVersionError") return "another version of Xapian made it; build it again with pindex --rebuild";
  if (type == "DatabaseLockError") return "another program is writing to it; try again when it has finished";
  if (type == "DatabaseNotFoundError" || type == "DatabaseOpeningError")
    return "check its permissions; if parts of it are gone, pindex --check --repair mends it";
  if (type == "NetworkError" || type == "NetworkTimeoutError") return "check that the server runs and can be reached";
  if (writing) return "what was committed before is intact; mend the cause and run the command again";
  return "the index may be damaged; if trying again does not help, look with pindex --check";
}

} // namespace

std::string message_of(const Xapian::Error& error) {
  std::string message = error.get_msg();
  if (error.get_error_string() != nullptr) message += fmt::format(" ({})", error.get_error_string());
  return message;
}

IndexError translate(const Xapian::Error& error, std::string_view doing, std::string_view index) {
  return IndexError(fmt::format("cannot {} the index {}: {}; {}", doing, index, message_of(error),
                                advice(error, doing == "write to")));
}

IndexError translate(const codec::DecodeError& error, std::string_view index) {
  return IndexError(fmt::format("the index {} is damaged ({}); pindex --check --repair mends it", index, error.what()));
}

} // namespace pfind
