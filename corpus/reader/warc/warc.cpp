#include "corpus/reader/warc/warc.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fmt/format.h>
#include <functional>
#include <optional>
#include <unordered_set>
#include <utility>

#include "common/error.hpp"
#include "common/terminal.hpp"
#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/encoding.hpp"
#include "corpus/reader/header_fields.hpp"
#include "corpus/reader/skipped.hpp"
#include "corpus/reader/text_line.hpp"
#include "corpus/reader/warc/http_response.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_longest_header = std::size_t{64} << 10;

/// A file's bytes with their offsets. An error of what lies below ends them, and is kept for the report.
class Input : public ByteStream {
public:
  explicit Input(ByteStream& stream) : stream_(stream), ahead_(*this) {}

  std::string_view peek(std::size_t size) { return ahead_.peek(size); }

  /// Takes `size` bytes, of which the first `limit` are returned; fewer where the file ends before.
  std::string take(std::size_t size, std::size_t limit) {
    std::string bytes(std::min(size, limit), '\0');
    bytes.resize(fill(bytes.data(), bytes.size()));
    if (bytes.size() == limit || bytes.size() < size) skip(size - bytes.size());
    return bytes;
  }

  /// Returns how many of `size` bytes there were.
  std::size_t skip(std::size_t size) {
    std::array<char, 16384> piece{};
    std::size_t left = size;
    while (left > 0) {
      const std::size_t got = ahead_.read(piece.data(), std::min(left, piece.size()));
      if (got == 0) break;
      left -= got;
    }
    offset_ += size - left;
    return size - left;
  }

  std::uint64_t offset() const { return offset_; }
  const std::string& error() const { return error_; }

  std::size_t read(char* buffer, std::size_t size) override {
    if (!error_.empty()) return 0;
    try {
      return stream_.read(buffer, size);
    } catch (const ReadError& error) {
      error_ = error.what();
      return 0;
    }
  }
  std::uint64_t stored_bytes_read() const override { return stream_.stored_bytes_read(); }

private:
  std::size_t fill(char* buffer, std::size_t size) {
    std::size_t filled = 0;
    while (filled < size) {
      const std::size_t got = ahead_.read(buffer + filled, size - filled);
      if (got == 0) break;
      filled += got;
    }
    offset_ += filled;
    return filled;
  }

  ByteStream& stream_;
  PeekStream ahead_;
  std::string error_;
  std::uint64_t offset_ = 0;
};

/// The extension by which a content type is read, "" for types that hold no articles. Not plain JSON and XML: on the
/// web those are what scripts and site maps are made of.
std::string_view extension_of(std::string_view type) {
  struct Row {
    std::string_view type;
    std::string_view extension;
  };
  constexpr std::array rows{Row{"text/html", "html"},
                            Row{"application/xhtml+xml", "html"},
                            Row{"text/plain", "txt"},
                            Row{"text/markdown", "md"},
                            Row{"application/feed+json", "json"},
                            Row{"application/rss+xml", "rss"},
                            Row{"application/atom+xml", "atom"},
                            Row{"application/pdf", "pdf"}};
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.type == type; });
  return row == rows.end() ? ""sv : row->extension;
}

/// What a record says before its block.
struct RecordHeader {
  std::string type;
  std::string target; ///< the address it was fetched from
  std::string id;
  std::string date;
  std::string content_type;
  std::size_t length = 0;
};

/// wget puts addresses in angle brackets, as the standard's grammar once had it.
std::string address_of(std::string_view value) {
  const bool bracketed = value.starts_with('<') && value.ends_with('>');
  return single_spaced(clean(bracketed ? value.substr(1, value.size() - 2) : value));
}

std::optional<RecordHeader> parse_header(std::string_view lines) {
  const HeaderFields fields(lines);
  RecordHeader header;
  const std::string_view length = fields.value("content-length");
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), header.length);
  if (error != std::errc() || end != length.data() + length.size()) return std::nullopt;
  header.type = ascii_lower(fields.value("warc-type"));
  header.target = address_of(fields.value("warc-target-uri"));
  header.id = address_of(fields.value("warc-record-id"));
  header.date = single_spaced(clean(fields.value("warc-date")));
  header.content_type = fields.value("content-type");
  return header;
}

