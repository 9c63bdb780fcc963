#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "indexer/names.hpp"

namespace pfind::indexer {

/// One thing that is wrong with an index.
struct Damage {
  std::string where; ///< an article's location, or the part of the index
  std::string what;
};

/// What a check tells while it runs; any may be empty.
struct CheckEvents {
  std::function<void(const Damage&)> damage;
  std::function<void(std::uint64_t articles, std::uint64_t total)> progress; ///< articles looked at so far
};

/// What a check found.
struct CheckSummary {
  std::uint64_t articles = 0; ///< looked at
  std::uint64_t damages = 0;
  bool interrupted = false;
  bool is_structure_unseen = false; ///< of the tables: Xapian's check opens them for writing, which may not be allowed

  bool is_sound() const { return damages == 0 && !interrupted; }
};

/// The generation that an index is looked at by.
struct CheckedGeneration {
  std::filesystem::path index;
  unsigned number = 0;
  bool is_named = true; ///< the stub file names it; otherwise that is damaged, and this is the newest
};

/// Finds the generation to look at. Throws IndexError where there is none.
CheckedGeneration checked_generation(const std::filesystem::path& index);

/// Reads all of a generation and compares what it says in one place with what it says in another:
/// Xapian's check of the tables' structure; of each article the stored text with its digest, its terms, positions and
/// values with those that indexing makes of that text, entities with their filter terms; the lists by term and by value
/// with the articles' own records; counts and lengths; what is remembered of files with the articles that come from
/// them. All of it in processes of their own, since damage may crash Xapian. Writes nothing. Throws IndexError where
/// another version of pfind made the index.
CheckSummary check_index(const CheckedGeneration& generation, const CheckEvents& events, const std::stop_token& stop);

/// Whether the catalog of a sound index is the one that its articles' names give with `names`; nothing to say where it
/// was made with other names.
CheckSummary check_catalog(const CheckedGeneration& generation, const Names& names, const CheckEvents& events,
                           const std::stop_token& stop);

} // namespace pfind::indexer
