#include "indexer/bulk/deflater.hpp"

#include <libdeflate.h>
#include <new>
#include <zlib.h>

namespace pfind::bulk {
namespace {

constexpr std::size_t k_least = 18; // what is no longer stays as it is; so does Xapian
constexpr int k_level = 1;          // a third of the time of the usual 6, for hardly more bytes
constexpr int k_raw_window = -15;   // negative: without zlib's header and checksum
constexpr int k_memory = 8;
/// Xapian inflates into a buffer of that size, and takes a tag for damaged ("Too few chunks of compressed data") where
/// it has read the last byte with the buffer full and bytes yet to come: what Xapian 1.4.22 itself does to 8,253 times
/// the same letter. An empty block behind the text keeps that from happening; only zlib can be told to make one.
constexpr std::size_t k_reader_buffer = 8192;

} // namespace

struct Deflater::State {
  State() : compressor(libdeflate_alloc_compressor(k_level)) {
    if (compressor == nullptr) throw std::bad_alloc();
    if (deflateInit2(&stream, k_level, Z_DEFLATED, k_raw_window, k_memory, Z_DEFAULT_STRATEGY) != Z_OK) {
      libdeflate_free_compressor(compressor);
      throw std::bad_alloc();
    }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    deflateEnd(&stream);
    libdeflate_free_compressor(compressor);
  }

  /// The number of bytes that `text` becomes; 0 where these are more than `room`.
  std::size_t deflate_short(std::string_view text, char* out, std::size_t room) {
    return libdeflate_deflate_compress(compressor, text.data(), text.size(), out, room);
  }

  /// Likewise, of a text that is larger than the buffer of those who read it.
  std::size_t deflate_long(std::string_view text, char* out, std::size_t room) {
    deflateReset(&stream);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): zlib only reads it, but says so only with ZLIB_CONST
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out);
    stream.avail_out = static_cast<uInt>(room);
    deflate(&stream, Z_SYNC_FLUSH);
    return deflate(&stream, Z_FINISH) == Z_STREAM_END ? room - stream.avail_out : 0;
  }

  libdeflate_compressor* compressor;
  z_stream stream{};
};

Deflater::Deflater() : state_(std::make_unique<State>()) {}
Deflater::~Deflater() = default;

bool Deflater::append(std::string_view text, std::string& out) {
  const std::size_t start = out.size();
  std::size_t size = 0;
  if (text.size() > k_least) {
    const std::size_t room = text.size() - 1; // for something shorter only
    out.resize(start + room);
    size = text.size() > k_reader_buffer ? state_->deflate_long(text, &out[start], room)
                                         : state_->deflate_short(text, &out[start], room);
    out.resize(start + size);
  }
  if (size == 0) out += text;
  return size > 0;
}

} // namespace pfind::bulk
