#include "corpus/reader/mail/mbox.hpp"

#include <cctype>
#include <cstddef>
#include <fmt/format.h>
#include <functional>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "common/terminal.hpp"
#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/emit.hpp"
#include "corpus/reader/mail/mail.hpp"
#include "corpus/reader/skipped.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

/// One mail of an mbox file.
struct Stored {
  std::string bytes;
  std::size_t number = 0;
  bool too_large = false; ///< `bytes` is incomplete
};

/// Cuts a stream into mails. Of one larger than the limit the rest is read past, not kept.
class Splitter {
public:
  Splitter(ByteStream& stream, std::size_t limit) : stream_(stream), limit_(limit) {}

  bool next(Stored& mail) {
    mail.bytes.clear();
    mail.number = ++number_;
    mail.too_large = false;
    bool any = false;
    for (std::string_view line; next_line(line);) {
      const bool blank = whole_line_ && trimmed(line).empty();
      const bool separator = after_blank_ && (first_line_ ? line.starts_with("From ") : is_mbox_separator(line));
      after_blank_ = blank;
      if (first_line_ && blank) continue;
      if (separator && !std::exchange(first_line_, false)) return true;
      first_line_ = false;
      any = true;
      if (!separator) add(mail, line);
    }
    return any;
  }

private:
  void add(Stored& mail, std::string_view line) const {
    const std::size_t marks = line.find_first_not_of('>');
    const bool quoted = marks != 0 && marks != std::string_view::npos && line.substr(marks).starts_with("From ");
    if (quoted) line.remove_prefix(1);
    mail.too_large = mail.too_large || mail.bytes.size() + line.size() > limit_;
    if (!mail.too_large) mail.bytes += line;
  }

  /// The next line with its end; of one longer than any mail's, a piece.
  bool next_line(std::string_view& line) {
    constexpr std::size_t longest = std::size_t{1} << 20;
    std::size_t searched = 0;
    for (;;) {
      const std::string_view ahead = std::string_view(buffer_).substr(at_);
      const std::size_t end = ahead.find('\n', searched);
      if (end != std::string_view::npos || ahead.size() > longest) return take(ahead.substr(0, end), line);
      searched = ahead.size();
      if (!fill()) return !ahead.empty() && take(std::string_view(buffer_).substr(at_), line);
    }
  }

  /// Hands on a line, with the line end that follows it.
  bool take(std::string_view text, std::string_view& line) {
    const bool at_line_end = at_ + text.size() < buffer_.size() && buffer_[at_ + text.size()] == '\n';
    line = std::string_view(buffer_).substr(at_, text.size() + (at_line_end ? 1 : 0));
    at_ += line.size();
    whole_line_ = std::exchange(begins_line_, at_line_end);
    return true;
  }

  bool fill() {
    constexpr std::size_t piece = std::size_t{256} << 10;
    buffer_.erase(0, std::exchange(at_, 0));
    const std::size_t had = buffer_.size();
    buffer_.resize(had + piece);
    const std::size_t got = stream_.read(buffer_.data() + had, piece);
    buffer_.resize(had + got);
    return got > 0;
  }

  ByteStream& stream_;
  std::size_t limit_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t number_ = 0;
  bool first_line_ = true;  ///< nothing but blank lines so far
  bool after_blank_ = true; ///< so that a separator may follow
  bool begins_line_ = true;
  bool whole_line_ = true;
};

std::string too_large(const ReadOptions& options) {
  return fmt::format("is larger than the {} bytes allowed for an article", grouped(options.max_article_bytes));
}

bool is_empty(const ParsedArticle& parsed) { return parsed.article.title.empty() && parsed.article.body.empty(); }

std::string reason_of(ParsedArticle& parsed) {
  return parsed.problems.empty() ? "is a mail without text" : std::move(parsed.problems.front());
}

/// Apple Mail's files begin with a line that says how many bytes the mail has; a list of properties follows it.
std::string_view without_apple_frame(std::string_view bytes) {
  const std::size_t line = bytes.find('\n');
  const std::size_t digits = bytes.find_first_not_of("0123456789 ");
  if (line == std::string_view::npos || line == 0 || digits != line || line > 12) return bytes;
  const std::size_t size = std::strtoull(std::string(bytes.substr(0, line)).c_str(), nullptr, 10);
  return bytes.substr(line + 1, size);
}

} // namespace

void read_mail(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events) {
  const std::string bytes = read_all(stream, options.max_article_bytes);
  if (bytes.size() > options.max_article_bytes) return events.problem({path, "", too_large(options)});
  ParsedArticle parsed = parse_mail(without_apple_frame(bytes));
  if (is_empty(parsed)) return events.problem({path, "", reason_of(parsed)});
  emit(std::move(parsed), path, "", events);
}

void read_mbox(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events) {
  Splitter mails(stream, options.max_article_bytes);
  Skipped skipped;
  std::unordered_set<std::size_t> ids; // hashes of them: there may be millions
  Stored mail;
  while (mails.next(mail)) {
    const std::string where = fmt::format("message {}", mail.number);
    if (mail.too_large) {
      skipped.add(where, too_large(options));
      continue;
    }
    ParsedArticle parsed = parse_mail(mail.bytes);
    const std::string& id = parsed.article.id;
    if (is_empty(parsed)) {
      skipped.add(where, reason_of(parsed));
    } else if (!id.empty() && !ids.insert(std::hash<std::string>()(id)).second) {
      skipped.add(where, "is in the file already, by its Message-ID; read once");
    } else {
      parsed.article.record = id.empty() ? std::to_string(mail.number) : id;
      emit(std::move(parsed), path, where, events);
    }
  }
  skipped.report(path, events);
  if (mail.number == 1 && mail.bytes.empty()) events.problem({path, "", "holds no mail"});
}

bool is_mbox_separator(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  const auto digit = [&](std::size_t at) { return at < line.size() && line[at] >= '0' && line[at] <= '9'; };
  for (std::size_t colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
    if (digit(colon - 1) && digit(colon + 1) && digit(colon + 2)) return true;
  }
  return false;
}

} // namespace pfind::corpus
