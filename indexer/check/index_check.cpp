#include "indexer/check/index_check.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <unistd.h>
#include <xapian.h>

#include "common/block_sums.hpp"
#include "common/child_process.hpp"
#include "common/codec.hpp"
#include "common/error.hpp"
#include "common/index_files.hpp"
#include "common/schema.hpp"
#include "common/stored_article.hpp"
#include "common/version_file.hpp"
#include "indexer/check/article_check.hpp"
#include "indexer/check/catalog_check.hpp"
#include "indexer/check/damaged_places.hpp"
#include "indexer/check/document_sums.hpp"
#include "indexer/check/hidden_articles.hpp"
#include "indexer/check/xapian_check.hpp"
#include "indexer/index_directory.hpp"
#include "indexer/index_state.hpp"
#include "indexer/summed_metadata.hpp"

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

constexpr const char* k_in_damaged_block = "its {} stands in a block that is not what was written";

constexpr int k_most_crashes = 100;                // of one part, each costs a process
constexpr int k_most_stuck = 3;                    // likewise, each costs the time of its patience
constexpr std::chrono::seconds k_damage_known{10}; // patience where it is known that there is damage
constexpr std::uint64_t k_articles_told = 500;     // between messages of how many were looked at

/// Kinds of messages from the processes that look.
constexpr char k_damage = 'D', k_article_damage = 'A', k_articles = 'N', k_version = 'V', k_size = 'S', k_block = 'B';

void tell_damage(ChildVoice& voice, const Damage& damage) {
  std::string message;
  codec::put_text(message, damage.where);
  codec::put_text(message, damage.what);
  voice.tell(k_damage, message);
  voice.flush(); // the next step may be the last
}

void tell_article_damage(ChildVoice& voice, Xapian::docid number, const Damage& damage) {
  voice.tell(k_article_damage, std::to_string(number));
  tell_damage(voice, damage);
}

Damage damage_of(std::string_view message) {
  Damage damage;
  damage.where = codec::take_text(message);
  damage.what = codec::take_text(message);
  return damage;
}

/// Calls `work` and turns whatever it throws into text.
template <typename Work>
std::optional<std::string> failure_of(Work&& work) {
  try {
    work();
  } catch (const Xapian::Error& error) { // no std::exception
    return error.get_msg();
  } catch (const std::exception& error) {
    return error.what();
  }
  return std::nullopt;
}

/// What people know an article by, as far as it can be told.
std::string name_of(const Xapian::Database& database, Xapian::docid number) {
  std::string name = fmt::format("article {}", number);
  failure_of([&] { name = decode_article(database.get_document(number).get_data(), false).location(); });
  return name;
}

/// What Xapian's check says besides that all is well.
std::vector<std::string> complaints(const std::string& text) {
  std::istringstream lines(text);
  std::vector<std::string> complaints;
  for (std::string line; std::getline(lines, line);) {
    const auto has = [&](std::string_view part) { return line.find(part) != std::string::npos; };
    const bool is_fine = line.empty() || line.ends_with(':') || has("hecked ok") || has("hecked OK") ||
                         has("blocksize=") || has("ot present") || has("rrors found") || has("No errors") ||
                         has("azily created");
    if (!is_fine) complaints.push_back(line);
  }
  return complaints;
}

std::uintmax_t bytes_below(const fs::path& directory) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::directory_iterator(directory)) {
    std::error_code gone; // then it counts nothing
    const auto size = entry.file_size(gone);
    if (!gone) bytes += size;
  }
  return bytes;
}

/// The numbers of the articles, their own records, the lists by term and by value: looked at in processes of their own.
class IndexCheck {
public:
  IndexCheck(const CheckedGeneration& generation, const CheckEvents& events, std::stop_token stop)
      : index_(generation.index), path_(index_files::generation(generation.index, generation.number)), events_(events),
        stop_(std::move(stop)) {
    if (!generation.is_named) add({index_files::stub(index_).string(), "does not name the index's database"});
  }

