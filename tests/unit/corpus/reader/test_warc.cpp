#include <brotli/encode.h>
#include <catch2/catch.hpp>
#include <zlib.h>

#include "common/error.hpp"
#include "corpus/reader/decompression.hpp"
#include "corpus/reader/encoding.hpp"
#include "corpus/reader/warc/http_response.hpp"
#include "reading.hpp"
#include "tests/support/mutations.hpp"

using namespace pfind::corpus;
using pfind::ReadError;
using pfind::tests::read;
using namespace std::string_literals;

namespace {

const std::string k_text =
    "Acme and Bolt have agreed to license their patents to each other, both companies said on Tuesday.";

std::string page(const std::string& title, const std::string& head = "") {
  return "<html><head><title>" + title + "</title>" + head + "</head><body><p>" + k_text + "</p></body></html>";
}

std::string http(const std::string& status, const std::string& fields, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\n" + fields + "\r\n" + body;
}

std::string html_response(const std::string& body) { return http("200 OK", "Content-Type: text/html\r\n", body); }

std::string record(const std::string& type, const std::string& target, const std::string& block,
                   const std::string& fields = "") {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Record-ID: <urn:uuid:" + std::to_string(block.size()) +
         ">\r\nWARC-Date: 2024-03-12T08:00:00Z\r\nWARC-Target-URI: " + target + "\r\n" + fields +
         "Content-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

/// Deflated data with the wrapping that zlib's window bits stand for.
std::string deflated(const std::string& text, int window_bits) {
  z_stream state{};
  REQUIRE(deflateInit2(&state, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string result(deflateBound(&state, text.size()), '\0');
  std::string input = text;
  state.next_in = reinterpret_cast<Bytef*>(input.data());
  state.avail_in = static_cast<uInt>(input.size());
  state.next_out = reinterpret_cast<Bytef*>(result.data());
  state.avail_out = static_cast<uInt>(result.size());
  REQUIRE(deflate(&state, Z_FINISH) == Z_STREAM_END);
  result.resize(state.total_out);
  deflateEnd(&state);
  return result;
}

std::string gzipped(const std::string& text) { return deflated(text, MAX_WBITS + 16); }

std::string brotli(const std::string& text) {
  std::string result(BrotliEncoderMaxCompressedSize(text.size()), '\0');
  std::size_t size = result.size();
  REQUIRE(BrotliEncoderCompress(5, 22, BROTLI_MODE_TEXT, text.size(),
                                reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                                reinterpret_cast<std::uint8_t*>(result.data())));
  result.resize(size);
  return result;
}

std::string in_chunks(const std::string& text) {
  std::string chunks;
  for (std::size_t at = 0; at < text.size(); at += 10) {
    const std::string chunk = text.substr(at, 10);
    chunks += (chunk.size() == 10 ? "A;x=y\r\n" : std::to_string(chunk.size()) + "\r\n") + chunk + "\r\n";
  }
  return chunks + "0\r\n\r\n";
}

std::string body_of(const std::string& fields, const std::string& body, std::size_t limit = 1 << 20) {
  const std::string bytes = http("200 OK", fields, body);
  return decoded_body(parse_http_response(bytes).value(), limit);
}

std::string where_and_why(const pfind::corpus::Problem& problem) { return problem.where + ": " + problem.reason; }

} // namespace

TEST_CASE("an HTTP response is a status, header fields and a body") {
  const auto response = parse_http_response("HTTP/2  301\nCONTENT-TYPE: Text/HTML; Charset=\"UTF-8\"\n x=y\n\nbody");
  REQUIRE(response.has_value());
  CHECK(response->status == 301);
  CHECK(response->type.type == "text/html");
  CHECK(response->type.charset == "UTF-8");
  CHECK(response->body == "body");
  CHECK_FALSE(parse_http_response("12 not HTTP").has_value());
  CHECK_FALSE(parse_http_response("HTTP/1.1 OK").has_value());
  CHECK(parse_http_response("HTTP/1.1 200")->body.empty());
}

TEST_CASE("a body's encodings are undone") {
  const std::string text = "Text that is long enough to be cut into pieces of ten bytes.";
  CHECK(body_of("", text) == text);
  CHECK(body_of("Transfer-Encoding: chunked\r\n", in_chunks(text)) == text);
  CHECK(body_of("Content-Encoding: gzip\r\n", gzipped(text)) == text);
  CHECK(body_of("Content-Encoding: deflate\r\n", deflated(text, MAX_WBITS)) == text);
  CHECK(body_of("Content-Encoding: deflate\r\n", deflated(text, -MAX_WBITS)) == text);
  CHECK(body_of("Content-Encoding: BR\r\n", brotli(text)) == text);
  CHECK(body_of("Content-Encoding: br, gzip\r\n", gzipped(brotli(text))) == text);
  CHECK(body_of("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", in_chunks(gzipped(text))) == text);
}

TEST_CASE("a body that was stored decoded is taken as it stands") {
  const std::string html = "<p>Text</p>";
  for (const std::string encoding : {"gzip", "deflate", "br", "zstd", "unheard-of"}) {
    CHECK(body_of("Content-Encoding: " + encoding + "\r\n", html) == html);
  }
  CHECK(body_of("Content-Encoding: gzip\r\n", "plain text") == "plain text");
  CHECK(body_of("Transfer-Encoding: chunked\r\n", html) == html);
  CHECK_THROWS_AS(body_of("Content-Encoding: unheard-of\r\n", "plain text"), ReadError);
}

TEST_CASE("of a body cut short in its chunks what is there is read") {
  CHECK(body_of("Transfer-Encoding: chunked\r\n", "A\r\n0123456789\r\nFF\r\nthe last") == "0123456789the last");
  CHECK(body_of("Transfer-Encoding: chunked\r\n", "A\r\n0123456789\r\nno size") == "0123456789");
}

TEST_CASE("what a small body unpacks to is bounded") {
  const std::string zeros(50u << 20, '0');
  CHECK(body_of("Content-Encoding: gzip\r\n", gzipped(zeros), 1 << 20).size() < 2u << 20);
  CHECK(body_of("Content-Encoding: br\r\n", brotli(zeros), 1 << 20).size() < 2u << 20);
}

TEST_CASE("the pages of a web archive are articles with the address they came from") {
  const auto reading = read(
      record("warcinfo", "", "software: x\r\n") + record("request", "https://news.example/a", "GET /a HTTP/1.1\r\n") +
          record("response", "<https://news.example/a>", html_response(page("First headline of the day"))) +
          record("response", "https://news.example/b",
                 html_response(page("Second", "<link rel=canonical href='https://news.example/real'>"))) +
          record("resource", "https://news.example/c", page("Third"), "Content-Type: text/html\r\n"),
      "crawl.warc");
  CHECK(reading.problems.empty());
  REQUIRE(reading.articles.size() == 3);
  CHECK(reading.articles[0].path == "crawl.warc");
  CHECK(reading.articles[0].record == "https://news.example/a");
  CHECK(reading.articles[0].url == "https://news.example/a");
  CHECK(reading.articles[0].title == "First headline of the day");
  CHECK(reading.articles[0].body == k_text);
  CHECK_FALSE(reading.articles[0].date.has_value()); // when it was fetched is not when it was published
  CHECK(reading.articles[1].record == "https://news.example/b");
  CHECK(reading.articles[1].url == "https://news.example/real");
  CHECK(reading.articles[2].title == "Third");
}

TEST_CASE("the header's character set goes before detection") {
  const std::string cyrillic = "<html><title>\xcd\xee\xe2\xee\xf1\xf2\xe8</title><p>\xcf\xe0\xf2\xe5\xed\xf2\xfb.</p>";
  const auto reading = read(record("response", "http://a.example/",
                                   http("200 OK", "Content-Type: text/html; charset=windows-1251\r\n", cyrillic)),
                            "a.warc");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].title == "Новости");
}

TEST_CASE("an address of bytes that are no text is put into characters") {
  const std::string target = "<http://acme.example/caf\xe9\x1b\r>";
  const auto reading = read(record("response", target, html_response(page("Deal"))), "crawl.warc");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].url == "http://acme.example/caf\xef\xbf\xbd");
  CHECK(reading.articles[0].record == reading.articles[0].url);
  const std::string odd = http("200 OK", "Content-Type: text/html\r\nContent-Encoding: \xe9\rg\r\n", "x");
  const auto refused = read(record("response", "http://acme.example/", odd), "crawl.warc");
  REQUIRE_FALSE(refused.problems.empty());
  for (const auto& problem : refused.problems) {
    CHECK(is_utf8(problem.reason));
    CHECK(problem.reason.find('\n') == std::string::npos);
  }
}

