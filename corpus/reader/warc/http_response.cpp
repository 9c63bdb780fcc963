#include "corpus/reader/warc/http_response.hpp"

#include <algorithm>
#include <array>
#include <brotli/decode.h>
#include <charconv>
#include <cstdint>
#include <fmt/format.h>
#include <memory>
#include <utility>
#include <vector>

#include "common/error.hpp"
#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/decompression.hpp"
#include "corpus/reader/encoding.hpp"
#include "corpus/reader/inflate_stream.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

constexpr const char* k_body = "the body";

/// The body that chunks make up; nullopt where it does not begin with one. Of a body cut short what is there.
std::optional<std::string> without_chunks(std::string_view chunks) {
  std::string body;
  for (bool first = true; !chunks.empty(); first = false) {
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(chunks.data(), chunks.data() + chunks.size(), size, 16);
    const std::size_t line_end = chunks.find('\n');
    const bool is_size = error == std::errc() && line_end != std::string_view::npos &&
                         (*end == '\r' || *end == '\n' || *end == ';' || *end == ' ');
    if (!is_size) return first ? std::nullopt : std::optional(body);
    chunks.remove_prefix(line_end + 1);
    if (size == 0) break;
    body += chunks.substr(0, size);
    chunks.remove_prefix(std::min(size, chunks.size()));
    if (chunks.starts_with('\r')) chunks.remove_prefix(1);
    if (chunks.starts_with('\n')) chunks.remove_prefix(1);
  }
  return body;
}

/// Brotli has no magic number: what it cannot decode from the first byte on was stored decoded, or is damaged.
std::optional<std::string> without_brotli(std::string_view bytes, std::size_t limit) {
  const std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> decoder(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
  std::string result;
  std::vector<std::uint8_t> piece(std::size_t{64} << 10);
  std::size_t left = bytes.size();
  const auto* next = reinterpret_cast<const std::uint8_t*>(bytes.data());
  for (;;) {
    std::size_t room = piece.size();
    std::uint8_t* out = piece.data();
    const BrotliDecoderResult status = BrotliDecoderDecompressStream(decoder.get(), &left, &next, &room, &out, nullptr);
    result.append(reinterpret_cast<const char*>(piece.data()), piece.size() - room);
    if (status == BROTLI_DECODER_RESULT_SUCCESS || result.size() > limit) return result;
    if (status != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) break;
  }
  if (result.empty()) return std::nullopt;
  throw ReadError(fmt::format("{}: the compressed data is damaged or cut short (Brotli)", k_body));
}

std::string inflated(std::string_view bytes, DeflateWrapping wrapping, std::size_t limit) {
  InflateStream stream(std::make_unique<MemoryStream>(bytes), k_body, wrapping);
  return read_all(stream, limit);
}

/// "deflate" means zlib's format by the standard and none at all by what servers send.
std::string without_deflate(std::string_view bytes, std::size_t limit) {
  try {
    return inflated(bytes, DeflateWrapping::zlib, limit);
  } catch (const ReadError&) {
    return inflated(bytes, DeflateWrapping::none, limit);
  }
}

/// Markup or text as a page begins with; compressed data hardly ever does.
bool begins_as_page(std::string_view bytes) {
  bytes = trimmed(bytes.substr(0, 64));
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  return bytes.starts_with('<') || bytes.starts_with('{');
}

std::string without_encoding(std::string bytes, std::string_view encoding, std::size_t limit) {
  if (encoding.empty() || encoding == "identity" || begins_as_page(bytes)) return bytes;
  if (encoding == "gzip" || encoding == "x-gzip" || encoding == "zstd") {
    const auto stream = decompressed(std::make_unique<MemoryStream>(bytes), k_body);
    return read_all(*stream, limit);
  }
  if (encoding == "deflate") return without_deflate(bytes, limit);
  if (encoding == "br") return without_brotli(bytes, limit).value_or(std::move(bytes));
  throw ReadError(fmt::format("{}: is encoded as \"{}\", which is not understood", k_body,
                              single_spaced(clean(encoding.substr(0, 20)))));
}

/// The encodings of a header's list, the last that was applied first.
std::vector<std::string> encodings_of(std::string_view list) {
  std::vector<std::string> encodings;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.rfind(',') + 1, list.size()); // 0 where there is no further one
    encodings.push_back(ascii_lower(trimmed(list.substr(comma))));
    list = list.substr(0, comma == 0 ? 0 : comma - 1);
  }
  return encodings;
}

} // namespace

std::optional<HttpResponse> parse_http_response(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  const std::size_t space = line.find(' ');
  if (!line.starts_with("HTTP/") || space == std::string_view::npos) return std::nullopt;
  const std::string_view code = trimmed(line.substr(space));
  int status = 0;
  if (std::from_chars(code.data(), code.data() + code.size(), status).ec != std::errc()) return std::nullopt;
  const std::size_t end = std::min(end_of_header(bytes), bytes.size());
  const HeaderFields fields(bytes.substr(line.size(), end - line.size()));
  return HttpResponse{status, parse_content_type(fields.value("content-type")), fields, bytes.substr(end)};
}

std::string decoded_body(const HttpResponse& response, std::size_t limit) {
  const std::string transfer = ascii_lower(response.fields.value("transfer-encoding"));
  const bool chunked = transfer.find("chunked") != std::string::npos;
  const auto joined = chunked ? without_chunks(response.body) : std::nullopt;
  std::string body = joined ? *joined : std::string(response.body);
  for (const std::string& encoding : encodings_of(response.fields.value("content-encoding"))) {
    body = without_encoding(std::move(body), encoding, limit);
  }
  return body;
}

} // namespace pfind::corpus
