#include <catch2/catch.hpp>

#include "corpus/reader/mail/mail.hpp"
#include "reading.hpp"
#include "tests/support/mutations.hpp"

using namespace pfind::corpus;
using pfind::Article;
using pfind::tests::read;
using namespace std::string_literals;

namespace {

const std::string k_first =
    "Acme and Bolt have agreed to license their patents to each other, both companies said on Tuesday.";
const std::string k_second =
    "The agreement covers standards for mobile networks and runs for five years, while nobody says what was paid.";
const std::string k_third =
    "Analysts had expected that a court would decide the matter, since Bolt had sued in Munich two years ago.";
const std::string k_body = k_first + "\n\n" + k_second + "\n\n" + k_third;

/// A mail with the header lines given, of today's kind but for them.
std::string mail(const std::string& header, const std::string& body) {
  return "Message-ID: <m1@news.example>\nDate: Tue, 12 Mar 2024 08:00:00 +0100\n" + header + "\n" + body;
}

std::string newsletter(const std::string& header, const std::string& body) {
  return mail("List-Unsubscribe: <https://news.example/u>\n" + header, body);
}

Article article_of(const std::string& bytes) {
  const auto reading = read(bytes, "a.eml");
  INFO((reading.problems.empty() ? "" : reading.problems[0].reason));
  REQUIRE(reading.articles.size() == 1);
  return reading.articles[0];
}

std::string only_reason(const std::string& bytes) {
  const auto reading = read(bytes, "a.eml");
  REQUIRE(reading.problems.size() == 1);
  return reading.problems[0].reason;
}

/// The pages of newsletters are tables that lay out tables.
std::string in_tables(const std::vector<std::string>& cells) {
  std::string rows;
  for (const std::string& cell : cells) rows += "<tr><td style=\"color:red\">" + cell + "</td></tr>";
  return "<html><head><title>x</title><style>td{}</style></head><body><div style=\"display:none\">A line that only the "
         "list of mails shows</div><table><tr><td><table>" +
         rows + "</table></td></tr></table></body></html>";
}

std::string html_newsletter(const std::vector<std::string>& cells) {
  return newsletter("Subject: Acme and Bolt settle\nFrom: Chip Letter <chip@news.example>\nContent-Type: "
                    "text/html; charset=utf-8\n",
                    in_tables(cells));
}

std::string paragraphs(const std::string& separator = "</p><p>") {
  return "<p>" + k_first + separator + k_second + separator + k_third + "</p>";
}

} // namespace

TEST_CASE("a newsletter is an article: subject, sender, day, Message-ID") {
  const Article article = article_of(newsletter("Subject: Acme and Bolt settle\nFrom: \"Chip Letter\" <a@b.example>\n"
                                                "Content-Language: en-GB\nArchived-At: <https://news.example/1>\n",
                                                k_body + "\n"));
  CHECK(article.title == "Acme and Bolt settle");
  CHECK(article.outlet == "Chip Letter");
  CHECK(article.authors.empty());
  CHECK(article.id == "m1@news.example");
  CHECK(article.record.empty());
  CHECK(article.url == "https://news.example/1");
  CHECK(article.language == "en");
  REQUIRE(article.date.has_value());
  CHECK(pfind::to_iso(*article.date).starts_with("2024-03-12"));
  CHECK(article.body == k_body);
}

TEST_CASE("the sender is outlet or author by what kind of mail it is") {
  const auto sender = [](const std::string& fields, const std::string& from) {
    const Article article = article_of(mail(fields + "Subject: Acme settles\nFrom: " + from + "\n", k_body));
    return (article.authors.empty() ? "" : article.authors[0]) + " @ " + article.outlet;
  };
  const std::string newsletter = "List-Unsubscribe: <https://u>\n";
  CHECK(sender(newsletter, "Chip Letter <a@b>") == " @ Chip Letter");
  CHECK(sender(newsletter, "Ana Ruiz from The Chip Letter <a@b>") == "Ana Ruiz @ The Chip Letter");
  CHECK(sender(newsletter, "Notes from Madrid <a@b>") == " @ Notes from Madrid");
  CHECK(sender(newsletter + "List-Id: Chip Letter <chip.b>\n", "Ana Ruiz <a@b>") == "Ana Ruiz @ Chip Letter");
  CHECK(sender(newsletter, "Ana Ruiz <a@b>") == "Ana Ruiz @ Ana Ruiz");
  CHECK(sender("List-Id: Patents <p.b>\nList-Post: <mailto:p@b>\n", "Ana Ruiz <a@b>") == "Ana Ruiz @ Patents");
  CHECK(sender("List-Post: <mailto:p@b>\n", "'Xu Ran' via Patents <p@b>") == "Xu Ran @ Patents");
  CHECK(sender("", "Ana Ruiz <a@b>") == "Ana Ruiz @ ");
  CHECK(sender("", "Xu Ran <a@b>") == "Xu Ran @ ");
  CHECK(sender("", "Acme Press Office <a@b>") == " @ Acme Press Office");
  CHECK(sender("", "a@b.example") == " @ ");
  CHECK(sender("", "=?iso-8859-1?Q?J=FCrgen_Gro=DF?= <a@b>") == "Jürgen Groß @ ");
}