  CheckSummary run() {
    if (!open() || summary_.interrupted) return summary_;
    check_blocks();
    check_articles();
    const std::uint64_t before = summary_.damages;
    check_postings();
    check_values();
    if (summary_.damages == before && is_all_read_ && !summary_.interrupted) compare_sums();
    check_memory();
    check_structure();
    return summary_;
  }

  CheckSummary run_catalog(const Names& names) {
    in_child("catalog", [&](ChildVoice& voice) {
      if (!has_catalog_of(database(), names))
        tell_damage(voice, {"the catalog of names", "is not the one that the articles' names give"});
    });
    return summary_;
  }

private:
  Xapian::Database database() const {
    check_version_file(path_);
    return Xapian::Database(path_.string());
  }

  void add(const Damage& damage) {
    ++summary_.damages;
    if (events_.damage) events_.damage(damage);
  }

  void hear(char kind, std::string_view content) {
    if (kind == k_damage) return add(damage_of(content));
    if (kind == k_block) return blocks_.add(content);
    if (kind == k_version) version_ = content;
    if (kind == k_article_damage) damaged_.insert(static_cast<Xapian::docid>(std::stoul(std::string(content))));
    if (kind == k_articles) {
      summary_.articles += std::stoull(std::string(content));
      if (events_.progress) events_.progress(summary_.articles, count_);
    }
    if (kind == k_size) {
      last_ = static_cast<Xapian::docid>(codec::take_number(content));
      count_ = codec::take_number(content);
    }
  }

  ChildEnd run_piece(const std::function<void(ChildVoice&)>& work, ChildLimits limits) {
    limits.stop = stop_;
    ChildEnd end = run_in_child(
        [&](ChildVoice& voice) {
          if (const auto failure = failure_of([&] { work(voice); })) throw std::runtime_error(*failure);
        },
        [&](char kind, std::string_view content) { hear(kind, content); }, limits);
    summary_.interrupted = summary_.interrupted || end.reason == ChildEnd::Reason::stopped;
    return end;
  }

  static std::string ending(const ChildEnd& end) {
    if (end.reason == ChildEnd::Reason::crashed) return fmt::format("reading it crashes ({})", end.error);
    return end.reason == ChildEnd::Reason::stuck ? "reading it does not come to an end"
                                                 : fmt::format("cannot be read ({})", end.error);
  }

  /// Whether the work came to its end; otherwise that is a damage of `where`.
  bool in_child(const std::string& where, const std::function<void(ChildVoice&)>& work) {
    return in_child(where, work, limits());
  }
  bool in_child(const std::string& where, const std::function<void(ChildVoice&)>& work, ChildLimits limits) {
    const ChildEnd end = run_piece(work, std::move(limits));
    if (end.reason == ChildEnd::Reason::complete || end.reason == ChildEnd::Reason::stopped) return true;
    add({where, ending(end)});
    return false;
  }

  /// How long it may take to go on from one thing to the next.
  ChildLimits limits() const { return blocks_.empty() ? ChildLimits{} : ChildLimits{.patience = k_damage_known}; }

  /// Work that goes from place to place, begun anew behind each that breaks it: `work(voice, after)`. Returns whether
  /// nothing broke it.
  bool in_pieces(const std::string& where, const std::function<void(ChildVoice&, const std::string&)>& work,
                 const std::function<std::string(const std::string&)>& name) {
    std::string after;
    int stuck = 0;
    for (int crashes = 0; !summary_.interrupted; ++crashes) {
      const ChildEnd end = run_piece([&](ChildVoice& voice) { work(voice, after); }, limits());
      if (end.reason == ChildEnd::Reason::complete) return crashes == 0;
      if (end.reason == ChildEnd::Reason::stopped) return false;
      const bool is_elsewhere = !end.place.empty() && end.place != after;
      add({is_elsewhere ? name(end.place) : where, ending(end)});
      stuck += end.reason == ChildEnd::Reason::stuck ? 1 : 0;
      if (!is_elsewhere || crashes == k_most_crashes || stuck == k_most_stuck) {
        add({where, "what comes after that cannot be checked"});
        is_all_read_ = false;
        return false;
      }
      after = end.place;
    }
    return false;
  }

