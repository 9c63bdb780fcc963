#include <catch2/catch.hpp>

#include "common/entity/names_file.hpp"
#include "common/error.hpp"

using namespace pfind;

namespace {

std::string error_of(std::string_view text) {
  try {
    parse_names(text, "my.tsv");
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no error";
}

} // namespace

TEST_CASE("a names file gives entries with marked names") {
  const auto entries = parse_names("# firms\n"
                                   "company\t?Apple\tApple Computer|~AAPL\r\n"
                                   "\n"
                                   "place\tZürich\t\n",
                                   "my.tsv");
  REQUIRE(entries.size() == 2);
  CHECK(entries[0] == NamesEntry{EntityKind::company,
                                 {{"Apple", true, false}, {"Apple Computer", false, false}, {"AAPL", false, true}},
                                 2});
  CHECK(entries[1] == NamesEntry{EntityKind::place, {{"Zürich", false, false}}, 4});
}

TEST_CASE("a byte order mark, a missing last line end and repeated aliases do no harm") {
  const auto entries = parse_names("\xEF\xBB\xBFperson\tXu Ran\tRan Xu|Ran Xu|Xu Ran", "my.tsv");
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].names == std::vector<ListedName>{{"Xu Ran"}, {"Ran Xu"}});
  CHECK(parse_names("", "my.tsv").empty());
}

TEST_CASE("case variants of one alias are all kept") {
  CHECK(parse_names("company\tArm\tARM\n", "my.tsv")[0].names.size() == 2);
}

TEST_CASE("a broken names file is refused with line, reason and advice") {
  CHECK(error_of("company\tA1\nfirm\tHuawei\n") ==
        "my.tsv, line 2: unknown kind \"firm\"; write company, organization, person, place or technology");
  CHECK(
      error_of("company\tA1\norganization\tFDA\tAgency|compny:FDA\n") ==
      "my.tsv, line 2: unknown kind \"compny\" before the name \"FDA\"; write company, organization, person, place or "
      "technology");
  CHECK(error_of("organization\tFDA\tCompany:FDA\n").find("unknown kind \"Company\"") != std::string::npos);
  for (const std::string_view name : {"Re:Create", "re:Invent", "DTS:X", "note: to self", "company: to be"}) {
    INFO(name);
    CHECK(error_of("company\tAcme\t" + std::string(name) + "\n").find("before the name") == std::string::npos);
  }
  CHECK(error_of("company\n") == "my.tsv, line 1: no name; put a tab and the name behind the kind");
  CHECK(error_of("company\t \tx\n") ==
        "my.tsv, line 1: an empty name; write the name directly behind its marker, or remove the column");
  CHECK(error_of("company\tHuawei\ta||b\n").find("an empty name") != std::string::npos);
  CHECK(error_of("company\t?\n").find("no name in \"?\"") != std::string::npos);
  CHECK(error_of("company\t...\n").find("no name in \"...\"") != std::string::npos);
  CHECK(error_of("company\t??Apple\n").find("stray marker in \"??Apple\"") != std::string::npos);
  CHECK(error_of("company\tApple\t?~AAPL\n").find("stray marker in \"?~AAPL\"") != std::string::npos);
  CHECK(error_of("company\tApple\t? AAPL\n").find("no name in \"? AAPL\"") != std::string::npos);
  CHECK(error_of("company\tHuawei\ta\tb\n").find("more than three columns") != std::string::npos);
  CHECK(error_of("company\tZ\xFCrich\n").find("not UTF-8") != std::string::npos);
}

TEST_CASE("one name cannot stand for two entities of a kind") {
  CHECK(error_of("company\tFord\nplace\tFord\n") == "no error");
  CHECK(error_of("company\tFord Motor\tFord\n\ncompany\tFord Foundation\tFORD\n") ==
        "my.tsv, line 3: the company name \"FORD\" is already on line 1; leave it on one of the two");
}
