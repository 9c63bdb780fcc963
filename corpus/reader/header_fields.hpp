#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pfind::corpus {

/// Header fields as HTTP and WARC write them: lines `Name: value`, a line that begins with white space going on with
/// the one before. What has another shape is passed over.
class HeaderFields {
public:
  HeaderFields() = default;
  explicit HeaderFields(std::string_view lines);

  /// The value of the first field of that name (lower case), without white space around it; "" where there is none.
  std::string_view value(std::string_view name) const;

  void add(std::string_view name, std::string_view value);

private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// Where the block of header fields at the beginning of `text` ends: behind the first empty line, of either kind of
/// line end. npos where there is none.
std::size_t end_of_header(std::string_view text);

/// A content type as a header gives it.
struct ContentType {
  std::string type;    ///< in lower case, without parameters: "text/html"
  std::string charset; ///< as given, or ""
};

ContentType parse_content_type(std::string_view value);

} // namespace pfind::corpus
