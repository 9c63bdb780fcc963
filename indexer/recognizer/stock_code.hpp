#pragma once

#include <string_view>

#include "indexer/recognizer/word_scan.hpp"

namespace pfind::indexer {

/// Marks the words of stock codes (Word::stock_code), the exchange's name before them included: `<GTE>`, `<XYZ.O>`,
/// `(GOOG.O)`, `(0700.HK)`, `(NASDAQ: AMZN)`, `(NYSE:T; LSE: BTA)`. What stands right before is a company, the code is
/// no name.
void mark_stock_codes(std::string_view text, Words& words);

} // namespace pfind::indexer
