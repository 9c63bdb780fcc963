#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/reader/header_fields.hpp"

namespace pfind::corpus {

/// An HTTP response as it went over the wire.
struct HttpResponse {
  int status = 0;
  ContentType type;
  HeaderFields fields;
  std::string_view body; ///< with its transfer and content encodings
};

/// nullopt for what does not begin like a response. `bytes` must outlive the result.
std::optional<HttpResponse> parse_http_response(std::string_view bytes);

/// The body without its encodings: chunks, gzip, deflate, Brotli and zstd. Many a tool stores the body decoded and
/// leaves the header as it was, so what is not encoded as the header says is taken as it stands. Stops soon after
/// `limit` bytes, so a longer result means that there was more. Throws ReadError for an unknown encoding and for
/// damaged data.
std::string decoded_body(const HttpResponse& response, std::size_t limit);

} // namespace pfind::corpus
