#pragma once

#include <string>

namespace pfind::text {

/// Rewrites a folded English word from British to American spelling in place, so that both are one term: `licence` ->
/// `license`, `colours` -> `colors`, `digitisation` -> `digitization`, `nanometre` -> `nanometer`. Other words stay.
void americanize(std::string& word);

} // namespace pfind::text
