#pragma once

#include <string>

#include "searcher/result.hpp"

/// The text of a snippet with its highlights in square brackets.
inline std::string marked(const pfind::searcher::Snippet& snippet) {
  std::string out;
  std::size_t at = 0;
  for (const pfind::searcher::Highlight& h : snippet.highlights) {
    out.append(snippet.text, at, h.begin - at);
    out += '[';
    out.append(snippet.text, h.begin, h.end - h.begin);
    out += ']';
    at = h.end;
  }
  out.append(snippet.text, at);
  return out;
}
