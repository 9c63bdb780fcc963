#pragma once

#include <string>
#include <variant>
#include <vector>

#include "common/schema.hpp"
#include "searcher/query/period.hpp"

namespace pfind::query {

struct Node;

/// Matches every article.
struct All {
  bool operator==(const All&) const = default;
};

/// A run of neighbouring words as typed, separated by single spaces: all of them must match, anywhere and in any order.
/// They stay one piece of text because whoever analyses it needs the neighbours (`wi fi`, languages without spaces).
/// It need not hold a word at all (`&`, `?!`): then it asks for nothing.
struct Text {
  std::string text;
  Field field = Field::body; ///< body or title
  bool required = false;     ///< AND stands beside it: needed where other words of a long query are not

  bool operator==(const Text&) const = default;
};

/// Words at consecutive positions; with `exact`, in exactly this spelling.
struct Phrase {
  std::string text; ///< what stood between the quotes; may hold any punctuation, or no word at all
  bool exact = false;
  Field field = Field::body; ///< body or title

  bool operator==(const Phrase&) const = default;
};

/// One word in exactly this spelling: no stem, no other form.
struct Exact {
  std::string word;
  Field field = Field::body; ///< body or title

  bool operator==(const Exact&) const = default;
};

/// Words of a pattern: `*` stands for any characters or none, `?` for one. Holds at least one wildcard and one other
/// character, and never two `*` in a row.
struct Wildcard {
  std::string pattern;
  Field field = Field::body; ///< body or title

  bool operator==(const Wildcard&) const = default;
};

/// All operands occur, in any order, within `distance` + number of operands - 1 consecutive positions.
/// At least two operands, each a Text of one word as typed, a Phrase, an Exact, a Wildcard, or an Or of these.
struct Near {
  int distance = 0; ///< 1..k_max_distance
  std::vector<Node> operands;

  bool operator==(const Near& other) const;
};

/// All operands stand in one sentence, in any order; the headline is a sentence of its own. At least two operands, as
/// in Near.
struct Sentence {
  std::vector<Node> operands;

  bool operator==(const Sentence& other) const;
};

/// The operand is mentioned at least `count` times in headline and text together, in any of its forms.
struct AtLeast {
  int count = 0;             ///< 1..k_max_mentions
  std::vector<Node> operand; ///< exactly one, such as Near may have

  bool operator==(const AtLeast& other) const;
};

/// Every operand matches; one that holds only negations means everything but these. Two operands at least, none an And
/// or an All, no Text beside another Text of the same field but where one is required.
struct And {
  std::vector<Node> operands;

  bool operator==(const And& other) const;
};

/// At least one operand matches. Two operands at least, none an Or.
struct Or {
  std::vector<Node> operands;

  bool operator==(const Or& other) const;
};

/// Everything but what the operand matches.
struct Not {
  std::vector<Node> operand; ///< exactly one, never a Not

  bool operator==(const Not& other) const;
};

/// Articles that have at least one of the values, written as typed, in a facet or id field.
struct Filter {
  Field field{};
  std::vector<std::string> values; ///< at least one, none empty

  bool operator==(const Filter&) const = default;
};

/// What a query asks for, before any database, term or analysis is involved. Consumed with std::visit over `node`.
///
/// Trees are in the normal form that the parts above state. The parser and the functions below only make such trees.
struct Node {
  std::variant<All, Text, Phrase, Exact, Wildcard, Near, Sentence, AtLeast, And, Or, Not, Filter, Period> node;

  bool operator==(const Node& other) const;
};

inline constexpr int k_default_distance = 10; ///< of `NEAR` without a number
inline constexpr int k_max_distance = 1000;
inline constexpr int k_max_mentions = 1000; ///< that ATLEAST can ask for

/// Every one of `operands` in normal form: nested Ands opened, Alls dropped, neighbouring Texts of a field joined.
/// No operand at all is All.
Node all_of(std::vector<Node> operands);

/// Any of `operands` (at least one) in normal form: nested Ors opened, neighbouring Filters of a field joined.
Node any_of(std::vector<Node> operands);

/// Everything but `operand`; the negation of a negation is what it negates.
Node negation(Node operand);

/// `root` without the operands of Ands and Ors that stand there already, as far as they are no operators: saying
/// something twice asks for nothing more.
Node without_repetitions(const Node& root);

/// The nodes below an operator, in order; none below what is no operator.
const std::vector<Node>& operands_of(const Node& node);

/// The tree for a person to read: one line per node, operands indented below their operator. Ends with a line feed.
std::string to_string(const Node& root);

/// The tree in the query language: parsing it gives the same tree again, as long as the words of Texts, Exacts and
/// Wildcards hold no white space, control characters or parentheses (the parser's never do).
std::string to_query(const Node& root);

} // namespace pfind::query
