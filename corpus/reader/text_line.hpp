#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pfind::corpus {

/// `text` without white space (also no-break spaces) at both ends.
std::string_view trimmed(std::string_view text);

/// At most `size` bytes of `text`, cut between two characters.
std::string_view valid_prefix(std::string_view text, std::size_t size);

/// ASCII letters in lower case, everything else as it is.
std::string ascii_lower(std::string_view text);

/// The same for the accented capitals of western Europe too.
std::string latin_lower(std::string_view text);

/// Runs of white space as one space, none at the ends.
std::string single_spaced(std::string_view text);

/// The lines of `text` without their ends; a last empty one is left out.
std::vector<std::string_view> split_lines(std::string_view text);

/// How many words a line has; ideographs and kana count half a word each, for they stand unseparated.
std::size_t count_words(std::string_view line);

/// Whether a line ends as a sentence does, closing quotes and brackets aside.
bool ends_sentence(std::string_view line);

/// Whether a line reads as running text and not as a heading or a label: a sentence of some length.
bool is_prose(std::string_view line);

/// Whether a line is an item of a list: it begins with a bullet or with "1." and the like.
bool is_list_item(std::string_view line);

/// How lines are compared: in lower case, punctuation and white space as single spaces.
std::string comparable(std::string_view line);

} // namespace pfind::corpus