  /// Whether the database can be opened at all.
  bool open() {
    const bool opened = in_child("the index", [&](ChildVoice& voice) {
      const Xapian::Database all = database();
      // What cannot be read is damage; only what reads otherwise is another version's.
      for (const std::string_view key : {metadata::k_schema, metadata::k_analyzer})
        static_cast<void>(all.get_metadata(std::string(key)));
      try {
        IndexState(all, index_).check_versions();
      } catch (const IndexError& error) {
        return voice.tell(k_version, error.what());
      }
      std::string size;
      codec::put_number(size, all.get_lastdocid());
      codec::put_number(size, all.get_doccount());
      voice.tell(k_size, size);
    });
    if (!version_.empty()) throw IndexError(version_);
    if (opened) sums_.emplace(last_);
    return opened;
  }

  void check_blocks() {
    const auto look = [&](ChildVoice& voice) {
      const std::vector<glass::DamagedBlock> blocks = glass::damaged_blocks(path_);
      if (blocks.empty()) return;
      for (const glass::DamagedBlock& block : blocks) voice.tell(k_block, DamagedPlaces::message_of(block));
      const std::string table = glass::table_file({}, blocks.front().table).string();
      const std::string more = blocks.size() > 1 ? fmt::format(", nor are {} others", blocks.size() - 1) : "";
      tell_damage(voice, {"the tables",
                          fmt::format("block {} of {} is not what was written{}", blocks.front().number, table, more)});
    };
    in_child("the tables", look, {.patience = patience()});
  }

  /// For a look at all of the database at once.
  std::chrono::seconds patience() const {
    return std::chrono::seconds(120 + static_cast<long>(bytes_below(path_) >> 20));
  }

  void check_structure() {
    if (!blocks_.empty()) return; // what Xapian's check would stumble over is told
    if (access((path_ / "iamglass").c_str(), W_OK) != 0) {
      summary_.is_structure_unseen = true;
      return;
    }
    in_child("the tables",
             [&](ChildVoice& voice) {
               const XapianReport report = xapian_check(path_);
               const std::vector<std::string> lines = complaints(report.text);
               if (report.errors == 0 && lines.empty()) return;
               const std::string more =
                   lines.size() > 1 ? fmt::format(" and {}{} more", report.is_cut ? "at least " : "", lines.size() - 1)
                                    : "";
               tell_damage(voice, {"the tables",
                                   lines.empty() ? fmt::format("{} errors", report.errors) : lines.front() + more});
             },
             {.patience = patience()});
  }

  void check_articles() {
    const bool whole = in_pieces(
        "the articles", [&](ChildVoice& voice, const std::string& after) { read_articles(voice, after); },
        [this](const std::string& place) {
          damaged_.insert(static_cast<Xapian::docid>(std::stoul(place)));
          return "article " + place;
        });
    if (whole && !summary_.interrupted && summary_.articles != count_)
      add({"the articles", fmt::format("there are {}, not {} as is said", summary_.articles, count_)});
  }

  void read_articles(ChildVoice& voice, const std::string& after) {
    const Xapian::Database all = database();
    ArticleCheck check(all);
    std::uint64_t read = 0;
    std::uint64_t length = 0;
    bool is_whole = after.empty();
    auto article = all.postlist_begin("");
    if (!after.empty()) article.skip_to(static_cast<Xapian::docid>(std::stoul(after)) + 1);
    for (; article != all.postlist_end(""); ++article) {
      const Xapian::docid number = *article;
      voice.at(std::to_string(number));
      if (number > last_)
        tell_damage(voice, {fmt::format("article {}", number), "lies behind the last article"});
      else if (const auto words = read_article(all, number, check, voice))
        length += *words;
      else
        is_whole = false;
      if (++read % k_articles_told == 0) voice.tell(k_articles, std::to_string(k_articles_told));
    }
    voice.tell(k_articles, std::to_string(read % k_articles_told));
    if (is_whole && length != all.get_total_length())
      tell_damage(voice,
                  {"the articles", fmt::format("have {} words, not {} as is said", length, all.get_total_length())});
  }

