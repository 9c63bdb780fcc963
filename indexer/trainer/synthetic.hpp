#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "common/entity/catalog.hpp"
#include "indexer/trainer/labelled_text.hpp"

namespace pfind::indexer {

/// The name of the corpus that `make_articles` gives.
inline constexpr std::string_view k_synthetic = "synthetic";

/// Articles of random sentences of trainer/templates.txt with random names in them: listed ones, and people made of
/// listed given and family names. The labelled corpora hold little news; these teach the model what stands around
/// names there, and what words names are made of. The same seed gives the same articles.
std::vector<LabelledText> make_articles(const Catalog& catalog, std::size_t count, std::uint64_t seed);

} // namespace pfind::indexer
