#include "searcher/query/tree.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_set>
#include <utility>

#include "searcher/query/lexer.hpp"
#include "searcher/query/pasted_text.hpp"

namespace pfind::query {

// Not defaulted: clang follows the recursion of defaulted comparisons through the variant until its stack ends.
bool Near::operator==(const Near& other) const { return distance == other.distance && operands == other.operands; }
bool Sentence::operator==(const Sentence& other) const { return operands == other.operands; }
bool AtLeast::operator==(const AtLeast& other) const { return count == other.count && operand == other.operand; }
bool And::operator==(const And& other) const { return operands == other.operands; }
bool Or::operator==(const Or& other) const { return operands == other.operands; }
bool Not::operator==(const Not& other) const { return operand == other.operand; }
bool Node::operator==(const Node& other) const { return node == other.node; }

namespace {

/// One visitor of several lambdas.
template <class... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

template <class Part>
bool is(const Node& node) {
  return std::holds_alternative<Part>(node.node);
}

/// Joins the Text `next` to the last of `operands` if that is a Text of the same field.
bool join_text(std::vector<Node>& operands, const Node& next) {
  const Text* const text = std::get_if<Text>(&next.node);
  Text* const last = operands.empty() ? nullptr : std::get_if<Text>(&operands.back().node);
  if (text == nullptr || last == nullptr || text->field != last->field || text->required || last->required)
    return false;
  last->text += ' ';
  last->text += text->text;
  return true;
}

/// Adds the values of the Filter `next` to the last of `operands` if that is a Filter of the same field.
bool join_filter(std::vector<Node>& operands, Node& next) {
  Filter* const filter = std::get_if<Filter>(&next.node);
  Filter* const last = operands.empty() ? nullptr : std::get_if<Filter>(&operands.back().node);
  if (filter == nullptr || last == nullptr || filter->field != last->field) return false;
  std::ranges::move(filter->values, std::back_inserter(last->values));
  return true;
}

void append_conjunct(std::vector<Node>& operands, Node node) {
  if (And* const nested = std::get_if<And>(&node.node)) {
    for (Node& operand : nested->operands) append_conjunct(operands, std::move(operand));
  } else if (!is<All>(node) && !join_text(operands, node)) {
    operands.push_back(std::move(node));
  }
}

void append_alternative(std::vector<Node>& operands, Node node) {
  if (Or* const nested = std::get_if<Or>(&node.node)) {
    for (Node& operand : nested->operands) append_alternative(operands, std::move(operand));
  } else if (!join_filter(operands, node)) {
    operands.push_back(std::move(node));
  }
}

// --- for a person -------------------------------------------------------------------------------------------------

std::string in_field(Field field) {
  return field == Field::body ? std::string{} : fmt::format(" in {}", info(field).name);
}

std::string quoted_values(const Filter& filter) {
  std::string list;
  for (const std::string& value : filter.values) {
    if (!list.empty()) list += " or ";
    list += query::quoted(value);
  }
  return list;
}

/// The node's own line.
std::string label(const Node& node) {
  return std::visit(
      Overloaded{[](const All&) { return std::string{"everything"}; },
                 [](const Text& t) {
                   return fmt::format("{}words{}: {}", t.required ? "required " : "", in_field(t.field), t.text);
                 },
                 [](const Phrase& p) {
                   return fmt::format("{}phrase{}: {}", p.exact ? "exact " : "", in_field(p.field),
                                      query::quoted(p.text));
                 },
                 [](const Exact& e) { return fmt::format("exact word{}: {}", in_field(e.field), e.word); },
                 [](const Wildcard& w) { return fmt::format("wildcard{}: {}", in_field(w.field), w.pattern); },
                 [](const Near& n) { return fmt::format("near, within {}", n.distance); },
                 [](const Sentence&) { return std::string{"in one sentence"}; },
                 [](const AtLeast& a) { return fmt::format("at least {} times", a.count); },
                 [](const And&) { return std::string{"all of"}; }, [](const Or&) { return std::string{"any of"}; },
                 [](const Not&) { return std::string{"not"}; },
                 [](const Filter& f) { return fmt::format("{}: {}", info(f.field).name, quoted_values(f)); },
                 [](const Period& p) { return fmt::format("date: {}", to_string(p)); }},
      node.node);
}

void append_lines(std::string& out, const Node& node, std::size_t depth) {
  out.append(2 * depth, ' ');
  out += label(node);
  out += '\n';
  for (const Node& operand : operands_of(node)) append_lines(out, operand, depth + 1);
}

// --- in the query language ----------------------------------------------------------------------------------------

/// A word that stays a plain word wherever it is printed.
std::string escaped_word(std::string_view word) {
  const bool plain = !word.starts_with('-') && is_plain_word(word);
  return fmt::format("{}{}", plain ? "" : "\\", word);
}

std::string escaped_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (!out.empty()) out += ' ';
    out += escaped_word(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return out;
}

/// What matches in a text field: as it is in the body, else with the field's name, in parentheses where it is not one
/// simple word.
std::string with_field(Field field, std::string_view query, bool is_simple) {
  if (field == Field::body) return std::string{query};
  return fmt::format("{}:{}{}{}", info(field).name, is_simple ? "" : "(", query, is_simple ? "" : ")");
}

/// Whether a word can stand right behind a field's colon (`title://x` would be an address).
bool is_simple_word(std::string_view word) {
  return !word.starts_with('/') && word.find_first_of(" ,\\:") == std::string_view::npos;
}

std::string exact_word(std::string_view word) {
  const bool special = word.starts_with('=') || word.starts_with('\\') || starts_with_quote(word);
  return fmt::format("={}{}", special ? "\\" : "", word);
}

bool is_ascii_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A value that needs no quotes; those of paths and addresses always get them.
bool is_bare_value(const Filter& filter, std::string_view value) {
  constexpr std::string_view k_others = ".&+#-/";
  return info(filter.field).use != FieldUse::id && !value.empty() && is_ascii_alphanumeric(value.front()) &&
         std::ranges::all_of(
             value, [&](char c) { return is_ascii_alphanumeric(c) || k_others.find(c) != std::string_view::npos; });
}

std::string filter_query(const Filter& filter) {
  std::string out{info(filter.field).name};
  char separator = ':';
  for (const std::string& value : filter.values) {
    out += separator;
    out += is_bare_value(filter, value) ? value : query::quoted(value);
    separator = ',';
  }
  return out;
}

enum class Surrounding { root_or_and, or_, near, not_ }; // sentence is as near, at least as not

/// Whether what binds as `near` does, or `OR`, needs parentheses there.
bool binds_closer(Surrounding surrounding) {
  return surrounding == Surrounding::not_ || surrounding == Surrounding::near;
}

std::string query_of(const Node& node, Surrounding surrounding);

std::string joined_queries(const std::vector<Node>& operands, std::string_view separator, Surrounding surrounding) {
  std::string out;
  for (const Node& operand : operands) {
    if (!out.empty()) out += separator;
    out += query_of(operand, surrounding);
  }
  return out;
}

bool is_optional_text(const Node& node) {
  const Text* const text = std::get_if<Text>(&node.node);
  return text != nullptr && !text->required;
}

bool is_required_text(const Node& node) { return is<Text>(node) && !is_optional_text(node); }

/// Operands side by side, AND where it says that words are required.
std::string conjunction(const std::vector<Node>& operands) {
  std::string out;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const bool is_tied = i > 0 && (is_required_text(operands[i - 1]) || is_required_text(operands[i])) &&
                         !is_optional_text(operands[i - 1]) && !is_optional_text(operands[i]);
    out += is_tied ? " AND " : i > 0 ? " " : "";
    out += query_of(operands[i], Surrounding::root_or_and);
  }
  return out;
}

std::string in_parentheses(std::string query, bool needed) { return needed ? '(' + query + ')' : std::move(query); }

/// Parentheses only where they are needed, since their nesting is limited. OR binds closer than AND.
std::string query_of(const Node& node, Surrounding surrounding) {
  const bool inner = surrounding != Surrounding::root_or_and;
  return std::visit(
      Overloaded{
          [](const All&) { return std::string{"*"}; },
          [&](const Text& t) {
            const bool several = t.text.find(' ') != std::string::npos;
            const std::string words = escaped_words(t.text);
            return in_parentheses(with_field(t.field, words, is_simple_word(words)),
                                  (inner || t.required) && several && t.field == Field::body);
          },
          [](const Phrase& p) {
            return with_field(p.field, fmt::format("{}{}", p.exact ? "=" : "", query::quoted(p.text)), true);
          },
          [](const Exact& e) { return with_field(e.field, exact_word(e.word), is_simple_word(e.word)); },
          [](const Wildcard& w) { return with_field(w.field, w.pattern, is_simple_word(w.pattern)); },
          [&](const Near& n) {
            const std::string separator = fmt::format(" near/{} ", n.distance);
            return in_parentheses(joined_queries(n.operands, separator, Surrounding::near), binds_closer(surrounding));
          },
          [&](const Sentence& s) {
            return in_parentheses(joined_queries(s.operands, " SENTENCE ", Surrounding::near),
                                  binds_closer(surrounding));
          },
          [&](const AtLeast& a) {
            return in_parentheses(fmt::format("ATLEAST/{} {}", a.count, query_of(a.operand.front(), Surrounding::not_)),
                                  surrounding == Surrounding::not_);
          },
          [&](const And& a) { return in_parentheses(conjunction(a.operands), inner); },
          [&](const Or& o) {
            return in_parentheses(joined_queries(o.operands, " OR ", Surrounding::or_), binds_closer(surrounding));
          },
          [](const Not& n) { return '-' + query_of(n.operand.front(), Surrounding::not_); },
          [](const Filter& f) { return filter_query(f); },
          [](const Period& p) { return fmt::format("{}:{}", info(Field::date).name, to_string(p)); }},
      node.node);
}

} // namespace

