// The tables of postings and positions of an index, written over in places: reading them ends, with Xapian's error or
// with articles in increasing order. An input is a list of places to write over: table, offset (2 bytes), number of
// bytes, the bytes.
#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>
#include <xapian.h>

#include "searcher/postings/positions.hpp"
#include "searcher/postings/posting_list.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::searcher;
using pfind::fuzz::require;

namespace {

constexpr unsigned k_articles = 1200; // so that frequent words have several chunks, and trees two levels
constexpr int k_block_size = 2048;
constexpr std::array k_tables{"postlist.glass", "position.glass"};

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// An index and what its tables are like.
class Tables {
public:
  Tables() {
    Xapian::WritableDatabase database(path().string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC, k_block_size);
    for (unsigned i = 1; i <= k_articles; ++i) {
      Xapian::Document document;
      document.add_posting("the", 1);
      document.add_posting("the", i % 11 + 3);
      if (i % 3 != 0) document.add_posting("patent", i % 7 + 2);
      if (i % 100 == 0) document.add_posting("rare", 2);
      database.add_document(document);
    }
    database.commit();
    for (const char* table : k_tables) whole_.push_back(content_of(path() / table));
    written_ = whole_;
  }

  std::filesystem::path path() const { return directory_.path() / "index"; }

  /// Makes the tables what they were, with what the input writes over.
  void damage(std::string_view input) {
    std::vector<std::string> tables = whole_;
    while (input.size() > 4) {
      std::string& table = tables[static_cast<unsigned char>(input[0]) % tables.size()];
      const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(input[i])); };
      const std::size_t at = (byte(1) << 8 | byte(2)) % table.size();
      const std::size_t size = std::min({byte(3), input.size() - 4, table.size() - at});
      table.replace(at, size, input.substr(4, size));
      input.remove_prefix(4 + std::min(byte(3), input.size() - 4));
    }
    for (std::size_t i = 0; i < tables.size(); ++i) {
      if (tables[i] != written_[i]) write(path() / k_tables[i], tables[i]);
    }
    written_ = std::move(tables);
  }

private:
  static void write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }

  pfind::tests::TempDir directory_;
  std::vector<std::string> whole_;
  std::vector<std::string> written_;
};

void read_all(const PostingLists& lists, const std::string& term) {
  PostingList list(lists, term);
  Xapian::docid last = 0;
  do {
    for (const Xapian::docid article : list.articles()) {
      require(article > last, "articles come in increasing order");
      last = article;
    }
    require(list.articles().size() == list.counts().size(), "each has its count");
  } while (list.next());
}

void leap(const PostingLists& lists, const std::string& term) {
  PostingList list(lists, term);
  for (Xapian::docid wanted = 1; wanted < k_articles && list.skip_to(wanted); wanted += 500)
    require(!list.articles().empty() && list.articles().back() >= wanted, "it stands at the article, or behind it");
}

template <typename Use>
void unless_damaged(Use&& use) {
  try {
    use();
  } catch (const Xapian::Error&) { // as promised
  }
}

} // namespace

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static Tables tables;
  static const Xapian::Database database(tables.path().string()); // opened while they were whole
  tables.damage(pfind::fuzz::text_of(data, size));
  const PostingLists lists(database, tables.path());
  require(lists.table() != nullptr && lists.positions() != nullptr, "the files are read, not Xapian asked");
  for (const std::string term : {"", "the", "patent", "rare", "absent"}) {
    unless_damaged([&] { read_all(lists, term); });
    unless_damaged([&] { leap(lists, term); });
  }
  unless_damaged([&] { article_lengths(lists); });
  unless_damaged([&] {
    PhraseFinder phrase(*lists.positions(), rarest_first({"the", "patent"}, lists));
    for (Xapian::docid article = 1; article <= k_articles; article += 11) phrase.begins_in(article);
  });
  return 0;
}
