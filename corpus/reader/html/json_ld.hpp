#pragma once

#include "corpus/reader/html/metadata.hpp"

namespace pfind::corpus::html {

/// Fills what is still empty in `metadata` from the JSON-LD blocks of a page (schema.org: Article and its kinds, alone,
/// in an array or in a graph). Blocks that are no valid JSON are passed over, as browsers and search engines do.
void add_json_ld(const Tree& tree, Metadata& metadata);

} // namespace pfind::corpus::html
