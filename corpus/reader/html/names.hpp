#pragma once

#include <cstdint>
#include <string_view>

namespace pfind::corpus::html {

/// What the names that a page gives an element (class, id) say of it.
enum class NameEvidence : std::uint8_t {
  none,
  furniture, ///< a part that pages put around or into articles: related, share, newsletter
  comments,  ///< the readers' comments
};

/// Judges the words of class and id names: `siteNav top-share` has the words site, nav, top, share.
NameEvidence evidence_of_names(std::string_view names);

} // namespace pfind::corpus::html
