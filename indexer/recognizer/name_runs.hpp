#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "indexer/recognizer/word_scan.hpp"

namespace pfind::indexer {

/// A stretch of words [begin, end) that names may lie in.
struct NameRun {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// The stretches of capitalised words of running text, with the small words that join them (`Bank of Thailand`, `Karl
/// von Habsburg`) and what names hold besides (`Boeing 747`, `iPhone`). Everything outside of them is part of no name.
/// Headings in capitals or Title Case have none: there a capital letter says nothing.
std::vector<NameRun> name_runs(const Words& words);

} // namespace pfind::indexer
