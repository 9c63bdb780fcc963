#pragma once

#include <string_view>

namespace pfind::query {

/// Whether a query reads like sentences copied from somewhere: a dozen words and more, many of them function words, and
/// a sentence that ends, or clauses parted by commas. In it dashes and quotation marks are punctuation, and NOT is a
/// word. What stands in parentheses is never one.
bool is_pasted_text(std::string_view text);

} // namespace pfind::query
