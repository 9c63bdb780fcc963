#pragma once

#include <vector>

#include "indexer/recognizer/name_groups.hpp"

namespace pfind::indexer {

/// Joins the groups of an article that name one entity:
///
/// - a person's family name, given name, or name without its middle, to the whole name; `Xu Ran` to `Ran Xu`;
/// - the beginning of a firm's name to the whole (`Whittaker` to `Whittaker Corp`), `Commission` to `European
///   Commission`, initials to what they abbreviate (`STMA`), and a listed firm's longer legal name to it (`Viacom
///   International Inc` to `Viacom`), unlike its units (`Renault Acceptance`);
/// - names that the lists know as one.
///
/// Where several fit, the one mentioned first. The group that was joined to another has no mentions left.
void join_names(std::vector<NameGroup>& groups);

} // namespace pfind::indexer
