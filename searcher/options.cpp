#include "searcher/options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sstream>
#include <variant>

#include "common/command_line.hpp"
#include "common/config_file.hpp"
#include "common/error.hpp"
#include "common/index_files.hpp"
#include "searcher/query/parser.hpp"

namespace pfind::searcher {
namespace {

using Strings = std::vector<std::string>;

constexpr std::uint64_t k_most = 1'000'000'000; // of results or values; more is a slip of the hand

constexpr double k_longest_timeout = 86'400; // seconds, a day

/// How long a search may take; nothing for any time.
std::optional<std::chrono::nanoseconds> time_limit(const OptionValues& values) {
  if (!values.has("timeout")) return std::nullopt;
  const std::string text = values.text("timeout");
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || !(seconds > 0 && seconds <= k_longest_timeout))
    values.refuse("timeout", fmt::format("expected a number of seconds above 0, at most {}", k_longest_timeout));
  return std::chrono::ceil<std::chrono::nanoseconds>(std::chrono::duration<double>(seconds));
}

/// The fields that have an option of their own to filter by, and that can be counted.
bool is_facet(const FieldInfo& field) {
  return field.use == FieldUse::facet || field.field == Field::year || field.field == Field::month;
}

Strings facet_names() {
  Strings names;
  for (const FieldInfo& field : fields()) {
    if (is_facet(field)) names.emplace_back(field.name);
  }
  return names;
}

std::string_view value_name(Field field) {
  switch (field) {
  case Field::language: return "CODE";
  case Field::year: return "YYYY";
  case Field::month: return "YYYY-MM";
  default: return "NAME";
  }
}

OptionGroup filter_options() {
  OptionGroup group{"Filters (values of one kind are alternatives; -VALUE excludes)", {}};
  for (const FieldInfo& field : fields()) {
    if (is_facet(field))
      group.options.push_back(
          {.name = field.name, .value_name = value_name(field.field), .help = field.help, .repeatable = true});
  }
  group.options.push_back(
      {.name = "after", .value_name = "DATE", .help = "published in or after DATE: YYYY[-MM[-DD]], today, 7d"});
  group.options.push_back({.name = "before", .value_name = "DATE", .help = "published in or before DATE"});
  return group;
}

OptionGroup subject_options() {
  return {"What to search",
          {{.name = "index",
            .value_name = "DIR",
            .help = "the index to search; several are searched as one",
            .repeatable = true},
           {.name = "match",
            .value_name = "WORDS",
            .help = "how many words an article must have: auto (default), all, most or any"},
           {.name = "synonyms",
            .value_name = "FILE",
            .help = "words that stand for each other, beside the known ones",
            .repeatable = true},
           {.name = "no-synonyms", .help = "look for the words of the query alone"},
           {.name = "config", .value_name = "FILE", .help = "read further options from FILE", .in_file = false}}};
}

OptionGroup answer_options() {
  return {"What to show",
          {{.name = "limit", .letter = 'n', .value_name = "N", .help = "show at most N results; default: 10"},
           {.name = "timeout", .value_name = "SECONDS", .help = "show what is found by then; 0.5 is half a second"},
           {.name = "offset", .value_name = "N", .help = "leave out the first N results", .in_file = false},
           {.name = "sort", .value_name = "ORDER", .help = "relevance (default), recent, newest or oldest"},
           {.name = "facets",
            .value_name = "KIND,...",
            .help = "count these kinds over the whole result",
            .repeatable = true},
           {.name = "facet-limit", .value_name = "N", .help = "at most N values per kind; default: 10; 0: all"},
           {.name = "count", .help = "show only how many articles match", .in_file = false},
           {.name = "explain", .help = "show how the query was understood and results were ranked"},
           {.name = "similar", .value_name = "PATH", .help = "articles like the one at PATH", .in_file = false},
           {.name = "list",
            .value_name = "KIND[:PREFIX]",
            .help = "all values of a kind with their counts",
            .in_file = false},
           {.name = "entity",
            .value_name = "[KIND:]NAME",
            .help = "what the articles know of a company, person, ...",
            .in_file = false},
           {.name = "show", .value_name = "PATH", .help = "the whole article at PATH as indexed", .in_file = false},
           {.name = "batch",
            .value_name = "FILE",
            .help = "answer every query of FILE, one id<TAB>query a line; -: of standard input",
            .in_file = false}}};
}

OptionGroup form_options() {
  return {"How to show it",
          {{.name = "format",
            .value_name = "FORMAT",
            .help = "text (default), json, jsonl, csv or paths; with --batch jsonl (default) or trec"},
           {.name = "null", .letter = '0', .help = "paths, each ended with a null character", .in_file = false},
           {.name = "color", .value_name = "WHEN", .help = "auto (default), always or never"},
           {.name = "no-pager", .help = "write to the terminal directly"},
           {.name = "help", .letter = 'h', .help = "show this text and exit", .in_file = false},
           {.name = "version", .letter = 'V', .help = "show the version and exit", .in_file = false}}};
}

const CommandLine& command_line() {
  static const CommandLine line("pfind", {subject_options(), filter_options(), answer_options(), form_options()});
  return line;
}

std::string help_text() {
  return "Usage: pfind [OPTION]... [QUERY]...\n"
         "Search the news articles that pindex has indexed.\n\n"
         "  pfind 5G royalties                   articles with both words, best first\n"
         "  pfind --company Huawei licence       only those that name the company\n"
         "  pfind --facets company,year patents  and what they are about, counted\n" +
         command_line().help() + "\nThe manual pages pfind(1) and pfind-query(7) say more.\n";
}

/// Takes what looks like an option but is part of the query (`-nokia`, `-"a phrase"`, `--`) out of the options' way.
struct Arguments {
  Strings options;
  Strings query;
};

/// The option that an argument names: `--limit`, `--limit=5` or a letter by itself, as `-n`. A letter that more follows
/// is a word to exclude: `-nokia`.
const OptionSpec* option_in(const std::string& argument) {
  const bool is_long = argument.starts_with("--") && argument.size() > 3;
  if (is_long) return command_line().find(argument.substr(2, argument.find('=') - 2));
  return argument.size() == 2 && argument.front() == '-' ? command_line().find(argument.substr(1)) : nullptr;
}

bool lacks_value(const OptionSpec& option, const std::string& argument) {
  return !option.value_name.empty() && argument.find('=') == std::string::npos;
}

/// `-n20` as people type it; other letters with something behind them are words to exclude.
std::string spelled_out(const std::string& argument) {
  const bool is_limit = argument.starts_with("-n") && argument.size() > 2 &&
                        argument.find_first_not_of("0123456789", 2) == std::string::npos;
  return is_limit ? "--limit=" + argument.substr(2) : argument;
}

/// Options may stand anywhere among the words of the query; a single dash excludes a word, `--` ends the options. An
/// unknown `--option` is an error rather than a word: it is more likely mistyped than searched for.
Arguments separate(int argc, const char* const* argv) {
  Arguments arguments;
  bool options_ended = false;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = options_ended ? argv[i] : spelled_out(argv[i]);
    const OptionSpec* option = options_ended ? nullptr : option_in(argument);
    if (!options_ended && argument == "--") {
      options_ended = true;
    } else if (option != nullptr && lacks_value(*option, argument)) {
      if (i + 1 == argc) command_line().fail(fmt::format("{} needs a value", argument));
      arguments.options.push_back(fmt::format("--{}={}", option->name, argv[++i]));
    } else if (option != nullptr) {
      arguments.options.push_back(argument);
    } else if (!options_ended && argument.starts_with("--") && argument.size() > 2) {
      command_line().fail(fmt::format("there is no option {} (words that begin with dashes go behind --)",
                                      argument.substr(0, argument.find('='))));
    } else {
      arguments.query.push_back(argument);
    }
  }
  return arguments;
}

