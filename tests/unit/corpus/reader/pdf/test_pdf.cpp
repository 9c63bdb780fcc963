#include <catch2/catch.hpp>

#include "../reading.hpp"
#include "corpus/reader/pdf/pdf.hpp"
#include "tests/support/archive_file.hpp"
#include "tests/support/pdf_file.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::corpus;
using namespace pfind::tests;

namespace {

/// An article of one page, as a press office would set it.
PdfFile release() {
  PdfFile pdf;
  pdf.text(72, 80, "Acme licenses modem patents", 22).text(72, 106, "to Borealis for ten years", 22);
  pdf.text(72, 130, "By Ana Ruiz");
  pdf.lines(72, 160,
            {"MUNICH, 12 March 2024 - Acme Semiconductor has licensed its patents on cellu-",
             "lar modems to Borealis Networks. The agreement ends a dispute over cross-",
             "licensing that had occupied courts in three countries for many years now."});
  pdf.lines(72, 210,
            {"Terms were not disclosed. Both sides said that they would dismiss all of their",
             "pending cases within a month, and that cross-licensing talks would go on."});
  return pdf;
}

pfind::Article only_article(const Reading& reading) {
  REQUIRE(reading.articles.size() == 1);
  return reading.articles.front();
}

std::string only_problem(const Reading& reading) {
  REQUIRE(reading.problems.size() == 1);
  return reading.problems.front().reason;
}

} // namespace

TEST_CASE("the article of a PDF document") {
  const Reading reading = read(release().bytes(), "release.pdf");
  const pfind::Article article = only_article(reading);
  CHECK(reading.problems.empty());
  CHECK(article.title == "Acme licenses modem patents to Borealis for ten years");
  CHECK(article.authors == std::vector<std::string>{"Ana Ruiz"});
  REQUIRE(article.date);
  CHECK(to_iso(*article.date) == "2024-03-12");
  CHECK(article.language == "en");
  CHECK(article.location() == "release.pdf");
  CHECK(article.body ==
        "MUNICH, 12 March 2024 - Acme Semiconductor has licensed its patents on cellular modems to Borealis Networks. "
        "The agreement ends a dispute over cross-licensing that had occupied courts in three countries for many years "
        "now.\n\n"
        "Terms were not disclosed. Both sides said that they would dismiss all of their pending cases within a month, "
        "and that cross-licensing talks would go on.");
}

TEST_CASE("PDF documents are told by their content and read from files, streams and archives") {
  const std::string bytes = release().bytes();
  const std::string body = only_article(read(bytes, "no-name")).body;
  const TempDir dir;
  const std::string path = dir.write("release.html", bytes);
  CHECK(only_article(read(*open_file(path), path)).body == body);
  const pfind::Article member = only_article(read(archive_of({{"2024/release.pdf", bytes}}), "a.zip"));
  CHECK(member.body == body);
  CHECK(member.location() == "a.zip#2024/release.pdf");
  CHECK(only_article(read("junk before it\n" + bytes, "release.pdf")).body == body);
}

TEST_CASE("columns of a PDF page are read one after the other") {
  PdfFile pdf;
  pdf.text(72, 80, "Two columns about one deal", 20);
  pdf.lines(72, 120,
            {"Acme said on Tuesday that it would", "buy Borealis for two billion dollars,",
             "the largest purchase it ever made.", "Its board agreed to the price and",
             "shareholders are to vote in June of"});
  pdf.lines(330, 120,
            {"this year, at a meeting in Munich.", "Regulators have yet to be asked for",
             "their consent, which may take until", "winter. Rivals were quick to call",
             "the deal a threat to competition."});
  CHECK(
      only_article(read(pdf.bytes(), "a.pdf")).body ==
      "Acme said on Tuesday that it would buy Borealis for two billion dollars, the largest purchase it ever made. Its "
      "board agreed to the price and shareholders are to vote in June of this year, at a meeting in Munich. Regulators "
      "have yet to be asked for their consent, which may take until winter. Rivals were quick to call the deal a threat "
      "to competition.");
}

