#include "common/facet_mapping.hpp"

#include <algorithm>
#include <optional>

#include "common/codec.hpp"

namespace pfind {
namespace {

constexpr std::string_view k_nobody_line = "-"; // no key has a dash

template <typename Value>
std::vector<std::pair<std::uint32_t, Value>> sorted(const std::unordered_map<std::uint32_t, Value>& map) {
  std::vector<std::pair<std::uint32_t, Value>> entries(map.begin(), map.end());
  std::ranges::sort(entries);
  return entries;
}

std::uint32_t take_value(std::string_view& in) {
  const std::uint64_t value = codec::take_number(in);
  if (value > UINT32_MAX) throw codec::DecodeError();
  return static_cast<std::uint32_t>(value);
}

} // namespace

std::uint32_t FacetMapping::of(EntityKind from, EntityKind to, std::uint32_t value) const {
  const auto& map = canonical[static_cast<std::size_t>(from)];
  const auto it = map.find(value);
  if (it != map.end()) return it->second;
  return from == to ? value : k_nobody;
}

bool FacetMapping::hides_values(EntityKind own) const {
  return std::ranges::any_of(canonical[static_cast<std::size_t>(own)],
                             [](const auto& mapped) { return mapped.second == k_nobody; });
}

std::string encode(const FacetMapping& mapping) {
  std::string out;
  if (mapping == FacetMapping{}) return out;
  for (const auto& map : mapping.canonical) {
    codec::put_number(out, map.size());
    std::uint32_t before = 0;
    for (const auto& [value, canonical] : sorted(map)) {
      codec::put_number(out, value - before);
      codec::put_number(out, canonical == FacetMapping::k_nobody ? 0 : std::uint64_t{canonical} + 1);
      before = value;
    }
  }
  codec::put_number(out, mapping.known);
  codec::put_number(out, mapping.names.size());
  for (const auto& [value, name] : sorted(mapping.names)) {
    codec::put_number(out, value);
    codec::put_text(out, name);
  }
  return out;
}

FacetMapping decode_facet_mapping(std::string_view stored) {
  FacetMapping mapping;
  if (stored.empty()) return mapping;
  for (auto& map : mapping.canonical) {
    std::uint32_t value = 0;
    for (std::uint64_t left = codec::take_number(stored); left > 0; --left) {
      value += take_value(stored);
      const std::uint32_t canonical = take_value(stored);
      map.emplace(value, canonical == 0 ? FacetMapping::k_nobody : canonical - 1);
    }
  }
  mapping.known = take_value(stored);
  for (std::uint64_t left = codec::take_number(stored); left > 0; --left) {
    const std::uint32_t value = take_value(stored);
    mapping.names.emplace(value, codec::take_text(stored));
  }
  return mapping;
}

std::string encode_name_refs(std::span<const NameView> names, EntityKind own) {
  if (names.empty()) return std::string(k_nobody_line);
  std::string out;
  for (const NameView& name : names) {
    if (!out.empty()) out += '\n';
    if (name.kind != own) {
      out += to_string(name.kind);
      out += '/'; // which no key has
    }
    out += name.key;
  }
  return out;
}

std::vector<NameKey> decode_name_refs(std::string_view stored, EntityKind own) {
  std::vector<NameKey> names;
  if (stored == k_nobody_line) return names;
  while (!stored.empty()) {
    const std::size_t end = std::min(stored.find('\n'), stored.size());
    const std::string_view line = stored.substr(0, end);
    stored.remove_prefix(std::min(end + 1, stored.size()));
    const std::size_t slash = line.find('/');
    const auto kind = slash == std::string_view::npos ? std::nullopt : entity_kind(line.substr(0, slash));
    names.push_back(kind ? NameKey{*kind, std::string(line.substr(slash + 1))} : NameKey{own, std::string(line)});
  }
  return names;
}

} // namespace pfind
