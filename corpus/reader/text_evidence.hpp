#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.hpp"
#include "corpus/reader/date.hpp"

namespace pfind::corpus {

/// The order of day and month that a text shows: by a date of numbers that exists in one order only, else by how it
/// writes dates with names of months ("12 March" or "March 12"); customary where it shows neither.
DayOrder day_order_of(std::string_view text);

/// The order that a date of numbers in `text` shows which exists in one order only.
DayOrder day_order_of_numbers(std::string_view text);

/// The order that is usual where a language tag says a text is from ("en-GB", "pt_BR", "de"): only English in America
/// puts the month first, and English of no known region may do either.
DayOrder day_order_of_language(std::string_view tag);

/// The date of a line that names day and month alone, "Wed 13 Sept", with `year`; nullopt where a weekday contradicts.
std::optional<Date> date_without_year(std::string_view line, int year);

/// The one year that a file's name holds between other characters, "acme_2023.txt".
std::optional<int> year_of_file_name(std::string_view name);

/// The agency between the place and the dash that open a story: "LONDON, March 5 (Reuters) - ", "/PRNewswire/ --".
std::string agency_of_dateline(std::string_view paragraph);

/// Whose a copyright line says the page is: "© 2024 The Ledger. All rights reserved.", "Copyright The Ledger 2024".
std::string outlet_of_copyright(std::string_view line);

/// Whether `text` is a person's name by its first word, which must be a known given name, and by its shape.
bool is_person_name(std::string_view text);

} // namespace pfind::corpus