Node all_of(std::vector<Node> operands) {
  std::vector<Node> conjuncts;
  for (Node& operand : operands) append_conjunct(conjuncts, std::move(operand));
  if (conjuncts.empty()) return {All{}};
  if (conjuncts.size() == 1) return std::move(conjuncts.front());
  return {And{std::move(conjuncts)}};
}

Node any_of(std::vector<Node> operands) {
  std::vector<Node> alternatives;
  for (Node& operand : operands) append_alternative(alternatives, std::move(operand));
  if (alternatives.empty()) return {All{}};
  if (alternatives.size() == 1) return std::move(alternatives.front());
  return {Or{std::move(alternatives)}};
}

Node negation(Node operand) {
  if (Not* const negated = std::get_if<Not>(&operand.node)) {
    Node inner = std::move(negated->operand.front());
    return inner;
  }
  Not negated;
  negated.operand.push_back(std::move(operand));
  return {std::move(negated)};
}

Node without_repetitions(const Node& root) {
  const bool is_and = is<And>(root);
  if (const Not* const negated = std::get_if<Not>(&root.node))
    return negation(without_repetitions(negated->operand.front()));
  if (!is_and && !is<Or>(root)) return root;
  std::vector<Node> operands;
  std::unordered_set<std::string> met;
  for (const Node& operand : operands_of(root)) {
    const Text* const text = std::get_if<Text>(&operand.node);
    const bool is_required = text != nullptr && text->required; // its neighbour is so because of it
    const bool is_new = is_required || !operands_of(operand).empty() || met.insert(to_query(operand)).second;
    if (is_new) operands.push_back(without_repetitions(operand));
  }
  return is_and ? all_of(std::move(operands)) : any_of(std::move(operands));
}

const std::vector<Node>& operands_of(const Node& node) {
  static const std::vector<Node> none;
  return std::visit(Overloaded{[](const Near& n) -> const std::vector<Node>& { return n.operands; },
                               [](const Sentence& s) -> const std::vector<Node>& { return s.operands; },
                               [](const AtLeast& a) -> const std::vector<Node>& { return a.operand; },
                               [](const And& a) -> const std::vector<Node>& { return a.operands; },
                               [](const Or& o) -> const std::vector<Node>& { return o.operands; },
                               [](const Not& n) -> const std::vector<Node>& { return n.operand; },
                               [](const auto&) -> const std::vector<Node>& { return none; }},
                    node.node);
}

std::string to_string(const Node& root) {
  std::string out;
  append_lines(out, root, 0);
  return out;
}

std::string to_query(const Node& root) {
  std::string query = query_of(root, Surrounding::root_or_and);
  const bool reads_otherwise = is_headline_in_capitals(query) || is_pasted_text(query);
  return reads_otherwise ? '(' + query + ')' : query; // so that its operators stay operators
}

} // namespace pfind::query
