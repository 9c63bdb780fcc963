#include "searcher/query/parser.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "common/error.hpp"
#include "searcher/query/lexer.hpp"

namespace pfind::query {
namespace {

using Kind = Token::Kind;

bool is_binary_operator(const Token& token) {
  return token.kind == Kind::or_ || token.kind == Kind::and_ || token.kind == Kind::near ||
         token.kind == Kind::sentence;
}

bool is_prefix_operator(const Token& token) { return token.kind == Kind::not_ || token.kind == Kind::at_least; }

bool is_date_field(Field field) {
  const FieldUse use = info(field).use;
  return use == FieldUse::period || use == FieldUse::date;
}

bool is_text_field(Field field) { return info(field).use == FieldUse::text; }

/// Adds what closes too little, takes away what closes too much and what nests too deep.
std::vector<Token> balanced(std::vector<Token> tokens, Notices& notices) {
  std::vector<Token> out;
  out.reserve(tokens.size());
  int depth = 0;
  for (Token& token : tokens) {
    if (token.kind == Kind::close && depth == 0) {
      notices.add("A closing parenthesis has no partner and was left out.");
      continue;
    }
    if (token.kind == Kind::open) ++depth;
    const bool too_deep = depth > k_max_nesting && (token.kind == Kind::open || token.kind == Kind::close);
    if (token.kind == Kind::close) --depth;
    if (too_deep)
      notices.add(fmt::format("Parentheses nested deeper than {} were left out.", k_max_nesting));
    else
      out.push_back(std::move(token));
  }
  if (depth > 0) notices.add("An opening parenthesis has no partner, so it was closed at the end.");
  out.insert(out.end(), static_cast<std::size_t>(std::min(depth, k_max_nesting)), {.kind = Kind::close, .text = {}});
  return out;
}

void read_as_word(Token& token, Notices& notices) {
  notices.add(
      fmt::format("{} has nothing to apply to here, so it was read as a plain word.", quoted_excerpt(token.text)));
  token.kind = Kind::word;
}

/// NOT and ATLEAST before nothing are plain words.
void settle_prefixes(std::vector<Token>& tokens, Notices& notices) {
  for (std::size_t i = tokens.size(); i-- > 0;) {
    const bool has_operand =
        i + 1 < tokens.size() && tokens[i + 1].kind != Kind::close && !is_binary_operator(tokens[i + 1]);
    if (is_prefix_operator(tokens[i]) && !has_operand) read_as_word(tokens[i], notices);
  }
}

/// Of operators in a row the first counts; those with nothing on one side are plain words.
std::vector<Token> with_operands(std::vector<Token> tokens, Notices& notices) {
  settle_prefixes(tokens, notices);
  std::vector<Token> out;
  out.reserve(tokens.size());
  for (std::size_t i = 0; i < tokens.size();) {
    if (!is_binary_operator(tokens[i])) {
      out.push_back(std::move(tokens[i++]));
      continue;
    }
    std::size_t end = i;
    while (end < tokens.size() && is_binary_operator(tokens[end])) ++end;
    const bool has_left = !out.empty() && out.back().kind != Kind::open;
    const bool has_right = end < tokens.size() && tokens[end].kind != Kind::close;
    if (has_left && has_right && end - i > 1)
      notices.add(fmt::format("Of the operators in a row, only {} was used.", quoted_excerpt(tokens[i].text)));
    for (std::size_t k = i; k < end; ++k) {
      if (!has_left || !has_right) read_as_word(tokens[k], notices);
      if (!has_left || !has_right || k == i) out.push_back(std::move(tokens[k]));
    }
    i = end;
  }
  return out;
}

/// The plain words of a text, without parentheses.
std::optional<Node> plain_words(std::string text, Field field = Field::body) {
  std::ranges::replace_if(
      text, [](char c) { return c == '(' || c == ')'; }, ' ');
  text = collapsed(text);
  return text.empty() ? std::nullopt : std::optional<Node>{Node{Text{std::move(text), field}}};
}

/// Whether it is something whose places in a text can be told.
bool is_near_leaf(const Node& node) {
  if (const Text* const text = std::get_if<Text>(&node.node)) return text->text.find(' ') == std::string::npos;
  return std::holds_alternative<Phrase>(node.node) || std::holds_alternative<Exact>(node.node) ||
         std::holds_alternative<Wildcard>(node.node);
}

/// What one operand of near, SENTENCE or ATLEAST adds: each of its words. Nothing where it has no place in a text.
std::optional<std::vector<Node>> near_operands(const Node& node) {
  if (const Text* const text = std::get_if<Text>(&node.node); text != nullptr && is_near_leaf(node))
    return std::vector{Node{Text{text->text, text->field}}};
  if (is_near_leaf(node)) return std::vector{node};
  if (const Or* const any = std::get_if<Or>(&node.node)) {
    if (std::ranges::all_of(any->operands, is_near_leaf)) return std::vector{node};
    return std::nullopt;
  }
  std::vector<Node> all;
  if (const Text* const text = std::get_if<Text>(&node.node)) {
    for (std::size_t begin = 0; begin < text->text.size();) {
      const std::size_t end = std::min(text->text.find(' ', begin), text->text.size());
      all.push_back({Text{text->text.substr(begin, end - begin), text->field}});
      begin = end + 1;
    }
    return all;
  }
  const And* const conjunction = std::get_if<And>(&node.node);
  if (conjunction == nullptr) return std::nullopt;
  for (const Node& operand : conjunction->operands) {
    std::optional<std::vector<Node>> some = near_operands(operand);
    if (!some) return std::nullopt;
    std::ranges::move(*some, std::back_inserter(all));
  }
  return all;
}

/// Says of what stands beside AND that its words are needed.
void require(Node& node) {
  if (Text* const text = std::get_if<Text>(&node.node)) text->required = true;
  if (And* const all = std::get_if<And>(&node.node)) {
    for (Node& operand : all->operands) require(operand);
  }
}

/// Recursive descent over tokens whose brackets and operators are settled; its depth is that of the brackets.
///
///     sequence     = { alternatives [AND] }
///     alternatives = proximity { OR proximity }
///     proximity    = list { (NEAR | SENTENCE) list }
///     list         = { "-" | NOT | ATLEAST | field } operand { "," operand }
///     operand      = "(" sequence ")" | values | word | phrase | exact | wildcard
class Parser {
public:
  Parser(std::vector<Token> tokens, const Date& today, Notices& notices)
      : tokens_(std::move(tokens)), today_(today), notices_(notices) {}

