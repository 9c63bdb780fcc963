#include "indexer/bulk_load.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <functional>
#include <stdexcept>
#include <system_error>
#include <unordered_set>
#include <xxhash.h>

#include "common/block_sums.hpp"
#include "common/child_process.hpp"
#include "common/codec.hpp"
#include "common/error.hpp"
#include "common/index_files.hpp"
#include "common/stored_article.hpp"
#include "common/xapian_error.hpp"
#include "indexer/check/xapian_check.hpp"
#include "indexer/summed_metadata.hpp"

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

constexpr char k_begun = 'B'; // what the process that checks says
constexpr char k_others_are_well = 'W';
constexpr char k_fault = 'F';
constexpr std::size_t k_share_of_articles = 4;  // of the memory, for those that may be copies
constexpr std::chrono::seconds k_patience{120}; // and one more per MB

std::uintmax_t bytes_below(const fs::path& directory) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::directory_iterator(directory)) bytes += entry.file_size();
  return bytes;
}

/// What Xapian's check of databases or tables says where it finds something wrong; empty where all is well.
std::string faults_in(const std::vector<fs::path>& checked) {
  std::string faults;
  try {
    for (const fs::path& one : checked) {
      const XapianReport report = xapian_check(one);
      if (report.errors > 0) faults += report.text;
    }
  } catch (const Xapian::Error& error) { // no std::exception
    throw std::runtime_error(error.get_msg());
  }
  return faults;
}

/// The faults that `look(voice)` finds in a process of its own, or how that fails. Calls `tell(kind)` where it speaks.
std::string faults_found_by(const std::function<std::string(ChildVoice&)>& look, std::chrono::seconds patience,
                            const std::function<void(char)>& tell) {
  std::string faults;
  const ChildEnd end = run_in_child(
      [&](ChildVoice& voice) {
        voice.tell(k_begun);
        voice.flush();
        if (const std::string found = look(voice); !found.empty()) voice.tell(k_fault, found);
      },
      [&](char kind, std::string_view content) {
        if (kind == k_fault)
          faults = content;
        else
          tell(kind);
      },
      {.patience = patience});
  if (end.reason != ChildEnd::Reason::complete && faults.empty())
    faults = end.error.empty() ? "the check does not come to an end" : end.error;
  return faults;
}

/// The first line of such a text that is no heading and says of no table that it is well.
std::string_view first_fault(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const bool says_nothing =
        line.empty() || line.ends_with(':') || line.ends_with("checked OK") || line.starts_with("Lazily created");
    if (!says_nothing) return line;
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return text.substr(0, text.find('\n'));
}

/// A database of links to the tables of another that the check compares with each other.
class ComparedTables {
public:
  explicit ComparedTables(const fs::path& database) : directory_(database / "compared") {
    fs::create_directory(directory_);
    try {
      for (const char* file : {"iamglass", "postlist.glass", "termlist.glass"})
        fs::create_symlink(database / file, directory_ / file);
    } catch (...) {
      remove();
      throw;
    }
  }
  ComparedTables(const ComparedTables&) = delete;
  ComparedTables& operator=(const ComparedTables&) = delete;
  ~ComparedTables() { remove(); }

  const fs::path& path() const { return directory_; }

private:
  void remove() const {
    std::error_code stays; // then it goes with the database
    fs::remove_all(directory_, stays);
  }

  fs::path directory_;
};

/// The faults of a database. Xapian checks one table after the other; here that of positions, which takes twice as long
/// as all others together, is checked beside them. (Xapian would also look whether each document with positions is
/// there, which is given up for that.) Calls `meanwhile()` where the others have none and there is time left.
///
/// One process is forked for it, and that one forks another before it does anything else: one that is forked while
/// another thread holds the lock of the allocator, say, may wait for it for ever.
std::string faults_of(const fs::path& database, const std::function<void()>& meanwhile) {
  const std::chrono::seconds patience = k_patience + std::chrono::seconds(bytes_below(database) >> 20);
  const fs::path positions = glass::table_file(database, glass::Table::position);
  const fs::path data = glass::table_file(database, glass::Table::docdata);
  std::optional<ComparedTables> compared;
  try {
    compared.emplace(fs::absolute(database));
  } catch (const fs::filesystem_error&) { // not every file system has links: then all are checked in turn
  }
  const auto look = [&](ChildVoice& voice) {
    if (!compared || !fs::exists(positions)) return faults_in({database});
    std::vector<fs::path> others{compared->path()};
    if (fs::exists(data)) others.push_back(data);
    std::string faults;
    const auto look_at_others = [&](char) { // once the other process is at it
      faults = faults_in(others);
      if (!faults.empty()) return;
      voice.tell(k_others_are_well);
      voice.flush();
    };
    faults += faults_found_by([&](ChildVoice&) { return faults_in({positions}); }, patience, look_at_others);
    return faults;
  };
  return faults_found_by(look, patience, [&](char kind) {
    if (kind == k_others_are_well) meanwhile();
  });
}

} // namespace

