#include "common/stored_article.hpp"

#include <xxhash.h>

#include "common/codec.hpp"
#include "common/inflated.hpp"

namespace pfind {
namespace {

constexpr char k_format = 2;
constexpr std::uint64_t k_max_authors = 10'000;   // no article has more; a damaged count must not take the memory
constexpr int k_west = 14 * 60;                   // added to offsets from UTC, that they are stored without a sign
constexpr std::uint64_t k_max_date_part = 86'400; // one more than the last second of a day, as it is stored

void put_date(std::string& out, const std::optional<Date>& date) {
  codec::put_number(out, date ? 1 : 0);
  if (!date) return;
  for (const int part : {date->year, date->month, date->day, date->second_of_day + 1, date->utc_offset + k_west})
    codec::put_number(out, static_cast<std::uint64_t>(part));
}

std::optional<Date> take_date(std::string_view& in) {
  if (codec::take_number(in) == 0) return std::nullopt;
  Date date;
  for (int* part : {&date.year, &date.month, &date.day, &date.second_of_day, &date.utc_offset}) {
    const std::uint64_t number = codec::take_number(in);
    if (number > k_max_date_part) throw codec::DecodeError();
    *part = static_cast<int>(number);
  }
  --date.second_of_day;
  date.utc_offset -= k_west;
  if (!is_valid(date)) throw codec::DecodeError();
  return date;
}

std::string encode_content(const Article& article) {
  std::string out;
  out.reserve(article.body.size() + 512);
  for (const std::string* text :
       {&article.record, &article.id, &article.url, &article.title, &article.outlet, &article.language})
    codec::put_text(out, *text);
  codec::put_number(out, article.authors.size());
  for (const std::string& author : article.authors) codec::put_text(out, author);
  put_date(out, article.date);
  codec::put_text(out, article.body);
  return out;
}

std::string digest_of(std::string_view content) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(content.data(), content.size()));
  return {reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest};
}

/// What stands behind the format byte. `room` takes it where it is kept deflated.
std::string_view fields_of(std::string_view stored, std::string& room) {
  if (stored.empty()) throw codec::DecodeError();
  const char format = stored.front();
  stored.remove_prefix(1);
  if (format == k_format) return stored;
  if (format != k_deflated_article) throw codec::DecodeError();
  return room = inflated(stored, k_most_deflated_fields);
}

/// The article of these fields.
Article decode_fields(std::string_view fields, bool with_body) {
  Article article;
  for (std::string* text :
       {&article.path, &article.record, &article.id, &article.url, &article.title, &article.outlet, &article.language})
    *text = codec::take_text(fields);
  const std::uint64_t authors = codec::take_number(fields);
  if (authors > k_max_authors) throw codec::DecodeError();
  for (std::uint64_t i = 0; i < authors; ++i) article.authors.emplace_back(codec::take_text(fields));
  article.date = take_date(fields);
  const std::string_view body = codec::take_text(fields);
  if (with_body) article.body = body;
  return article;
}

} // namespace

std::string encode(const Article& article) {
  std::string out(1, k_format);
  codec::put_text(out, article.path);
  return out + encode_content(article);
}

std::string encoded_article(std::string_view stored) {
  std::string room;
  const std::string_view fields = fields_of(stored, room);
  return std::string(1, k_format).append(fields);
}

Article decode_article(std::string_view stored, bool with_body) {
  std::string room;
  return decode_fields(fields_of(stored, room), with_body);
}

std::string content_digest(const Article& article) { return digest_of(encode_content(article)); }

Article decode_verified_article(std::string_view stored, std::string_view digest) {
  std::string room;
  std::string_view content = fields_of(stored, room);
  Article article = decode_fields(content, true);
  codec::take_text(content); // the path
  if (digest_of(content) != digest) throw codec::DecodeError();
  return article;
}

std::string encode_appearances(const std::vector<Appearance>& appearances) {
  std::string out;
  for (const Appearance& appearance : appearances) {
    for (const std::string* text :
         {&appearance.location.path, &appearance.location.record, &appearance.id, &appearance.url, &appearance.outlet})
      codec::put_text(out, *text);
  }
  return out;
}

std::vector<Appearance> decode_appearances(std::string_view stored) {
  std::vector<Appearance> appearances;
  while (!stored.empty()) {
    Appearance& appearance = appearances.emplace_back();
    for (std::string* text :
         {&appearance.location.path, &appearance.location.record, &appearance.id, &appearance.url, &appearance.outlet})
      *text = codec::take_text(stored);
  }
  return appearances;
}

std::string with_digest(std::string_view stored, std::string_view digest) { return std::string(digest).append(stored); }

Article decode_with_digest(std::string_view stored) {
  if (stored.size() < sizeof(XXH128_canonical_t)) throw codec::DecodeError();
  return decode_verified_article(stored.substr(sizeof(XXH128_canonical_t)),
                                 stored.substr(0, sizeof(XXH128_canonical_t)));
}

} // namespace pfind
