#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/reader/xml/element.hpp"
#include "corpus/reader/xml/stream.hpp"

namespace pfind::corpus::xml {

/// Builds the elements that are handed on whole from the events of a parser.
class Builder {
public:
  Builder(const Shape& shape, std::size_t limit) : shape_(shape), limit_(limit) {}

  void start(Element element, std::size_t line);
  /// An end tag by its local name, as it stands in the document.
  void end(std::string_view local_name);
  void text(std::string_view text);
  /// The document ends.
  void finish() { close_all(true); }

  /// The elements that are complete since the last call.
  std::vector<std::pair<Element, Place>> take_finished();

private:
  void close_innermost();
  void close_all(bool cut);
  void count(std::size_t bytes);

  const Shape& shape_;
  std::size_t limit_;
  std::vector<Element> open_; // from the one handed on to the innermost
  std::size_t deeper_ = 0;    // elements open below those, whose text alone is kept
  std::size_t bytes_ = 0;     // held by the elements open
  Place place_;
  std::vector<std::pair<Element, Place>> finished_;
};

} // namespace pfind::corpus::xml
