#pragma once

#include <string>
#include <string_view>

namespace pfind::query {

/// Whether a name before a colon that no field has is likely one with a slip.
bool is_misspelt_field(std::string_view name);

/// What is said of a name before a colon that no field has: which fields there are, the most similar ones where some
/// are.
std::string unknown_field_notice(std::string_view name);

/// What is said of a field without a value.
std::string missing_value_notice(std::string_view name);

} // namespace pfind::query
