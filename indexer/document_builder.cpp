#include "indexer/document_builder.hpp"

#include <algorithm>
#include <fmt/compile.h>
#include <fmt/format.h>

#include "common/stored_article.hpp"

namespace pfind::indexer {
namespace {

/// Positions between headline and body, so that no phrase or nearness reaches from one into the other.
constexpr std::uint32_t k_gap = 1000;

/// Where all but the words of a document goes.
class Document {
public:
  explicit Document(Xapian::Document& made) : made_(&made) {}
  explicit Document(bulk::DocumentEncoder& encoder) : encoder_(&encoder) {}

  void add_filter_term(const std::string& term) const { add_term(term, 0); }

  void add_term(const std::string& term, Xapian::termcount wdf) const {
    if (encoder_ != nullptr)
      encoder_->add_term(term, wdf);
    else
      made_->add_term(term, wdf);
  }

  void add_value(Field field, std::string value) const {
    if (encoder_ != nullptr)
      encoder_->add_value(info(field).slot, std::move(value));
    else
      made_->add_value(info(field).slot, value);
  }

  void set_data(std::string data) const {
    if (encoder_ != nullptr)
      encoder_->set_data(std::move(data));
    else
      made_->set_data(data);
  }

private:
  Xapian::Document* made_ = nullptr;
  bulk::DocumentEncoder* encoder_ = nullptr; // one of the two is there
};

void add_id(Field field, std::string_view value, const Document& document) {
  if (!value.empty()) document.add_filter_term(term_for(field, value));
}

/// The terms of year, month and day, of which ranges are made, and the value that sorts: digits, so that byte order is
/// the order of time.
void add_date(const Date& date, const Document& document) {
  const std::string day = fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}"), date.year, date.month, date.day);
  const std::string_view text = day;
  add_id(Field::year, text.substr(0, 4), document);
  add_id(Field::month, text.substr(0, 7), document);
  add_id(Field::day, text, document);
  std::string value = day;
  std::erase(value, '-');
  if (const int s = date.second_of_day; s >= 0)
    value += fmt::format(FMT_COMPILE("{:02}{:02}{:02}"), s / 3600, s / 60 % 60, s % 60);
  document.add_value(Field::date, std::move(value));
}

void add_facet(Field field, std::vector<std::string> values, const Document& document, PreparedArticle& prepared) {
  std::erase_if(values, [](const std::string& value) { return facet_key(value).empty(); });
  if (values.empty()) return;
  for (const std::string& value : values) document.add_filter_term(term_for(field, facet_key(value)));
  prepared.facets.emplace_back(field, std::move(values));
}

std::vector<std::string> one_or_none(const std::string& value) {
  return value.empty() ? std::vector<std::string>{} : std::vector{value};
}

/// Removes all terms of a field.
void remove_terms(Xapian::Document& document, Field field) {
  const std::string prefix{info(field).prefix};
  std::vector<std::string> terms;
  auto term = document.termlist_begin();
  for (term.skip_to(prefix); term != document.termlist_end() && (*term).starts_with(prefix); ++term)
    terms.push_back(*term);
  for (const std::string& gone : terms) document.remove_term(gone);
}

void set_value(Xapian::Document& document, Field field, const std::string& value) {
  const Xapian::valueno slot = info(field).slot;
  if (!value.empty())
    document.add_value(slot, value);
  else if (!document.get_value(slot).empty())
    document.remove_value(slot);
}

/// The terms of the parts of the hyphenated word whose joined form is `tokens[joined]`.
std::string parts_of(const std::vector<text::Token>& tokens, std::size_t joined) {
  std::string parts =
      tokens[joined - 1].term; // the first part comes before its joined form, maybe with an acronym between
  if (tokens[joined - 1].kind == text::TokenKind::cased) parts = tokens[joined - 2].term;
  for (std::size_t i = joined + 1; i < tokens.size() && tokens[i].begin < tokens[joined].end; ++i) {
    if (tokens[i].kind == text::TokenKind::part) parts += ' ' + tokens[i].term;
  }
  return parts;
}

/// How the article writes a name, and which other names it uses for the same: one term for each, so that the index
/// itself counts the articles.
void add_forms(EntityKind kind, const NamedEntity& entity, const Document& document) {
  const std::string key = facet_key(entity.name);
  std::vector<std::string> seen;
  const auto add = [&](const std::string& text) {
    std::string form_key = facet_key(text);
    const bool is_plain = std::ranges::none_of(text, [](unsigned char c) { return c < ' '; });
    if (key.empty() || form_key.empty() || !is_plain || std::ranges::find(seen, form_key) != seen.end()) return;
    seen.push_back(std::move(form_key));
    if (const auto term = form_term({kind, key, text})) document.add_filter_term(*term);
  };
  add(entity.name);
  for (const std::string& alias : entity.aliases) add(alias);
}

void add_all_entities(const ArticleEntities& entities, const Document& document, PreparedArticle& prepared) {
  const EntitySets names = names_of(entities);
  for (const EntityKind kind : k_entity_kinds) {
    add_facet(field_of(kind), names[static_cast<std::size_t>(kind)], document, prepared);
    for (const NamedEntity& entity : entities[static_cast<std::size_t>(kind)]) add_forms(kind, entity, document);
  }
}

} // namespace

