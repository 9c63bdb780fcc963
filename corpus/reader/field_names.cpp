#include "corpus/reader/field_names.hpp"

#include <array>

namespace pfind::corpus {
namespace {

struct FieldNames {
  std::string_view field; ///< as `ReadOptions::json_fields` calls it
  std::array<std::string_view, 12> names;
};

constexpr std::array k_fields{
    FieldNames{"title", {"title", "headline", "head", "name", "subject"}},
    FieldNames{"body",
               {"text", "body", "content", "articleBody", "article", "maintext", "full_text", "content_text",
                "content_html", "description", "summary"}},
    FieldNames{"date",
               {"date", "published", "datePublished", "date_published", "publishedAt", "published_at", "pubDate",
                "date_publish", "published_date", "pub_date", "timestamp", "created_at"}},
    FieldNames{"url", {"url", "link", "canonical_url", "canonical", "permalink", "source_url"}},
    FieldNames{"outlet",
               {"source", "outlet", "publisher", "site", "site_name", "publication", "domain", "source_domain"}},
    FieldNames{"author", {"author", "authors", "byline", "creator", "by"}},
    FieldNames{"id", {"id", "_id", "guid", "uuid", "docid", "doc_id"}},
    FieldNames{"language", {"language", "lang", "inLanguage", "locale"}},
};

} // namespace

std::vector<std::string_view> names_of_field(std::string_view field, const ReadOptions& options) {
  std::vector<std::string_view> names;
  if (const auto own = options.json_fields.find(std::string(field)); own != options.json_fields.end()) {
    names.assign(own->second.begin(), own->second.end());
  }
  for (const FieldNames& row : k_fields) {
    if (row.field != field) continue;
    for (const std::string_view name : row.names) {
      if (!name.empty()) names.push_back(name);
    }
  }
  return names;
}

} // namespace pfind::corpus
