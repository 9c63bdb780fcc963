#include "indexer/deflater.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <isa-l/igzip_lib.h>
#include <libdeflate.h>
#include <new>

namespace pfind::indexer {
namespace {

constexpr std::size_t k_least = 18; // what is no longer stays as it is
constexpr int k_level = 1;          // a third of the time of the usual 6, for hardly more bytes

/// Bits of the codes of literals and lengths, then of distances (RFC 1951), each as a hexadecimal digit: what fits
/// articles best, the mean of newswire (Reuters-21578) and of web pages (article-extraction-benchmark). With codes made
/// for each text it would be shorter by a fifteenth, in four times the time.
constexpr std::string_view k_literal_bits =
    "aaaaaaaaaa7ddddddddddddddddddddd3c9ccccacccc79788888888888bbbbbbb99999999999999999999999999dddddd465546664975655"
    "6a55567797adddddcccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
    "cccccccccccccccccccccccbbbbbbbbbad457899aabbcbcddddddddddddddd";
constexpr std::string_view k_distance_bits = "7bb87877665545443434444557789a";
constexpr std::size_t k_least_with_codes = 256; // the codes themselves take some 70 bytes
constexpr std::size_t k_share_of_others = 16;   // one of so many bytes may be of another character than ASCII

static_assert(k_literal_bits.size() == ISAL_DEF_LIT_LEN_SYMBOLS && k_distance_bits.size() == ISAL_DEF_DIST_SYMBOLS);

/// How often a symbol occurs whose code is best of that many bits, which the digit says.
std::uint64_t occurrences(char digit) {
  constexpr unsigned longest = 15;
  return std::uint64_t{1} << (longest - static_cast<unsigned>(digit < 'a' ? digit - '0' : digit - 'a' + 10));
}

/// The codes above, as ISA-L takes them.
isal_hufftables article_codes() {
  isal_huff_histogram histogram{};
  std::ranges::transform(k_literal_bits, histogram.lit_len_histogram, occurrences);
  std::ranges::transform(k_distance_bits, histogram.dist_histogram, occurrences);
  isal_hufftables codes{};
  isal_create_hufftables(&codes, &histogram);
  return codes;
}

/// Whether most of a text is what the codes are for.
bool fits_codes(std::string_view text) {
  if (text.size() < k_least_with_codes) return false;
  const auto others = std::ranges::count_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return static_cast<std::size_t>(others) <= text.size() / k_share_of_others;
}

/// The bytes of a text, for libraries that only read them but do not say so.
std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data())); // NOLINT(*-const-cast)
}

} // namespace

struct Deflater::State {
  State() : compressor(libdeflate_alloc_compressor(k_level)) {
    if (compressor == nullptr) throw std::bad_alloc();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { libdeflate_free_compressor(compressor); }

  /// The number of bytes that `text` becomes; 0 where these are more than `room`.
  std::size_t deflate(std::string_view text, char* out, std::size_t room) {
    if (!fits_codes(text)) return libdeflate_deflate_compress(compressor, text.data(), text.size(), out, room);
    isal_deflate_stateless_init(&coder);
    coder.hufftables = &codes;
    coder.end_of_stream = 1;
    coder.flush = NO_FLUSH;
    coder.next_in = bytes_of(text);
    coder.avail_in = static_cast<std::uint32_t>(text.size());
    coder.next_out = reinterpret_cast<std::uint8_t*>(out);
    coder.avail_out = static_cast<std::uint32_t>(room);
    return isal_deflate_stateless(&coder) == COMP_OK ? coder.total_out : 0;
  }

  libdeflate_compressor* compressor;
  isal_zstream coder{};
  isal_hufftables codes = article_codes();
};

Deflater::Deflater() : state_(std::make_unique<State>()) {}
Deflater::~Deflater() = default;

bool Deflater::append(std::string_view text, std::string& out) {
  const std::size_t start = out.size();
  std::size_t size = 0;
  if (text.size() > k_least) {
    const std::size_t room = text.size() - 1; // for something shorter only
    out.resize(start + room);
    size = state_->deflate(text, &out[start], room);
    out.resize(start + size);
  }
  if (size == 0) out += text;
  return size > 0;
}

} // namespace pfind::indexer
