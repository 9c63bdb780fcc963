#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "indexer/bulk/glass_table.hpp"
#include "indexer/bulk/run.hpp"

namespace pfind::bulk {

/// Writes a table whose keys are numbers of documents: their data, or their lists of terms. As documents come by
/// ascending number, it is written while they come, a leaf at a time, and takes no run. What is changed afterwards is
/// put in its place in the end: only the leaves that it concerns are written again.
///
/// A document has one entry or two, the further one under its number and a zero byte. Throws std::system_error; where
/// something comes out of order or is too long, what TableWriter throws; codec::DecodeError or
/// Xapian::DatabaseCorruptError where what was written cannot be read back.
class DocumentTable {
public:
  explicit DocumentTable(const std::filesystem::path& path);

  /// Adds an entry, of a document with a number greater than all before, or its further one.
  void add(Xapian::docid document, bool is_further, std::string_view tag);

  /// The tag of a document's first entry, as it was added.
  std::optional<std::string> tag_of(Xapian::docid document);

  /// Removes the documents that are `gone` (ascending, some may not be there), adds the entries that `next(entry)`
  /// gives (ascending, of documents that are gone or were not there; the number says whether it is a further one),
  /// writes the rest of the tree and makes the file durable.
  TableRoot finish(std::span<const Xapian::docid> gone, const std::function<bool(Entry&)>& next);

private:
  class Change;

  /// What an item belongs to, in the order of keys.
  struct Place {
    Xapian::docid document = 0;
    bool is_further = false;
    std::uint16_t part = 1;

    auto operator<=>(const Place&) const = default;
  };

  struct Leaf {
    Place first; // of its items
    std::uint32_t number = 0;
  };

  static std::string key_of(const Place& place);
  static Place place_of(const LeafItem& item);
  std::size_t leaf_of(Xapian::docid document) const;
  void read(std::uint32_t block, std::string& bytes);

  OutputFile file_;
  TableRoot root_;
  std::vector<Leaf> leaves_; // in the order of keys
  LeafPacker packer_;
};

} // namespace pfind::bulk
