#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/reading_notes.hpp"

namespace pfind::corpus {

/// A sequence of bytes read once from front to back: a file, what a compressed file holds, standard input.
class ByteStream {
public:
  virtual ~ByteStream() = default;

  /// Reads at most `size` bytes into `buffer`; 0 means the end. Throws ReadError.
  virtual std::size_t read(char* buffer, std::size_t size) = 0;

  /// How many bytes of the file behind the stream, compressed as it is, have been read so far: for progress.
  virtual std::uint64_t stored_bytes_read() const = 0;

  /// The file on disk whose bytes the stream gives as they are, open, for another process to read it from its beginning
  /// in place of this one; -1 where there is none. Afterwards nothing may be read from the stream.
  virtual int descriptor() { return -1; }
};

/// Something that kept an article or a file from being read, in whole or (a notice) in part. Reading goes on behind it.
struct Problem {
  std::string path;
  std::string where;    ///< `line 12` or empty
  std::string reason;   ///< one line: what is wrong and what to do
  bool indexed = false; ///< the article is there all the same, but for what the reason says
};

/// What a reader hands on while it reads.
struct ReadEvents {
  std::function<void(Article)> article;
  std::function<void(Problem)> problem;
  /// How an article was read; right before it. May be empty.
  std::function<void(const Article&, const ReadingNotes&)> notes = {};
  /// What the file is read as, by its name for people ("JSON lines", "archive"); before anything else. May be empty.
  std::function<void(std::string_view)> format = {};
  /// Readers set it: how the file that is read writes dates of numbers, where it shows that.
  DayOrder day_order = DayOrder::customary;
};

/// Goes up when files that could not be read can be, or are read otherwise: an index then reads them again.
inline constexpr int k_reader_version = 4;

/// How files are read.
struct ReadOptions {
  /// For JSON: article field (`title`, `body`, `date`, `url`, `outlet`, `author`, `id`, `language`) -> the names it may
  /// have, tried in order before the built-in ones.
  std::map<std::string, std::vector<std::string>> json_fields;
  /// Files of one article and single JSON records larger than this (bytes, decompressed) are skipped as a problem.
  std::size_t max_article_bytes = 32u << 20;
};

/// Reads every article of `stream`. The format is told by `path`'s extension, else by the content. A file that holds no
/// article (empty, binary, unknown format) is a problem, never an exception.
void read_articles(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events);

/// Opens a file for reading, decompressing it where its name or content says gzip, bzip2, xz or zstd. Throws ReadError.
std::unique_ptr<ByteStream> open_file(const std::string& path);

/// The path that standard input goes by. Its articles are named by what they say of themselves (see StreamNames), for
/// it is another stream each time.
inline constexpr std::string_view k_standard_input = "-";

/// Standard input as a stream, decompressed likewise. It ends early once `stopped` says so, which is asked while it
/// waits for more.
std::unique_ptr<ByteStream> open_stdin(std::function<bool()> stopped = {});

} // namespace pfind::corpus
