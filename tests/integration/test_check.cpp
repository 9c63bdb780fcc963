#include <catch2/catch.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <iterator>

#include "common/facet_dictionary.hpp"
#include "common/index_files.hpp"
#include "indexer/check/index_check.hpp"
#include "tests/integration/collection.hpp"

using namespace pfind;
using namespace pfind::indexer;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

const std::string k_sum{metadata::k_sum};

Xapian::WritableDatabase writable(const fs::path& index) {
  return Xapian::WritableDatabase(index_files::generation(index, index_files::live_generation(index).value()).string(),
                                  Xapian::DB_OPEN);
}

std::string entry(const fs::path& index, const std::string& key) {
  const Xapian::WritableDatabase database = writable(index);
  return database.get_metadata(key);
}

/// Sets an entry as damage does: the sum does not follow.
void damage(const fs::path& index, const std::string& key, const std::function<std::string(std::string)>& change) {
  Xapian::WritableDatabase database = writable(index);
  database.set_metadata(key, change(database.get_metadata(key)));
  database.commit();
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void overwrite(const fs::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

std::vector<std::string> damages(const fs::path& index) {
  std::vector<std::string> all;
  check_index(checked_generation(index),
              {.damage = [&](const Damage& found) { all.push_back(found.where + ": " + found.what); }}, {});
  return all;
}

const std::vector<std::string> k_found{"what is remembered of files, folders and names: is not what was written"};

/// "Munich" becomes "munich", which is the same name, written otherwise: nothing else tells which is right.
std::string with_another_letter(std::string names) {
  names.at(names.find('M')) = 'm';
  return names;
}

} // namespace

TEST_CASE("a block that cannot be read is damage wherever it lies, and no other version's index") {
  Collection collection;
  std::string words;
  for (int i = 0; i < 3000; ++i) words += fmt::format("word{} ", i);
  collection.write("a.txt", article_text("One", words));
  collection.update();
  const fs::path table = index_files::generation(collection.index(), 1) / "postlist.glass";
  const std::string sound = bytes_of(table);
  constexpr std::size_t k_block = 8192;
  std::size_t found = 0;
  for (std::size_t at = 0; at < sound.size(); at += k_block) {
    CAPTURE(at);
    overwrite(table, std::string(sound).replace(at, k_block, k_block, '\0'));
    std::vector<std::string> wrong;
    CHECK_NOTHROW(wrong = damages(collection.index()));
    found += wrong.empty() ? 0 : 1;
  }
  CHECK(found > 5); // some blocks are not used
}

TEST_CASE("a letter that changed in the name of a facet value is found, until the index is made anew") {
  Collection collection;
  collection.write("a.txt", article_text("One"));
  collection.write("b.txt", article_text("Two"));
  collection.update();
  CHECK(damages(collection.index()).empty());

  damage(collection.index(), FacetDictionary::block_key(Field::place, 0), with_another_letter);
  CHECK(damages(collection.index()) == k_found);
  collection.remove("b.txt");
  collection.update();
  CHECK(damages(collection.index()) == k_found);
  collection.rebuild();
  CHECK(damages(collection.index()).empty());
}

TEST_CASE("the sum over the metadata follows every change, however the index is filled") {
  Collection collection;
  collection.fill_by(GENERATE(Builder::bulk, Builder::xapian));
  const std::string long_text = "royalties for patents on the fourth generation of mobile networks";
  collection.write("a.txt", article_text("One", long_text));
  collection.write("copy.txt", article_text("One", long_text));
  collection.update();
  CHECK(is_summed(collection.index()));
  collection.write("well-known.txt", article_text("Three", "a well-known licence"));
  collection.update();
  CHECK(is_summed(collection.index()));
  collection.remove("a.txt"); // so that its copy comes out of hiding
  collection.update();
  CHECK(is_summed(collection.index()));
  collection.rebuild();
  CHECK(is_summed(collection.index()));
}

TEST_CASE("an index from before there was a sum gets one when it is written to, and not before") {
  Collection collection;
  collection.write("a.txt", article_text("One"));
  collection.update();
  damage(collection.index(), k_sum, [](const std::string&) { return ""; });
  CHECK(damages(collection.index()).empty());
  collection.update();
  CHECK(entry(collection.index(), k_sum).empty());
  collection.write("b.txt", article_text("Two"));
  collection.update();
  CHECK(is_summed(collection.index()));
}
