#pragma once

#include <map>
#include <string>
#include <vector>

#include "corpus/reader/html/content.hpp"

namespace pfind::corpus::html {

/// A date of publication as a page writes it.
struct FoundDate {
  std::string text;
  std::string source; ///< in words, as FieldEvidence has it
};

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
  std::vector<std::string> named_authors;     ///< people whom elements hold that are called after authors or bylines
  std::vector<FoundDate> dates;               ///< the most trustworthy first
  std::string page_date;                      ///< of publication, as JSON-LD has it where it names no article
  std::map<std::string, std::string> sources; ///< field, as FieldEvidence calls it -> where it was found first
};

/// Reads JSON-LD, then OpenGraph and the other meta elements, then what elements are marked as, then the page's title.
/// Of the marked elements, those in other `parts` of the page than the article's are not looked at.
Metadata read_metadata(const Tree& tree, const Parts& parts);

/// A page's title without the name of the site: "Headline | Daily" -> "Headline".
std::string without_site_name(const std::string& title, const std::string& outlet);

} // namespace pfind::corpus::html
