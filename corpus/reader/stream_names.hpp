#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// Names the articles of a stream that has no name itself. Whatever comes through standard input, today and tomorrow,
/// is one file to an index, so a number within it would mean another article the next time: an article goes by its
/// address, else by its identifier, else by a digest of its text.
class StreamNames {
public:
  /// What `article` is called. One that differs by its headline from an earlier one of the same name gets another name,
  /// for dumps exist in which every article has the same address.
  std::string name(const Article& article);

  /// `events` with articles named so. Both must outlive what is returned.
  ReadEvents named(const ReadEvents& events);

private:
  std::unordered_map<std::size_t, std::size_t> titles_; // digest of a name -> digest of the headline that has it
};

} // namespace pfind::corpus
