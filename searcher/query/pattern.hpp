#pragma once

#include <string_view>

namespace pfind::searcher {

/// Whether `word` matches `pattern`: `*` stands for any characters or none, `?` for one. At most quadratic in time: it
/// goes back only to the last `*`.
bool matches_pattern(std::string_view word, std::string_view pattern);

} // namespace pfind::searcher
