#include "corpus/reader/stream_names.hpp"

#include <functional>
#include <string_view>
#include <utility>

#include "corpus/source/digest.hpp"

namespace pfind::corpus {
namespace {

constexpr std::size_t k_digest_bytes = 8; // of a text that has no other name

std::string text_digest(const Article& article) {
  return to_hex(std::string_view(digest(article.title + '\n' + article.body)).substr(0, k_digest_bytes));
}

/// Whether an address can tell articles apart: not that of a whole site, which careless exports give to everything.
bool is_of_an_article(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::size_t path = address.find_first_of("/?", scheme + 3);
  return path != std::string_view::npos && path + 1 < address.size();
}

} // namespace

std::string StreamNames::name(const Article& article) {
  std::string name = is_of_an_article(article.url) ? article.url : article.id;
  if (name.empty()) return text_digest(article);
  const std::hash<std::string> hash;
  const auto [known, is_new] = titles_.try_emplace(hash(name), hash(article.title));
  if (is_new || known->second == hash(article.title)) return name;
  return name + '#' + (article.id.empty() || article.id == name ? text_digest(article) : article.id);
}

ReadEvents StreamNames::named(const ReadEvents& events) {
  const auto with_name = [this](Article article) {
    article.record = name(article);
    return article;
  };
  ReadEvents named{.article = [=, &events](Article article) { events.article(with_name(std::move(article))); },
                   .problem = events.problem,
                   .notes = {},
                   .format = events.format};
  if (events.notes)
    named.notes = [=, &events](const Article& article, const ReadingNotes& notes) {
      events.notes(with_name(article), notes);
    };
  return named;
}

} // namespace pfind::corpus
