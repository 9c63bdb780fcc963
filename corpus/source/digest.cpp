#include "corpus/source/digest.hpp"

#include <memory>
#include <new>
#include <vector>
#include <xxhash.h>

#include "corpus/reader/byte_stream.hpp"

namespace pfind::corpus {
namespace {

constexpr std::size_t k_piece = std::size_t{256} << 10;

std::string canonical(XXH128_hash_t hash) {
  XXH128_canonical_t bytes;
  XXH128_canonicalFromHash(&bytes, hash);
  return {reinterpret_cast<const char*>(bytes.digest), sizeof bytes.digest};
}

struct FreeState {
  void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

} // namespace

std::string digest(std::string_view bytes) { return canonical(XXH3_128bits(bytes.data(), bytes.size())); }

std::string digest(ByteStream& stream) {
  const std::unique_ptr<XXH3_state_t, FreeState> state(XXH3_createState());
  if (state == nullptr) throw std::bad_alloc();
  XXH3_128bits_reset(state.get());
  std::vector<char> piece(k_piece);
  while (const std::size_t got = stream.read(piece.data(), piece.size())) {
    XXH3_128bits_update(state.get(), piece.data(), got);
  }
  return canonical(XXH3_128bits_digest(state.get()));
}

std::string file_digest(const std::string& path) { return digest(*open_stored(path)); }

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

} // namespace pfind::corpus
