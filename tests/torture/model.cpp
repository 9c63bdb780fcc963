// Changes a folder of articles and its index at random, step by step, and compares the index with a model of it.
//
//   model STEPS [SEED]
//
// Steps write, change, rename, touch, remove and recode files; bring the index up to date, to the end, interrupted or
// killed; and rebuild it. The model is a table of what lies in the folder; after every update that came to its end the
// index holds exactly its articles, with their headlines and words, and those that say the same, as many do, are one
// document. Episodes of fifty steps begin with an empty folder
// and end with a comparison with a fresh build, term by term. Of an episode that fails, steps are left out as long as
// it fails without them, and the rest is printed. Exit status 1 then.
#include <array>
#include <csignal>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

#include "common/error.hpp"
#include "common/index_files.hpp"
#include "common/schema.hpp"
#include "common/stored_article.hpp"
#include "indexer/index_writer.hpp"
#include "tests/integration/collection.hpp"

using namespace pfind;
using namespace pfind::indexer;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_episode = 50;

const std::vector<std::string> k_names{"a.txt",          "b.txt",   "c.txt",      "sub/d.txt",
                                       "sub/deep/e.txt", "f.jsonl", "sub/g.jsonl"};

enum class Kind { write, rename, touch, remove, recode, update, interrupted, killed, rebuild };
constexpr std::array k_kind_names{"write",  "rename",      "touch",  "remove", "recode",
                                  "update", "interrupted", "killed", "rebuild"};

/// One step, with all that chance decides of it, so that it can be done again.
struct Step {
  Kind kind{};
  std::string name;
  std::string other;
  unsigned number = 0;
};

std::string to_string(const Step& step) {
  return fmt::format("{} {} {} {}", k_kind_names.at(static_cast<std::size_t>(step.kind)), step.name, step.other,
                     step.number);
}