void read_config(OptionValues& values, const Environment& environment) {
  const bool named = values.has("config");
  const std::filesystem::path file = named ? std::filesystem::path(values.text("config"))
                                           : default_config(environment.xdg_config_home, environment.home);
  std::error_code unreachable; // then there is none to read
  if (!named && !std::filesystem::exists(file, unreachable)) return;
  command_line().read_file(file, values);
}

/// The value of an option that takes one of a few words.
template <typename Value, std::size_t N>
Value choice(const OptionValues& values, const char* name,
             const std::array<std::pair<std::string_view, Value>, N>& choices) {
  const std::string text = values.text(name, choices.front().first);
  for (const auto& [word, value] : choices) {
    if (word == text) return value;
  }
  Strings words;
  for (const auto& [word, value] : choices) words.emplace_back(word);
  values.refuse(name, fmt::format("expected one of {}", fmt::join(words, ", ")));
}

bool is_format_of_batch(OutputFormat format) { return format == OutputFormat::jsonl || format == OutputFormat::trec; }

OutputFormat chosen_format(const OptionValues& values) {
  const auto format = output_format(values.text("format", "text"));
  if (!format) values.refuse("format", fmt::format("expected one of {}", fmt::join(output_format_names(), ", ")));
  return *format;
}

/// What a batch cannot be combined with is an error where it was typed. Where the configuration file has it, it is for
/// other runs.
void read_batch(const Strings& words, const OptionValues& typed, Options& options) {
  if (!words.empty()) command_line().fail("with --batch all queries come from its file; leave out the others");
  for (const std::string_view other : {"count", "entity", "facets", "list", "null", "show", "similar"}) {
    if (typed.has(other)) command_line().fail(fmt::format("--batch and --{} do not go together", other));
  }
  if (typed.has("format") && !is_format_of_batch(options.format))
    typed.refuse("format", "expected jsonl or trec with --batch");
  if (!is_format_of_batch(options.format)) options.format = OutputFormat::jsonl;
  options.request.only_locations = options.format == OutputFormat::trec;
  if (options.request.only_locations && typed.has("explain"))
    command_line().fail("--explain and --format trec do not go together");
  options.request.without_total = options.request.only_locations;
  if (options.request.only_locations) options.request.partial = Partial::all; // a run is judged to its depth
  options.request.facets.clear();
}

