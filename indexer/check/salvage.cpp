#include "indexer/check/salvage.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>
#include <xapian.h>

#include "common/child_process.hpp"
#include "common/codec.hpp"
#include "common/index_files.hpp"
#include "common/schema.hpp"
#include "common/stored_article.hpp"
#include "common/version_file.hpp"
#include "indexer/copies.hpp"

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

constexpr char k_root = 'R', k_reading = 'S', k_file = 'F', k_article = 'A', k_lost = 'L', k_none_wanted = 'N';

constexpr std::string_view k_copies = "copies of articles"; // some of them

constexpr int k_most_crashes = 10'000; // each costs a process, and an article

/// Calls `work`, and takes what it throws for damage that costs no more than this step.
template <typename Work>
bool attempt(Work&& work) {
  try {
    work();
    return true;
  } catch (const Xapian::Error&) {
    return false;
  } catch (const codec::DecodeError&) {
    return false;
  }
}

/// Whether a metadata entry is the one that its key says: of a folder or of a file.
bool is_own(std::string_view family, const std::string& key, const std::string& text) {
  if (family == metadata::k_reading) return true;
  std::string path = text;
  return attempt([&] {
           if (family == metadata::k_file) path = decode_file_record(text).file.path;
         }) &&
         fit_term(family, path) == key;
}

Xapian::Database opened(const fs::path& path) {
  check_shape(path); // which Xapian believes
  return Xapian::Database(path.string());
}

void tell_remembered(const Xapian::Database& database, ChildVoice& voice) {
  const auto tell_all = [&](std::string_view family, char kind) {
    const std::string prefix{family};
    attempt([&] {
      for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix); ++key) {
        const std::string text = database.get_metadata(*key);
        if (is_own(family, *key, text)) voice.tell(kind, text);
        voice.flush(); // the next step may be the last
      }
    });
  };
  tell_all(metadata::k_root, k_root);
  tell_all(metadata::k_reading, k_reading);
  tell_all(metadata::k_file, k_file);
}

/// The numbers that articles have, or, where the list of them is damaged, those that they may have.
std::vector<Xapian::docid> numbers_of(const Xapian::Database& database, bool is_list_damaged) {
  std::vector<Xapian::docid> numbers;
  if (!is_list_damaged && attempt([&] { numbers.assign(database.postlist_begin(""), database.postlist_end("")); }) &&
      !numbers.empty())
    return numbers;
  constexpr Xapian::docid k_most_holes = 1'000'000; // the last number may be nonsense
  const Xapian::docid last = std::min(database.get_lastdocid(), 4 * database.get_doccount() + k_most_holes);
  numbers.clear();
  for (Xapian::docid number = 1; number <= last; ++number) numbers.push_back(number);
  return numbers;
}

/// Whether the index finds the article where it says that it lies.
bool is_at(const Xapian::Database& database, Xapian::docid number, const Article& article) {
  const std::string term = term_for(Field::location, article.location());
  return std::find(database.postlist_begin(term), database.postlist_end(term), number) != database.postlist_end(term);
}

/// The files of articles, as what is remembered of files and the list of each file's articles tell: an article's own
/// text may say anything.
using Files = std::unordered_multimap<Xapian::docid, std::string>; // of copies of one article there are several

Files files_of(const Xapian::Database& database) {
  Files files;
  const std::string prefix{metadata::k_file};
  attempt([&] {
    for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix); ++key) {
      const std::string text = database.get_metadata(*key);
      if (!is_own(metadata::k_file, *key, text)) continue;
      const std::string path = decode_file_record(text).file.path;
      const std::string term = term_for(Field::file, path);
      for (auto article = database.postlist_begin(term); article != database.postlist_end(term); ++article)
        files.emplace(*article, path);
    }
  });
  return files;
}

/// Empty where there is none.
std::string data_of(const Xapian::Document& document) {
  try {
    return document.get_data();
  } catch (const Xapian::DocNotFoundError&) {
    return {};
  }
}

/// Tells the article of a number if its file is wanted.
void tell_article(const Xapian::Database& database, Xapian::docid number, const Files& files,
                  const std::function<bool(const std::string&)>& is_wanted, ChildVoice& voice) {
  const auto file = files.find(number);
  const auto [first, last] = files.equal_range(number);
  if (first != last && std::none_of(first, last, [&](const auto& entry) { return is_wanted(entry.second); })) return;
  std::string name =
      file != files.end() ? fmt::format("article {} of {}", number, file->second) : fmt::format("article {}", number);
  voice.at(std::to_string(number));
  bool is_elsewhere = false; // in a file that is not wanted, by its own text, where that alone tells
  const bool is_sound = attempt([&] {
    const Xapian::Document document = database.get_document(number, Xapian::DOC_ASSUME_VALID);
    const std::string stored = data_of(document);
    if (stored.empty() && file == files.end()) return name.clear(); // there is none
    is_elsewhere = file == files.end() && !is_wanted(decode_article(stored, false).path);
    const Article article = decode_verified_article(stored, document.get_value(info(Field::digest).slot));
    if (!is_wanted(article.path)) return name.clear();
    if (!is_at(database, number, article)) throw codec::DecodeError();
    voice.tell(k_article, stored);
  });
  if (!is_sound && !is_elsewhere) voice.tell(k_lost, name);
}

