#include "corpus/reader/decompression.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>
#include <exception>
#include <fmt/format.h>
#include <string_view>
#include <utility>
#include <vector>

#include "common/error.hpp"
#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/inflate_stream.hpp"

namespace pfind::corpus {
namespace {

constexpr std::size_t k_piece = std::size_t{64} << 10;
constexpr std::size_t k_magic_size = 6;

[[noreturn]] void fail(const std::string& name, std::string_view reason) {
  throw ReadError(fmt::format("{}: {}", name, reason));
}

bool is_compressed(std::string_view head) {
  using namespace std::string_view_literals;
  constexpr std::array magics{"BZh"sv, "\xfd\x37zXZ\0"sv, "\x28\xb5\x2f\xfd"sv};
  return std::any_of(magics.begin(), magics.end(), [&](std::string_view magic) { return head.starts_with(magic); });
}

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

/// What a compressed stream holds, decompressed piece by piece by libarchive's "raw" format.
class DecompressedStream : public ByteStream {
public:
  DecompressedStream(std::unique_ptr<ByteStream> stored, std::string name)
      : stored_(std::move(stored)), name_(std::move(name)), archive_(archive_read_new()) {
    archive_read_support_filter_bzip2(archive_.get());
    archive_read_support_filter_xz(archive_.get());
    archive_read_support_filter_zstd(archive_.get());
    archive_read_support_format_raw(archive_.get());
    archive_read_support_format_empty(archive_.get());
  }

  std::size_t read(char* buffer, std::size_t size) override {
    if (!open_) open();
    if (empty_) return 0;
    const la_ssize_t got = archive_read_data(archive_.get(), buffer, size);
    if (got < 0) fail_as_corrupt();
    return static_cast<std::size_t>(got);
  }
  std::uint64_t stored_bytes_read() const override { return stored_->stored_bytes_read(); }

private:
  void open() {
    open_ = true;
    if (archive_read_open(archive_.get(), this, nullptr, &DecompressedStream::read_stored, nullptr) != ARCHIVE_OK) {
      fail_as_corrupt();
    }
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(archive_.get(), &entry);
    empty_ = status == ARCHIVE_EOF;
    if (!empty_ && status != ARCHIVE_OK) fail_as_corrupt();
    // What begins like compressed data but has no valid header would pass through unchanged.
    if (!empty_ && archive_filter_count(archive_.get()) < 2)
      fail(name_, "the header of the compressed data is damaged");
  }

  [[noreturn]] void fail_as_corrupt() {
    if (stored_error_) std::rethrow_exception(stored_error_);
    const char* reason = archive_error_string(archive_.get());
    fail(name_, fmt::format("the compressed data is damaged or cut short ({})", reason ? reason : "unknown error"));
  }

  // No exception may cross the C library: a failure is kept and thrown once it has returned.
  static la_ssize_t read_stored(archive* a, void* self_pointer, const void** piece) {
    auto* self = static_cast<DecompressedStream*>(self_pointer);
    *piece = self->piece_.data();
    try {
      return static_cast<la_ssize_t>(self->stored_->read(self->piece_.data(), self->piece_.size()));
    } catch (...) {
      self->stored_error_ = std::current_exception();
      archive_set_error(a, EIO, "cannot be read");
      return -1;
    }
  }

  std::unique_ptr<ByteStream> stored_;
  std::string name_;
  std::unique_ptr<archive, FreeArchive> archive_;
  std::vector<char> piece_ = std::vector<char>(k_piece);
  std::exception_ptr stored_error_;
  bool open_ = false;
  bool empty_ = false;
};

/// A stream that owns what it reads ahead of.
class OwningPeekStream : public ByteStream {
public:
  explicit OwningPeekStream(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)), ahead_(*stream_) {}
  std::string_view peek(std::size_t size) { return ahead_.peek(size); }
  std::size_t read(char* buffer, std::size_t size) override { return ahead_.read(buffer, size); }
  std::uint64_t stored_bytes_read() const override { return stream_->stored_bytes_read(); }
  int descriptor() override { return stream_->descriptor(); }

private:
  std::unique_ptr<ByteStream> stream_;
  PeekStream ahead_;
};

/// A stream of unpacked bytes that are counted.
class CountedStream : public ByteStream {
public:
  CountedStream(std::unique_ptr<ByteStream> stream, std::shared_ptr<Expansion> expansion)
      : stream_(std::move(stream)), expansion_(std::move(expansion)) {}

  std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t got = stream_->read(buffer, size);
    expansion_->add(got, stored_bytes_read());
    return got;
  }
  std::uint64_t stored_bytes_read() const override { return stream_->stored_bytes_read(); }

private:
  std::unique_ptr<ByteStream> stream_;
  std::shared_ptr<Expansion> expansion_;
};

} // namespace

void Expansion::add(std::uint64_t unpacked, std::uint64_t stored) {
  constexpr std::uint64_t any_size = std::uint64_t{256} << 20; // is read whatever it was made of
  constexpr std::uint64_t times = 200;
  unpacked_ += unpacked;
  if (unpacked_ > any_size && unpacked_ / times > stored)
    throw ReadError(
        fmt::format("unpacks to more than {} times its size, as no articles do; the rest is not read", times));
}

std::unique_ptr<ByteStream> decompressed(std::unique_ptr<ByteStream> stored, std::string name,
                                         std::shared_ptr<Expansion> expansion) {
  auto ahead = std::make_unique<OwningPeekStream>(std::move(stored));
  const std::string_view magic = ahead->peek(k_magic_size);
  // Gzip not by libarchive, which loses what is intact of a block where the data breaks off.
  const bool is_gzip = magic.starts_with("\x1f\x8b");
  if (!is_gzip && !is_compressed(magic)) return ahead;
  std::unique_ptr<ByteStream> unpacked;
  if (is_gzip)
    unpacked = std::make_unique<InflateStream>(std::move(ahead), std::move(name), DeflateWrapping::gzip);
  else
    unpacked = std::make_unique<DecompressedStream>(std::move(ahead), std::move(name));
  return std::make_unique<CountedStream>(std::move(unpacked), std::move(expansion));
}

std::unique_ptr<ByteStream> open_file(const std::string& path) { return decompressed(open_stored(path), path); }

std::unique_ptr<ByteStream> open_stdin(std::function<bool()> stopped) {
  return decompressed(stored_stdin(std::move(stopped)), "standard input");
}

} // namespace pfind::corpus
