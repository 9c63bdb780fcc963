#pragma once

#include <string_view>

#include "corpus/reader/html/part.hpp"

namespace pfind::corpus::html {

/// Which part of a page an element is, as far as the names that the page gives it (class, id) say:
/// `siteNav top-share` has the words site, nav, top, share. Part::article where they say nothing.
Part part_of_names(std::string_view names);

} // namespace pfind::corpus::html
