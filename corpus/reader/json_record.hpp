#pragma once

#include <simdjson.h>
#include <string_view>
#include <vector>

#include "corpus/reader/parsed_article.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// Makes articles of JSON objects, by the names of `options.json_fields` first and the usual ones after them.
class RecordReader {
public:
  /// `options` must outlive it. `with_notes`: articles also say which member gave which field.
  RecordReader(const ReadOptions& options, bool with_notes);

  /// The article that an object describes. Text that is HTML is read as such. Values of a shape that no article has are
  /// passed over.
  ParsedArticle read(const simdjson::dom::object& record) const;

private:
  struct Field {
    std::string_view name;
    std::vector<std::string_view> members; ///< it may have, the best first
  };

  class Record;

  std::vector<Field> fields_;
  bool with_notes_;
};

} // namespace pfind::corpus
