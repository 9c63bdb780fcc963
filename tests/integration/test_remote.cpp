// What ranking asks of an index, asked of a stock Xapian server: it must give the same.
#include <catch2/catch.hpp>
#include <map>
#include <xapian.h>

#include "searcher/query/builder.hpp"
#include "tests/integration/xapian_server.hpp"
#include "tests/support/sample_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

CATCH_TRANSLATE_EXCEPTION(const Xapian::Error& error) { return error.get_description(); }

namespace {

constexpr Xapian::doccount k_found = 100; // more than the samples have
constexpr unsigned k_timeout = 30'000;    // milliseconds

/// One index, opened by its files and through a server.
class Served {
public:
  Snapshot& local() { return local_; }
  const Xapian::Database& remote() const { return remote_; }

private:
  SampleIndex index_;
  Snapshot local_{{index_.path()}};
  XapianServer server_{index_.path()};
  Xapian::Database remote_ = Xapian::Remote::open("127.0.0.1", server_.port(), k_timeout, k_timeout);
};

Served& served() {
  static Served index;
  return index;
}

Xapian::MSet found(const Xapian::Database& database, const Xapian::Query& query) {
  Xapian::Enquire enquire(database);
  enquire.set_query(query);
  enquire.set_weighting_scheme(RankingModel{}.first_stage());
  return enquire.get_mset(0, k_found, k_found);
}

std::map<Xapian::docid, double> weights(const Xapian::MSet& found) {
  std::map<Xapian::docid, double> weights;
  for (auto it = found.begin(); it != found.end(); ++it) weights[*it] = it.get_weight();
  return weights;
}

BuiltQuery built(const std::string& query) {
  const auto synonyms = std::make_shared<const Synonyms>(Synonyms::shipped());
  return build_query(query::parse_query(query, k_test_today).root, served().local(), Matching::automatic,
                     synonyms.get());
}

std::vector<std::string> terms(const Xapian::Database& database, Xapian::docid article) {
  return {database.termlist_begin(article), database.termlist_end(article)};
}

} // namespace

TEST_CASE("a Xapian server finds the same articles with the same weights in the same order") {
  const std::string query =
      GENERATE("royalties", "5G cross-licensing", "Huawei Xiaomi licence", "SEP royalty", "wi fi",
               "\"patent pool\" OR \"willing licensee\"", "royalt* near/20 patent*", "title:settlement -nokia",
               "company:Huawei", "company:nokia,ericsson court date:2023..", "what does Huawei charge for 5G phones",
               "licens* germany place:Munich",
               "two companies end a dispute and grant each other "
               "licences to patents for cellular standards, the parties said on Friday");
  CAPTURE(query);
  const Xapian::Query match = built(query).match;
  const Xapian::MSet here = found(served().local().database().plain(), match);
  const Xapian::MSet there = found(served().remote(), match);
  REQUIRE_FALSE(here.empty());
  CHECK(there.get_matches_estimated() == here.get_matches_estimated());
  CHECK(std::vector<Xapian::docid>(there.begin(), there.end()) == std::vector<Xapian::docid>(here.begin(), here.end()));
  const auto weights_there = weights(there);
  for (const auto& [article, weight] : weights(here)) CHECK(weights_there.at(article) == Approx(weight));
}

TEST_CASE("a Xapian server gives what ranking reads of articles and terms") {
  const Xapian::Database& here = served().local().database().plain();
  const Xapian::Database& there = served().remote();
  CHECK(there.get_doccount() == here.get_doccount());
  CHECK(there.get_average_length() == here.get_average_length());
  CHECK(there.get_value_upper_bound(info(Field::date).slot) == here.get_value_upper_bound(info(Field::date).slot));
  for (auto it = here.postlist_begin(""); it != here.postlist_end(""); ++it) {
    CAPTURE(*it);
    const std::string text = here.get_document(*it).get_value(info(Field::forward).slot);
    CHECK_FALSE(text.empty());
    CHECK(there.get_document(*it, Xapian::DOC_ASSUME_VALID).get_value(info(Field::forward).slot) == text);
    CHECK(there.get_document(*it).get_value(info(Field::date).slot) ==
          here.get_document(*it).get_value(info(Field::date).slot));
    CHECK(terms(there, *it) == terms(here, *it));
  }
}

TEST_CASE("a Xapian server says which articles name a company") {
  const BuiltQuery query = built("Huawei");
  REQUIRE_FALSE(query.words.entities.empty());
  for (const std::string& term : query.words.entities.front().terms) {
    const auto articles = [&](const Xapian::Database& database) {
      return std::vector<Xapian::docid>(database.postlist_begin(term), database.postlist_end(term));
    };
    CHECK(articles(served().local().database().plain()).size() > 1);
    CHECK(articles(served().remote()) == articles(served().local().database().plain()));
    CHECK(served().remote().get_termfreq(term) == articles(served().remote()).size());
  }
}
