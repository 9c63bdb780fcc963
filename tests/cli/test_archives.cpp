#include "tests/support/archive_file.hpp"
#include "tests/support/pdf_file.hpp"
#include "workspace.hpp"

using namespace pfind::tests;

namespace {

const std::string k_acme = "Acme licenses its modem patents to Borealis\n\nThe two companies settled every dispute.\n";
const std::string k_wire = R"({"id": "w1", "title": "Corvid sues Delphin", "body": "Over batteries, in Munich."}
{"id": "w2", "title": "Corvid withdraws", "body": "Delphin pays for the batteries."}
)";

} // namespace

TEST_CASE("articles of an archive are indexed, found, shown and brought up to date") {
  const Workspace user;
  user.article("deals.zip",
               archive_of({{"2024/acme.txt", k_acme}, {"../wire.jsonl", k_wire}, {"notes/", "", AE_IFDIR}}));
  check_run(user.pindex({"articles"}), 0,
            "3 added, 0 changed, 0 removed, 0 unchanged, 0 skipped; 3 articles in the index\n", "");
  check_run(user.pfind({"--format", "paths", "borealis"}), 0, user.at("articles/deals.zip") + "\n", "");
  const RunResult text = user.pfind({"batteries", "sues"});
  CHECK(text.out.find("articles/deals.zip#wire.jsonl#w1\n") != std::string::npos);
  const RunResult shown = user.pfind({"--show", user.at("articles/deals.zip#2024/acme.txt")});
  CHECK(shown.status == 0);
  CHECK(shown.out.find("settled every dispute") != std::string::npos);
  CHECK(user.pfind({"--show", user.at("articles/deals.zip#wire.jsonl#w2")}).out.find("Delphin pays") !=
        std::string::npos);
  check_run(user.pindex({}), 0, "0 added, 0 changed, 0 removed, 3 unchanged, 0 skipped; 3 articles in the index\n", "");

  user.article("deals.zip", archive_of({{"2024/acme.txt", k_acme + "Again.\n"}, {"wire.jsonl", k_wire}}));
  check_run(user.pindex({}), 0, "0 added, 1 changed, 0 removed, 2 unchanged, 0 skipped; 3 articles in the index\n", "");
  user.article("deals.zip", archive_of({{"wire.jsonl", k_wire}}));
  check_run(user.pindex({}), 0, "0 added, 0 changed, 1 removed, 2 unchanged, 0 skipped; 2 articles in the index\n", "");
}

TEST_CASE("names in an archive that lead elsewhere are shown as what they are") {
  const Workspace user;
  user.article("deals.tar", archive_of({{"../../etc/passwd", k_acme}}, k_tar));
  user.pindex({"articles"});
  const RunResult found = user.pfind({"borealis"});
  CHECK(found.out.find("articles/deals.tar#etc/passwd\n") != std::string::npos);
}

TEST_CASE("archives come from standard input, too") {
  const Workspace user;
  for (const Packing& packing : {k_zip, k_tar, k_tar_gz, k_7z}) {
    CAPTURE(packing.format, packing.filter);
    user.article("packed", archive_of({{"wire.jsonl", k_wire}}, packing));
    const RunResult file = user.shell("pindex --print - < articles/packed");
    CHECK(file.err.empty());
    CHECK(file.out.find(R"("title":"Corvid withdraws")") != std::string::npos);
    CHECK(user.shell("cat articles/packed | pindex --print -").out == file.out);
    CHECK(user.shell("(head -c 10 > head; cat) < articles/packed > tail; cat head tail | pindex --print -").out ==
          file.out);
  }
}

TEST_CASE("an index of archives does not depend on the number of threads") {
  const Workspace user;
  std::vector<Member> members;
  for (int i = 0; i < 300; ++i)
    members.push_back(
        {"page" + std::to_string(i) + ".txt", "Deal number " + std::to_string(i) + " of Acme\n\n" +
                                                  std::string(static_cast<std::size_t>(i * 13 % 700), 'x')});
  user.article("deals.tar", archive_of(members, k_tar));
  for (Member& member : members) member.content += " again"; // or they were copies
  user.article("more.zip", archive_of(members, k_zip));
  for (const std::string jobs : {"1", "4"})
    CHECK(user.pindex({"--index", "index" + jobs, "-j", jobs, "articles"}).status == 0);
  const std::vector<std::string> query{"--format", "jsonl", "--limit", "1000", "--sort", "newest", "acme"};
  const auto results = [&](const std::string& jobs) {
    std::vector<std::string> arguments{"--index", "index" + jobs};
    arguments.insert(arguments.end(), query.begin(), query.end());
    return user.pfind(arguments).out;
  };
  CHECK(std::ranges::count(results("1"), '\n') == 600);
  CHECK(results("1") == results("4"));
}

TEST_CASE("a file that breaks its reader is named, and the others are indexed") {
  const Workspace user;
  user.article("acme.txt", k_acme);
  std::string cut = archive_of({{"wire.jsonl", k_wire}, {"b.txt", k_acme + std::string(5000, 'x')}}, k_tar);
  cut.resize(3000);
  user.article("cut.tar", cut);
  user.article("broken.pdf", "%PDF-1.4 and nothing else");
  user.article("scan.pdf", PdfFile().bytes());
  const RunResult result = user.pindex({"articles"});
  CHECK(result.status == 0);
  CHECK(result.out == "3 added, 0 changed, 0 removed, 0 unchanged, 3 skipped; 3 articles in the index\n");
  CHECK(result.err.find("skipped " + user.at("articles/broken.pdf") +
                        ": the PDF document is damaged beyond reading\n") != std::string::npos);
  CHECK(result.err.find("skipped " + user.at("articles/scan.pdf") + ": the PDF document holds images only") !=
        std::string::npos);
  CHECK(result.err.find("skipped " + user.at("articles/cut.tar") + ": the archive is damaged or cut short") !=
        std::string::npos);
}

TEST_CASE("without the program that reads archives they are tried again by the next run") {
  const Workspace user;
  user.article("deals.zip", archive_of({{"acme.txt", k_acme}}));
  user.article("wire.jsonl", k_wire);
  std::filesystem::copy_file(PFIND_TESTS_PINDEX, user.home() / "pindex");
  const RunResult lone = user.shell("./pindex articles");
  CHECK(lone.status == 0);
  CHECK(lone.out == "2 added, 0 changed, 0 removed, 0 unchanged, 1 skipped; 2 articles in the index\n");
  CHECK(lone.err.find("pindex-reader, the program that reads it, is neither at " + user.at("pindex-reader")) !=
        std::string::npos);
  check_run(user.pindex({}), 0, "1 added, 0 changed, 0 removed, 2 unchanged, 0 skipped; 3 articles in the index\n", "");
}

TEST_CASE("a PDF document is indexed as an article") {
  const Workspace user;
  PdfFile pdf;
  pdf.text(72, 80, "Acme licenses modem patents to Borealis", 20);
  pdf.lines(
      72, 120,
      {"The two companies settled every dispute about cellu-", "lar modems on 12 March 2024, they said in Munich."});
  user.article("release.pdf", pdf.bytes());
  check_run(user.pindex({"articles"}), 0,
            "1 added, 0 changed, 0 removed, 0 unchanged, 0 skipped; 1 article in the index\n", "");
  check_run(user.pfind({"--format", "paths", "cellular modems"}), 0, user.at("articles/release.pdf") + "\n", "");
}
