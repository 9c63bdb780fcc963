#pragma once

#include <future>

namespace pfind {

/// How std::async does something at once with what its caller does: on another thread or, where there can be no more
/// threads, when it is waited for.
inline constexpr std::launch k_at_once = std::launch::async | std::launch::deferred;

} // namespace pfind
