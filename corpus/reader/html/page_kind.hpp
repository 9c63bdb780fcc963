#pragma once

#include <string>
#include <string_view>

#include "corpus/reader/html/content.hpp"
#include "corpus/reader/html/metadata.hpp"

namespace pfind::corpus::html {

/// Why a page holds no article ("is a list of links to articles, ..."), "" where it may hold one. Pages that say they
/// are one always may.
std::string why_no_article(const Tree& tree, const Parts& parts, const Metadata& metadata, std::string_view title,
                           std::string_view body);

} // namespace pfind::corpus::html
