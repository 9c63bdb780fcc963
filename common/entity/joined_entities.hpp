#pragma once

#include "common/entity/joined_names.hpp"
#include "common/entity/name_graph.hpp"

namespace pfind {

/// What came of joining names: how each entity is called and displayed, and under which further names a search finds
/// it.
JoinedNames joined_entities(NameGraph names);

} // namespace pfind
