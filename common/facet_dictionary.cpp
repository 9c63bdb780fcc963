#include "common/facet_dictionary.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "common/codec.hpp"
#include "common/index_files.hpp"

namespace pfind {

std::string FacetDictionary::block_key(Field field, std::uint32_t number) {
  return fmt::format("{}{}", block_keys(field), number);
}

std::string FacetDictionary::block_keys(Field field) {
  return fmt::format("{}{}/", metadata::k_facet, info(field).name);
}

std::vector<std::string> FacetDictionary::names_of_block(std::string_view block) {
  std::vector<std::string> names;
  while (!block.empty()) names.emplace_back(codec::take_text(block));
  return names;
}

std::string FacetDictionary::block(std::uint32_t number) const {
  std::string text;
  const std::uint32_t end = std::min(size(), (number + 1) * k_block);
  for (std::uint32_t i = number * k_block; i < end; ++i) {
    codec::put_text(text, names_[i]);
  }
  return text;
}

void FacetDictionary::append_block(std::string_view block) {
  while (!block.empty()) {
    const std::uint32_t number = size();
    if (add(codec::take_text(block)) != number) throw codec::DecodeError(); // every number after it would be wrong
  }
}

const std::string& FacetDictionary::name(std::uint32_t number) const {
  if (number >= size()) throw codec::DecodeError();
  return names_[number];
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