void DocumentBuilder::add_entities(const ArticleEntities& entities, PreparedArticle& prepared) {
  add_all_entities(entities, Document(prepared.document), prepared);
}

void DocumentBuilder::set_copies(std::span<const ArticleCopy> others, PreparedArticle& prepared) {
  Xapian::Document& document = prepared.document;
  for (const Field field : {Field::location, Field::file, Field::url, Field::same, Field::outlet})
    remove_terms(document, field);
  set_value(document, Field::outlet, {});
  std::erase_if(prepared.facets, [](const auto& facet) { return facet.first == Field::outlet; });
  std::vector<Appearance> places;
  for (const std::string& term : identity_terms(prepared.copy)) document.add_boolean_term(term);
  for (const ArticleCopy& other : others) {
    for (const std::string& term : identity_terms(other)) document.add_boolean_term(term);
    places.push_back(other.place);
  }
  set_value(document, Field::copies, encode_appearances(places));
  add_facet(Field::outlet, outlets_of(prepared.copy, others), Document(document), prepared);
}

text::Analyzer& DocumentBuilder::analyzer(const std::string& language) {
  return analyzers_.try_emplace(language, language).first->second;
}

/// Indexes the tokens at hand as words of a field.
void DocumentBuilder::add_words(Field field, PreparedArticle& prepared) {
  const std::string_view prefix = info(field).prefix;
  const Document document = form_ == Form::encoded ? Document(encoder_) : Document(prepared.document);
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const text::Token& token = tokens_[i];
    if (token.kind == text::TokenKind::cased) {
      if (prefix.empty()) document.add_term(term_for(Field::acronym, token.term), 1);
      continue;
    }
    term_.assign(prefix).append(token.term);
    if (form_ == Form::encoded)
      encoder_.add_posting(term_, token.position);
    else
      prepared.document.add_posting(term_, token.position);
    if (token.kind == text::TokenKind::joined && prefix.empty())
      prepared.compounds.emplace_back(token.term, parts_of(tokens_, i));
  }
}

void DocumentBuilder::add_text(const Article& article, PreparedArticle& prepared) {
  text::Analyzer& words = analyzer(article.language);
  constexpr std::uint32_t k_first_position = 1;
  words.analyze(article.title, tokens_, k_first_position);
  add_words(Field::title, prepared);
  add_words(Field::body, prepared);
  forward_.add(tokens_, true);
  const std::uint32_t title_end = tokens_.empty() ? k_first_position : tokens_.back().position + 1;
  words.analyze(article.body, tokens_, title_end + k_gap);
  add_words(Field::body, prepared);
  forward_.add(tokens_, false);
}

/// A stored article, compressed where that is shorter. Xapian would do so too, but takes ten times as long, and
/// inflates it again wherever it only looks whether its tables are sound.
std::string DocumentBuilder::compressed(const std::string& stored) {
  const std::string_view fields = std::string_view(stored).substr(1);
  std::string deflated(1, k_deflated_article);
  return fields.size() <= k_most_deflated_fields && deflater_.append(fields, deflated) ? deflated : stored;
}

PreparedArticle DocumentBuilder::build(const Article& article, const ArticleEntities& entities) {
  PreparedArticle prepared{.copy = copy_of(article), .digest = content_digest(article)};
  const Document document = form_ == Form::encoded ? Document(encoder_) : Document(prepared.document);
  const std::string stored = encode(article);
  prepared.stored_bytes = stored.size();
  document.set_data(compressed(stored));
  document.add_value(Field::digest, prepared.digest);
  for (const std::string& term : identity_terms(prepared.copy)) document.add_filter_term(term);
  if (article.date) add_date(*article.date, document);
  add_text(article, prepared);
  document.add_value(Field::forward, forward_.take());
  add_all_entities(entities, document, prepared);
  add_facet(Field::outlet, one_or_none(article.outlet), document, prepared);
  add_facet(Field::author, article.authors, document, prepared);
  add_facet(Field::language, one_or_none(article.language), document, prepared);
  if (form_ == Form::encoded) prepared.encoded = encoder_.take();
  return prepared;
}

} // namespace pfind::indexer
