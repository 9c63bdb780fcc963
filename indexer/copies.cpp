#include "indexer/copies.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <numeric>
#include <set>
#include <string_view>

#include "common/index_files.hpp"
#include "common/schema.hpp"
#include "common/text/wording.hpp"
#include "corpus/source/digest.hpp"

namespace pfind::indexer {
namespace {

/// 72 bits of the digest of a text, as letters, digits, `-` and `_`: ten million articles have two that are the same by
/// accident once in some hundred million collections.
std::string short_digest(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const std::string digest = corpus::digest(text);
  std::string out;
  for (std::size_t i = 0; i < 9; i += 3) {
    unsigned bits = 0;
    for (std::size_t j = i; j < i + 3; ++j) bits = bits << 8 | static_cast<unsigned char>(digest[j]);
    for (int shift = 18; shift >= 0; shift -= 6) out += digits[bits >> shift & 63];
  }
  return out;
}

/// The digest of several texts.
template <typename... Texts>
std::string key(std::string_view kind, const Texts&... texts) {
  std::string all;
  all.reserve((kind.size() + ... + (1 + texts.size())));
  all = kind;
  ((all += '\n', all += texts), ...); // a wording has no line ends
  return short_digest(all);
}

bool is_counter(std::string_view parameter) {
  return parameter.starts_with("utm_") || parameter.starts_with("fbclid=") || parameter.starts_with("gclid=");
}

/// A query without the parameters that only say which way a reader came.
std::string without_counters(std::string_view query) {
  std::string kept;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    if (!parameter.empty() && !is_counter(parameter)) kept.append(kept.empty() ? "?" : "&").append(parameter);
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return kept;
}

/// What the addresses of one page have in common: host, path and query, whatever the scheme. Empty for the front page
/// of a site, which many give as the address of all their articles.
std::string plain_address(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find('#'));
  const std::string_view query = url.substr(std::min(url.find('?'), url.size()));
  url.remove_suffix(query.size());
  const std::size_t path = std::min(url.find('/'), url.size());
  std::string address;
  for (const char c : url.substr(0, path)) address += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (address.starts_with("www.")) address.erase(0, 4);
  const std::size_t host = address.size();
  address += url.substr(path);
  while (address.ends_with('/')) address.pop_back();
  if (!query.empty()) address += without_counters(query.substr(1));
  return address.size() > host ? address : std::string();
}

std::string text_key(const ArticleCopy& copy, std::string_view title, std::string_view body) {
  if (copy.letters >= k_text_alone) return key("text", body);
  if (copy.letters >= k_text_with_title && !title.empty()) return key("title text", title, body);
  if (copy.letters < k_text_with_day || title.empty()) return {};
  return key("day title text", std::to_string(copy.day), title, body);
}

std::string address_key(const Article& article, std::string_view title) {
  if (article.url.empty() || text::letters_in(title) < k_title_letters) return {};
  const std::string address = plain_address(article.url);
  return address.empty() ? std::string() : key("address title", address, title);
}

std::size_t known_fields(const Article& article) {
  std::size_t known = 0;
  for (const std::string* text : {&article.title, &article.outlet, &article.url, &article.language})
    known += text->empty() ? 0 : 1;
  known += article.authors.empty() ? 0 : 1;
  if (article.date) known += article.date->second_of_day < 0 ? 1 : 2;
  return known;
}

/// Articles joined two by two to groups.
class Joining {
public:
  explicit Joining(std::size_t articles) : next_(articles) { std::iota(next_.begin(), next_.end(), std::size_t{0}); }

  void join(const std::vector<std::size_t>& articles) {
    for (const std::size_t article : articles) next_[group(article)] = group(articles.front());
  }

  std::size_t group(std::size_t article) {
    while (next_[article] != article) article = next_[article] = next_[next_[article]];
    return article;
  }

private:
  std::vector<std::size_t> next_; // leads to the one that stands for the group
};

using Class = std::vector<std::size_t>; // articles with one key

std::map<std::string_view, Class> classes(std::span<const ArticleCopy> articles, std::string ArticleCopy::*key) {
  std::map<std::string_view, Class> by_key;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    if (!(articles[i].*key).empty()) by_key[articles[i].*key].push_back(i);
  }
  return by_key;
}

