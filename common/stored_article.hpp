#pragma once

#include <string>
#include <string_view>

#include "common/article.hpp"

namespace pfind {

/// An article as the index keeps it (Xapian's document data): a format byte, then every field with its length, the body
/// last.
std::string encode(const Article& article);

/// The inverse of `encode`. With `with_body` false the body, most of the text, stays empty and costs nothing.
/// Throws codec::DecodeError on bytes that `encode` did not write.
Article decode_article(std::string_view stored, bool with_body = true);

/// `decode_article` of the whole article, with the assurance that it is the one of which `content_digest` gave
/// `digest`: damage does not go unnoticed, but for that of the path. Throws codec::DecodeError where it is not.
Article decode_verified_article(std::string_view stored, std::string_view digest);

/// 16 bytes that differ whenever anything readers say about the article differs, its path aside.
std::string content_digest(const Article& article);

} // namespace pfind