  Node run() {
    std::optional<Node> root = sequence();
    return root ? std::move(*root) : Node{All{}};
  }

private:
  bool at(Kind kind) const { return next_ < tokens_.size() && tokens_[next_].kind == kind; }

  bool accept(Kind kind) {
    const bool found = at(kind);
    if (found) ++next_;
    return found;
  }

  std::optional<Node> sequence() {
    std::vector<Node> operands;
    bool is_tied = false; // to the last operand, by AND
    while (next_ < tokens_.size() && !at(Kind::close)) {
      if (accept(Kind::and_)) {
        is_tied = true;
        continue;
      }
      std::optional<Node> node = alternatives();
      if (!node || std::holds_alternative<All>(node->node)) continue;
      if (is_tied && !operands.empty()) {
        require(operands.back());
        require(*node);
      }
      is_tied = false;
      operands.push_back(std::move(*node));
    }
    return operands.empty() ? std::nullopt : std::optional{all_of(std::move(operands))};
  }

  std::optional<Node> alternatives() {
    std::vector<Node> operands;
    do {
      if (std::optional<Node> node = proximity()) operands.push_back(std::move(*node));
    } while (accept(Kind::or_));
    return operands.empty() ? std::nullopt : std::optional{any_of(std::move(operands))};
  }

  /// How one operand is tied to the next: near each other, or in one sentence.
  struct Tie {
    Kind kind;
    int distance;
    bool operator==(const Tie&) const = default;
  };

  bool at_tie() const { return at(Kind::near) || at(Kind::sentence); }

  std::optional<Node> proximity() {
    std::optional<Node> first = list();
    if (!at_tie()) return first;
    std::vector<Node> operands;
    std::vector<Tie> ties; // from each operand to the next
    if (first) operands.push_back(std::move(*first));
    while (at_tie()) {
      const Tie tie{tokens_[next_].kind, tokens_[next_].number};
      ++next_;
      std::optional<Node> operand = list();
      if (!operand) continue;
      if (!operands.empty()) ties.push_back(tie);
      operands.push_back(std::move(*operand));
    }
    if (operands.size() < 2) return operands.empty() ? std::nullopt : std::optional{std::move(operands.front())};
    return windows(operands, ties);
  }

