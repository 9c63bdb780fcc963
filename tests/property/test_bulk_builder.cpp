#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <string>
#include <unordered_set>

#include "common/glass_format.hpp"
#include "indexer/bulk/database_builder.hpp"
#include "tests/property/document_draw.hpp"
#include "tests/support/database_contents.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/trials.hpp"

using namespace pfind;
using pfind::tests::DatabaseContents;
using Draw = pfind::tests::DocumentDraw;
using pfind::tests::TempDir;

namespace {

using Documents = std::map<Xapian::docid, Xapian::Document>;

/// What was put can be read back in between.
void check_data(const Documents& documents, bulk::DatabaseBuilder& builder) {
  std::unordered_set<Xapian::docid> asked{documents.rbegin()->first + 5}; // not there
  std::map<Xapian::docid, std::string> expected;
  for (const auto& [number, document] : documents) {
    asked.insert(number);
    if (std::string data = document.get_data(); !data.empty()) expected.emplace(number, std::move(data));
  }
  const auto found = builder.data_of(asked); // nothing where that would take too much memory
  CHECK((!found || *found == expected));
}

/// How many entries the tables have whose entries do not depend on who made them.
std::vector<std::uint64_t> entries_in(const std::filesystem::path& database) {
  const auto version = glass::read_version(database);
  REQUIRE(version);
  std::vector<std::uint64_t> entries;
  for (const auto table : {glass::Table::docdata, glass::Table::termlist, glass::Table::position})
    entries.push_back(version->root(table).entries);
  return entries;
}

/// A collection as the bulk builder and as Xapian itself makes it.
class Pair {
public:
  void build(Draw& draw) {
    bulk::DatabaseBuilder builder(bulk_.path(), draw.one_in(3) ? std::size_t{1} << 24 : 2000 + draw.below(60000));
    const Documents documents = put_documents(draw, builder);
    Xapian::WritableDatabase ordinary(ordinary_.path().string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    for (const auto& [number, document] : documents) ordinary.replace_document(number, document);
    const std::map<std::string, std::string> metadata = draw.metadata();
    for (const auto& [key, text] : metadata) ordinary.set_metadata(key, text);
    ordinary.commit();
    builder.finish(metadata);
  }

  void check() const {
    const Xapian::Database built(bulk_.path().string());
    const Xapian::Database ordinary(ordinary_.path().string());
    CHECK(DatabaseContents::difference(DatabaseContents(built), DatabaseContents(ordinary)) == "");
    CHECK(tests::faults_of(bulk_.path().string()) == tests::faults_of(ordinary_.path().string()));
    CHECK(entries_in(bulk_.path()) == entries_in(ordinary_.path()));
  }

  /// Compares what queries find, and how they rank it.
  void check_queries(Draw& draw) const {
    for (int i = 0; i < 5; ++i) {
      const Xapian::Query query = random_query(draw);
      CHECK(found(bulk_, query) == found(ordinary_, query));
    }
  }

  /// Has Xapian change both in the same way.
  void change(Draw& draw) {
    Xapian::WritableDatabase built(bulk_.path().string(), Xapian::DB_OPEN | Xapian::DB_NO_SYNC);
    Xapian::WritableDatabase ordinary(ordinary_.path().string(), Xapian::DB_OPEN | Xapian::DB_NO_SYNC);
    const std::vector<Xapian::docid> documents(ordinary.postlist_begin(""), ordinary.postlist_end(""));
    for (const Xapian::docid number : documents) {
      if (draw.one_in(3)) {
        built.delete_document(number);
        ordinary.delete_document(number);
      } else if (draw.one_in(3)) {
        const Xapian::Document document = draw.document();
        built.replace_document(number, document);
        ordinary.replace_document(number, document);
      }
    }
    for (std::size_t i = draw.below(8); i > 0; --i) {
      const Xapian::Document document = draw.document();
      CHECK(built.add_document(document) == ordinary.add_document(document));
    }
    built.set_metadata("changed", "yes");
    ordinary.set_metadata("changed", "yes");
    built.commit();
    ordinary.commit();
  }

private:
  /// Encodes a document, of which the encoder is perhaps given some words one by one.
  static bulk::EncodedDocument encoded(Draw& draw, bulk::DocumentEncoder& encoder, Xapian::Document& document) {
    const auto rest = Xapian::Document::unserialise(document.serialise()); // copies share what they hold
    for (std::size_t left = draw.one_in(3) ? 0 : draw.below(40); left > 0; --left) {
      const std::string& term = draw.vocabulary()[draw.below(draw.vocabulary().size())];
      const auto position = static_cast<Xapian::termpos>(1 + draw.below(50));
      document.add_posting(term, position);
      encoder.add_posting(term, position);
    }
    return encoder.take(rest);
  }

  /// Some are replaced and removed again; returns those that stay.
  static Documents put_documents(Draw& draw, bulk::DatabaseBuilder& builder) {
    bulk::DocumentEncoder encoder;
    Documents documents;
    Xapian::docid last = 0;
    for (std::size_t left = draw.below(draw.one_in(10) ? 300 : 25); left > 0; --left) {
      last += draw.gap();
      documents[last] = draw.document();
      builder.put(last, encoded(draw, encoder, documents[last]));
      if (draw.one_in(6)) check_data(documents, builder);
      if (!draw.one_in(4)) continue;
      const Xapian::docid other =
          std::next(documents.begin(), static_cast<std::ptrdiff_t>(draw.below(documents.size())))->first;
      if (draw.one_in(3) && other != last) { // so that the last one stays the last
        documents.erase(other);
        builder.remove(other);
      } else {
        documents[other] = draw.document();
        builder.put(other, encoded(draw, encoder, documents[other]));
      }
    }
    return documents;
  }

  static Xapian::Query random_query(Draw& draw) {
    const auto term = [&] { return Xapian::Query(draw.vocabulary()[draw.below(draw.vocabulary().size())]); };
    const std::vector<Xapian::Query> terms{term(), term(), term()};
    const Xapian::valueno slot = draw.slots()[draw.below(draw.slots().size())];
    switch (draw.below(6)) {
    case 0: return {Xapian::Query::OP_AND, terms[0], terms[1]};
    case 1:
      if (!draw.far()) return {Xapian::Query::OP_PHRASE, terms.begin(), terms.end(), 20};
      break;
    case 2:
      if (!draw.far()) return {Xapian::Query::OP_NEAR, terms.begin(), terms.end(), 500};
      break;
    case 3:
      if (!draw.sparse()) return {Xapian::Query::OP_AND_NOT, Xapian::Query::MatchAll, terms[0]};
      break;
    case 4:
      if (!draw.sparse()) return {Xapian::Query::OP_VALUE_GE, slot, draw.bytes(1)};
      break;
    default: break;
    }
    return {Xapian::Query::OP_OR, terms.begin(), terms.end()};
  }

  static std::string found(const TempDir& path, const Xapian::Query& query) {
    const Xapian::Database database(path.path().string());
    Xapian::Enquire enquire(database);
    enquire.set_query(query);
    const Xapian::MSet matches = enquire.get_mset(0, 1000);
    std::string text = fmt::format("{} between {} and {}:", query.get_description(), matches.get_matches_lower_bound(),
                                   matches.get_matches_upper_bound());
    for (auto match = matches.begin(); match != matches.end(); ++match)
      text += fmt::format(" {} ({})", *match, match.get_weight());
    return text;
  }

  TempDir bulk_;
  TempDir ordinary_;
};

} // namespace

TEST_CASE("the bulk builder makes the database that Xapian makes, and one that Xapian changes alike") {
  for (unsigned seed = 0; seed < tests::trials(200U); ++seed) {
    INFO("seed " << seed);
    Draw draw(seed);
    Pair pair;
    pair.build(draw);
    pair.check();
    pair.check_queries(draw);
    if (seed % 3 != 0) continue;
    for (int round = 0; round < 2; ++round) {
      pair.change(draw);
      pair.check();
    }
    pair.check_queries(draw);
  }
}

TEST_CASE("long posting lists and value lists of the bulk builder, from many runs, are Xapian's") {
  const TempDir bulk_path;
  const TempDir ordinary_path;
  bulk::DatabaseBuilder builder(bulk_path.path(), std::size_t{1} << 20);
  bulk::DocumentEncoder encoder;
  Xapian::WritableDatabase ordinary(ordinary_path.path().string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
  Draw draw(1);
  Xapian::docid number = 0;
  for (int i = 0; i < 20000; ++i) {
    number += 1 + (draw.one_in(50) ? static_cast<Xapian::docid>(draw.below(1000)) : 0);
    Xapian::Document document;
    document.set_data(draw.bytes(draw.below(200)));
    document.add_posting("all", static_cast<Xapian::termpos>(1 + draw.below(100)));
    document.add_term(std::string(245, 'l'), static_cast<Xapian::termcount>(draw.below(1000)));
    if (draw.one_in(2)) document.add_posting("half", 1 + static_cast<Xapian::termpos>(draw.below(100)));
    document.add_boolean_term(fmt::format("Q{}", i));
    document.add_value(1, std::to_string(i));
    if (draw.one_in(3)) document.add_value(2, draw.bytes(draw.below(300)));
    builder.put(number, encoder.take(document));
    ordinary.replace_document(number, document);
  }
  builder.finish({});
  ordinary.commit();
  CHECK(DatabaseContents::difference(DatabaseContents(Xapian::Database(bulk_path.path().string())),
                                     DatabaseContents(Xapian::Database(ordinary_path.path().string()))) == "");
  CHECK(tests::faults_of(bulk_path.path().string()) == "");
}

TEST_CASE("documents that are changed after others were put take their places in large tables") {
  for (unsigned seed = 0; seed < tests::trials(10U); ++seed) {
    INFO("seed " << seed);
    Draw draw(seed);
    const TempDir bulk_path;
    const TempDir ordinary_path;
    bulk::DatabaseBuilder builder(bulk_path.path(), draw.one_in(2) ? std::size_t{1} << 24 : std::size_t{1} << 18);
    bulk::DocumentEncoder encoder;
    Documents documents;
    const auto put = [&](Xapian::docid number, std::size_t longest) {
      Xapian::Document document;
      document.set_data(draw.bytes(draw.one_in(40) ? draw.below(40'000) : draw.below(longest)));
      for (std::size_t terms = draw.below(60); terms > 0; --terms)
        document.add_boolean_term(draw.bytes(1 + draw.below(60)));
      if (draw.one_in(3)) document.add_value(static_cast<Xapian::valueno>(draw.below(4)), "value");
      builder.put(number, encoder.take(document));
      documents[number] = document;
    };
    const Xapian::docid gap = draw.one_in(2) ? 1 : 2; // so that there may be place for others
    const Xapian::docid last = 1000 * gap;
    for (Xapian::docid number = gap; number <= last; number += gap) put(number, 800);
    for (std::size_t round = draw.below(6); round > 0; --round) { // some neighbours go, or are others
      if (draw.one_in(2)) check_data(documents, builder);
      const auto first = static_cast<Xapian::docid>(1 + draw.below(last));
      const auto end = static_cast<Xapian::docid>(first + (draw.one_in(2) ? draw.below(4) : draw.below(500)));
      const bool go = draw.one_in(2);
      const std::size_t longest = draw.one_in(2) ? 1 : 3000;
      for (Xapian::docid number = first; number < std::min(end, last); ++number) {
        if (!go) {
          put(number, longest);
        } else {
          documents.erase(number);
          builder.remove(number);
        }
      }
    }
    builder.finish({});
    Xapian::WritableDatabase ordinary(ordinary_path.path().string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    for (const auto& [number, document] : documents) ordinary.replace_document(number, document);
    ordinary.commit();
    const auto check = [&] {
      const Xapian::Database built(bulk_path.path().string());
      CHECK(DatabaseContents::difference(DatabaseContents(built), DatabaseContents(ordinary)) == "");
      CHECK(tests::faults_of(bulk_path.path().string()) == "");
      CHECK(entries_in(bulk_path.path()) == entries_in(ordinary_path.path()));
    };
    check();
    Xapian::WritableDatabase built(bulk_path.path().string(), Xapian::DB_OPEN | Xapian::DB_NO_SYNC);
    for (const auto& [number, document] : documents) {
      if (!draw.one_in(5)) continue;
      built.delete_document(number);
      ordinary.delete_document(number);
      if (draw.one_in(2)) CHECK(built.add_document(document) == ordinary.add_document(document));
    }
    built.commit();
    ordinary.commit();
    check();
  }
}

TEST_CASE("the bulk builder leaves nothing but the database") {
  const TempDir dir;
  bulk::DatabaseBuilder builder(dir.path(), 4000);
  bulk::DocumentEncoder encoder;
  Draw draw(2);
  for (Xapian::docid number = 1; number <= 50; ++number) builder.put(number, encoder.take(draw.document()));
  CHECK(std::filesystem::exists(dir.path() / "run-0"));
  builder.finish({});
  for (const auto& entry : std::filesystem::directory_iterator(dir.path())) {
    const std::string name = entry.path().filename().string();
    CHECK((name == "iamglass" || name.ends_with(".glass")));
  }
}
