#pragma once

#include <cstdint>

#include "indexer/recognizer/word_scan.hpp"

namespace pfind::indexer {

/// What a word says about a name beside it. A word may be of several classes.
enum class WordClass : std::uint32_t {
  function_word = 1u << 0,      ///< the, in, after: capitalised only at the start of a sentence
  personal_title = 1u << 1,     ///< Mr, Dr: a person's name follows
  role = 1u << 2,               ///< president, minister, CEO: stands beside a name without being part of it
  legal_suffix = 1u << 3,       ///< Inc, Ltd
  company_context = 1u << 4,    ///< said, sued, shares: follows a company's name
  company_noun = 1u << 5,       ///< chipmaker, rival: precedes a company's name
  product = 1u << 6,            ///< Watch, Store: what follows a company's name as its product
  direction = 1u << 7,          ///< northern, central, mainland: precedes a place and leaves it one
  institution = 1u << 8,        ///< bank, university: with "of" and a place it is a name of its own
  abbreviation = 1u << 9,       ///< written with a period that ends no sentence
  calendar = 1u << 10,          ///< months and days
  article_word = 1u << 11,      ///< the, a, an
  stock_index = 1u << 12,       ///< index, average: what precedes is no company
  connector = 1u << 13,         ///< of, and, von: may stand in small letters within a name
  organization_head = 1u << 14, ///< ministry, university: the word that makes a name an organization's
  pronoun = 1u << 15,
  plain_suffix = 1u << 18,        ///< Inc, plc: a legal suffix that is no word besides
  partners = 1u << 17,            ///< & Partners, & Sons
  common_abbreviation = 1u << 16, ///< GDP, CEO: abbreviates a common noun
};

/// All classes of the word as bits.
std::uint32_t classes_of(const Word& word);

/// Whether the word is of that class.
bool is(const Word& word, WordClass which);

} // namespace pfind::indexer