TEST_CASE("the title is the subject without what mail programs add") {
  const auto title = [](const std::string& subject) {
    return article_of(
               mail("From: Ana Ruiz <a@b>\nList-Id: Chip Letter <chips.example>\nSubject: " + subject + "\n", k_body))
        .title;
  };
  CHECK(title("Fwd: FW: Re[2]: WG: Acme settles") == "Acme settles");
  CHECK(title("[Chip Letter] Acme settles") == "Acme settles");
  CHECK(title("Re: [chips] Re: Acme settles") == "Acme settles");
  CHECK(title("[Update] Acme settles") == "[Update] Acme settles");
  CHECK(title("Licences: what they cost") == "Licences: what they cost");
  CHECK(title("=?utf-8?B?R2Viw7xocmVu?=\n =?utf-8?Q?_f=C3=BCr_Acme?=") == "Gebühren für Acme");
  CHECK(title("Geb\xfchren f\xfcr Acme") == "Gebühren für Acme");
}

TEST_CASE("a newsletter's page gives its text without the frame") {
  const Article article = article_of(html_newsletter(
      {"<a href=x>View this email in your browser</a>", "<img src=x alt=Logo>", "<h1>Acme and Bolt settle</h1>",
       "By Ana Ruiz", paragraphs(), "<a href=x>Share</a>",
       "You are receiving this email because you signed up at news.example.",
       "Chip Letter, 12 Main Street, Springfield", "<a href=x>Unsubscribe</a> | <a href=x>Preferences</a>"}));
  CHECK(article.body == k_body);
  CHECK(article.authors == std::vector<std::string>{"Ana Ruiz"});
}

TEST_CASE("a digest of stories is one article with their headlines") {
  const Article article = article_of(html_newsletter(
      {"<a href=x>View in browser</a>", "<h3><a href=x>First: Acme settles</a></h3>",
       "<p>" + k_first + " <a href=x>Read more</a></p>", "<h3><a href=x>Second: Royalties rise</a></h3>",
       "<p>" + k_second + " <a href=x>Read more »</a></p>", "<h3><a href=x>Third: Court decides</a></h3>",
       "<p>" + k_third + "</p>", "<a href=x>Unsubscribe</a>"}));
  CHECK(article.body == "First: Acme settles\n\n" + k_first + "\n\nSecond: Royalties rise\n\n" + k_second +
                            "\n\nThird: Court decides\n\n" + k_third);
}

TEST_CASE("an article about unsubscribing stays whole") {
  const std::string about =
      "The law lets customers unsubscribe with one click, which companies such as Acme had opposed for years.";
  CHECK(article_of(newsletter("Subject: A law\nFrom: Chip Letter <a@b>\n",
                              k_first + "\n\n" + k_second + "\n\n" + about + "\n\n" + k_third + "\n\n" + k_body))
            .body.find(about) != std::string::npos);
}

TEST_CASE("of two forms of a text the page is read, unless it says much less") {
  const auto both = [](const std::string& html) {
    return mail("Subject: Acme settles\nFrom: Chip Letter <a@b>\nContent-Type: multipart/alternative; boundary=b\n",
                "--b\n\nPlain form. " + k_body + "\n--b\nContent-Type: text/html\n\n" + html + "\n--b--\n");
  };
  CHECK(article_of(both(paragraphs())).body == k_body);
  CHECK(article_of(both("<a href=x>Look at it in your browser</a>")).body == "Plain form. " + k_body);
}

TEST_CASE("flowed and wrapped lines are joined, the signature is cut off") {
  const std::string flowed =
      "Acme and Bolt have agreed to \nlicense their patents to each \nother, both companies said "
      "\non Tuesday.\n\n" +
      k_second + "\n-- \nAna\n";
  CHECK(article_of(mail("Subject: A\nFrom: a@b\nContent-Type: text/plain; format=flowed\n", flowed)).body ==
        k_first + "\n\n" + k_second);
  CHECK(article_of(mail("Subject: A\nFrom: a@b\n",
                        k_body + "\n\n--\nAna Ruiz\nMadrid\n" + std::string(40, '_') + "\nPatents mailing list\n"))
            .body == k_body);
}

