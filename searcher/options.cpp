#include "searcher/options.hpp"

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sstream>

#include "common/config_file.hpp"
#include "common/error.hpp"
#include "common/index_files.hpp"
#include "searcher/query/parser.hpp"

namespace pfind::searcher {
namespace po = boost::program_options;
namespace {

using Strings = std::vector<std::string>;

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

po::options_description visible_options() {
  po::options_description options("Options");
  // clang-format off
  options.add_options()
    ("index", po::value<Strings>()->composing()->value_name("DIR"), "the index to search; several are searched as one")
    ("config", po::value<std::string>()->value_name("FILE"), "read further options from FILE");
  for (const FieldInfo& field : fields()) {
    if (is_facet(field))
      options.add_options()(field.name.data(), po::value<Strings>()->composing()->value_name("VALUE"), field.help.data());
  }
  options.add_options()
    ("after", po::value<std::string>()->value_name("DATE"), "published in or after DATE (YYYY, YYYY-MM or YYYY-MM-DD)")
    ("before", po::value<std::string>()->value_name("DATE"), "published in or before DATE")
    ("sort", po::value<std::string>()->value_name("ORDER"), "relevance (default), newest or oldest")
    ("limit", po::value<std::size_t>()->value_name("N"), "show at most N results; default: 10")
    ("offset", po::value<std::size_t>()->value_name("N"), "leave out the first N results")
    ("facets", po::value<Strings>()->composing()->value_name("KIND,..."), "count the values of these kinds in the whole result")
    ("facet-limit", po::value<std::size_t>()->value_name("N"), "show at most N values per kind; default: 10; 0: all")
    ("count", po::bool_switch(), "show only how many articles match")
    ("explain", po::bool_switch(), "show how the query was understood and what matched")
    ("similar", po::value<std::string>()->value_name("PATH"), "articles like the one at PATH")
    ("list", po::value<std::string>()->value_name("KIND[:PREFIX]"), "all values of a kind with their counts")
    ("show", po::value<std::string>()->value_name("PATH"), "the whole article at PATH as indexed")
    ("format", po::value<std::string>()->value_name("FORMAT"), "text (default), json, jsonl, csv or paths")
    ("null,0", po::bool_switch(), "with paths, end each with a null character")
    ("color", po::value<std::string>()->value_name("WHEN"), "auto (default), always or never")
    ("no-pager", po::bool_switch(), "write to the terminal directly")
    ("help", po::bool_switch(), "show this text and exit")
    ("version", po::bool_switch(), "show the version and exit");
  // clang-format on
  return options;
}

const po::options_description& known_options() {
  static const po::options_description options = visible_options();
  return options;
}

std::string help_text() {
  std::ostringstream out;
  out << "Usage: pfind [OPTION]... [QUERY]...\n"
         "Search the news articles that pindex has indexed.\n\n"
      << known_options() << "\nThe manual pages pfind(1) and pfind-query(7) say more.\n";
  return out.str();
}

/// Takes what looks like an option but is part of the query (`-nokia`, `-"a phrase"`, `--`) out of the options' way.
struct Arguments {
  Strings options;
  Strings query;
};

bool names_option(const std::string& argument) {
  if (argument == "-0") return true;
  if (!argument.starts_with("--") || argument.size() == 2) return false;
  return known_options().find_nothrow(argument.substr(2, argument.find('=') - 2), false) != nullptr;
}

bool takes_value(const std::string& argument) {
  if (argument.find('=') != std::string::npos || argument == "-0") return false;
  const auto* option = known_options().find_nothrow(argument.substr(2), false);
  return option->semantic()->max_tokens() > 0;
}

/// Options may stand anywhere among the words of the query; a single dash excludes a word, `--` ends the options. An
/// unknown `--option` is an error rather than a word: it is more likely mistyped than searched for.
Arguments separate(int argc, const char* const* argv) {
  Arguments arguments;
  bool options_ended = false;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (!options_ended && argument == "--") {
      options_ended = true;
    } else if (!options_ended && names_option(argument)) {
      arguments.options.push_back(argument);
      if (!takes_value(argument)) continue;
      if (i + 1 == argc) throw UsageError(fmt::format("{} needs a value; pfind --help lists the options", argument));
      arguments.options.back() += fmt::format("={}", argv[++i]);
    } else if (!options_ended && argument.starts_with("--") && argument.size() > 2) {
      throw UsageError(fmt::format("there is no option {}; pfind --help lists the options, and words that begin with "
                                   "dashes go behind --",
                                   argument));
    } else {
      arguments.query.push_back(argument);
    }
  }
  return arguments;
}

void store_options(const Strings& options, po::variables_map& values) {
  using namespace po::command_line_style;
  try {
    po::store(po::command_line_parser(options).options(known_options()).style(unix_style & ~allow_guessing).run(),
              values);
  } catch (const po::error& error) {
    throw UsageError(fmt::format("{}; pfind --help lists the options", error.what()));
  }
}

void read_config(po::variables_map& values, const Environment& environment) {
  const bool named = values.contains("config");
  const std::filesystem::path file = named ? std::filesystem::path(values["config"].as<std::string>())
                                           : default_config(environment.xdg_config_home, environment.home);
  if (!named && (file.empty() || !std::filesystem::exists(file))) return;
  Strings options;
  for (const Setting& setting : read_settings(file, "pfind")) {
    const auto* option = known_options().find_nothrow(setting.name, false);
    if (option == nullptr)
      throw UsageError(
          fmt::format("{}, line {}: pfind has no option \"{}\"", file.string(), setting.line, setting.name));
    if (values.contains(setting.name) && !values[setting.name].defaulted()) continue; // the command line goes first
    if (option->semantic()->max_tokens() > 0) {
      options.push_back(fmt::format("--{}={}", setting.name, setting.value));
    } else if (setting.value == "yes" || setting.value == "true") {
      options.push_back("--" + setting.name);
    }
  }
  store_options(options, values);
}

template <typename Value>
Value value_or(const po::variables_map& values, const char* name, Value otherwise) {
  return values.contains(name) ? values[name].as<Value>() : otherwise;
}

/// The value of an option that takes one of a few words.
template <typename Value, std::size_t N>
Value choice(const po::variables_map& values, const char* name,
             const std::array<std::pair<std::string_view, Value>, N>& choices) {
  const std::string text = value_or(values, name, std::string(choices.front().first));
  for (const auto& [word, value] : choices) {
    if (word == text) return value;
  }
  Strings words;
  for (const auto& [word, value] : choices) words.emplace_back(word);
  throw UsageError(fmt::format("--{} {}: expected one of {}", name, text, fmt::join(words, ", ")));
}

Field facet_named(const std::string& name) {
  const auto field = field_named(name);
  if (!field || !is_facet(info(*field)))
    throw UsageError(
        fmt::format("\"{}\" is no kind to count or list; these are: {}", name, fmt::join(facet_names(), ", ")));
  return *field;
}

void read_facets(const po::variables_map& values, SearchRequest& request) {
  for (const std::string& list : value_or(values, "facets", Strings{})) {
    std::stringstream names(list);
    for (std::string name; std::getline(names, name, ',');) {
      const Field field = facet_named(name);
      if (std::ranges::find(request.facets, field) == request.facets.end()) request.facets.push_back(field);
    }
  }
  request.facet_limit = value_or<std::size_t>(values, "facet-limit", 10);
  if (request.facet_limit == 0) request.facet_limit = SIZE_MAX;
}

query::Period option_period(const po::variables_map& values, const char* name, const Date& today,
                            std::optional<query::Period> (*read)(std::string_view, const Date&)) {
  const std::string text = values[name].as<std::string>();
  const auto period = read(text, today);
  if (!period) throw UsageError(fmt::format("--{} {}: expected a date as YYYY, YYYY-MM or YYYY-MM-DD", name, text));
  return *period;
}

void read_query(const Strings& words, const po::variables_map& values, const Date& today, Options& options) {
  SearchRequest& request = options.request;
  request.query = fmt::format("{}", fmt::join(words, " "));
  query::ParsedQuery parsed = query::parse_query(request.query, today);
  options.notices = std::move(parsed.notices);
  request.tree = std::move(parsed.root);
  for (const FieldInfo& field : fields()) {
    if (!is_facet(field)) continue;
    request.tree =
        query::with_filter(std::move(request.tree), field.field, value_or(values, field.name.data(), Strings{}), today);
  }
  if (values.contains("after"))
    request.tree =
        query::with_period(std::move(request.tree), option_period(values, "after", today, query::period_from));
  if (values.contains("before"))
    request.tree =
        query::with_period(std::move(request.tree), option_period(values, "before", today, query::period_until));
}

void read_action(const po::variables_map& values, Options& options) {
  if (values["count"].as<bool>()) options.action = Action::count;
  if (values.contains("list")) {
    options.action = Action::list;
    const std::string text = values["list"].as<std::string>();
    const std::size_t colon = text.find(':');
    options.list_field = facet_named(text.substr(0, colon));
    if (colon != std::string::npos) options.list_beginning = text.substr(colon + 1);
  }
  if (values.contains("show")) {
    options.action = Action::show;
    options.show_path = values["show"].as<std::string>();
  }
}

/// A path as the index knows it.
std::string indexed_path(const std::string& path) {
  return path.empty() ? path : std::filesystem::absolute(path).lexically_normal().string();
}

} // namespace