/// Not the addresses that tools make up for what they note of themselves: `metadata://gnu.org/...`, `urn:pageinfo:...`.
bool is_address(std::string_view target) {
  const std::string scheme = ascii_lower(target.substr(0, target.find(':')));
  return scheme == "http" || scheme == "https" || scheme == "ftp" || scheme == "file";
}

/// Why a response with that status holds no article.
std::string reason_of_status(int status) {
  if (status >= 300 && status < 400) return fmt::format("is a redirect (HTTP {})", status);
  return fmt::format("is the answer to a request that failed (HTTP {})", status);
}

class WarcReader {
public:
  WarcReader(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events)
      : input_(stream), path_(path), options_(options), events_(events) {}

  void read() {
    while (next_record()) {
    }
    if (!input_.error().empty() && !cut_short_) report_end("the file ends here");
    skipped_.report(path_, events_);
    if (articles_ == 0 && problems_ == 0) {
      events_.problem({path_, "", "holds no web page that was fetched with success, and so no article"});
    }
  }

private:
  bool next_record() {
    while (input_.peek(1) == "\r" || input_.peek(1) == "\n") input_.skip(1);
    const std::string_view head = input_.peek(k_longest_header);
    if (head.empty()) return false;
    if (!head.starts_with("WARC/") && !"WARC/"sv.starts_with(head)) return find_next_record("no record begins here");
    const std::size_t end = end_of_header(head);
    if (end == std::string_view::npos) {
      if (head.size() >= k_longest_header) return find_next_record("the header of the record has no end");
      report_end("the header of the last record is cut short");
      return false;
    }
    const auto header = parse_header(head.substr(0, end));
    if (!header) return find_next_record("the record has no valid Content-Length");
    return read_record(*header, end);
  }

  bool read_record(const RecordHeader& header, std::size_t header_size) {
    const std::uint64_t begin = input_.offset();
    input_.skip(header_size);
    const bool is_page = (header.type == "response" || header.type == "resource") && is_address(header.target);
    const std::uint64_t block = input_.offset();
    const std::string bytes = input_.take(header.length, is_page ? options_.max_article_bytes + k_longest_header : 0);
    const std::uint64_t got = input_.offset() - block;
    if (got < header.length) {
      report_end(fmt::format("the last record is cut short: {} of its {} bytes are there", grouped(got),
                             grouped(header.length)),
                 begin);
      return false;
    }
    if (is_page) read_page(header, bytes);
    return true;
  }

  /// Goes on at what looks like the beginning of a record.
  bool find_next_record(std::string_view problem) {
    report(fmt::format("byte {}", input_.offset()), fmt::format("{}; reading goes on at the next one", problem));
    input_.skip(1);
    for (;;) {
      const std::string_view ahead = input_.peek(k_longest_header);
      const std::size_t at = ahead.find("\nWARC/1."); // the versions there are
      if (at != std::string_view::npos) return input_.skip(at + 1) > 0;
      if (ahead.size() < k_longest_header) return false;
      input_.skip(ahead.size() - "\nWARC/1."sv.size());
    }
  }

  void read_page(const RecordHeader& header, std::string_view bytes) {
    const std::string where = "record " + header.target;
    if (header.type == "resource") {
      return read_payload(header, where, parse_content_type(header.content_type), bytes);
    }
    const auto response = parse_http_response(bytes);
    if (!response) return; // of another protocol: dns:, ftp:
    if (response->status != 200) return skip(where, reason_of_status(response->status));
    if (extension_of(response->type.type).empty() && !response->type.type.empty()) return;
    if (bytes.size() < header.length) return skip_as_too_large(where);
    try {
      read_payload(header, where, response->type, decoded_body(*response, options_.max_article_bytes));
    } catch (const ReadError& error) {
      skip(where, error.what());
    }
  }

