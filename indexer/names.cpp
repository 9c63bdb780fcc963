#include "indexer/names.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

#include "common/entity/looked_for.hpp"
#include "common/error.hpp"
#include "corpus/names/shipped.hpp"
#include "corpus/source/digest.hpp"

namespace pfind::indexer {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file && file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf(); // of nothing it would fail
  if (!file.is_open() || file.bad())
    throw UsageError(
        fmt::format("cannot read the names file {}: {}; name another with --names FILE, or none with --names ''", path,
                    std::strerror(errno)));
  return text.str();
}

LazyCatalog with_shipped(std::vector<NamesEntry> user) {
  return LazyCatalog(
      [user = std::move(user)] { return std::make_shared<const Catalog>(corpus::shipped_entries(), user); });
}

} // namespace

Names load_names(const std::vector<std::string>& files) {
  std::vector<NamesEntry> user;
  std::string everything;
  for (const EntityKind kind : k_entity_kinds) everything += corpus::shipped_names(kind);
  Names names{.shipped_digest = corpus::digest(everything)};
  for (const std::string& file : files) {
    const std::string text = read_file(file);
    std::ranges::move(parse_names(text, file), std::back_inserter(user));
    everything += text;
  }
  names.digest = corpus::to_hex(corpus::digest(everything));
  const std::vector<NamesEntry> found = user.empty() ? user : looked_for(corpus::shipped_entries(), user);
  names.looked_for = to_names_file(found);
  const bool is_shipped_alone = user.empty();
  names.listed = with_shipped(std::move(user));
  names.recognized = found.empty() && is_shipped_alone ? names.listed : with_shipped(found);
  return names;
}

LazyCatalog recognized_names(const std::string& looked_for) {
  return with_shipped(parse_names(looked_for, "the index"));
}

std::vector<NamesEntry> changed_names(const std::string& before, const std::string& now) {
  const std::vector<NamesEntry>& shipped = corpus::shipped_entries();
  const Catalog a(shipped, parse_names(before, "the index"));
  const Catalog b(shipped, parse_names(now, "the names files"));
  return found_differently(a, b);
}

EntitySets canonical_names(const EntitySets& found, const Catalog& listed) {
  EntitySets names;
  for (const EntityKind kind : k_entity_kinds) {
    for (const std::string& name : found[static_cast<std::size_t>(kind)]) {
      if (listed.is_forbidden(kind, name)) continue;
      const CatalogEntity* owner = listed.owner(kind, name);
      std::vector<std::string>& of_kind = names[static_cast<std::size_t>(owner != nullptr ? owner->kind : kind)];
      const std::string& canonical = owner != nullptr ? owner->name() : name;
      if (std::ranges::find(of_kind, canonical) == of_kind.end()) of_kind.push_back(canonical);
    }
  }
  return names;
}

} // namespace pfind::indexer
