#include <catch2/catch.hpp>

#include "common/entity/looked_for.hpp"

using namespace pfind;

namespace {

const std::string k_shipped = "company\tSamsung\tSamsung Electronics|~SSNLF\n"
                              "company\t?Orange\tFrance Telecom\n"
                              "place\tBerlin\n";

std::string found(std::string_view user) {
  return to_names_file(looked_for(parse_names(k_shipped, "shipped"), parse_names(user, "user")));
}

} // namespace

TEST_CASE("what only arranges names that are found anyway is not looked for") {
  CHECK(found("company\tSamsung Group\tSamsung|~SSNLF\n") == "company\tSamsung Group\n");
  CHECK(found("company\tSamsung Group\t~Samsung|~SSNLF\n") == "company\t~Samsung\ncompany\tSamsung Group\n");
  CHECK(found("company\tSamsung\tSamsung Electronics\n").empty());
  CHECK(found("company\tFrance Telecom\t?Orange\n").empty());
  CHECK(found("!company\tSamsung\n!company\tNobody\n").empty());
  CHECK(found("organization\tKorea Inc\tcompany:Samsung\n") == "organization\tKorea Inc\n");
  CHECK(found("company\tSamsung\t~000830\n").empty());
}

TEST_CASE("new names, other markers, other writings, split names and those of two kinds are looked for") {
  CHECK(found("company\tAcme\t?Acme Works\n") == "company\tAcme\ncompany\t?Acme Works\n");
  CHECK(found("company\tOrange\n") == "company\tOrange\n");
  CHECK(found("company\tSAMSUNG\n") == "company\tSAMSUNG\tSamsung\n");
  CHECK(found("company\tSamsung Electronics\n") == "company\tSamsung Electronics\n");
  CHECK(found("!company\tSamsung Electronics\n") == "company\tSamsung Electronics\n"); // to be told from Samsung
  CHECK(found("organization\tBerlin\n") == "organization\tBerlin\n");
  CHECK(found("company\tACME\tAcme\n") == "company\tACME\tAcme\n");
}

TEST_CASE("two sets of names differ by what is found otherwise") {
  const auto shipped = parse_names(k_shipped, "shipped");
  const Catalog a(shipped, parse_names("company\tAcme\n", "a"));
  const Catalog b(shipped, parse_names("company\t?Acme\ncompany\tBolt\n", "b"));
  CHECK(found_differently(a, a).empty());
  CHECK(to_names_file(found_differently(a, b)) == "company\tAcme\ncompany\tAcme\ncompany\tBolt\n");
}
