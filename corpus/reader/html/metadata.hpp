#pragma once

#include <string>
#include <vector>

#include "corpus/reader/html/content.hpp"

namespace pfind::corpus::html {

/// What a page says about its article.
struct Metadata {
  std::string title;
  bool title_is_headline = false; ///< JSON-LD calls it that
  bool is_article = false;        ///< by JSON-LD, OpenGraph or microdata
  std::string url;
  std::string outlet;
  std::string language; ///< as the page writes it
  std::string id;
  std::string description;
  std::string body; ///< as the page's data holds it
  std::vector<std::string> authors;
  std::vector<std::string> dates; ///< of publication as written, the most trustworthy first
};

/// Reads JSON-LD, then OpenGraph and the other meta elements, then what elements are marked as, then the page's title.
/// Of the marked elements, those in other `parts` of the page than the article's are not looked at.
Metadata read_metadata(const Tree& tree, const Parts& parts);

/// A page's title without the name of the site: "Headline | Daily" -> "Headline".
std::string without_site_name(const std::string& title, const std::string& outlet);

} // namespace pfind::corpus::html
