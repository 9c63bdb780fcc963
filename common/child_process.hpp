#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

namespace pfind {

/// What a piece of work in a process of its own says to the process that started it.
class ChildVoice {
public:
  /// `out`: descriptor of the pipe; `place`: memory that both processes see.
  ChildVoice(int out, char* place) : out_(out), place_(place) {}

  /// Sends a message of a kind that the two agree on; arrives at the latest when the work returns.
  void tell(char kind, std::string_view content = {});

  /// Notes where the work is: the last place is known whatever becomes of the process. Cut to 255 bytes. To be called
  /// often enough that the other side does not lose patience.
  void at(std::string_view place);

  /// Sends what waits to be sent.
  void flush();

private:
  int out_;
  char* place_;
  std::string waiting_;
};

/// How a piece of work in a process of its own ended.
struct ChildEnd {
  enum class Reason : std::uint8_t {
    complete,
    failed,  ///< by an exception; `error` has its message
    crashed, ///< by a signal: `error` names it
    stuck,   ///< it did not move for too long and was killed
    stopped  ///< as asked for
  };
  Reason reason = Reason::complete;
  std::string error;
  std::string place; ///< what ChildVoice::at noted last
};

/// How long work in a process of its own may stand still, and what ends it.
struct ChildLimits {
  std::chrono::seconds patience{120};
  std::stop_token stop{};
};

/// Runs `work` in a process of its own, a copy of this one, so that what crashes it or keeps it from ending does no
/// harm here; `hear` gets what it tells, in order. It changes nothing in this process's memory, writes to no standard
/// stream and ends with this process. Throws std::system_error where it cannot be started.
ChildEnd run_in_child(const std::function<void(ChildVoice&)>& work,
                      const std::function<void(char kind, std::string_view content)>& hear,
                      const ChildLimits& limits = {});

} // namespace pfind
