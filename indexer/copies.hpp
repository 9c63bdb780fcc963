#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "common/article.hpp"

/// Which articles of a collection are copies of one, which of them is shown, and what the document of that one says of
/// the others (DocumentBuilder::set_copies writes it). All of it depends on the articles alone, not on their order nor
/// on how they came: pure functions, which whatever writes an index goes by.
///
/// Two articles are copies of one where
///  - their texts are the same, letter for letter and digit for digit (text::wording), and long enough to tell: one
///    under any headline and date, a shorter one under the same headline, a short one under the same headline on the
///    same day; or
///  - they lie at the same address and have the same headline.
///
/// What many have in common is no evidence: a text under more headlines than an article has is that of a notice on
/// every page, an address with more texts or days than an article has is that of a page which changes. What is a copy
/// of a copy is a copy.
namespace pfind::indexer {

inline constexpr std::size_t k_text_alone = 1000;     ///< letters of a text that tells by itself
inline constexpr std::size_t k_text_with_title = 400; ///< of one that tells together with the headline
inline constexpr std::size_t k_text_with_day = 100;   ///< of one that tells together with headline and day
inline constexpr std::size_t k_title_letters = 12;    ///< of a headline that tells together with an address
inline constexpr std::size_t k_most_titles = 5;       ///< under which one text counts whatever the headline
inline constexpr std::size_t k_most_texts = 5;        ///< that one address and headline may have
inline constexpr std::size_t k_most_days = 2; ///< likewise; two, since days differ by the zone they are given in

/// What of an article decides of which others it is a copy, and whether it is shown. Digests have 12 characters.
struct ArticleCopy {
  Appearance place;
  std::string text_key;    ///< shared by those whose text may make them copies; empty where it cannot
  std::string address_key; ///< shared by those whose address may; empty where it cannot
  std::string title;       ///< digest of the headline's wording; empty where there is none
  std::string body;        ///< digest of the text's wording
  int day = 0;             ///< of publication, YYYYMMDD; 0 where it is unknown
  std::size_t letters = 0; ///< of the text
  std::size_t known = 0;   ///< how many fields are known
};

ArticleCopy copy_of(const Article& article);

/// The keys of an article that are not empty. Only articles that share one can be copies.
std::vector<std::string> keys_of(const ArticleCopy& copy);

/// Puts articles into groups of copies; an article without any is a group. Each group names members by their place in
/// `articles`, the one shown first, the others by location. Groups are those of the whole collection wherever
/// `articles` holds, for each of its keys, all articles that have it.
///
/// Shown is the one with the longest text, of these the one with the most fields known, of these the first by location.
std::vector<std::vector<std::size_t>> groups_of(std::span<const ArticleCopy> articles);

/// The outlets of a group, that of the one shown first, each once.
std::vector<std::string> outlets_of(const ArticleCopy& shown, std::span<const ArticleCopy> others);

/// The terms of an article by which it is found and compared: where it is, its file, its address, its keys.
std::vector<std::string> identity_terms(const ArticleCopy& copy);

/// The metadata key under which an article that is not shown is kept, as `encode` writes it.
std::string copy_key(const ArticleLocation& location);

/// The beginning of those keys that all articles of a file have in common, and no others.
std::string copy_key_prefix(const std::string& path);

} // namespace pfind::indexer