Field facet_named(const OptionValues& values, std::string_view option, const std::string& name) {
  const auto field = field_named(name);
  if (!field || !is_facet(info(*field)))
    values.refuse(option,
                  fmt::format("there is no kind \"{}\"; expected some of {}", name, fmt::join(facet_names(), ", ")));
  return *field;
}

void read_facets(const OptionValues& values, SearchRequest& request) {
  for (const std::string& list : values.texts("facets")) {
    std::stringstream names(list);
    for (std::string name; std::getline(names, name, ',');) {
      const Field field = facet_named(values, "facets", name);
      if (std::ranges::find(request.facets, field) == request.facets.end()) request.facets.push_back(field);
    }
  }
  request.facet_limit = values.number("facet-limit", 10, 0, k_most);
  if (request.facet_limit == 0) request.facet_limit = SIZE_MAX;
}

query::Period option_period(const OptionValues& values, const char* name, const Date& today,
                            std::optional<query::Period> (*read)(std::string_view, const Date&)) {
  const std::string text = values.text(name);
  const auto period = read(text, today);
  if (!period) values.refuse(name, "expected a date as YYYY, YYYY-MM or YYYY-MM-DD");
  return *period;
}

void read_query(const Strings& words, const OptionValues& values, const Date& today, Options& options) {
  SearchRequest& request = options.request;
  request.query = fmt::format("{}", fmt::join(words, " "));
  query::ParsedQuery parsed = query::parse_query(request.query, today);
  options.notices = std::move(parsed.notices);
  request.tree = std::move(parsed.root);
  for (const FieldInfo& field : fields()) {
    if (!is_facet(field)) continue;
    request.tree = query::with_filter(std::move(request.tree), field.field, values.texts(field.name), today);
  }
  if (values.has("after"))
    request.tree =
        query::with_period(std::move(request.tree), option_period(values, "after", today, query::period_from));
  if (values.has("before"))
    request.tree =
        query::with_period(std::move(request.tree), option_period(values, "before", today, query::period_until));
}

void read_action(const OptionValues& values, Options& options) {
  if (values.has("count")) options.action = Action::count;
  if (values.has("list")) {
    options.action = Action::list;
    const std::string text = values.text("list");
    const std::size_t colon = text.find(':');
    options.list_field = facet_named(values, "list", text.substr(0, colon));
    if (colon != std::string::npos) options.list_beginning = text.substr(colon + 1);
  }
  if (values.has("entity")) {
    options.action = Action::entity;
    options.entity = values.text("entity");
    const std::size_t colon = options.entity.find(':');
    const auto field = colon == std::string::npos ? std::nullopt : field_named(options.entity.substr(0, colon));
    if (field) options.entity_kind = entity_kind(info(*field).name);
    if (options.entity_kind) options.entity.erase(0, colon + 1);
  }
  if (values.has("show")) {
    options.action = Action::show;
    options.show_path = values.text("show");
  }
  if (values.has("batch")) {
    options.action = Action::batch;
    options.batch = values.text("batch");
  }
}

