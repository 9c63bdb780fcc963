#include "common/facet_dictionary.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <xxhash.h>

#include "common/codec.hpp"
#include "common/entity/plain_key.hpp"
#include "common/index_files.hpp"

namespace pfind {
namespace {

std::uint64_t hash(std::string_view key) { return XXH3_64bits(key.data(), key.size()); }

/// Whether facet_key(name) == key; most keys are their names in small letters.
bool has_key(std::string_view name, std::string_view key) {
  const auto is_small_letter_of = [](char letter, char small) {
    return letter == small || (letter >= 'A' && letter <= 'Z' && letter - 'A' + 'a' == small);
  };
  return (is_plain_key(key) && std::ranges::equal(name, key, is_small_letter_of)) || facet_key(name) == key;
}

} // namespace

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

// Names' keys are not kept: only that of the name looked for is ever compared, as a rule.
std::uint32_t FacetDictionary::find(std::string_view key) const {
  const std::uint32_t number =
      numbers_.find(hash(key), [&](std::uint32_t other) { return has_key(names_[other], key); });
  return number == HashIndex::k_absent ? size() : number;
}

std::uint32_t FacetDictionary::add(std::string_view name) {
  const std::string key = facet_key(name);
  const std::uint32_t number =
      numbers_.find_or_add(hash(key), [&](std::uint32_t other) { return has_key(names_[other], key); });
  if (number == size()) names_.emplace_back(name);
  return number;
}

} // namespace pfind