  /// A chain of one operator is one window; where operator or distance change, another begins at the same operand.
  std::optional<Node> windows(std::vector<Node>& operands, const std::vector<Tie>& ties) {
    std::vector<Node> all;
    for (std::size_t i = 0; i < ties.size();) {
      std::vector<Node> window;
      std::size_t end = i;
      while (end < ties.size() && ties[end] == ties[i]) ++end;
      for (std::size_t k = i; k <= end; ++k) {
        std::optional<std::vector<Node>> some = near_operands(operands[k]);
        if (!some) {
          notices_.add(ties[i].kind == Kind::near
                           ? "Only words and phrases can stand near each other, so near was read as AND."
                           : "Only words and phrases can stand in one sentence, so SENTENCE was read as AND.");
          return all_of(std::move(operands));
        }
        std::ranges::move(*some, std::back_inserter(window));
      }
      all.push_back(ties[i].kind == Kind::near ? Node{Near{ties[i].distance, std::move(window)}}
                                               : Node{Sentence{std::move(window)}});
      i = end;
    }
    return all_of(std::move(all));
  }

  std::optional<Node> list() {
    const Field outer = field_;
    bool negative = false;
    std::vector<int> counts; // of ATLEAST
    for (;; ++next_) {
      if (at(Kind::minus) || at(Kind::not_))
        negative = !negative;
      else if (at(Kind::at_least))
        counts.push_back(tokens_[next_].number);
      else if (at(Kind::field))
        field_ = tokens_[next_].field;
      else
        break;
    }
    std::vector<Node> values;
    do {
      const bool excluded = accept(Kind::minus);
      std::optional<Node> value = operand();
      if (value) values.push_back(excluded ? negation(std::move(*value)) : std::move(*value));
    } while (accept(Kind::comma));
    field_ = outer;
    if (values.empty()) return std::nullopt;
    Node node = any_of(std::move(values));
    while (!counts.empty()) {
      node = at_least(counts.back(), std::move(node));
      counts.pop_back();
    }
    return negative ? negation(std::move(node)) : std::move(node);
  }

  /// Each word of `node` at least so often.
  Node at_least(int count, Node node) {
    const std::optional<std::vector<Node>> counted = near_operands(node);
    if (!counted) {
      notices_.add("Only words and phrases can be counted, so ATLEAST was left out.");
      return node;
    }
    std::vector<Node> all;
    for (const Node& operand : *counted) all.push_back({AtLeast{count, {operand}}});
    return all_of(std::move(all));
  }

  std::optional<Node> operand() {
    if (next_ == tokens_.size() || at(Kind::close)) return std::nullopt;
    if (accept(Kind::open)) {
      std::optional<Node> group = sequence();
      accept(Kind::close);
      return group;
    }
    Token& token = tokens_[next_++];
    if (token.kind == Kind::values) return values(token.values, token.excluded);
    if (!is_text_field(field_)) return value_in_group(token);
    return text(token);
  }

  std::optional<Node> text(Token& token) const {
    if (token.text.empty()) return std::nullopt;
    switch (token.kind) {
    case Kind::word: return Node{Text{std::move(token.text), field_}};
    case Kind::phrase: return Node{Phrase{std::move(token.text), false, field_}};
    case Kind::exact_phrase: return Node{Phrase{std::move(token.text), true, field_}};
    case Kind::exact: return Node{Exact{std::move(token.text), field_}};
    case Kind::wildcard: return token.text == "*" ? Node{All{}} : Node{Wildcard{std::move(token.text), field_}};
    default: return std::nullopt; // what is left are operators, and they are settled
    }
  }

  /// `company:(Ran Xu, Foo)`: neighbouring words are one value, a comma separates values.
  std::optional<Node> value_in_group(const Token& first) {
    if (first.kind == Kind::phrase || first.kind == Kind::exact_phrase)
      return first.text.empty() ? std::nullopt : values({first.text}, {});
    std::string run = first.text;
    while (at(Kind::word) || at(Kind::exact) || at(Kind::wildcard)) run += ' ' + tokens_[next_++].text;
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= run.size();) {
      const std::size_t end = std::min(run.find(',', begin), run.size());
      std::string part = collapsed(std::string_view{run}.substr(begin, end - begin));
      if (!part.empty()) parts.push_back(std::move(part));
      begin = end + 1;
    }
    return values(parts, {});
  }

