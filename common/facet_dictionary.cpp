#include "common/facet_dictionary.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "common/index_files.hpp"

namespace pfind {

std::string FacetDictionary::block_key(std::uint32_t number) const {
  return fmt::format("{}{}/{}", metadata::k_facet, info(field_).name, number);
}

std::string FacetDictionary::block(std::uint32_t number) const {
  std::string text;
  const std::uint32_t end = std::min(size(), (number + 1) * k_block);
  for (std::uint32_t i = number * k_block; i < end; ++i) {
    text += names_[i];
    text += '\n';
  }
  return text;
}

void FacetDictionary::append_block(std::string_view block) {
  while (!block.empty()) {
    const std::size_t end = std::min(block.find('\n'), block.size());
    add(block.substr(0, end));
    block.remove_prefix(std::min(end + 1, block.size()));
  }
}

std::uint32_t FacetDictionary::find(std::string_view key) const {
  const auto it = numbers_.find(std::string(key));
  return it == numbers_.end() ? size() : it->second;
}

std::uint32_t FacetDictionary::add(std::string_view name) {
  const auto [it, is_new] = numbers_.try_emplace(facet_key(name), size());
  if (is_new) names_.emplace_back(name);
  return it->second;
}

} // namespace pfind
