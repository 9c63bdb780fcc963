#pragma once

#include <cstddef>
#include <vector>

#include "corpus/reader/html/content.hpp"

namespace pfind::corpus::html {

/// Sums of a value over the blocks in document order, so that a subtree's sum is a difference.
class Sums {
public:
  template <class ValueOf>
  Sums(const Tree& tree, const std::vector<Block>& blocks, ValueOf value_of) : at_(tree.size() + 1, 0) {
    for (const Block& block : blocks) at_[block.node + 1] += value_of(block);
    for (std::size_t i = 1; i < at_.size(); ++i) at_[i] += at_[i - 1];
  }

  double below(const Tree& tree, std::size_t node) const { return at_[tree[node].end] - at_[node]; }

private:
  std::vector<double> at_;
};

} // namespace pfind::corpus::html