TEST_CASE("a page fetched twice is two records") {
  const std::string a = record("response", "http://a.example/", html_response(page("One")));
  const std::string b = record("response", "http://a.example/", html_response(page("Two and more")));
  const auto reading = read(a + b, "a.warc");
  REQUIRE(reading.articles.size() == 2);
  CHECK(reading.articles[0].record == "http://a.example/");
  CHECK(reading.articles[1].record.starts_with("urn:uuid:"));
}

TEST_CASE("what holds no article is passed over, what should have is counted by reason") {
  const auto get = [](const std::string& name, const std::string& block) {
    return record("response", "http://a.example/" + name, block);
  };
  const std::string archive =
      get("a", html_response(page("An article"))) + get("i", http("200 OK", "Content-Type: image/png\r\n", "\x89PNG")) +
      get("robots.txt", http("200 OK", "Content-Type: text/plain\r\n", "User-agent: *\nDisallow:\n")) +
      record("revisit", "http://a.example/a", http("200 OK", "Content-Type: text/html\r\n", "")) +
      record("response", "metadata://x.example/log", http("200 OK", "Content-Type: text/plain\r\n", k_text)) +
      get("r1", http("301 Moved", "", "")) + get("r2", http("301 Moved", "", "")) + get("e", html_response(" ")) +
      get("r3", http("301 Moved", "", "")) + get("none", http("404 Not Found", "", page("Sorry"))) +
      get("menu", html_response("<html><body><script>x</script></body></html>"));
  const auto reading = read(archive, "a.warc");
  CHECK(reading.articles.size() == 1);
  REQUIRE(reading.problems.size() == 4);
  CHECK(where_and_why(reading.problems[0]) == "record http://a.example/r1: is a redirect (HTTP 301); 2 more likewise");
  CHECK(where_and_why(reading.problems[1]) == "record http://a.example/e: is an empty page");
  CHECK(where_and_why(reading.problems[2]) ==
        "record http://a.example/none: is the answer to a request that failed (HTTP 404)");
  CHECK(where_and_why(reading.problems[3]) ==
        "record http://a.example/menu: no article was found in it: neither a title nor a text");
}

