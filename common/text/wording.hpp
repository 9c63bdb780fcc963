#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pfind::text {

/// What a text says, whatever its case, punctuation, white space and typography: its runs of letters and digits, folded
/// (see `fold`), one space between. `Huawei’s  “5.0”` -> `huawei s 5 0`. For comparing texts, not for searching.
std::string wording(std::string_view text);

/// How many bytes of a wording are letters and digits.
std::size_t letters_in(std::string_view wording);

} // namespace pfind::text
