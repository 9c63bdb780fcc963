#pragma once

#include <libdeflate.h>
#include <string>
#include <string_view>

namespace pfind::tests {

/// A text as a raw deflate stream.
inline std::string deflated(std::string_view text) {
  libdeflate_compressor* const compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_deflate_compress_bound(compressor, text.size()), ' ');
  out.resize(libdeflate_deflate_compress(compressor, text.data(), text.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

} // namespace pfind::tests
