#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pfind::corpus {

/// Lower case for ASCII letters and for the accented capitals that names of months and days hold.
std::string lower_date_word(std::string_view word);

/// The month (1..12) of a name or abbreviation as newspapers write it, in lower case; nullopt for other words.
std::optional<int> month_named(std::string_view word);

/// Whether a word in lower case is a day of the week or its abbreviation.
bool is_weekday(std::string_view word);

/// Minutes east of Greenwich of a zone's abbreviation in lower case; nullopt where it stands for none, or for several.
std::optional<int> zone_named(std::string_view word);

/// A word or two that announce a date: "Published on", "Stand:".
struct DateLabel {
  std::size_t size = 0;        ///< bytes; 0 where there is none
  bool says_published = false; ///< the date behind is that of publication
  bool says_updated = false;   ///< the date behind is that of a later change
};

/// The longest label with which `text`, in lower case, begins.
DateLabel date_label(std::string_view text);

} // namespace pfind::corpus