TEST_CASE("an archive without any page says so") {
  const auto reading = read(record("warcinfo", "", "software: x\r\n"), "a.warc");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].reason == "holds no web page that was fetched with success, and so no article");
}

TEST_CASE("of a record cut short the place is named, what precedes it is read") {
  const std::string first = record("response", "http://a.example/1", html_response(page("One")));
  const std::string second = record("response", "http://a.example/2", html_response(page("Two")));
  const std::string both = first + second;
  for (const std::size_t size : {first.size() + 3, first.size() + 100, both.size() - 10}) {
    CAPTURE(size);
    const auto reading = read(both.substr(0, size), "a.warc");
    CHECK(reading.articles.size() == 1);
    REQUIRE(reading.problems.size() == 1);
    CHECK(reading.problems[0].where == "byte " + std::to_string(first.size()));
    CHECK(reading.problems[0].reason.find("what precedes it was read") != std::string::npos);
  }
}

TEST_CASE("each record may be a gzip member of its own, the last cut short") {
  const std::string first = record("response", "http://a.example/1", html_response(page("One")));
  const std::string second = record("response", "http://a.example/2", html_response(page("Two")));
  const std::string bytes = gzipped(first) + gzipped(second);
  const auto read_gzip = [](const std::string& gzip) {
    const auto stream = decompressed(std::make_unique<MemoryStream>(gzip), "a.warc.gz");
    return read(*stream, "a.warc.gz");
  };
  CHECK(read_gzip(bytes).articles.size() == 2);
  CHECK(read_gzip(bytes + std::string(512, '\0')).articles.size() == 2); // padding, as of tapes
  const auto cut = read_gzip(bytes.substr(0, bytes.size() - 30));
  CHECK(cut.articles.size() == 1);
  REQUIRE(cut.problems.size() == 1);
  CHECK(cut.problems[0].where == "byte " + std::to_string(first.size()));
  CHECK(cut.problems[0].reason.find("it ends too early") != std::string::npos);
}