  /// Returns the article's length; nothing where it is not to be read. Stored texts are: they have digests.
  std::optional<Xapian::termcount> read_article(const Xapian::Database& all, Xapian::docid number, ArticleCheck& check,
                                                ChildVoice& voice) {
    const bool has_words = !blocks_.have_terms_of(number);
    std::vector<std::string> wrong;
    if (!has_words) wrong.push_back(fmt::format(k_in_damaged_block, "list of words"));
    Xapian::termcount length = 0;
    if (has_words) {
      const auto failure = failure_of([&] { length = compare_article(all, number, check, wrong); });
      if (failure) wrong.push_back(fmt::format("cannot be read ({})", *failure));
    }
    if (!wrong.empty()) {
      const std::string name = name_of(all, number);
      for (const std::string& what : wrong) tell_article_damage(voice, number, {name, what});
    }
    return has_words ? std::optional(length) : std::nullopt;
  }

  /// Returns the article's length. Throws Xapian::Error.
  Xapian::termcount compare_article(const Xapian::Database& all, Xapian::docid number, ArticleCheck& check,
                                    std::vector<std::string>& wrong) {
    const Xapian::Document document = all.get_document(number);
    Xapian::termcount length = 0;
    std::uint64_t sum = 0;
    for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
      sum += summand(number_of(*term), term.get_wdf());
      length += term.get_wdf();
    }
    for (auto value = document.values_begin(); value != document.values_end(); ++value)
      sum += summand(value.get_valueno(), *value);
    sums_->by_record(number) = sum;
    if (blocks_.have_positions_of(document))
      wrong.push_back(fmt::format(k_in_damaged_block, "order of words"));
    else
      wrong = check.damages(document);
    if (all.get_doclength(number) != length) wrong.emplace_back("its length is not that of its text");
    return length;
  }

  void check_postings() {
    in_pieces(
        "the words", [&](ChildVoice& voice, const std::string& after) { read_postings(voice, after); },
        [](const std::string& place) { return word_named(place); });
  }

  static std::string word_named(const std::string& term) { return fmt::format("the articles with \"{}\"", term); }

  void read_postings(ChildVoice& voice, const std::string& after) {
    const Xapian::Database all = database();
    auto term = all.allterms_begin();
    if (!after.empty()) term.skip_to(after + '\0');
    for (; term != all.allterms_end(); ++term) {
      voice.at(*term);
      const auto failure = failure_of([&] {
        if (!read_posting_list(all, *term)) throw codec::DecodeError();
      });
      if (failure) tell_damage(voice, {word_named(*term), fmt::format("cannot be read ({})", *failure)});
    }
  }

  /// Whether a list has as many entries as is said, all of them of articles.
  bool read_posting_list(const Xapian::Database& all, const std::string& term) {
    const std::uint64_t number = number_of(term);
    Xapian::doccount articles = 0;
    Xapian::termcount occurrences = 0;
    for (auto posting = all.postlist_begin(term); posting != all.postlist_end(term); ++posting) {
      if (*posting > last_) return false;
      sums_->by_lists(*posting) += summand(number, posting.get_wdf());
      ++articles;
      occurrences += posting.get_wdf();
    }
    return articles == all.get_termfreq(term) && occurrences == all.get_collection_freq(term);
  }

  void check_values() {
    for (const FieldInfo& field : fields()) {
      if (field.slot == k_no_slot || field.use == FieldUse::period) continue;
      const std::string where = fmt::format("the values of {}", field.name);
      in_child(where, [&](ChildVoice& voice) {
        if (!read_values(field.slot)) tell_damage(voice, {where, "do not agree with what is said of them"});
      });
    }
  }

  /// Whether there are as many values as is said, within the bounds that are said, all of them of articles.
  bool read_values(Xapian::valueno slot) {
    const Xapian::Database all = database();
    const std::string least = all.get_value_lower_bound(slot);
    const std::string most = all.get_value_upper_bound(slot);
    Xapian::doccount values = 0;
    for (auto value = all.valuestream_begin(slot); value != all.valuestream_end(slot); ++value) {
      if (value.get_docid() > last_ || *value < least || *value > most) return false;
      sums_->by_lists(value.get_docid()) += summand(slot, *value);
      ++values;
    }
    return values == all.get_value_freq(slot);
  }

  void compare_sums() {
    for (Xapian::docid number = 1; number <= last_; ++number) {
      if (sums_->by_record(number) == sums_->by_lists(number) || damaged_.contains(number)) continue;
      add({fmt::format("article {}", number),
           "the lists of words and values say something else of it than its own record"});
    }
  }

  /// What is remembered of files, folders and settings.
  void check_memory() {
    in_child("what is remembered of files", [&](ChildVoice& voice) {
      const Xapian::Database all = database();
      const IndexState state(all, index_);
      static_cast<void>(state.reading()); // throws where it is damaged
      for (const std::string& root : state.roots()) {
        if (all.get_metadata(fit_term(metadata::k_root, root)) != root)
          tell_damage(voice, {"what is remembered of folders", fmt::format("{} is not what it was", root)});
      }
      std::uint64_t articles = 0;
      HiddenArticles hidden(all);
      state.files().each([&](const FileRecord& record) {
        const std::string& path = record.file.path;
        const std::uint64_t has = all.get_termfreq(term_for(Field::file, path)) + hidden.beside_documents(path);
        articles += has;
        const bool is_known = !record.digest.empty(); // else it was being read when that run ended
        if (is_known && has != record.articles)
          tell_damage(voice, {path, fmt::format("has {} articles in the index, not {} as is remembered", has,
                                                record.articles)});
      });
      if (const std::string sum = all.get_metadata(std::string(metadata::k_sum));
          !sum.empty() && sum != metadata_sum(all))
        tell_damage(voice, {"what is remembered of files, folders and names", "is not what was written"});
      if (hidden.count() != state.duplicate_count() || hidden.count() != hidden.stored_count())
        tell_damage(voice, {"the copies of articles", "are not as many as is said"});
      if (articles != all.get_doccount() + hidden.count())
        tell_damage(voice, {"what is remembered of files", "does not account for all articles"});
    });
  }

  fs::path index_;
  fs::path path_; // of the live generation
  const CheckEvents& events_;
  std::stop_token stop_;
  std::string version_; // what is wrong with it
  DamagedPlaces blocks_;
  bool is_all_read_ = true; // what can be
  Xapian::docid last_ = 0;
  std::uint64_t count_ = 0;
  std::optional<DocumentSums> sums_;
  std::set<Xapian::docid> damaged_;
  CheckSummary summary_;
};

} // namespace

CheckedGeneration checked_generation(const fs::path& index) {
  std::optional<IndexError> damage;
  try {
    const auto live = index_files::live_generation(index);
    if (live && fs::exists(index_files::generation(index, *live))) return {index, *live};
  } catch (const IndexError& error) {
    damage = error;
  }
  if (const auto complete = complete_generation(index)) return {index, *complete, false};
  std::optional<unsigned> newest;
  std::error_code no_directory; // then there is none
  for (const auto& entry : fs::directory_iterator(index, no_directory))
    newest = std::max(newest, index_files::generation_number(entry.path().filename().string()));
  if (newest) return {index, *newest, false};
  if (damage) throw IndexError(*damage);
  throw IndexError(
      fmt::format("there is no index at {}; name it with --index, or make one with pindex PATH...", index.string()));
}

CheckSummary check_index(const CheckedGeneration& generation, const CheckEvents& events, const std::stop_token& stop) {
  return IndexCheck(generation, events, stop).run();
}

CheckSummary check_catalog(const CheckedGeneration& generation, const Names& names, const CheckEvents& events,
                           const std::stop_token& stop) {
  return IndexCheck(generation, events, stop).run_catalog(names);
}

} // namespace pfind::indexer
