#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/xml/element.hpp"

namespace pfind::corpus::xml {

/// Which elements of a document are handed on, and how. Names without prefix are those of the document's namespace.
struct Shape {
  /// Entered: handed on by themselves where they begin, then what is in them. Every other element is handed on whole.
  std::vector<std::string_view> containers;
  /// Never inside one another: where one begins inside another, that one was not closed and ends there.
  std::vector<std::string_view> records;
};

/// Where an element stands, and what is wrong with it.
struct Place {
  std::size_t line = 0;
  bool too_large = false; ///< its content is larger than the limit and was dropped
  bool cut = false;       ///< the document ends, or goes on with the next record, inside it
};

/// The first place where a document is not well-formed.
struct Damage {
  std::size_t line = 0;
  std::string reason; ///< as libxml2 says it
  bool fatal = false; ///< nothing behind it could be read
};

/// Reads a document from UTF-8 text, holding one element at a time in memory, at most `limit` bytes of content. Broken
/// documents are read as far as they can be. Nothing outside the document is ever looked at, and no entity of its own
/// is expanded.
std::optional<Damage> read_elements(ByteStream& text, const Shape& shape, std::size_t limit,
                                    const std::function<void(const Element&, const Place&)>& handle);

/// The local name of the root element of the document that begins with `head` (UTF-8), "" where there is none.
std::string root_name(std::string_view head);

} // namespace pfind::corpus::xml