Options parse_options(int argc, const char* const* argv, const Environment& environment, const Date& today) {
  const Arguments arguments = separate(argc, argv);
  po::variables_map values;
  store_options(arguments.options, values);
  Options options;
  options.help = help_text();
  if (values["help"].as<bool>() || values["version"].as<bool>()) {
    options.action = values["help"].as<bool>() ? Action::help : Action::version;
    return options;
  }
  read_config(values, environment);
  for (const std::string& index : value_or(values, "index", Strings{})) options.indexes.emplace_back(index);
  if (options.indexes.empty())
    options.indexes.push_back(index_files::default_index(environment.xdg_data_home, environment.home));
  read_action(values, options);
  read_query(arguments.query, values, today, options);
  read_facets(values, options.request);
  options.request.sort = choice<SortOrder, 3>(
      values, "sort",
      {{{"relevance", SortOrder::relevance}, {"newest", SortOrder::newest}, {"oldest", SortOrder::oldest}}});
  options.request.limit = value_or<std::size_t>(values, "limit", 10);
  options.request.offset = value_or<std::size_t>(values, "offset", 0);
  options.request.explain = values["explain"].as<bool>();
  options.request.similar_to = indexed_path(value_or(values, "similar", std::string{}));
  options.show_path = indexed_path(options.show_path);
  options.format = choice<OutputFormat, 5>(values, "format",
                                           {{{"text", OutputFormat::text},
                                             {"json", OutputFormat::json},
                                             {"jsonl", OutputFormat::jsonl},
                                             {"csv", OutputFormat::csv},
                                             {"paths", OutputFormat::paths}}});
  options.nul_separated = values["null"].as<bool>();
  if (options.nul_separated && !values.contains("format")) options.format = OutputFormat::paths;
  options.color =
      choice<When, 3>(values, "color", {{{"auto", When::automatic}, {"always", When::always}, {"never", When::never}}});
  options.pager = !values["no-pager"].as<bool>();
  return options;
}

} // namespace pfind::searcher
