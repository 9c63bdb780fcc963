#pragma once

#include <string>
#include <string_view>

#include "common/forward_text.hpp"

namespace pfind::tests {

/// The forward text of an English article, as an index stores it.
inline std::string forward_text_of(std::string_view headline, std::string_view body) {
  text::Analyzer analyzer;
  ForwardTextBuilder builder;
  builder.add(analyzer.analyze(headline), true);
  builder.add(analyzer.analyze(body), false);
  return builder.take();
}

} // namespace pfind::tests