/// Runs `work` and turns what the system refuses into an IndexError.
template <typename Work>
auto BulkLoad::translated(Work&& work) const {
  const auto refused = [this](std::string_view what) {
    return IndexError(fmt::format("cannot write to the index {}: {}; what was committed before is intact; mend the "
                                  "cause and run the command again",
                                  index_.string(), what));
  };
  const auto unreadable = [this](std::string_view what) {
    return IndexError(fmt::format("cannot write to the index {}: what was written to {} cannot be read back ({}); look "
                                  "after the disk and run the command again",
                                  index_.string(), directory_.string(), what));
  };
  try {
    return work();
  } catch (const std::system_error& error) {
    throw refused(error.what());
  } catch (const codec::DecodeError& error) {
    throw unreadable(error.what());
  } catch (const Xapian::DatabaseCorruptError& error) {
    throw unreadable(error.get_msg());
  } catch (const Xapian::Error& error) {
    throw refused(message_of(error));
  }
}

BulkLoad::BulkLoad(fs::path index, fs::path directory, Filling filling)
    : index_(std::move(index)), directory_(std::move(directory)), memory_(filling.memory) {
  translated([&] {
    fs::remove_all(directory_);
    fs::create_directory(directory_);
    try {
      if (filling.builder == Builder::bulk)
        builder_.emplace(std::in_place_type<bulk::DatabaseBuilder>, directory_, filling.memory);
      else
        builder_.emplace(std::in_place_type<SegmentBuilder>, directory_, filling.memory);
    } catch (...) {
      std::error_code stays; // then the next writer removes it
      fs::remove_all(directory_, stays);
      throw;
    }
  });
}

BulkLoad::~BulkLoad() {
  builder_.reset();      // has its threads end
  std::error_code stays; // then the next writer removes it
  if (!finished_) fs::remove_all(directory_, stays);
}

void BulkLoad::put(Xapian::docid document, PreparedArticle article) {
  translated([&] {
    auto* const bulk = std::get_if<bulk::DatabaseBuilder>(&*builder_);
    if (bulk == nullptr)
      std::get<SegmentBuilder>(*builder_).put(document, std::move(article.document));
    else if (article.encoded)
      bulk->put(document, *article.encoded);
    else
      bulk->put(document, encoder_.take(article.document));
  });
}

Xapian::docid BulkLoad::add(PreparedArticle article) {
  const Xapian::docid number = 1 + std::visit([](const auto& builder) { return builder.last_document(); }, *builder_);
  for (const std::string& key : keys_of(article.copy)) keys_.emplace_back(XXH3_64bits(key.data(), key.size()), number);
  put(number, std::move(article));
  return number;
}

std::optional<std::map<Xapian::docid, Article>> BulkLoad::possible_copies() {
  std::ranges::sort(keys_);
  std::unordered_set<Xapian::docid> documents;
  for (std::size_t i = 1; i < keys_.size(); ++i) {
    if (keys_[i].first == keys_[i - 1].first) documents.insert({keys_[i - 1].second, keys_[i].second});
  }
  std::map<Xapian::docid, Article> articles;
  if (documents.empty()) return articles;
  return translated([&]() -> std::optional<std::map<Xapian::docid, Article>> {
    const auto stored = std::visit([&](auto& builder) { return builder.data_of(documents); }, *builder_);
    if (!stored) return std::nullopt;
    std::size_t bytes = 0; // which may be many times those that are stored
    for (const auto& [document, data] : *stored) {
      const Article& article = articles.emplace(document, decode_article(data)).first->second;
      bytes += article.body.size();
      if (bytes > memory_ / k_share_of_articles) return std::nullopt;
    }
    return std::move(articles);
  });
}

void BulkLoad::replace(Xapian::docid document, PreparedArticle article) { put(document, std::move(article)); }

void BulkLoad::remove(Xapian::docid document) {
  translated([&] { std::visit([&](auto& builder) { builder.remove(document); }, *builder_); });
}

void BulkLoad::set_metadata(const std::string& key, const std::string& text) {
  if (text.empty())
    metadata_.erase(key);
  else
    metadata_[key] = text;
}

std::string BulkLoad::metadata(const std::string& key) const {
  const auto it = metadata_.find(key);
  return it == metadata_.end() ? std::string() : it->second;
}

Xapian::WritableDatabase BulkLoad::finish() {
  set_metadata(std::string(metadata::k_sum), metadata_sum(metadata_));
  translated([&] {
    std::visit([&](auto& builder) { builder.finish(metadata_); }, *builder_);
    const bool is_made_by_xapian = std::holds_alternative<SegmentBuilder>(*builder_);
    builder_.reset(); // its memory
    if (!is_made_by_xapian) check();
  });
  finished_ = true;
  return Xapian::WritableDatabase(directory_.string(), Xapian::DB_OPEN);
}

/// What is written here must be what Xapian reads, or it is not used. The sums of blocks, which the first commit would
/// wait for, are made beside; where they cannot be written, it tries again and tells.
void BulkLoad::check() const {
  const std::string faults = faults_of(directory_, [this] {
    try {
      glass::renew_block_sums(directory_);
    } catch (const Xapian::DatabaseError&) { // NOLINT(bugprone-empty-catch): see above
    }
  });
  if (faults.empty()) return;
  throw IndexError(fmt::format("the index {} was not built as it must be ({}); build it with pindex --builder xapian",
                               index_.string(), first_fault(faults)));
}

} // namespace pfind::indexer
