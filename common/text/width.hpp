#pragma once

#include <cstddef>
#include <string_view>

namespace pfind::text {

/// How many columns of a terminal `text` takes: two for wide East Asian characters and emoji, none for combining marks,
/// format characters and controls. A sequence shown as one character (flags, joined emoji, Hangul syllables) counts
/// once. Width by East_Asian_Width (UAX #11), ambiguous ones narrow, and emoji presentation (UTS #51).
std::size_t display_width(std::string_view text);

/// The columns of the one user-perceived character that `cluster` holds.
std::size_t cluster_width(std::string_view cluster);

} // namespace pfind::text
