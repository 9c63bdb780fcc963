#pragma once

#include <string>

#include "corpus/reader/record_sink.hpp"
#include "corpus/reader/xml/stream.hpp"

namespace pfind::corpus::xml {

/// Reads the items of a feed (RSS 0.9x, 1.0 and 2.0, Atom) as they come. An item with no more than a title and a
/// summary is an article too. It is named by its identifier or address, where that is short, else by its number.
class FeedReader {
public:
  explicit FeedReader(RecordSink& sink) : sink_(sink) {}

  static const Shape& shape();

  void take(const Element& element, const Place& place);
  std::size_t items() const { return items_; }

private:
  void take_item(const Element& item, const Place& place);

  RecordSink& sink_;
  std::size_t items_ = 0;
  std::string outlet_;
  std::string language_;
  std::string author_; // of every entry that names none
};

} // namespace pfind::corpus::xml
