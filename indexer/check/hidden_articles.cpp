#include "indexer/check/hidden_articles.hpp"

#include <iterator>
#include <set>

#include "common/index_files.hpp"
#include "common/schema.hpp"

namespace pfind::indexer {

HiddenArticles::HiddenArticles(const Xapian::Database& database) : database_(database) {
  const Xapian::valueno slot = info(Field::copies).slot;
  for (auto value = database.valuestream_begin(slot); value != database.valuestream_end(slot); ++value)
    add(decode_article(database.get_document(value.get_docid()).get_data(), false).path, decode_appearances(*value));
}

std::uint64_t HiddenArticles::beside_documents(const std::string& path) const {
  const auto it = beside_.find(path);
  return it == beside_.end() ? 0 : it->second;
}

std::uint64_t HiddenArticles::stored_count() const {
  const std::string prefix{metadata::k_copy};
  return static_cast<std::uint64_t>(
      std::distance(database_.metadata_keys_begin(prefix), database_.metadata_keys_end(prefix)));
}

void HiddenArticles::add(const std::string& shown, const std::vector<Appearance>& copies) {
  std::set<std::string> paths{shown};
  for (const Appearance& copy : copies) {
    ++beside_[copy.location.path];
    if (paths.insert(copy.location.path).second) --beside_[copy.location.path]; // by the document
  }
  count_ += copies.size();
}

} // namespace pfind::indexer