TEST_CASE("behind what is damaged the next record is looked for") {
  const std::string first = record("response", "http://a.example/1", html_response(page("One")));
  const std::string second = record("response", "http://a.example/2", html_response(page("Two")));
  const auto reading =
      read(first + std::string(200'000, 'x') + "\r\n" + second + "\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n" + second,
           "a.warc");
  REQUIRE(reading.articles.size() == 3);
  CHECK(reading.articles[1].title == "Two");
  REQUIRE(reading.problems.size() == 2);
  CHECK(where_and_why(reading.problems[0]) ==
        "byte " + std::to_string(first.size()) + ": no record begins here; reading goes on at the next one");
  CHECK(reading.problems[1].reason == "the record has no valid Content-Length; reading goes on at the next one");
}

TEST_CASE("a record larger than an article may be is passed over without being held") {
  ReadOptions options;
  options.max_article_bytes = 10'000;
  const std::string archive =
      record("response", "http://a.example/1", html_response(page("Large") + std::string(200'000, ' '))) +
      record("response", "http://a.example/2",
             http("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
                  gzipped(page("Bomb") + std::string(5u << 20, ' ')))) +
      record("response", "http://a.example/3", html_response(page("Small")));
  MemoryStream stream(archive);
  const auto reading = read(stream, "a.warc", options);
  CHECK(reading.articles.size() == 1);
  REQUIRE(reading.problems.size() == 1);
  CHECK(where_and_why(reading.problems[0]) ==
        "record http://a.example/1: is larger than the 10,000 bytes allowed for an article; 1 more likewise");
}

TEST_CASE("notes say where a page's address came from and that it was fetched") {
  const std::string archive = record("response", "http://a.example/1", html_response(page("One")));
  MemoryStream stream(archive);
  std::size_t noted = 0;
  ReadEvents events{[](const pfind::Article&) {}, [](const Problem&) {},
                    [&](const pfind::Article& article, const ReadingNotes& notes) {
                      ++noted;
                      CHECK(article.location() == "a.warc#http://a.example/1");
                      REQUIRE_FALSE(notes.fields.empty());
                      CHECK(notes.fields.back().value == "http://a.example/1");
                      CHECK(notes.omissions.back().text == "2024-03-12T08:00:00Z");
                    }};
  read_articles(stream, "a.warc", {}, events);
  CHECK(noted == 1);
}

TEST_CASE("damaged archives are read without fault") {
  std::mt19937 random(4);
  const std::string archive =
      record("response", "http://a.example/1", html_response(page("One"))) +
      record("response", "http://a.example/2",
             http("200 OK", "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
                  in_chunks(gzipped(page("Two"))))) +
      record("response", "http://a.example/3",
             http("200 OK", "Content-Type: text/html\r\nContent-Encoding: br\r\n", brotli(page("Three"))));
  for (int i = 0; i < 3000; ++i) {
    const auto reading = read(pfind::tests::mutated(archive, random), "a.warc");
    CHECK(reading.articles.size() <= 4);
    CHECK(reading.articles.size() + reading.problems.size() > 0);
  }
}
