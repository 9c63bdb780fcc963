#include "common/inflated.hpp"

#include <libdeflate.h>
#include <memory>
#include <new>

#include "common/codec.hpp"

namespace pfind {
namespace {

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};

} // namespace

std::string inflated(std::string_view deflated, std::size_t most) {
  thread_local const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
      libdeflate_alloc_decompressor());
  if (!decompressor) throw std::bad_alloc();
  std::string text;
  for (std::size_t room = 4 * deflated.size();; room *= 2) {
    text.resize(room);
    std::size_t size = 0;
    const libdeflate_result result =
        libdeflate_deflate_decompress(decompressor.get(), deflated.data(), deflated.size(), text.data(), room, &size);
    if (result == LIBDEFLATE_SUCCESS && size <= most) {
      text.resize(size);
      return text;
    }
    if (result == LIBDEFLATE_SUCCESS || room > most) throw codec::DecodeError();
    if (result != LIBDEFLATE_INSUFFICIENT_SPACE) throw codec::DecodeError();
  }
}

} // namespace pfind
