#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/article.hpp"

namespace pfind {

/// An article as the index keeps it (Xapian's document data) where it does not compress it: a format byte, then every
/// field with its length, the body last.
std::string encode(const Article& article);

/// The format byte of an article whose fields are kept as a raw deflate stream (RFC 1951), as those of most are.
/// Everything below reads articles of either format.
inline constexpr char k_deflated_article = 3;

/// The most bytes of fields that are kept deflated: more are not believed of a few bytes that may be damaged.
inline constexpr std::size_t k_most_deflated_fields = std::size_t{64} << 20;

/// A stored article as `encode` wrote it. Throws codec::DecodeError.
std::string encoded_article(std::string_view stored);

/// The inverse of `encode`. With `with_body` false the body, most of the text, stays empty. Throws
/// codec::DecodeError on bytes that are no stored article.
Article decode_article(std::string_view stored, bool with_body = true);

/// `decode_article` of the whole article, with the assurance that it is the one of which `content_digest` gave
/// `digest`: damage does not go unnoticed, but for that of the path. Throws codec::DecodeError where it is not.
Article decode_verified_article(std::string_view stored, std::string_view digest);

/// A stored article and its digest in one, for where no value holds the digest.
std::string with_digest(std::string_view stored, std::string_view digest);

/// The article of `with_digest`, verified. Throws codec::DecodeError.
Article decode_with_digest(std::string_view stored);

/// Where else a document's article was met, in the order given, as the value of Field::copies; none is the empty
/// string.
std::string encode_appearances(const std::vector<Appearance>& appearances);

/// The inverse of `encode_appearances`. Throws codec::DecodeError.
std::vector<Appearance> decode_appearances(std::string_view stored);

/// 16 bytes that differ whenever anything readers say about the article differs, its path aside.
std::string content_digest(const Article& article);

} // namespace pfind
