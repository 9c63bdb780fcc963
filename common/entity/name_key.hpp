#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/entity/entity.hpp"

namespace pfind {

/// What the spellings of one name have in common: case, width, diacritics, periods (`U.S.` = `US`), the form of dashes
/// and apostrophes, hyphen or space, `&` or `and` aside.
std::string spelling_key(std::string_view name);

/// The key under which names of a kind compare: `spelling_key` without a leading "The", a possessive 's and, for
/// companies, the legal suffixes (`Co., Ltd.`), as long as something remains. Empty for a name without letters or
/// digits.
std::string name_key(EntityKind kind, std::string_view name);

/// Likewise; the view points into `name`, where that is a plain key (is_plain_key), or else into `buffer`.
std::string_view name_key(EntityKind kind, std::string_view name, std::string& buffer);

/// Whether a folded word (`inc`, `ltd`, `gmbh`, `holdings`) tells a company's legal form.
bool is_legal_suffix(std::string_view folded_word);

/// All of them, sorted.
std::span<const std::string_view> legal_suffixes();

} // namespace pfind