Step random_step(std::mt19937& random) {
  // Files change more often than the index is brought up to date.
  constexpr std::array kinds{Kind::write,  Kind::write,  Kind::write,       Kind::rename, Kind::touch,  Kind::remove,
                             Kind::recode, Kind::update, Kind::interrupted, Kind::killed, Kind::update, Kind::update};
  const Kind kind = random() % 40 == 0 ? Kind::rebuild : kinds.at(random() % kinds.size());
  return {kind, k_names[random() % k_names.size()], k_names[random() % k_names.size()],
          static_cast<unsigned>(random() % 100'000)};
}

/// A file as the model has it.
struct File {
  unsigned number = 0;   ///< of what it says
  unsigned encoding = 0; ///< of its bytes
};

/// An article as the model has it. Those that are equal are copies of one.
struct Expected {
  std::string title;
  std::string word; ///< one of its text

  auto operator<=>(const Expected&) const = default;
};

/// Long enough to tell, with headline and day, a copy from another article.
std::string words_of(const Expected& article) {
  return fmt::format("{} and what else there was to say of licences for phones", article.word);
}

std::map<std::string, Expected> articles_of(const std::string& path, unsigned number) {
  const auto article = [&](unsigned n) {
    return Expected{fmt::format("Title {}", n % 3), fmt::format("topic{}x", n % 7)};
  };
  std::map<std::string, Expected> articles;
  if (!path.ends_with(".jsonl")) {
    articles.emplace(path, article(number));
    return articles;
  }
  for (unsigned i = 0; i < number % 4; ++i) articles.emplace(fmt::format("{}#r{}", path, i), article(number + i));
  return articles;
}

std::string encoded(const std::string& ascii, unsigned encoding) {
  if (encoding % 4 == 0) return ascii;
  if (encoding % 4 == 1) return "\xef\xbb\xbf" + ascii;
  const bool is_big_endian = encoding % 4 == 2;
  std::string bytes = is_big_endian ? "\xfe\xff" : "\xff\xfe";
  for (const char c : ascii) {
    bytes += is_big_endian ? '\0' : c;
    bytes += is_big_endian ? c : '\0';
  }
  return bytes;
}

std::string bytes_of(const std::string& name, const File& file) {
  std::string text;
  for (const auto& [location, article] : articles_of(name, file.number)) {
    if (name.ends_with(".txt")) return encoded(article_text(article.title, words_of(article)), file.encoding);
    text += fmt::format(
        R"({{"id": "{}", "title": "{}", "body": "Huawei and Nokia spoke in Munich about {}, and then went home again.", "date": "2024-03-12"}})"
        "\n",
        location.substr(location.find('#') + 1), article.title, words_of(article));
  }
  return encoded(text, file.encoding);
}

/// The folder, its index, and the model.
class Episode {
public:
  /// What is wrong after one of the steps; nothing where nothing is.
  std::optional<std::string> run(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      if (auto wrong = perform(step)) return wrong;
    }
    collection_.update();
    if (auto wrong = difference_from_model()) return wrong;
    const std::string differs = difference(contents(collection_.index()), collection_.fresh());
    return differs.empty() ? std::nullopt : std::optional("is not as built freshly: " + differs);
  }

private:
  std::optional<std::string> perform(const Step& step) {
    switch (step.kind) {
    case Kind::write: write(step.name, {step.number, step.number / 7}); break;
    case Kind::rename: rename(step.name, step.other); break;
    case Kind::touch:
      if (files_.contains(step.name)) collection_.touch(step.name);
      break;
    case Kind::remove:
      if (files_.erase(step.name) > 0) collection_.remove(step.name);
      break;
    case Kind::recode:
      if (files_.contains(step.name)) write(step.name, {files_[step.name].number, step.number});
      break;
    case Kind::update: update(step.number); return difference_from_model();
    case Kind::interrupted: interrupt(step.number); break;
    case Kind::killed: return killed(step.number);
    case Kind::rebuild: collection_.rebuild(); return difference_from_model();
    }
    return std::nullopt;
  }

  void write(const std::string& name, File file) {
    files_[name] = file;
    collection_.write(name, bytes_of(name, file));
  }

  void rename(const std::string& from, const std::string& to) {
    const auto file = files_.find(from);
    if (from == to || file == files_.end() || fs::path(from).extension() != fs::path(to).extension()) return;
    collection_.rename(from, to);
    files_[to] = file->second;
    files_.erase(from);
  }

  UpdateOptions options(unsigned number) const {
    UpdateOptions options = collection_.options();
    options.jobs = 1 + number % 2;
    options.articles_per_commit = 1 + number / 2 % 5;
    return options;
  }

  void update(unsigned number) { collection_.update(options(number)); }

  void interrupt(unsigned number) {
    std::stop_source stop;
    unsigned left = 1 + number / 10 % 5;
    collection_.update(options(number),
                       {.progress =
                            [&](const Progress&) {
                              if (--left == 0) stop.request_stop();
                            }},
                       stop.get_token());
  }

  /// An index that a killed run left can be read, and each of its articles is whole.
  std::optional<std::string> killed(unsigned number) {
    const pid_t child = fork();
    if (child == 0) {
      unsigned left = 1 + number / 10 % 5;
      collection_.update(options(number), {.progress = [&](const Progress&) {
                           if (--left == 0) kill(getpid(), SIGKILL);
                         }});
      _exit(0);
    }
    int status = 0;
    if (waitpid(child, &status, 0) != child) return "cannot wait for a process";
    if (!index_files::live_generation(collection_.index())) return std::nullopt;
    for (const auto& [location, article] : contents(collection_.index()).articles) decode_article(article.data);
    return std::nullopt;
  }

  std::optional<std::string> difference_from_model() const {
    if (!is_summed(collection_.index())) return "has a sum of metadata that is not that of its metadata";
    std::map<std::string, Expected> expected; // by location term
    for (const auto& [name, file] : files_) {
      for (const auto& [location, article] : articles_of((collection_.folder() / name).string(), file.number))
        expected.emplace(term_for(Field::location, location), article);
    }
    std::set<Expected> different;
    for (const auto& [location, article] : expected) different.insert(article);
    const IndexContents now = contents(collection_.index());
    for (const auto& [first_location, article] : now.articles) {
      const Article stored = decode_article(article.data);
      for (const std::string& location : locations_of(article)) {
        const auto it = expected.find(location);
        if (it == expected.end()) return "has an article that is gone: " + location;
        const bool is_right = stored.title == it->second.title &&
                              stored.body.find(it->second.word) != std::string::npos &&
                              article.terms.contains(it->second.word);
        if (!is_right)
          return fmt::format("has another article at {}: \"{}\", \"{}\"", location, stored.title, stored.body);
        expected.erase(it);
      }
    }
    if (!expected.empty()) return "lacks an article: " + expected.begin()->first;
    if (now.articles.size() != different.size())
      return fmt::format("has {} documents of {} articles that differ", now.articles.size(), different.size());
    return std::nullopt;
  }

  static std::vector<std::string> locations_of(const ArticleContents& article) {
    const std::string prefix{info(Field::location).prefix};
    std::vector<std::string> locations;
    for (auto term = article.terms.lower_bound(prefix); term != article.terms.end() && term->first.starts_with(prefix);
         ++term)
      locations.push_back(term->first);
    return locations;
  }

  Collection collection_;
  std::map<std::string, File> files_;
};

std::optional<std::string> complaint(const std::vector<Step>& steps) {
  try {
    return Episode().run(steps);
  } catch (const std::exception& error) {
    return fmt::format("throws: {}", error.what());
  }
}

/// Leaves out steps, many at a time and then one by one, as long as it still fails.
std::vector<Step> minimised(std::vector<Step> steps) {
  for (std::size_t size = steps.size() / 2; size > 0; size /= 2) {
    for (std::size_t at = 0; at + size <= steps.size();) {
      std::vector<Step> fewer = steps;
      const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(at);
      fewer.erase(begin, begin + static_cast<std::ptrdiff_t>(size));
      if (complaint(fewer))
        steps = std::move(fewer);
      else
        at += size;
    }
  }
  return steps;
}

int test(std::size_t wanted, unsigned seed) {
  std::mt19937 random(seed);
  std::size_t done = 0;
  for (; done < wanted; done += k_episode) {
    std::vector<Step> steps;
    for (std::size_t i = 0; i < k_episode; ++i) steps.push_back(random_step(random));
    if (!complaint(steps)) continue;
    steps = minimised(std::move(steps));
    std::cout << fmt::format("after {} steps, the index {}\n", done,
                             complaint(steps).value_or("is right, if tried again"));
    for (const Step& step : steps) std::cout << "  " << to_string(step) << '\n';
    return 1;
  }
  std::cout << fmt::format("{} steps, 0 failures\n", done);
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  try {
    if (argc < 2 || argc > 3) throw std::runtime_error("say how many steps: model STEPS [SEED]");
    return test(std::stoul(argv[1]), argc > 2 ? static_cast<unsigned>(std::stoul(argv[2])) : 1);
  } catch (const std::exception& error) {
    std::cerr << "model: " << error.what() << '\n';
    return 2;
  }
}
