#include "corpus/reader/article_lines.hpp"

#include <cstddef>
#include <utility>

namespace pfind::corpus {

void drop_lines(Lines& lines, const Reasons& reasons, ReadingNotes& notes) {
  Lines kept;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (reasons[i].empty())
      kept.push_back(std::move(lines[i]));
    else
      notes.left_out(lines[i], reasons[i]);
  }
  lines = std::move(kept);
}

std::string joined_names(const std::vector<std::string>& names) {
  std::string line;
  for (const std::string& name : names) line += (line.empty() ? "" : ", ") + name;
  return line;
}

} // namespace pfind::corpus