void join_by_text(std::span<const ArticleCopy> articles, const Class& same_text, Joining& groups) {
  std::map<std::string_view, Class> by_title;
  for (const std::size_t i : same_text) {
    if (!articles[i].title.empty()) by_title[articles[i].title].push_back(i);
  }
  if (by_title.size() <= k_most_titles) return groups.join(same_text);
  for (const auto& [title, same_title] : by_title) groups.join(same_title);
}

void join_by_address(std::span<const ArticleCopy> articles, const Class& same_address, Joining& groups) {
  std::set<std::string_view> texts;
  std::set<int> days;
  for (const std::size_t i : same_address) {
    texts.insert(articles[i].body);
    if (articles[i].day != 0) days.insert(articles[i].day);
  }
  if (texts.size() <= k_most_texts && days.size() <= k_most_days) groups.join(same_address);
}

/// Whether `a` rather than `b` is shown.
bool goes_before(const ArticleCopy& a, const ArticleCopy& b) {
  if (a.letters != b.letters) return a.letters > b.letters;
  if (a.known != b.known) return a.known > b.known;
  return a.place.location < b.place.location;
}

std::string key_part(std::string_view text) { return corpus::to_hex(corpus::digest(text)); }

} // namespace

ArticleCopy copy_of(const Article& article) {
  const std::string title = text::wording(article.title);
  const std::string body = text::wording(article.body);
  ArticleCopy copy{.place = {{article.path, article.record}, article.id, article.url, article.outlet},
                   .title = title.empty() ? std::string() : key("title", title),
                   .body = key("body", body),
                   .letters = text::letters_in(body),
                   .known = known_fields(article)};
  if (article.date) copy.day = (article.date->year * 100 + article.date->month) * 100 + article.date->day;
  copy.text_key = text_key(copy, title, body);
  copy.address_key = address_key(article, title);
  return copy;
}

std::vector<std::string> keys_of(const ArticleCopy& copy) {
  std::vector<std::string> keys{copy.text_key, copy.address_key};
  std::erase(keys, "");
  return keys;
}

std::vector<std::vector<std::size_t>> groups_of(std::span<const ArticleCopy> articles) {
  Joining joined(articles.size());
  for (const auto& [key, same_text] : classes(articles, &ArticleCopy::text_key))
    join_by_text(articles, same_text, joined);
  for (const auto& [key, same_address] : classes(articles, &ArticleCopy::address_key))
    join_by_address(articles, same_address, joined);
  std::map<std::size_t, std::vector<std::size_t>> by_group;
  for (std::size_t i = 0; i < articles.size(); ++i) by_group[joined.group(i)].push_back(i);
  std::vector<std::vector<std::size_t>> groups;
  for (auto& [first, members] : by_group) {
    const auto shown = std::ranges::min_element(
        members, [&](std::size_t a, std::size_t b) { return goes_before(articles[a], articles[b]); });
    std::iter_swap(members.begin(), shown);
    std::ranges::sort(members.begin() + 1, members.end(), {},
                      [&](std::size_t i) { return articles[i].place.location; });
    groups.push_back(std::move(members));
  }
  return groups;
}

std::vector<std::string> outlets_of(const ArticleCopy& shown, std::span<const ArticleCopy> others) {
  std::vector<std::string> outlets;
  std::set<std::string> keys{""};
  const auto add = [&](const ArticleCopy& copy) {
    if (keys.insert(facet_key(copy.place.outlet)).second) outlets.push_back(copy.place.outlet);
  };
  add(shown);
  for (const ArticleCopy& other : others) add(other);
  return outlets;
}

std::vector<std::string> identity_terms(const ArticleCopy& copy) {
  const Appearance& place = copy.place;
  std::vector<std::string> terms{term_for(Field::location, place.location.text()),
                                 term_for(Field::file, place.location.path)};
  if (!place.url.empty()) terms.push_back(term_for(Field::url, place.url));
  for (const std::string& key : keys_of(copy)) terms.push_back(term_for(Field::same, key));
  return terms;
}

std::string copy_key(const ArticleLocation& location) {
  return copy_key_prefix(location.path) + key_part(location.record);
}

std::string copy_key_prefix(const std::string& path) { return std::string(metadata::k_copy) + key_part(path) + '/'; }

} // namespace pfind::indexer