  /// Any of `wanted`, none of `excluded`, in the field that holds no text.
  std::optional<Node> values(const std::vector<std::string>& wanted, const std::vector<std::string>& excluded) {
    std::vector<Node> both;
    if (std::optional<Node> node = any_value(wanted)) both.push_back(std::move(*node));
    if (std::optional<Node> node = any_value(excluded)) both.push_back(negation(std::move(*node)));
    return both.empty() ? std::nullopt : std::optional{all_of(std::move(both))};
  }

  std::optional<Node> any_value(const std::vector<std::string>& values) {
    if (values.empty()) return std::nullopt;
    if (!is_date_field(field_)) return Node{Filter{field_, values}};
    std::vector<Node> periods;
    for (const std::string& value : values) {
      if (std::optional<Node> node = period(value)) periods.push_back(std::move(*node));
    }
    return periods.empty() ? std::nullopt : std::optional{any_of(std::move(periods))};
  }

  std::optional<Node> period(const std::string& value) {
    bool swapped = false;
    const std::optional<Period> period = parse_period(value, today_, &swapped);
    if (swapped)
      notices_.add(fmt::format("The range {} runs backwards, so its ends were swapped.", quoted_excerpt(value)));
    if (period) return Node{*period};
    notices_.add(
        fmt::format("{} is no date, so it was read as plain words (dates are written 2023, 2023-09, 2023-09-14 "
                    "or 2023-09..2024-03).",
                    quoted_excerpt(value)));
    return plain_words(value);
  }

  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  Date today_;
  Notices& notices_;
  Field field_ = Field::body; ///< that the operand belongs to
};

/// The parts of an option's value: a comma without a following space separates them.
std::vector<std::string> split_option(std::string_view value) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (i < value.size() && (value[i] != ',' || value.substr(i + 1).starts_with(' '))) continue;
    parts.push_back(collapsed(value.substr(begin, i - begin)));
    begin = i + 1;
  }
  return parts;
}

Period period_option(std::string_view value, Field field, const Date& today) {
  if (const std::optional<Period> period = parse_period(value, today)) return *period;
  throw UsageError(fmt::format("{} is no value for --{}: write 2023, 2023-09, 2023-09-14 or 2023-09..2024-03",
                               quoted_excerpt(value), info(field).name));
}

std::optional<Node> option_value(Field field, const std::string& value, const Date& today) {
  if (value.empty()) return std::nullopt;
  if (is_date_field(field)) return Node{period_option(value, field, today)};
  return is_text_field(field) ? plain_words(value, field) : Node{Filter{field, {value}}};
}

} // namespace

ParsedQuery parse_query(std::string_view text, const Date& today) {
  Notices notices;
  const std::string clean = sanitized(text);
  std::vector<Token> tokens = with_operands(balanced(tokenize(clean, notices), notices), notices);
  Node root = Parser{std::move(tokens), today, notices}.run();
  return {std::move(root), notices.list()};
}

Node with_filter(Node root, Field field, std::span<const std::string> values, const Date& today) {
  const bool is_list = !is_text_field(field) && info(field).use != FieldUse::id;
  std::vector<Node> wanted;
  std::vector<Node> all{std::move(root)};
  for (const std::string& typed : values) {
    const std::string clean = sanitized(typed);
    for (std::string& value : is_list ? split_option(clean) : std::vector{clean}) {
      const bool excluded = value.starts_with('-');
      std::optional<Node> node = option_value(field, excluded ? value.substr(1) : value, today);
      if (!node) continue;
      if (excluded)
        all.push_back(negation(std::move(*node)));
      else
        wanted.push_back(std::move(*node));
    }
  }
  if (!wanted.empty()) all.push_back(any_of(std::move(wanted)));
  return all_of(std::move(all));
}

Node with_period(Node root, const Period& period) {
  std::vector<Node> both{std::move(root)};
  both.push_back({period});
  return all_of(std::move(both));
}

} // namespace pfind::query
