#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/html/content.hpp"

namespace pfind::corpus::html {

/// What readers see around the headline of a page.
struct Credits {
  std::string headline; ///< the heading that says the same as the page's title
  std::vector<std::string> authors;
  std::optional<Date> date; ///< of publication
};

/// Looks for the headline that shares most words with `title`, and for a byline and a date near it, whose day and month
/// stand in `order`.
Credits visible_credits(const Tree& tree, const Parts& parts, std::string_view title,
                        DayOrder order = DayOrder::customary);

/// The date in a path such as `/2023/09/14/` or `/2023-09-14-`.
std::optional<Date> date_in_address(std::string_view url);

/// Names of people among what a page gives as authors: without "By", roles, addresses, and accounts such as `admin`.
std::vector<std::string> names_of_authors(const std::vector<std::string>& given, std::string_view outlet);

} // namespace pfind::corpus::html
