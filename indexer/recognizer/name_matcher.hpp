#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "common/entity/catalog.hpp"
#include "indexer/recognizer/word_scan.hpp"

namespace pfind::indexer {

/// A name of the catalog, prepared for matching.
struct Pattern {
  EntityKind kind{};
  std::uint32_t entity = 0; ///< into Catalog::entities
  std::uint32_t first = 0;  ///< into the matcher's shapes
  std::uint8_t words = 0;
  std::uint8_t letters = 0;
  bool ambiguous = false; ///< counts only with evidence
  bool any_case = false;  ///< written all in lower case
  bool capitals = false;  ///< an acronym, written in capitals only
};

/// A stretch of words that is written like a name of the catalog.
struct Match {
  std::uint32_t first_word = 0;
  std::uint32_t end_word = 0;
  std::vector<const Pattern*> patterns; ///< the entities it can mean, each once; never empty
};

/// Finds the catalog's names in scanned text: a trie over the folded words, walked once from every word that no match
/// has taken, the longest name winning. Immutable once built.
///
/// A name matches as it is written; in capitals throughout where it has at least four letters; and, where it has
/// several words, with capitals where the list has small letters. A name in small letters matches in any case, a name
/// in capitals only in capitals. Hyphens match spaces and the other way round; case and diacritics of other letters are
/// folded.
class NameMatcher {
public:
  explicit NameMatcher(const Catalog& catalog);

  /// The matches in order. None overlaps another, except that a company whose name begins the name of a technology is a
  /// match of its own before it: `Nvidia` in `Nvidia H100`.
  std::vector<Match> find(std::span<const Word> words) const;

private:
  using Node = std::uint32_t;

  /// What the text must look like at one word of a name.
  struct Shape {
    std::uint32_t capitals = 0;
    std::uint8_t letters = 0;
    Separator before = Separator::none;
  };

  /// An edge of the trie in an open-addressing table: one probe tells most words that begin no name.
  struct Edge {
    std::uint64_t key = 0; ///< of node and word; 0 marks a free slot
    Node target = 0;
  };

  void add(const ListedName& name, EntityKind kind, std::uint32_t entity);
  Node child_or_new(Node node, std::uint64_t word);
  Node child(Node node, std::uint64_t word) const;
  void grow();
  bool fits(const Pattern& pattern, std::span<const Word> words) const;
  std::vector<const Pattern*> fitting(Node node, std::span<const Word> words) const;
  void find_from(std::uint32_t first, std::span<const Word> words, std::vector<Match>& matches) const;

  std::vector<Edge> edges_;
  std::size_t edge_count_ = 0;
  std::vector<std::vector<Pattern>> nodes_; ///< the names that end there
  std::vector<Shape> shapes_;
};

} // namespace pfind::indexer
