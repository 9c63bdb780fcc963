#pragma once

#include <string>
#include <string_view>

namespace pfind::corpus {

/// The ISO 639-1 code of a language tag, lower case: "en-US" -> "en", "zh-Hans" -> "zh", "eng" -> "en"; "" for what is
/// no tag of a language.
std::string language_code(std::string_view tag);

/// The language that `text` (UTF-8) is written in as ISO 639-1 code, or "" where that is not certain. Of a few words,
/// such as a headline by itself, a wrong guess would do harm (they would get stems by which nobody looks for them), no
/// language does little: they are then read as English. So it would of tables and lists, which are in no language.
std::string detect_language(std::string_view text);

} // namespace pfind::corpus
