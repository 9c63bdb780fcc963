#include "searcher/query/field_notices.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

#include "common/schema.hpp"
#include "common/text/fold.hpp"
#include "searcher/query/lexer.hpp"
#include "searcher/spelling/edit_distance.hpp"

namespace pfind::query {
namespace {

constexpr std::size_t k_longest = 20; // of a name worth comparing
constexpr std::size_t k_most_edits = 2;

/// Edits from one name to the other, letters' case aside.
std::size_t edits(std::string_view a, std::string_view b) {
  return searcher::edit_distance(searcher::code_points(text::fold(a)), searcher::code_points(text::fold(b)),
                                 k_most_edits);
}

/// The names of all fields.
std::vector<std::string_view> field_names() {
  std::vector<std::string_view> names;
  for (const FieldInfo& field : fields()) {
    if (field_named(field.name)) names.push_back(field.name);
  }
  return names;
}

/// The names of the fields that `name` may have been meant for.
std::vector<std::string_view> field_names_near(std::string_view name) {
  std::vector<std::string_view> near;
  for (const FieldInfo& field : fields()) {
    if (!field_named(field.name)) continue;
    if (name.size() > k_longest) continue;
    const std::size_t other = field.other_name.empty() ? k_most_edits + 1 : edits(name, field.other_name);
    const std::size_t distance = std::min(edits(name, field.name), other);
    if (distance <= k_most_edits && distance + 1 < name.size()) near.push_back(field.name);
  }
  return near;
}

} // namespace

bool is_misspelt_field(std::string_view name) { return !field_names_near(name).empty(); }

std::string unknown_field_notice(std::string_view name) {
  if (is_misspelt_field(name))
    return fmt::format("There is no field {}, so what follows it was read as plain words (fields: {}).",
                       quoted_excerpt(name), fmt::join(field_names_near(name), ", "));
  return fmt::format("There is no field {}, so it was read as plain words (fields: {}).", quoted_excerpt(name),
                     fmt::join(field_names(), ", "));
}

std::string missing_value_notice(std::string_view name) {
  return fmt::format("The field {} has no value after its colon, so it was read as a plain word.",
                     quoted_excerpt(name));
}

} // namespace pfind::query
