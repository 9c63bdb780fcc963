#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <iterator>

#include "common/block_sums.hpp"
#include "common/facet_dictionary.hpp"
#include "common/glass_key.hpp"
#include "common/index_files.hpp"
#include "indexer/check/index_check.hpp"
#include "indexer/check/salvage.hpp"
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

/// What of the articles in such files is told as lost, where those that are not are no others than they were.
std::vector<std::string> lost_of(const Collection& collection, const std::string& wanted) {
  std::vector<std::string> names;
  const auto is_wanted = [&](const std::string& file) { return file.ends_with(wanted); };
  salvage(index_files::generation(collection.index(), 1), is_wanted,
          {.article = [&](const Article& article) { CHECK(is_wanted(article.path)); },
           .lost = [&](const std::string& name) { names.push_back(name); }},
          {});
  return names;
}

/// An article and a copy of it, which stands for itself in the metadata only.
class WithCopy : public Collection {
public:
  WithCopy() {
    const std::string text = article_text("One", "royalties for patents on the fourth generation of mobile networks");
    write("a.txt", text);
    write("copy.txt", text);
    update();
    const Xapian::WritableDatabase database = writable(index());
    const std::string family{metadata::k_copy};
    key_ = *database.metadata_keys_begin(family);
  }

  fs::path generation() const { return index_files::generation(index(), 1); }

  void damage_copy() const { damage(index(), key_, with_another_last_byte); }

  /// Has the entry of the copy stand under another key.
  void damage_key() {
    Xapian::WritableDatabase database = writable(index());
    const std::string text = database.get_metadata(key_);
    database.set_metadata(key_, "");
    for (std::size_t i = key_.size() / 2; i < key_.size(); ++i) key_[i] = key_[i] == 'e' ? 'd' : 'e';
    database.set_metadata(key_, text);
    database.commit();
  }

  std::vector<std::string> lost(const std::string& wanted) const { return lost_of(*this, wanted); }

private:
  static std::string with_another_last_byte(std::string text) {
    text.back() = static_cast<char>(text.back() ^ 1);
    return text;
  }

  std::string key_;
};

using Strings = std::vector<std::string>;

} // namespace

TEST_CASE("a damaged copy of an article is lost where its file is out of reach, and only there") {
  WithCopy collection;
  const std::string place = (collection.folder() / "copy.txt").string();
  CHECK(collection.lost("copy.txt").empty());
  SECTION("its text") {
    collection.damage_copy();
    CHECK(collection.lost("copy.txt") == Strings{"a copy of an article"});
    CHECK(collection.lost("a.txt").empty());
  }
  SECTION("its key") {
    collection.damage_key();
    CHECK(collection.lost("copy.txt") == Strings{"a copy of an article, " + place});
    CHECK(collection.lost("a.txt").empty());
  }
  SECTION("both, so that it may be of any file") {
    collection.damage_copy();
    collection.damage_key();
    CHECK(collection.lost("copy.txt") == Strings{"a copy of an article"});
    CHECK(collection.lost("a.txt") == Strings{"a copy of an article"});
  }
  SECTION("both, and the record of its file") {
    collection.damage_copy();
    collection.damage_key();
    damage(collection.index(), fit_term(metadata::k_file, place), [](const std::string&) { return "damaged"; });
    CHECK(collection.lost("copy.txt") == Strings{"a copy of an article"});
  }
  CHECK(collection.lost("no file").empty());
}

TEST_CASE("an article of which only the stored text is left is lost where its file is out of reach, and only there") {
  Collection collection;
  collection.write("a.txt", article_text("One"));
  collection.update();
  Xapian::WritableDatabase database = writable(collection.index());
  Xapian::Document document = database.get_document(1);
  document.clear_values();
  document.clear_terms();
  database.replace_document(1, document);
  database.set_metadata(fit_term(metadata::k_file, (collection.folder() / "a.txt").string()), "");
  database.commit();
  database.close();
  CHECK(lost_of(collection, "a.txt") == Strings{"article 1"});
  CHECK(lost_of(collection, "no file").empty());
}

TEST_CASE("of an index that cannot be opened at all no copies are said to be lost") {
  const WithCopy collection;
  const fs::path version = collection.generation() / "iamglass";
  constexpr std::size_t k_level = 34; // of the first table's root, above two bits of flags
  std::string bytes = bytes_of(version);
  overwrite(version, bytes.replace(k_level, 1, 1, char{20 << 2}));
  CHECK(collection.lost("copy.txt").empty());
}

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

TEST_CASE("articles that stand in a damaged block are named and not read, and the others are sound") {
  Collection collection;
  constexpr int articles = 60;
  for (int i = 0; i < articles; ++i) {
    std::string text = "royalties for patents on mobile networks";
    for (int word = 0; word < 100; ++word) text += fmt::format(" word{}", i * 37 % 59 * word);
    collection.write(fmt::format("{}.txt", i), article_text(fmt::format("Title {}", i), text));
  }
  collection.update();
  const auto [file, part] =
      GENERATE(table<std::string, std::string>({{"termlist", "list of words"}, {"position", "order of words"}}));
  const fs::path path = index_files::generation(collection.index(), 1) / (file + ".glass");
  std::string bytes = bytes_of(path);
  constexpr std::size_t block = 8192;
  constexpr std::size_t header = 11; // the directory follows, which leads to what the block has
  REQUIRE(bytes.size() > 3 * block);
  std::fill_n(bytes.begin() + header, 20, '\x77');
  overwrite(path, bytes);
  const Strings found = damages(collection.index());
  const auto is_in_block = [&](const std::string& damage) {
    return damage.ends_with(": its " + part + " stands in a block that is not what was written");
  };
  const auto named = std::ranges::count_if(found, is_in_block);
  CAPTURE(found);
  CHECK(named > 0);
  if (file != "position") CHECK(named < articles); // the first words are in all articles
  CHECK(std::ranges::any_of(found, [&](const std::string& damage) {
    return damage == "the tables: block 0 of " + file + ".glass is not what was written";
  }));
  CHECK(std::ranges::none_of(found, [&](const std::string& damage) {
    return damage.find(".txt: ") != std::string::npos && !is_in_block(damage);
  }));
}

TEST_CASE("an update that comes to damage says so, and leaves the index as it was") {
  Collection collection;
  for (int i = 0; i < 60; ++i)
    collection.write(fmt::format("{}.txt", i), article_text(fmt::format("Title {}", i), "royalties for patents"));
  collection.update();
  const fs::path database = index_files::generation(collection.index(), 1);
  std::string key;
  glass::put_sortable_number(key, 60); // beside which the next article goes
  const fs::path path = database / "docdata.glass";
  const std::string bytes = bytes_of(path);
  constexpr std::size_t block = 8192;
  const auto damage_block = [&](std::size_t number) {
    std::string damaged = bytes;
    damaged[(number + 1) * block - 30] ^= 1; // of a stored text
    overwrite(path, damaged);
  };
  const auto is_of_last = [&](std::size_t number) {
    damage_block(number);
    const auto found = glass::damaged_blocks(database);
    return !found.empty() && found.front().keys.has(key);
  };
  std::size_t number = 0;
  while (!is_of_last(number)) ++number;
  collection.write("more.txt", article_text("Another title", "royalties for patents"));
  const std::string before = bytes_of(database / "iamglass");
  CHECK_THROWS_WITH(collection.update(), Catch::Matchers::Contains("--repair"));
  CHECK(bytes_of(database / "iamglass") == before);
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
  collection.fill_by(GENERATE(Builder::bulk, Builder::xapian, Builder::none));
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
