#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pfind::corpus {

/// The authors that a line like "By Ana Ruiz and Bo Lin, Staff Writers", "ByAna Ruiz" or "von Ana Ruiz" names; nullopt
/// where the line is no byline (sentences that begin with "By" are none).
std::optional<std::vector<std::string>> parse_byline(std::string_view line);

/// The authors of a metadata value, which may lack the "By": "Ana Ruiz; Bo Lin", "Ana Ruiz and Bo Lin".
std::vector<std::string> split_authors(std::string_view names);

} // namespace pfind::corpus