  void read_payload(const RecordHeader& header, const std::string& where, const ContentType& type,
                    std::string_view bytes) {
    const bool robots = header.target.ends_with("/robots.txt"); // told apart from an article by its name alone
    std::string_view extension = extension_of(type.type);
    if (type.type.empty() && sniffed_as_page(bytes)) extension = "html";
    if (extension.empty() || robots) return;
    if (bytes.size() > options_.max_article_bytes) {
      return skip_as_too_large(where);
    }
    if (trimmed(bytes).empty()) return skip(where, "is an empty page");
    const std::string text = type.charset.empty() ? std::string() : decode(bytes, type.charset);
    MemoryStream payload(text.empty() || extension == "pdf" ? bytes : std::string_view(text));
    read_articles(payload, fmt::format("page.{}", extension), options_, events_of_page(header, where));
  }

  void skip_as_too_large(const std::string& where) {
    skip(where, fmt::format("is larger than the {} bytes allowed for an article", grouped(options_.max_article_bytes)));
  }

  static bool sniffed_as_page(std::string_view bytes) {
    const std::string lower = ascii_lower(trimmed(bytes.substr(0, 1024)));
    return lower.starts_with("<!doctype html") || lower.starts_with("<html");
  }

  /// What reads the page knows nothing of the archive; its articles get their place in it here.
  ReadEvents events_of_page(const RecordHeader& header, const std::string& where) {
    const std::string record = unused_name(header);
    const auto place = [this, record, target = header.target](Article& article) {
      article.path = path_;
      article.record = article.record.empty() ? record : record + '#' + article.record;
      if (article.url.empty()) article.url = target;
    };
    ReadEvents events;
    events.article = [this, place](Article article) {
      place(article);
      ++articles_;
      events_.article(std::move(article));
    };
    events.problem = [this, where](Problem problem) {
      if (!problem.indexed) return skip(where, std::move(problem.reason));
      events_.problem({path_, where, std::move(problem.reason), true});
    };
    if (!events_.notes) return events;
    events.notes = [this, place, date = header.date](const Article& article, const ReadingNotes& notes) {
      Article placed = article;
      ReadingNotes all = notes;
      place(placed);
      if (article.url.empty()) all.found("url", placed.url, "the address it was fetched from");
      all.left_out(date, "when the page was fetched, which is not when it was published");
      events_.notes(placed, all);
    };
    return events;
  }

  /// The address names a record, where it was fetched once.
  std::string unused_name(const RecordHeader& header) {
    if (names_.insert(std::hash<std::string>()(header.target)).second) return header.target;
    return header.id.empty() ? fmt::format("{} {}", header.target, input_.offset()) : header.id;
  }

  void skip(const std::string& where, std::string reason) {
    ++problems_;
    skipped_.add(where, std::move(reason));
  }

  void report(std::string where, std::string reason) {
    ++problems_;
    events_.problem({path_, std::move(where), std::move(reason)});
  }

  void report_end(const std::string& what, std::optional<std::uint64_t> at = std::nullopt) {
    cut_short_ = true;
    const std::string& error = input_.error();
    const std::string why = error.empty() ? "the file is incomplete" : std::string(without_path(error));
    report(fmt::format("byte {}", at.value_or(input_.offset())),
           fmt::format("{} ({}); what precedes it was read", what, why));
  }

  std::string_view without_path(std::string_view error) const {
    if (error.starts_with(path_ + ": ")) error.remove_prefix(path_.size() + 2);
    return error;
  }

  Input input_;
  const std::string& path_;
  const ReadOptions& options_;
  const ReadEvents& events_;
  Skipped skipped_;
  std::unordered_set<std::size_t> names_; ///< hashes of them: a crawl has millions
  std::size_t articles_ = 0;
  std::size_t problems_ = 0;
  bool cut_short_ = false;
};

} // namespace

void read_warc(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events) {
  WarcReader(stream, path, options, events).read();
}

} // namespace pfind::corpus
