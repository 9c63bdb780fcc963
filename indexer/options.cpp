#include "indexer/options.hpp"

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>
#include <fmt/format.h>
#include <sstream>
#include <thread>

#include "common/config_file.hpp"
#include "common/error.hpp"
#include "common/index_files.hpp"

namespace pfind::indexer {
namespace po = boost::program_options;
namespace {

constexpr std::array k_json_fields{"title", "body", "date", "url", "outlet", "author", "id", "language"};

/// What a run is to do is said on the command line; a configuration file says how.
constexpr std::array k_not_in_config{"config", "rebuild", "forget", "dry-run", "print", "help", "version"};

constexpr std::chrono::seconds k_longest_wait{86400};

po::options_description visible_options() {
  po::options_description options("Options");
  // clang-format off
  options.add_options()
    ("index", po::value<std::string>()->value_name("DIR"), "the index to write")
    ("config", po::value<std::string>()->value_name("FILE"), "read further options from FILE")
    ("names", po::value<std::vector<std::string>>()->composing()->value_name("FILE"),
        "recognize the names in FILE beside the built-in ones")
    ("rebuild", po::bool_switch(), "make a new index beside the old one and replace it when it is complete")
    ("forget", po::bool_switch(), "remove the articles at or below PATH from the index")
    ("dry-run", po::bool_switch(), "say what would be done, write nothing")
    ("print", po::bool_switch(), "print the articles as lines of JSON, without an index")
    ("report", po::value<std::string>()->value_name("FILE"), "write what was skipped, and why, as lines of JSON")
    ("jobs", po::value<std::size_t>()->value_name("N"), "threads to read and analyse with; default: one per processor")
    ("json-field", po::value<std::vector<std::string>>()->composing()->value_name("FIELD=NAME"),
        "in JSON, read the article's FIELD from member NAME")
    ("wait", po::value<unsigned>()->value_name("SECONDS"), "how long to wait for another pindex; default: 10")
    ("verbose", po::bool_switch(), "name every file that is read or removed, and all that is skipped")
    ("quiet", po::bool_switch(), "no progress, no summary; only errors")
    ("help", po::bool_switch(), "show this text and exit")
    ("version", po::bool_switch(), "show the version and exit");
  // clang-format on
  return options;
}

po::options_description all_options() {
  po::options_description all;
  all.add(visible_options());
  all.add_options()("path", po::value<std::vector<std::string>>());
  return all;
}

std::string help_text() {
  std::ostringstream out;
  out << "Usage: pindex [OPTION]... PATH...\n"
         "Index the news articles in files and folders for pfind, or bring the index up to date.\n\n"
      << visible_options() << "\nThe manual page pindex(1) says more.\n";
  return out.str();
}

/// The configuration file's settings as if they stood on the command line.
std::vector<std::string> as_arguments(const std::vector<Setting>& settings, const std::filesystem::path& file) {
  std::vector<std::string> arguments;
  const po::options_description known = visible_options();
  for (const Setting& setting : settings) {
    const auto* option = known.find_nothrow(setting.name, false);
    if (option == nullptr || std::ranges::find(k_not_in_config, setting.name) != k_not_in_config.end())
      throw UsageError(
          fmt::format("{}, line {}: pindex has no setting \"{}\"", file.string(), setting.line, setting.name));
    if (option->semantic()->max_tokens() > 0) {
      arguments.push_back(fmt::format("--{}={}", setting.name, setting.value));
    } else if (setting.value == "yes" || setting.value == "true") {
      arguments.push_back("--" + setting.name);
    } else if (setting.value != "no" && setting.value != "false") {
      throw UsageError(fmt::format("{}, line {}: {} is yes or no, not \"{}\"", file.string(), setting.line,
                                   setting.name, setting.value));
    }
  }
  return arguments;
}

void store_arguments(const std::vector<std::string>& arguments, po::variables_map& values) {
  po::positional_options_description positional;
  positional.add("path", -1);
  using namespace po::command_line_style;
  try {
    po::store(po::command_line_parser(arguments)
                  .options(all_options())
                  .positional(positional)
                  .style(unix_style & ~allow_guessing)
                  .run(),
              values);
  } catch (const po::error& error) {
    throw UsageError(fmt::format("{}; pindex --help lists the options", error.what()));
  }
}

void read_config(po::variables_map& values, const Environment& environment) {
  const bool named = values.contains("config");
  const std::filesystem::path file = named ? std::filesystem::path(values["config"].as<std::string>())
                                           : default_config(environment.xdg_config_home, environment.home);
  if (!named && (file.empty() || !std::filesystem::exists(file))) return;
  store_arguments(as_arguments(read_settings(file, "pindex"), file), values); // what is there already stays
}

void add_json_field(const std::string& text, corpus::ReadOptions& options) {
  const std::size_t equals = text.find('=');
  const std::string field = text.substr(0, equals);
  if (equals == std::string::npos || equals + 1 == text.size() ||
      std::ranges::find(k_json_fields, field) == k_json_fields.end())
    throw UsageError(
        fmt::format("--json-field {}: expected FIELD=NAME with FIELD one of title, body, date, url, outlet, "
                    "author, id, language",
                    text));
  options.json_fields[field].push_back(text.substr(equals + 1));
}

Action chosen_action(const po::variables_map& values) {
  constexpr std::array<std::pair<const char*, Action>, 6> actions{{{"help", Action::help},
                                                                   {"version", Action::version},
                                                                   {"print", Action::print},
                                                                   {"dry-run", Action::dry_run},
                                                                   {"forget", Action::forget},
                                                                   {"rebuild", Action::rebuild}}};
  Action action = Action::update;
  const char* chosen = nullptr;
  for (const auto& [name, meant] : actions) {
    if (!values[name].as<bool>()) continue;
    if (meant == Action::help || meant == Action::version) return meant;
    if (chosen != nullptr) throw UsageError(fmt::format("--{} and --{} do not go together", chosen, name));
    chosen = name;
    action = meant;
  }
  return action;
}

template <typename Value>
Value value_or(const po::variables_map& values, const char* name, Value otherwise) {
  return values.contains(name) ? values[name].as<Value>() : otherwise;
}

void validate(const Options& options) {
  if (options.jobs < 1 || options.jobs > 256) throw UsageError("--jobs takes a number from 1 to 256");
  if (options.wait > k_longest_wait) throw UsageError("--wait takes at most a day, 86400 seconds");
  if (std::ranges::find(options.paths, "") != options.paths.end()) throw UsageError("an empty PATH names no file");
  if (options.verbose && options.quiet) throw UsageError("--verbose and --quiet do not go together");
  if (options.paths.empty() && (options.action == Action::print || options.action == Action::forget))
    throw UsageError("say which files or folders: pindex [OPTION]... PATH...");
  if (options.action != Action::print && std::ranges::find(options.paths, "-") != options.paths.end())
    throw UsageError("standard input can be read with --print; to index it, save it to a file first");
}

} // namespace

Options parse_options(int argc, const char* const* argv, const Environment& environment) {
  po::variables_map values;
  store_arguments({argv + 1, argv + argc}, values);
  Options options;
  options.action = chosen_action(values);
  options.help = help_text();
  if (options.action == Action::help || options.action == Action::version) return options;
  read_config(values, environment);
  options.paths = value_or(values, "path", std::vector<std::string>{});
  options.names = value_or(values, "names", std::vector<std::string>{});
  options.report = value_or(values, "report", std::string{});
  options.jobs = value_or<std::size_t>(values, "jobs", std::max(1U, std::thread::hardware_concurrency()));
  options.wait = std::chrono::seconds(value_or(values, "wait", 10U));
  options.verbose = values["verbose"].as<bool>();
  options.quiet = values["quiet"].as<bool>();
  for (const std::string& field : value_or(values, "json-field", std::vector<std::string>{}))
    add_json_field(field, options.read);
  if (options.action != Action::print)
    options.index = values.contains("index") ? std::filesystem::path(values["index"].as<std::string>())
                                             : index_files::default_index(environment.xdg_data_home, environment.home);
  validate(options);
  return options;
}

} // namespace pfind::indexer
