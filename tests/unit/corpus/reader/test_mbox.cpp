#include <catch2/catch.hpp>

#include "corpus/reader/format.hpp"
#include "corpus/reader/mail/mbox.hpp"
#include "reading.hpp"
#include "tests/support/mutations.hpp"

using namespace pfind::corpus;
using pfind::tests::read;
using namespace std::string_literals;

namespace {

const std::string k_text =
    "Acme and Bolt have agreed to license their patents to each other, both companies said on Tuesday.";
const std::string k_separator = "From ana@b.example Tue Mar 12 08:00:00 2024\n";

std::string mail(const std::string& id, const std::string& subject, const std::string& text = k_text) {
  return (id.empty() ? "" : "Message-ID: <" + id + ">\n") + "Subject: " + subject + "\nFrom: Ana Ruiz <a@b>\n\n" +
         text + "\n";
}

/// A stream that makes up a mail of 1 MB after the other.
class Endless : public ByteStream {
public:
  explicit Endless(std::size_t mails) : left_(mails) {}
  std::size_t read(char* buffer, std::size_t size) override {
    if (at_ == block_.size()) {
      if (left_ == 0) return 0;
      --left_;
      at_ = 0;
    }
    const std::size_t got = std::min(size, block_.size() - at_);
    block_.copy(buffer, got, at_);
    at_ += got;
    return got;
  }
  std::uint64_t stored_bytes_read() const override { return 0; }

private:
  std::string block_ = k_separator + mail("", "Large") + std::string(1u << 20, 'x') + "\n\n";
  std::size_t at_ = block_.size();
  std::size_t left_;
};

} // namespace

TEST_CASE("mails of an mbox are records with their Message-ID or number") {
  const auto reading = read(k_separator + mail("a@b", "First") + "\n" + k_separator + mail("", "Second") + "\n" +
                                "From - Tue Mar 12 08:00:01 2024\r\n" + mail("c@d", "Third"),
                            "news.mbox");
  CHECK(reading.problems.empty());
  REQUIRE(reading.articles.size() == 3);
  CHECK(reading.articles[0].location() == "news.mbox#a@b");
  CHECK(reading.articles[1].location() == "news.mbox#2");
  CHECK(reading.articles[1].title == "Second");
  CHECK(reading.articles[2].title == "Third");
  CHECK(reading.articles[2].body == k_text);
}

TEST_CASE("a sentence that begins with From is no separator") {
  CHECK(is_mbox_separator("From 17@xxx Tue Mar 12 08:00:00 +0000 2024\n"));
  CHECK(is_mbox_separator("From ana at b.example Tue Mar 12 8:00:00 2024\n"));
  CHECK_FALSE(is_mbox_separator("From Madrid comes news: Acme settles\n"));
  CHECK_FALSE(is_mbox_separator("From:\n"));
  const std::string text = k_text + "\n\nFrom Madrid comes more news.\n\n>From there to Munich.\n>>From a quote.";
  const auto reading = read(k_separator + mail("a@b", "First", text), "a.mbox");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].body.find("\n\nFrom Madrid comes") != std::string::npos);
  CHECK(reading.articles[0].body.find("\nFrom there") != std::string::npos);
}

TEST_CASE("mails that are there twice or hold no text are counted by reason") {
  std::string mbox;
  for (const std::string subject : {"One", "Two", "Three"}) mbox += k_separator + mail("a@b", subject) + "\n";
  for (int i = 0; i < 4; ++i) mbox += k_separator + mail("", "Empty", "") + "\n";
  const auto reading = read(mbox, "a.mbox");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].title == "One");
  REQUIRE(reading.problems.size() == 2);
  CHECK(reading.problems[0].where == "message 2");
  CHECK(reading.problems[0].reason == "is in the file already, by its Message-ID; read once; 1 more likewise");
  CHECK(reading.problems[1].where == "message 4");
  CHECK(reading.problems[1].reason == "is a mail without text; 3 more likewise");
}

TEST_CASE("a mail larger than an article may be costs only itself") {
  ReadOptions options;
  options.max_article_bytes = 10'000;
  const auto reading =
      read(k_separator + mail("a@b", "Large", std::string(50'000, 'x')) + "\n" + k_separator + mail("c@d", "Small"),
           "a.mbox", options);
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].title == "Small");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].where == "message 1");
}

TEST_CASE("of an mbox without end one mail at a time is held") {
  Endless stream(300); // 300 MB
  ReadOptions options;
  options.max_article_bytes = 4096;
  const auto reading = read(stream, "a.mbox", options);
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].reason.ends_with("; 299 more likewise"));
}

TEST_CASE("an mbox without mails says so") {
  CHECK(read("\n\n", "a.mbox").problems.at(0).reason == "holds no mail");
  CHECK(read("", "a.mbox").problems.at(0).reason == "the file is empty; it holds no article");
  CHECK(read(mail("a@b", "No separator above"), "a.mbox").articles.at(0).title == "No separator above");
}

TEST_CASE("mail is told by its content where the name says nothing") {
  const std::string received = "Received: from x by y;\n\tTue, 12 Mar 2024 08:00:00 +0000\n";
  CHECK(sniff_format("Return-Path: <a@b>\n" + received + mail("a@b", "One")) == Format::mail);
  CHECK(sniff_format("Date: Tue, 12 Mar 2024\nFrom: a@b\nSubject: One\n\nText") == Format::mail);
  CHECK(sniff_format(k_separator + mail("a@b", "One")) == Format::mbox);
  CHECK(sniff_format("From Madrid at 8:00 came the news\n\nthat Acme settled.") == Format::plain_text);
  CHECK(sniff_format("Subject: One\nText: two\n\nThree") == Format::plain_text);
  CHECK(sniff_format("From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nMIME-Version: 1.0\n") ==
        Format::mhtml);
  CHECK(read(received + mail("a@b", "One"), "Maildir/cur/1710230400.M1P2.host,S=123:2,S").articles.at(0).title ==
        "One");
  const std::string bytes = mail("a@b", "One");
  CHECK(read(std::to_string(bytes.size()) + "  \n" + bytes + "<?xml version=\"1.0\"?><plist/>", "1.emlx")
            .articles.at(0)
            .body == k_text);
}

TEST_CASE("damaged mailboxes are read without fault") {
  std::mt19937 random(6);
  const std::string mbox =
      k_separator + mail("a@b", "One") + "\n" + k_separator + mail("", "Two", ">From x\n" + k_text);
  for (int i = 0; i < 3000; ++i) {
    const auto reading = read(pfind::tests::mutated(mbox, random), "a.mbox");
    CHECK(reading.articles.size() <= 3);
    CHECK(reading.articles.size() + reading.problems.size() > 0);
  }
}