TEST_CASE("in an answer what it quotes is left out, in a forward it is the text") {
  const std::string quoted = "Bo Lin wrote:\n> " + k_first + "\n> \n> " + k_second + "\n";
  CHECK(article_of(mail("Subject: Re: Acme\nFrom: a@b\n", quoted + "\n" + k_third + "\n")).body == k_third);
  CHECK(article_of(mail("Subject: Fwd: Acme\nFrom: a@b\n", "> " + k_first + "\n>\n> " + k_second + "\n")).body ==
        k_first + "\n\n" + k_second);
}

TEST_CASE("what a person sent on has the first sender, day and subject") {
  const std::string copied = "From: Tech Wire <news@wire.example>\nDate: Mon, Mar 11, 2024 at 9:15 AM\n"
                             "Subject: Bolt sues Acme\nTo: <bo@b.example>\n\n\n" +
                             k_body;
  const std::string outlook =
      "<p>FYI</p><div><p><b>From:</b> Tech Wire &lt;news@wire.example&gt;<br><b>Sent:</b> Monday, "
      "March 11, 2024 9:15 AM<br><b>To:</b> Bo<br><b>Subject:</b> Bolt sues Acme</p></div>" +
      paragraphs();
  for (const std::string& bytes :
       {mail("Subject: Fwd: look\nFrom: Bo Lin <bo@b>\n",
             "See below!\n\n---------- Forwarded message ---------\n" + copied),
        mail("Subject: FW: look\nFrom: Bo Lin <bo@b>\nContent-Type: text/html\n", outlook)}) {
    const Article article = article_of(bytes);
    CHECK(article.title == "Bolt sues Acme");
    CHECK(article.outlet == "Tech Wire");
    CHECK(article.authors.empty());
    REQUIRE(article.date.has_value());
    CHECK(article.date->day == 11);
    CHECK(article.body == k_body);
  }
}

TEST_CASE("a mail that carries another is that one") {
  const std::string inner = newsletter("Subject: Acme settles\nFrom: Chip Letter <a@b>\n", k_body);
  const Article article =
      article_of("Message-ID: <outer@b>\nSubject: Fwd: attached\nFrom: Bo Lin <bo@b>\nContent-Type: "
                 "multipart/mixed; boundary=o\n\n--o\n\nFYI\n--o\nContent-Type: message/rfc822\n\n" +
                 inner + "\n--o--\n");
  CHECK(article.title == "Acme settles");
  CHECK(article.outlet == "Chip Letter");
  CHECK(article.id == "m1@news.example");
  CHECK(article.body == k_body);
}

TEST_CASE("encodings and character sets, right, wrong and missing") {
  const std::string header = "Subject: Acme settles\nFrom: a@b\n";
  CHECK(article_of(mail(header + "Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; "
                                 "charset=iso-8859-1\n",
                        "Acme pays fees in Z=FCrich, as both companies=\n have said on Tuesday in Madrid."))
            .body == "Acme pays fees in Zürich, as both companies have said on Tuesday in Madrid.");
  CHECK(
      article_of(mail(header + "Content-Transfer-Encoding: base64\n", "QWNtZSBwYXlzIGZlZXMgaW4gWsO8cmljaC4=\n")).body ==
      "Acme pays fees in Zürich.");
  CHECK(article_of(mail(header + "Content-Transfer-Encoding: base64\n", "QWNtZSBwYXlzIGZlZXMgaW4gWsO8cmlj*")).body ==
        "Acme pays fees in Züric");
  CHECK(article_of(mail(header + "Content-Type: text/plain; charset=us-ascii\n", "Acme pays fees in Zürich.")).body ==
        "Acme pays fees in Zürich.");
  CHECK(article_of(mail(header + "Content-Type: text/plain; charset=utf-8\n", "Acme pays fees in Z\xfcrich.")).body ==
        "Acme pays fees in Zürich.");
  CHECK(article_of(mail(header + "Content-Type: text/plain; charset=\"no such set\"\n", "Acme pays fees.")).body ==
        "Acme pays fees.");
  CHECK(article_of(mail(header, "Acme\0 pays fees."s)).body == "Acme pays fees.");
}

TEST_CASE("attachments that may hold articles are named in one line") {
  const auto attached = [](const std::string& text, const std::string& parts) {
    return mail("Subject: Acme settles\nFrom: a@b\nContent-Type: multipart/mixed; boundary=b\n",
                "--b\n\n" + text + "\n" + parts + "--b--\n");
  };
  const std::string pdf = "--b\nContent-Type: application/pdf\nContent-Disposition: attachment; "
                          "filename*0*=utf-8''Geb%C3%BChren; filename*1*=.pdf\n\n%PDF\n";
  const std::string picture = "--b\nContent-Type: image/png; name=logo.png\n\nx\n";
  CHECK(read(attached(k_body, picture), "a.eml").problems.empty());
  const auto reading = read(attached(k_body, pdf + picture), "a.eml");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].indexed);
  CHECK(reading.problems[0].reason == "its attachments (Gebühren.pdf) are not read; save them as files to index them");
  CHECK(reading.articles.at(0).body == k_body);
  CHECK(only_reason(attached("", pdf)) ==
        "is a mail without text; its attachments (Gebühren.pdf) are read once they are saved as files");
}