TEST_CASE("page headers, footers and numbers are dropped") {
  PdfFile pdf;
  const std::vector<std::string> subjects{"courts", "markets", "engineers", "regulators", "investors"};
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    if (i > 0) pdf.page();
    pdf.text(72, 30, "The Harbour Ledger, 5 March 2024", 8);
    pdf.text(300, 770, std::to_string(i + 1), 8);
    if (i == 0) pdf.text(72, 80, "What the settlement means", 20);
    pdf.lines(
        72, 120,
        {"What " + subjects[i] + " make of the settlement is told on this page, and it is", "no surprise to anyone."});
  }
  const pfind::Article article = only_article(read(pdf.bytes(), "a.pdf"));
  CHECK(article.title == "What the settlement means");
  CHECK(article.body.find("Ledger") == std::string::npos);
  CHECK(article.body.find_first_of("12345") == std::string::npos);
  for (const std::string& subject : subjects) CHECK(article.body.find("What " + subject) != std::string::npos);
  REQUIRE(article.date); // which the header knew
  CHECK(to_iso(*article.date) == "2024-03-05");
}

TEST_CASE("what a PDF document says of itself counts where it is sensible") {
  PdfFile plain;
  plain.lines(
      72, 100,
      {"There is a text of some length on this page and it is all of one size,", "so that nothing tells a headline."});
  plain.say("CreationDate", "D:20230102233000Z").say("Author", "Ana Ruiz");
  PdfFile titled = plain;
  titled.say("Title", "Acme and Borealis settle");
  const pfind::Article good = only_article(read(titled.bytes(), "a.pdf"));
  CHECK(good.title == "Acme and Borealis settle");
  CHECK(good.authors == std::vector<std::string>{"Ana Ruiz"});
  REQUIRE(good.date);
  CHECK(to_iso(*good.date) == "2023-01-02");
  PdfFile draft = plain;
  draft.say("Title", "Microsoft Word - settlement final v2.doc");
  CHECK(only_article(read(draft.bytes(), "a.pdf")).title != "Microsoft Word - settlement final v2.doc");
  PdfFile account = release().say("Author", "admin01").say("Title", "Template for everything we write");
  const pfind::Article article = only_article(read(account.bytes(), "a.pdf"));
  CHECK(article.title == "Acme licenses modem patents to Borealis for ten years");
  CHECK(article.authors == std::vector<std::string>{"Ana Ruiz"});
}

TEST_CASE("where the fields of a PDF document come from is noted") {
  MemoryStream stream(std::string_view{});
  const std::string bytes = PdfFile()
                                .lines(72, 100, {"There is a text of some length on this page and no date is in it."})
                                .say("CreationDate", "D:20230102120000Z")
                                .bytes();
  stream = MemoryStream(bytes);
  std::string sources;
  read_articles(stream, "a.pdf", {},
                {.article = [](const pfind::Article&) {},
                 .problem = [](const Problem&) {},
                 .notes =
                     [&](const pfind::Article&, const ReadingNotes& notes) {
                       for (const FieldEvidence& field : notes.fields)
                         sources += field.field + ": " + field.source + '\n';
                     }});
  CHECK(sources.find("date: the PDF's CreationDate: when the file was made\n") != std::string::npos);
}

TEST_CASE("PDF documents without text, locked, broken") {
  CHECK(only_problem(read(PdfFile().bytes(), "a.pdf")) ==
        "the PDF document holds images only, no text; a program like ocrmypdf adds the text");
  CHECK(only_problem(read(release().lock().bytes(), "a.pdf")).starts_with("the PDF document is encrypted"));
  CHECK(only_problem(read("%PDF-1.4 and nothing else", "a.pdf")) == "the PDF document is damaged beyond reading");
}

TEST_CASE("type of no size ends the search for a headline like any other") {
  PdfText document{.info = {.pages = 1}};
  const double left = 72;
  for (const double size : {-12.0, 0.0, 12.0}) {
    PdfPage page{.width = 595, .height = 842, .words = {}};
    page.words.push_back({"Settled.", left, 400, left + 50, 412, size});
    add_page(document, page);
  }
  const pfind::Article article = parse_pdf(std::move(document), "odd.pdf").article;
  CHECK(article.title + article.body == "Settled.");
}

TEST_CASE("of a damaged PDF document the pages that are there are read") {
  PdfFile pdf = release();
  pdf.page().lines(72, 100, {"This page is not there any more."});
  std::string bytes = pdf.bytes();
  const std::size_t second = bytes.find("8 0 obj"); // with its text, and with it the table is wrong
  bytes.erase(second, bytes.find("xref\n") - second);
  const Reading reading = read(bytes, "a.pdf");
  CHECK(only_article(reading).title == "Acme licenses modem patents to Borealis for ten years");
  CHECK(reading.problems.front().indexed);
  CHECK(only_problem(reading) == "1 of its 2 pages cannot be read; the PDF document is damaged");
}