/// Which of the files that have articles are wanted, told by what the keys of copies begin with. What is remembered of
/// files and their terms say it, which do not lie side by side: that of a file whose record is damaged its term does.
class KnownFiles {
public:
  KnownFiles(const Xapian::Database& database, const std::function<bool(const std::string&)>& is_wanted) {
    const auto add = [&](const std::string& path) { add_file(path, is_wanted(path)); };
    attempt([&] {
      const std::string prefix{metadata::k_file};
      for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix); ++key) {
        const std::string text = database.get_metadata(*key);
        if (is_own(metadata::k_file, *key, text)) add(decode_file_record(text).file.path);
      }
    });
    attempt([&] {
      const std::string prefix{info(Field::file).prefix};
      for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term) {
        if ((*term).size() < k_whole_term) add((*term).substr(prefix.size()));
      }
    });
  }

  bool is_any_wanted() const { return is_any_wanted_; }

  /// Whether a copy of which the key alone is known may be of a wanted file.
  bool may_be_wanted(std::string_view key) const {
    const auto known = wanted_.find(std::string(key.substr(0, copy_key_prefix("").size())));
    return known != wanted_.end() ? known->second : is_any_wanted_;
  }

private:
  static constexpr std::size_t k_whole_term = 240; // longer ones may be cut: see fit_term

  void add_file(const std::string& path, bool is_wanted) {
    wanted_.emplace(copy_key_prefix(path), is_wanted);
    is_any_wanted_ = is_any_wanted_ || is_wanted;
  }

  std::unordered_map<std::string, bool> wanted_;
  bool is_any_wanted_ = false;
};

/// Tells the articles that others stand for, of files that are wanted.
void tell_hidden(const Xapian::Database& database, const std::function<bool(const std::string&)>& is_wanted,
                 ChildVoice& voice) {
  const KnownFiles files(database, is_wanted);
  if (!files.is_any_wanted()) voice.tell(k_none_wanted);
  voice.flush(); // the next step may be the last
  const std::string prefix{metadata::k_copy};
  const bool are_all = attempt([&] {
    for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix); ++key) {
      std::string name = files.may_be_wanted(*key) ? "a copy of an article" : "";
      const bool is_sound = attempt([&] {
        const Article article = decode_with_digest(database.get_metadata(*key));
        name = is_wanted(article.path) ? "a copy of an article, " + article.location() : "";
        if (name.empty()) return;
        if (copy_key({article.path, article.record}) != *key) throw codec::DecodeError();
        voice.tell(k_article, encode(article));
      });
      if (!is_sound && !name.empty()) voice.tell(k_lost, name);
      voice.flush();
    }
  });
  if (!are_all && files.is_any_wanted()) voice.tell(k_lost, k_copies);
}

} // namespace

Remembered remembered_by(const fs::path& database, const std::stop_token& stop) {
  Remembered remembered;
  const auto hear = [&](char kind, std::string_view text) {
    attempt([&] {
      if (kind == k_root) remembered.roots.emplace_back(text);
      if (kind == k_reading) remembered.reading = decode_reading_settings(text);
      if (kind != k_file) return;
      FileRecord record = decode_file_record(text);
      std::string path = record.file.path;
      remembered.files.emplace(std::move(path), std::move(record));
    });
  };
  run_in_child([&](ChildVoice& voice) { attempt([&] { tell_remembered(opened(database), voice); }); }, hear,
               {.stop = stop});
  return remembered;
}

void salvage(const fs::path& path, const std::function<bool(const std::string& file)>& is_wanted,
             const SalvageEvents& events, const std::stop_token& stop) {
  Xapian::docid after = 0;
  bool is_list_damaged = false; // so that reading it crashes
  const auto work = [&](ChildVoice& voice) {
    attempt([&] {
      const Xapian::Database database = opened(path);
      const Files files = files_of(database);
      for (const Xapian::docid number : numbers_of(database, is_list_damaged)) {
        if (number <= after) continue;
        tell_article(database, number, files, is_wanted, voice);
        voice.flush(); // the next may be the one that breaks it
      }
    });
  };
  bool are_copies_wanted = true; // as far as is known
  const auto hear = [&](char kind, std::string_view text) {
    if (kind == k_article) events.article(decode_article(text));
    if (kind == k_lost) events.lost(std::string(text));
    if (kind == k_none_wanted) are_copies_wanted = false;
  };
  const ChildEnd hidden = run_in_child(
      [&](ChildVoice& voice) { attempt([&] { tell_hidden(opened(path), is_wanted, voice); }); }, hear, {.stop = stop});
  const bool is_cut_short = hidden.reason == ChildEnd::Reason::crashed || hidden.reason == ChildEnd::Reason::stuck;
  if (is_cut_short && are_copies_wanted) events.lost(std::string(k_copies));
  for (int crashes = 0; crashes < k_most_crashes; ++crashes) {
    const ChildEnd end = run_in_child(work, hear, {.stop = stop});
    const bool goes_on = end.reason == ChildEnd::Reason::crashed || end.reason == ChildEnd::Reason::stuck;
    const Xapian::docid place = end.place.empty() ? after : static_cast<Xapian::docid>(std::stoul(end.place));
    if (!goes_on || (place <= after && is_list_damaged)) return;
    if (place <= after) {
      is_list_damaged = true;
      continue;
    }
    events.lost(fmt::format("article {}", place));
    after = place;
  }
}

} // namespace pfind::indexer