TEST_CASE("a mail without text is one line that says so") {
  CHECK(only_reason(mail("Subject: Pictures\nFrom: a@b\nContent-Type: text/html\n", "<img src=x>")) ==
        "is a mail without text");
  CHECK(only_reason(mail("Subject: Secret\nFrom: a@b\nContent-Type: multipart/encrypted; boundary=b\n",
                         "--b\nContent-Type: application/octet-stream\n\nx\n--b--\n")) ==
        "is encrypted; decrypt it first");
  CHECK(only_reason("\0\1\2"s) == "is a mail without text");
}

TEST_CASE("without boundaries the parts are read as one text") {
  const std::string header = "Subject: Acme settles\nFrom: a@b\nContent-Type: multipart/mixed";
  for (const std::string boundary : {"", "; boundary=other"}) {
    const auto reading =
        read(mail(header + boundary + "\n", "--b1\nContent-Type: text/plain\n\n" + k_body + "\n--b1--\n"), "a.eml");
    REQUIRE(reading.articles.size() == 1);
    CHECK(reading.articles[0].body == k_body);
    REQUIRE(reading.problems.size() == 1);
    CHECK(reading.problems[0].indexed);
  }
  // The closing boundary alone is missed by nobody.
  CHECK(read(mail(header + "; boundary=b\n", "--b\n\n" + k_body), "a.eml").problems.empty());
}

TEST_CASE("parts nested or strewn without end are read as far as mails go") {
  std::string nested = "Subject: Deep\nFrom: a@b\nContent-Type: multipart/mixed; boundary=b0\n\n";
  for (int i = 0; i < 3000; ++i) {
    nested +=
        "--b" + std::to_string(i) + "\nContent-Type: multipart/mixed; boundary=b" + std::to_string(i + 1) + "\n\n";
  }
  CHECK(only_reason(nested + "--b3000\n\n" + k_body).find("parts") != std::string::npos);
  std::string many = "Subject: Many\nFrom: a@b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n" + k_body + "\n";
  for (int i = 0; i < 500'000; ++i) many += "--b\n\nx\n";
  const auto reading = read(many, "a.eml");
  CHECK(reading.articles.size() + reading.problems.size() > 0);
  std::string digest = "Subject: A digest\nFrom: a@b\nContent-Type: multipart/digest; boundary=b\n\n";
  for (int i = 0; i < 3; ++i)
    digest += "--b\n\nSubject: Part " + std::to_string(i) + "\nFrom: c@d\n\n" + k_first + "\n";
  CHECK(article_of(digest + "--b--\n").body.find("Part 2") != std::string::npos);
}

TEST_CASE("notes say which header a field was taken from and what was left out") {
  const ParsedArticle parsed = parse_mail(newsletter("Subject: Acme settles\nFrom: Chip Letter <a@b>\n",
                                                     k_body + "\n\nClick here to unsubscribe from Chip Letter.\n"));
  const auto source = [&](const std::string& field) {
    for (const auto& found : parsed.notes.fields) {
      if (found.field == field) return found.source;
    }
    return "none"s;
  };
  CHECK(source("title") == "Subject");
  CHECK(source("date") == "Date");
  CHECK(source("outlet") == "From");
  CHECK(source("id") == "Message-ID");
  REQUIRE(parsed.notes.omissions.size() == 1);
  CHECK(parsed.notes.omissions[0].reason == "the frame of a newsletter");
}

TEST_CASE("damaged mails are read without fault") {
  std::mt19937 random(5);
  const std::string bytes = newsletter(
      "Subject: =?utf-8?B?R2Viw7xocmVu?=\nFrom: \"Ana Ruiz\" <a@b>\nContent-Type: multipart/mixed; boundary=b\n",
      "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain; format=flowed; "
      "delsp=yes\n\n" +
          k_first + "\n\n--c\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n" + paragraphs() +
          "\n--c--\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\n" + k_second +
          "\n--b\nContent-Transfer-Encoding: base64\n\nQWNtZSBwYXlz\n--b--\n");
  for (int i = 0; i < 3000; ++i) {
    const auto reading = read(pfind::tests::mutated(bytes, random), "a.eml");
    CHECK(reading.articles.size() <= 1);
    CHECK(reading.articles.size() + reading.problems.size() > 0);
  }
}
