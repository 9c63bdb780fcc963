#include "corpus/reader/html/page_kind.hpp"

#include <algorithm>
#include <array>

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::html {
namespace {

using namespace std::string_view_literals;

// In the form of `comparable`.
constexpr std::array k_error_titles{"404"sv,
                                    "page not found"sv,
                                    "not found"sv,
                                    "403 forbidden"sv,
                                    "access denied"sv,
                                    "access to this page has been denied"sv,
                                    "service unavailable"sv,
                                    "bad gateway"sv,
                                    "internal server error"sv,
                                    "just a moment"sv,
                                    "attention required"sv,
                                    "are you a robot"sv,
                                    "seite nicht gefunden"sv,
                                    "page introuvable"sv,
                                    "página no encontrada"sv};
constexpr std::array k_consent_titles{"before you continue"sv, "cookie consent"sv, "your privacy choices"sv,
                                      "consent"sv, "privacy settings"sv};

template <std::size_t N>
bool begins_with_one_of(std::string_view text, const std::array<std::string_view, N>& beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view b) {
    return text == b || (text.starts_with(b) && text.size() > b.size() && text[b.size()] == ' ');
  });
}

bool asks_for_password(const Tree& tree) {
  return std::ranges::any_of(tree.nodes(), [](const Node& node) {
    return node.tag() == GUMBO_TAG_INPUT && ascii_lower(node.attribute("type")) == "password";
  });
}

/// How many blocks are links that read like headlines: in lists of articles nearly all are.
std::size_t linked_headlines(const Tree& tree) {
  constexpr std::size_t fewest_words = 5;
  const auto blocks = blocks_of(tree, Parts(tree.size(), Part::article));
  return static_cast<std::size_t>(std::ranges::count_if(blocks, [](const Block& block) {
    return block.link_words >= fewest_words && block.link_words * 10 >= block.words * 9;
  }));
}

} // namespace

std::string why_no_article(const Tree& tree, const Parts& parts, const Metadata& metadata, std::string_view title,
                           std::string_view body) {
  constexpr std::size_t few_words = 60;
  constexpr std::size_t many_links = 10;
  if (metadata.is_article) return "";
  const std::size_t words = count_words(body);
  if (words >= 2 * few_words) return "";
  const std::string plain = comparable(title);
  if (begins_with_one_of(plain, k_error_titles)) return "is an error page, not an article; fetch it again or remove it";
  if (words >= few_words) return "";
  if (begins_with_one_of(plain, k_consent_titles)) {
    return "is a page that asks for consent, not an article; fetch it again or remove it";
  }
  if (asks_for_password(tree)) return "is a page to log in, not an article; fetch it again or remove it";
  const auto teasers = std::ranges::count(parts, Part::teaser);
  if (linked_headlines(tree) >= many_links || (words < few_words / 2 && teasers > 0)) {
    return "is a list of links to articles, not an article; fetch those instead";
  }
  return "";
}

} // namespace pfind::corpus::html
