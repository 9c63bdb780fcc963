#include <catch2/catch.hpp>
#include <iterator>
#include <map>

#include "indexer/segment_builder.hpp"
#include "tests/property/document_draw.hpp"
#include "tests/support/database_contents.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using indexer::SegmentBuilder;
using pfind::tests::DatabaseContents;
using pfind::tests::DocumentDraw;
using pfind::tests::TempDir;

namespace {

using Documents = std::map<Xapian::docid, Xapian::Document>;

/// One that shares nothing with it.
Xapian::Document copied(const Xapian::Document& document) {
  return Xapian::Document::unserialise(document.serialise());
}

/// Puts documents; where they may change, replaces some and removes others, though not the last. Returns those that
/// stay.
Documents put_documents(DocumentDraw& draw, SegmentBuilder& builder, bool may_change) {
  Documents documents;
  Xapian::docid last = 0;
  for (std::size_t left = draw.below(draw.one_in(10) ? 300 : 25); left > 0; --left) {
    last += draw.gap();
    documents[last] = draw.document();
    builder.put(last, copied(documents[last]));
    if (!may_change || !draw.one_in(4)) continue;
    const auto other = std::next(documents.begin(), static_cast<std::ptrdiff_t>(draw.below(documents.size())));
    if (draw.one_in(3) && other->first != last) {
      builder.remove(other->first);
      documents.erase(other);
    } else {
      other->second = draw.document();
      builder.put(other->first, copied(other->second));
    }
  }
  return documents;
}

/// Compares what the builder makes with what Xapian does when it is given the same documents one by one.
void compare(DocumentDraw& draw, bool may_change) {
  const TempDir in_segments;
  const TempDir ordinary_path;
  // From a segment for each document to one for all.
  SegmentBuilder builder(in_segments.path(), draw.one_in(4) ? 0 : std::size_t{1} << (16 + draw.below(8)));
  const Documents documents = put_documents(draw, builder, may_change);
  Xapian::WritableDatabase ordinary(ordinary_path.path().string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
  for (const auto& [number, document] : documents) ordinary.replace_document(number, document);
  const auto metadata = draw.metadata();
  for (const auto& [key, text] : metadata) ordinary.set_metadata(key, text);
  ordinary.commit();
  builder.finish(metadata);
  const Xapian::Database built(in_segments.path().string());
  CHECK(DatabaseContents::difference(DatabaseContents(built, !may_change), DatabaseContents(ordinary, !may_change)) ==
        "");
  CHECK(tests::faults_of(in_segments.path().string()) == tests::faults_of(ordinary_path.path().string()));
}

} // namespace

TEST_CASE("segments make the database that Xapian makes of the same documents one by one") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    DocumentDraw draw(seed);
    compare(draw, false);
  }
}

TEST_CASE("segments make the database that Xapian makes where documents are replaced and removed") {
  for (unsigned seed = 1000; seed < 1060; ++seed) {
    INFO("seed " << seed);
    DocumentDraw draw(seed);
    compare(draw, true);
  }
}
