#pragma once

#include <string>
#include <string_view>

namespace pfind::corpus {

/// The ISO 639-1 code of a language tag, lower case: "en-US" -> "en", "zh-Hans" -> "zh", "eng" -> "en"; "" for what is
/// no tag of a language.
std::string language_code(std::string_view tag);

/// The language that `text` (UTF-8) is written in as ISO 639-1 code, or "" where that is not certain.
std::string detect_language(std::string_view text);

} // namespace pfind::corpus
