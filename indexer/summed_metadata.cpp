#include "indexer/summed_metadata.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <xxhash.h>

#include "common/index_files.hpp"

namespace pfind::indexer {
namespace {

const std::string k_key{metadata::k_sum};
constexpr int k_hexadecimal = 16;

std::uint64_t summand(std::string_view key, std::string_view text) {
  if (text.empty() || key == k_key) return 0;
  return XXH3_64bits_withSeed(text.data(), text.size(), XXH3_64bits(key.data(), key.size()));
}

std::string to_text(std::uint64_t sum) { return fmt::format("{:016x}", sum); }

} // namespace

std::string metadata_sum(const std::map<std::string, std::string>& entries) {
  std::uint64_t sum = 0;
  for (const auto& [key, text] : entries) sum += summand(key, text);
  return to_text(sum);
}

std::string metadata_sum(const Xapian::Database& database) {
  std::uint64_t sum = 0;
  for (auto key = database.metadata_keys_begin(); key != database.metadata_keys_end(); ++key)
    sum += summand(*key, database.get_metadata(*key));
  return to_text(sum);
}

void SummedMetadata::set(const std::string& key, const std::string& text) {
  const std::string old = database_.get_metadata(key);
  if (old == text) return;
  database_.set_metadata(key, text);
  difference_ += summand(key, text) - summand(key, old);
  is_changed_ = true;
}

void SummedMetadata::settle() {
  if (!is_changed_) return;
  const std::string before = database_.get_metadata(k_key);
  // One that damage made another one stays wrong, so that the damage is found after this too.
  const std::string now = before.empty() ? metadata_sum(database_)
                                         : to_text(std::strtoull(before.c_str(), nullptr, k_hexadecimal) + difference_);
  database_.set_metadata(k_key, now);
  cancel();
}

void SummedMetadata::cancel() {
  difference_ = 0;
  is_changed_ = false;
}

} // namespace pfind::indexer
