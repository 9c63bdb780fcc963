#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// What was not read of a file with many records, counted by reason: a crawl of a million pages has thousands of
/// redirects, and one line says it.
class Skipped {
public:
  /// `where` names the record: "record http://..." or "message 12".
  void add(std::string where, std::string reason);

  /// Reports each reason once, in the order they came up, with the first record it was true of.
  void report(const std::string& path, const ReadEvents& events) const;

private:
  struct Group {
    std::string where;
    std::string reason;
    std::size_t records = 1;
  };

  std::vector<Group> groups_;
};

} // namespace pfind::corpus
