#include "indexer/named_articles.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "common/all_documents.hpp"
#include "common/schema.hpp"
#include "common/text/analyzer.hpp"

namespace pfind::indexer {
namespace {

bool is_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (byte >= 0x80 && byte < 0xE0) ||
         (byte & 0xC0) == 0x80; // of Latin, Greek and Cyrillic; Chinese words have bounds of their own
}

/// The words of a name of which the analyzer makes the same terms wherever the recognizer finds the name: those of
/// letters alone, between spaces. `AT&T` and `Kirin 9000` are written in several ways.
std::vector<std::string_view> plain_words(std::string_view name) {
  std::vector<std::string_view> words;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find(' '), name.size());
    const std::string_view word = name.substr(0, end);
    if (word.size() > 1 && std::ranges::all_of(word, is_letter)) words.push_back(word);
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return words;
}

std::vector<std::string> languages_of(const Xapian::Database& database) {
  const std::string prefix{info(Field::language).prefix};
  std::vector<std::string> languages{"en"}; // articles of unknown language are read as English
  for (auto it = database.allterms_begin(prefix); it != database.allterms_end(prefix); ++it) {
    if (std::string language = (*it).substr(prefix.size()); language != "en") languages.push_back(std::move(language));
  }
  return languages;
}

class Finder {
public:
  explicit Finder(const Xapian::Database& database) {
    for (const std::string& language : languages_of(database)) analyzers_.emplace_back(language);
  }

  Xapian::Query query(const NamesEntry& entry) {
    std::vector<Xapian::Query> any;
    for (const ListedName& name : entry.names) any.push_back(query(entry.kind, name.text));
    return {Xapian::Query::OP_OR, any.begin(), any.end()};
  }

private:
  Xapian::Query query(EntityKind kind, std::string_view name) {
    std::vector<std::string_view> words = plain_words(name);
    if (kind == EntityKind::person && !words.empty() && name.starts_with(words.front())) words.resize(1);
    if (words.empty()) return all_documents();
    std::vector<Xapian::Query> all;
    for (const std::string_view word : words) all.push_back(in_any_language(word));
    return {Xapian::Query::OP_AND, all.begin(), all.end()};
  }

  Xapian::Query in_any_language(std::string_view word) {
    std::set<std::string> terms;
    for (text::Analyzer& analyzer : analyzers_) {
      for (const text::Token& token : analyzer.analyze(word)) {
        if (token.kind != text::TokenKind::cased) terms.insert(token.term);
      }
    }
    if (terms.empty()) return all_documents();
    return {Xapian::Query::OP_OR, terms.begin(), terms.end()};
  }

  std::vector<text::Analyzer> analyzers_;
};

bool is_of_entities(std::string_view term) {
  const auto has = [&](Field field) { return term.starts_with(info(field).prefix); };
  return has(Field::form) || std::ranges::any_of(k_entity_kinds, [&](EntityKind kind) { return has(field_of(kind)); });
}

} // namespace

std::vector<Xapian::docid> find_articles_with(const std::vector<NamesEntry>& names, const Xapian::Database& database) {
  Finder finder(database);
  std::vector<Xapian::Query> any;
  for (const NamesEntry& entry : names) any.push_back(finder.query(entry));
  if (any.empty()) return {};
  Xapian::Enquire enquire(database);
  enquire.set_query({Xapian::Query::OP_OR, any.begin(), any.end()});
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  const Xapian::MSet found = enquire.get_mset(0, database.get_doccount());
  return {found.begin(), found.end()};
}

void remove_entities(Xapian::Document& document) {
  std::vector<std::string> terms;
  for (auto it = document.termlist_begin(); it != document.termlist_end(); ++it) {
    if (is_of_entities(*it)) terms.push_back(*it);
  }
  for (const std::string& term : terms) document.remove_term(term);
  for (const EntityKind kind : k_entity_kinds) {
    const Xapian::valueno slot = info(field_of(kind)).slot;
    if (!document.get_value(slot).empty()) document.remove_value(slot);
  }
}

bool says_the_same(const Xapian::Document& a, const Xapian::Document& b) {
  return std::equal(a.termlist_begin(), a.termlist_end(), b.termlist_begin(), b.termlist_end()) &&
         std::ranges::all_of(fields(), [&](const FieldInfo& field) {
           return field.slot == k_no_slot || a.get_value(field.slot) == b.get_value(field.slot);
         });
}

} // namespace pfind::indexer
