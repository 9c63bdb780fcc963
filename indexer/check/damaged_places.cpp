#include "indexer/check/damaged_places.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "common/codec.hpp"
#include "common/glass_key.hpp"

namespace pfind::indexer {

using glass::Table;

std::string DamagedPlaces::message_of(const glass::DamagedBlock& block) {
  std::string message;
  codec::put_number(message, static_cast<std::uint64_t>(block.table));
  codec::put_number(message, block.number);
  codec::put_text(message, block.keys.first);
  codec::put_number(message, block.keys.end ? 1 : 0);
  codec::put_text(message, block.keys.end.value_or(""));
  return message;
}

void DamagedPlaces::add(std::string_view message) {
  glass::DamagedBlock block;
  block.table = static_cast<Table>(codec::take_number(message));
  block.number = codec::take_number(message);
  block.keys.first = codec::take_text(message);
  if (codec::take_number(message) == 1) block.keys.end = codec::take_text(message);
  blocks_.push_back(std::move(block));
}

bool DamagedPlaces::have(Table table, std::string_view key) const {
  return std::ranges::any_of(
      blocks_, [&](const glass::DamagedBlock& block) { return block.table == table && block.keys.has(key); });
}

bool DamagedPlaces::have_terms_of(Xapian::docid article) const {
  std::string key;
  glass::put_sortable_number(key, article);
  return have(Table::termlist, key) || have(Table::termlist, key + '\0'); // its slots
}

bool DamagedPlaces::have_positions_of(const Xapian::Document& article) const {
  const auto is_of_positions = [](const glass::DamagedBlock& block) { return block.table == Table::position; };
  if (std::ranges::none_of(blocks_, is_of_positions)) return false;
  std::string key;
  for (auto term = article.termlist_begin(); term != article.termlist_end(); ++term) {
    key.clear();
    glass::put_escaped(key, *term);
    key += '\0';
    glass::put_sortable_number(key, article.get_docid());
    if (have(Table::position, key)) return true;
  }
  return false;
}

} // namespace pfind::indexer
