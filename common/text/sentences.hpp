#pragma once

#include <string_view>
#include <vector>

#include "common/text/span.hpp"

namespace pfind::text {

/// The sentences of a plain text, in order, without the white space around them; all other text belongs to one.
///
/// Written for news in scripts of any kind: full stops of abbreviations (`Inc.`, `U.S.`, `Sept. 13`, `J. Smith`) and
/// numbers end no sentence, closing quotes and brackets belong to the sentence they close, `。！？` need no space after
/// them. A blank line always ends a sentence. A single line end does so after a heading or around a list item, but not
/// in hard-wrapped text. Linear in the length of the text.
std::vector<Span> sentences(std::string_view text);

} // namespace pfind::text
