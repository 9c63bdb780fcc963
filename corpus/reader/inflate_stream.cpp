#include "corpus/reader/inflate_stream.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <new>
#include <utility>
#include <zlib.h>

#include "common/error.hpp"

namespace pfind::corpus {
namespace {

constexpr std::size_t k_piece = std::size_t{64} << 10;

/// How zlib is told what to expect (zlib.h, inflateInit2).
int window_bits(DeflateWrapping wrapping) {
  switch (wrapping) {
  case DeflateWrapping::gzip: return MAX_WBITS + 16;
  case DeflateWrapping::zlib: return MAX_WBITS;
  default: return -MAX_WBITS;
  }
}

} // namespace

void InflateStream::End::operator()(z_stream_s* state) const {
  inflateEnd(state);
  std::default_delete<z_stream_s>()(state);
}

InflateStream::InflateStream(std::unique_ptr<ByteStream> stored, std::string name, DeflateWrapping wrapping)
    : stored_(std::move(stored)), name_(std::move(name)), wrapping_(wrapping), piece_(k_piece) {
  auto state = std::make_unique<z_stream_s>();
  if (inflateInit2(state.get(), window_bits(wrapping)) != Z_OK) throw std::bad_alloc();
  state_.reset(state.release());
}

std::size_t InflateStream::read(char* buffer, std::size_t size) {
  z_stream_s& state = *state_;
  const std::size_t room = std::min<std::size_t>(size, std::numeric_limits<uInt>::max());
  state.next_out = reinterpret_cast<Bytef*>(buffer);
  state.avail_out = static_cast<uInt>(room);
  while (state.avail_out == room && room > 0 && !ended_) {
    const bool more = state.avail_in > 0 || refill();
    const int status = inflate(&state, Z_NO_FLUSH); // without input too: it may hold back some output
    if (status == Z_STREAM_END) {
      ended_ = !begin_next_member();
    } else if (state.avail_out == room && (!more || (status != Z_OK && status != Z_BUF_ERROR))) {
      fail(more ? state.msg : "it ends too early");
    }
  }
  return room - state.avail_out;
}

bool InflateStream::refill() {
  const std::size_t got = stored_->read(piece_.data(), piece_.size());
  state_->next_in = reinterpret_cast<Bytef*>(piece_.data());
  state_->avail_in = static_cast<uInt>(got);
  return got > 0;
}

/// What follows the last member and begins no other is padding, as gzip has it.
bool InflateStream::begin_next_member() {
  constexpr unsigned char magic = 0x1f;
  if (wrapping_ != DeflateWrapping::gzip || (state_->avail_in == 0 && !refill())) return false;
  return *state_->next_in == magic && inflateReset(state_.get()) == Z_OK;
}

void InflateStream::fail(const char* reason) const {
  throw ReadError(fmt::format("{}: the compressed data is damaged or cut short ({})", name_,
                              reason != nullptr ? reason : "unknown error"));
}

} // namespace pfind::corpus
