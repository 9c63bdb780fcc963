#include "indexer/check/article_check.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "common/codec.hpp"
#include "common/index_files.hpp"
#include "common/stored_article.hpp"
#include "common/terminal.hpp"

namespace pfind::indexer {
namespace {

/// Whether two lists of terms agree in names, frequencies and positions; otherwise the first term that does not.
std::string first_difference(const Xapian::Document& a, const Xapian::Document& b) {
  auto x = a.termlist_begin();
  auto y = b.termlist_begin();
  while (x != a.termlist_end() && y != b.termlist_end()) {
    if (*x != *y) return std::min(*x, *y);
    const bool same = x.get_wdf() == y.get_wdf() && std::equal(x.positionlist_begin(), x.positionlist_end(),
                                                               y.positionlist_begin(), y.positionlist_end());
    if (!same) return *x;
    ++x;
    ++y;
  }
  if (x != a.termlist_end()) return *x;
  return y != b.termlist_end() ? *y : std::string();
}

bool is_entity_field(Field field) {
  return std::ranges::any_of(k_entity_kinds, [&](EntityKind kind) { return field_of(kind) == field; });
}

/// The keys of facet values, each once.
std::vector<std::string> keys_of(const std::vector<std::string>& values) {
  std::vector<std::string> keys;
  for (const std::string& value : values) {
    std::string key = facet_key(value);
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(std::move(key));
  }
  return keys;
}

/// The terms of forms of names that the document has and that belong to one of its entities.
void take_forms(const Xapian::Document& document, const std::set<std::string>& entities, Xapian::Document& expected) {
  const std::string prefix{info(Field::form).prefix};
  auto term = document.termlist_begin();
  for (term.skip_to(prefix); term != document.termlist_end() && (*term).starts_with(prefix); ++term) {
    const auto form = form_of_term(*term);
    if (form && entities.contains(term_for(field_of(form->kind), form->key))) expected.add_boolean_term(*term);
  }
}

} // namespace

ArticleCheck::ArticleCheck(const Xapian::Database& database) : database_(database) {
  for (const FieldInfo& field : fields()) {
    if (field.use != FieldUse::facet) continue;
    auto& names = dictionaries_.emplace(field.field, field.field).first->second;
    names.load([&](const std::string& key) { return database.get_metadata(key); });
  }
}

/// The keys of the values that a document has of a facet. Throws codec::DecodeError.
std::vector<std::string> ArticleCheck::keys(const Xapian::Document& document, Field field) const {
  std::vector<std::uint32_t> numbers;
  codec::decode_numbers(document.get_value(info(field).slot), numbers);
  std::vector<std::string> keys;
  for (const std::uint32_t number : numbers) keys.push_back(facet_key(dictionaries_.at(field).name(number)));
  return keys;
}

/// Adds the terms of the entities whose values the document has to what is expected of it.
void ArticleCheck::take_entities(const Xapian::Document& document, PreparedArticle& expected,
                                 std::vector<std::string>& wrong) const {
  std::set<std::string> entities;
  for (const EntityKind kind : k_entity_kinds) {
    try {
      for (const std::string& key : keys(document, field_of(kind))) entities.insert(term_for(field_of(kind), key));
    } catch (const codec::DecodeError&) {
      wrong.push_back(fmt::format("its {} values have no names", info(field_of(kind)).name));
    }
  }
  for (const std::string& term : entities) expected.document.add_boolean_term(term);
  take_forms(document, entities, expected.document);
}

/// Adds what the articles hidden behind this one give its document to what is expected of it.
void ArticleCheck::take_copies(const std::string& copies, PreparedArticle& expected,
                               std::vector<std::string>& wrong) const {
  std::vector<ArticleCopy> others;
  try {
    for (const Appearance& copy : decode_appearances(copies))
      others.push_back(copy_of(decode_with_digest(database_.get_metadata(copy_key(copy.location)))));
  } catch (const codec::DecodeError&) {
    wrong.emplace_back("a copy of it is not the one that was indexed");
  }
  DocumentBuilder::set_copies(others, expected);
}

/// Whether the index knows of which words the joined ones of an article are made.
bool ArticleCheck::knows_compounds(const PreparedArticle& expected) {
  return std::ranges::all_of(expected.compounds, [&](const auto& compound) {
    if (known_compounds_.contains(compound.first)) return true;
    if (database_.get_metadata(fit_term(metadata::k_compound, compound.first)).empty()) return false;
    known_compounds_.insert(compound.first);
    return true;
  });
}

std::vector<std::string> ArticleCheck::damages(const Xapian::Document& document) {
  Article article;
  try {
    article = decode_verified_article(document.get_data(), document.get_value(info(Field::digest).slot));
  } catch (const codec::DecodeError&) {
    return {"the stored text is not the one that was indexed"};
  }
  std::vector<std::string> wrong;
  PreparedArticle expected = builder_.build(article, {});
  if (const std::string copies = document.get_value(info(Field::copies).slot); !copies.empty())
    take_copies(copies, expected, wrong);
  take_entities(document, expected, wrong);
  if (const std::string term = first_difference(document, expected.document); !term.empty())
    wrong.push_back(fmt::format("its terms are not those of its text (\"{}\")", printable(term)));
  if (!knows_compounds(expected)) wrong.emplace_back("of which words its compounds are made is not known");
  std::map<Field, std::vector<std::string>> facets;
  for (const auto& [field, values] : expected.facets) facets[field] = keys_of(values);
  for (const FieldInfo& field : fields()) {
    if (field.slot == k_no_slot || field.use == FieldUse::period || is_entity_field(field.field)) continue;
    const std::string expected_value = expected.document.get_value(field.slot);
    try {
      const bool same = field.use == FieldUse::facet ? keys(document, field.field) == facets[field.field]
                                                     : document.get_value(field.slot) == expected_value;
      if (same) continue;
    } catch (const codec::DecodeError&) { // neither
    }
    wrong.push_back(fmt::format("its value \"{}\" is not that of its text", field.name));
  }
  return wrong;
}

} // namespace pfind::indexer
