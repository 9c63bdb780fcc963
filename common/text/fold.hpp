#pragma once

#include <string>
#include <string_view>

namespace pfind::text {

/// Case, width, composition and diacritics folded: NFKC with full case folding, then marks dropped for alphabetic
/// scripts (a mark of Devanagari or a Japanese voicing sign changes the word and stays), then the Latin letters that
/// have no decomposition written in ASCII. `Zürich` -> `zurich`, `ＮＥＣ` -> `nec`, `Søren` -> `soren`. Soft hyphens
/// and other ignorable characters vanish; invalid UTF-8 becomes U+FFFD.
std::string fold(std::string_view text);

} // namespace pfind::text
