#include "indexer/bulk/deflater.hpp"

#include <algorithm>
#include <new>
#include <zlib.h>

#include "common/codec.hpp"

namespace pfind::bulk {
namespace {

constexpr std::size_t k_least = 18; // what is no longer stays as it is; so does Xapian
constexpr int k_level = 1;          // a third of the time of the usual 6, for a tenth more bytes
constexpr int k_raw_window = -15;   // negative: without zlib's header and checksum
constexpr int k_memory = 8;
/// Xapian inflates into a buffer of that size, and takes a tag for damaged ("Too few chunks of compressed data") where
/// it has read the last byte with the buffer full and bytes yet to come: what Xapian 1.4.22 itself does to 8,253 times
/// the same letter. An empty block behind the text keeps that from happening.
constexpr std::size_t k_reader_buffer = 8192;

} // namespace

struct Deflater::State {
  z_stream stream{};
};

Deflater::Deflater() : state_(std::make_unique<State>()) {
  if (deflateInit2(&state_->stream, k_level, Z_DEFLATED, k_raw_window, k_memory, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
}

Deflater::~Deflater() { deflateEnd(&state_->stream); }

bool Deflater::append(std::string_view text, std::string& out) {
  const std::size_t start = out.size();
  if (text.size() > k_least) {
    z_stream& stream = state_->stream;
    deflateReset(&stream);
    out.resize(start + text.size() - 1); // room for something shorter only
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): zlib only reads it, but says so only with ZLIB_CONST
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(&out[start]);
    stream.avail_out = static_cast<uInt>(text.size() - 1);
    if (text.size() > k_reader_buffer) deflate(&stream, Z_SYNC_FLUSH);
    if (deflate(&stream, Z_FINISH) == Z_STREAM_END) {
      out.resize(out.size() - stream.avail_out);
      return true;
    }
    out.resize(start);
  }
  out += text;
  return false;
}

std::string inflated(std::string_view deflated) {
  struct Inflater {
    z_stream stream{};
    Inflater() {
      if (inflateInit2(&stream, k_raw_window) != Z_OK) throw std::bad_alloc();
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream); }
  };
  Inflater inflater;
  z_stream& stream = inflater.stream;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): see above
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(deflated.data()));
  stream.avail_in = static_cast<uInt>(deflated.size());
  std::string text;
  for (;;) {
    const std::size_t had = text.size();
    const std::size_t more = std::max(2 * deflated.size(), had);
    text.resize(had + more);
    stream.next_out = reinterpret_cast<Bytef*>(&text[had]);
    stream.avail_out = static_cast<uInt>(more);
    const int status = inflate(&stream, Z_NO_FLUSH);
    text.resize(text.size() - stream.avail_out);
    if (status == Z_STREAM_END) return text;
    if (status != Z_OK || stream.avail_out != 0) throw codec::DecodeError();
  }
}

} // namespace pfind::bulk