/// An entity is shown as all articles have it.
void check_entity(const Strings& words, const OptionValues& typed, const Options& options) {
  if (options.action != Action::entity) return;
  if (!words.empty()) command_line().fail("--entity takes one name and no query; quote a name of several words");
  Strings others = facet_names();
  others.insert(others.end(), {"after", "before", "count", "facets", "list", "null", "show", "similar"});
  for (const std::string& other : others) {
    if (typed.has(other)) command_line().fail(fmt::format("--entity and --{} do not go together", other));
  }
  const bool can_write = options.format == OutputFormat::text || options.format == OutputFormat::json ||
                         options.format == OutputFormat::jsonl;
  if (typed.has("format") && !can_write) typed.refuse("format", "expected text, json or jsonl with --entity");
}

/// A search for nothing at all is rather a slip than a wish to see every article.
void require_subject(const Strings& words, const OptionValues& values, const Options& options) {
  const bool asks = !std::holds_alternative<query::All>(options.request.tree.node);
  const bool asks_for_all =
      std::ranges::any_of(words, [](const auto& word) { return word.find('*') != std::string::npos; });
  if (options.action != Action::search || asks || asks_for_all || !options.request.facets.empty()) return;
  const auto is_given = [&](std::string_view option) { return values.has(option); };
  constexpr std::array<std::string_view, 4> k_narrowing{"after", "before", "sort", "similar"};
  if (std::ranges::any_of(k_narrowing, is_given) || std::ranges::any_of(facet_names(), is_given)) return;
  command_line().fail("say what to search for, as in pfind royalties, or pfind '*' for all articles");
}

/// A path as the index knows it.
std::string indexed_path(const std::string& path) {
  const bool is_address = path.find("://") != std::string::npos;
  const bool is_stream = path == "-" || path.starts_with("-#"); // what came through standard input
  return path.empty() || is_address || is_stream ? path : std::filesystem::absolute(path).lexically_normal().string();
}

} // namespace

Options parse_options(int argc, const char* const* argv, const Environment& environment, const Date& today) {
  const Arguments arguments = separate(argc, argv);
  OptionValues values = command_line().parse(arguments.options).options;
  Options options;
  options.help = help_text();
  options.today = today;
  if (values.has("help") || values.has("version")) {
    options.action = values.has("help") ? Action::help : Action::version;
    return options;
  }
  const OptionValues typed = values;
  read_config(values, environment);
  for (const std::string& index : values.texts("index")) options.indexes.emplace_back(index);
  if (options.indexes.empty())
    options.indexes.push_back(index_files::default_index(environment.xdg_data_home, environment.home));
  options.synonyms = !values.has("no-synonyms");
  for (const std::string& file : values.texts("synonyms")) options.synonym_files.emplace_back(file);
  read_action(values, options);
  read_query(arguments.query, values, today, options);
  read_facets(values, options.request);
  require_subject(arguments.query, typed, options);
  options.request.sort = choice<SortOrder, 4>(values, "sort",
                                              {{{"relevance", SortOrder::relevance},
                                                {"recent", SortOrder::recent},
                                                {"newest", SortOrder::newest},
                                                {"oldest", SortOrder::oldest}}});
  options.request.matching = choice<Matching, 4>(
      values, "match",
      {{{"auto", Matching::automatic}, {"all", Matching::all}, {"most", Matching::most}, {"any", Matching::any}}});
  options.request.time_limit = time_limit(values);
  options.request.limit = values.number("limit", 10, 0, k_most);
  options.request.offset = values.number("offset", 0, 0, k_most);
  options.request.explain = values.has("explain");
  options.request.similar_to = indexed_path(values.text("similar"));
  options.show_path = indexed_path(options.show_path);
  options.format = chosen_format(values);
  options.nul_separated = values.has("null");
  if (options.nul_separated && !values.has("format")) options.format = OutputFormat::paths;
  check_entity(arguments.query, typed, options);
  if (options.action == Action::batch) read_batch(arguments.query, typed, options);
  if (options.action != Action::batch && options.format == OutputFormat::trec)
    values.refuse("format", "only --batch writes it");
  if (options.format == OutputFormat::text) options.request.partial = Partial::few; // people see which they are
  options.color =
      choice<When, 3>(values, "color", {{{"auto", When::automatic}, {"always", When::always}, {"never", When::never}}});
  options.pager = !values.has("no-pager");
  return options;
}

} // namespace pfind::searcher
