#include "searcher/index.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/index_files.hpp"
#include "common/live_database.hpp"
#include "common/stored_article.hpp"
#include "common/text/analyzer.hpp"
#include "searcher/facet_entries.hpp"

namespace pfind::searcher {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t k_most_forward_bytes = 64U << 20; // of forward texts that are remembered

constexpr std::size_t k_remembered_metadata = 50'000;    // entries, some 10 MB
constexpr std::size_t k_remembered_identities = 100'000; // some 30 MB

/// Opens one index. A missing or foreign one is told apart from a damaged one before Xapian looks at it.
LiveDatabase open_database(const fs::path& path) {
  if (auto live = open_live_database(path)) return *std::move(live);
  if (!fs::exists(path))
    throw IndexError(fmt::format("there is no index at {}; make one with pindex PATH...", path.string()));
  throw IndexError(
      fmt::format("{} is not an index of pfind; make one with pindex, or choose another --index", path.string()));
}

void check_versions(const Shard& shard, const fs::path& path) {
  const std::string schema = shard.metadata(std::string(metadata::k_schema));
  const std::string analyzer = shard.metadata(std::string(metadata::k_analyzer));
  if (schema == std::to_string(k_schema_version) && analyzer == std::to_string(text::k_analyzer_version)) return;
  throw IndexError(
      fmt::format("the index {} was made by another version of pfind (schema {}, text analysis {}; this one "
                  "reads {} and {}); build it again with pindex --rebuild",
                  path.string(), schema.empty() ? "none" : schema, analyzer.empty() ? "none" : analyzer,
                  k_schema_version, text::k_analyzer_version));
}

std::vector<std::string> languages_of(const ComparedDatabase& database) {
  const std::string prefix{info(Field::language).prefix};
  std::map<std::string, Xapian::doccount> counts;
  Xapian::doccount unknown = database.get_doccount();
  for (Terms term = database.terms(prefix); !term.at_end(); ++term) {
    const Xapian::doccount articles = term.frequency();
    counts[(*term).substr(prefix.size())] = articles;
    unknown -= std::min(unknown, articles);
  }
  if (unknown > 0 || counts.empty()) counts["en"] += unknown; // articles of unknown language are analysed as English
  std::vector<std::string> languages;
  for (const auto& [language, count] : counts) languages.push_back(language);
  std::ranges::stable_sort(languages, std::greater{}, [&](const std::string& language) { return counts[language]; });
  return languages;
}

FacetDictionary load_dictionary(const Shard& shard, Field field) {
  FacetDictionary dictionary(field);
  dictionary.load([&](const std::string& key) { return shard.metadata(key); });
  return dictionary;
}

/// Year and month come from the date's value, not from a dictionary: the number is YYYY or YYYYMM.
void append_period(Field field, const std::string& date, std::vector<std::uint32_t>& values) {
  const std::size_t digits = field == Field::year ? 4 : 6;
  if (date.size() < digits) return;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < digits; ++i) number = number * 10 + static_cast<std::uint32_t>(date[i] - '0');
  values.push_back(number);
}

} // namespace

FacetColumn::FacetColumn(const PostingLists& lists, Field field, std::uint32_t numbers) {
  const Xapian::valueno slot = info(field).slot;
  const Xapian::Database& shard = lists.shard();
  lists.compare_values(slot);
  const bool is_period = info(field).use == FieldUse::period;
  for (auto it = shard.valuestream_begin(slot); it != shard.valuestream_end(slot); ++it) {
    if (it.get_docid() > shard.get_lastdocid()) throw codec::DecodeError(); // or it asks for any amount of memory
    ends_.resize(it.get_docid(), static_cast<std::uint32_t>(values_.size()));
    if (is_period) {
      append_period(field, *it, values_);
    } else {
      codec::decode_numbers(*it, values_);
    }
    ends_.push_back(static_cast<std::uint32_t>(values_.size()));
  }
  if (!is_period && std::ranges::any_of(values_, [&](std::uint32_t value) { return value >= numbers; }))
    throw codec::DecodeError();
}

void FacetColumn::add_article(std::span<const std::uint32_t> values) {
  values_.insert(values_.end(), values.begin(), values.end());
  ends_.push_back(static_cast<std::uint32_t>(values_.size()));
}

std::span<const std::uint32_t> Shard::lengths() {
  if (article_lengths.empty()) article_lengths = searcher::article_lengths(lists);
  return article_lengths;
}

const FacetDictionary& Shard::dictionary(Field field) {
  const auto it = dictionaries.find(field);
  return it != dictionaries.end() ? it->second
                                  : dictionaries.emplace(field, load_dictionary(*this, field)).first->second;
}

std::string Shard::metadata(const std::string& key) const {
  lists.compare_metadata(key);
  return database.get_metadata(key);
}

std::vector<std::string> Shard::metadata_keys(const std::string& beginning) const {
  lists.compare_all_metadata(beginning);
  return {database.metadata_keys_begin(beginning), database.metadata_keys_end(beginning)};
}

std::uint32_t Shard::numbers(Field field) const {
  const std::size_t blocks = metadata_keys(FacetDictionary::block_keys(field)).size();
  return static_cast<std::uint32_t>(blocks) * FacetDictionary::k_block;
}

const FacetColumn& Shard::column(Field field) {
  const auto it = columns.find(field);
  return it != columns.end() ? it->second
                             : columns.emplace(field, FacetColumn(lists, field, numbers(field))).first->second;
}

const FacetMapping& Shard::mapping(EntityKind kind) {
  const auto it = mappings.find(kind);
  if (it != mappings.end()) return it->second;
  const std::string stored = metadata(fmt::format("{}{}", metadata::k_mapping, info(field_of(kind)).name));
  return mappings.emplace(kind, decode_facet_mapping(stored)).first->second;
}

const std::string& Shard::name(Field field, std::uint32_t number) {
  if (const auto it = dictionaries.find(field); it != dictionaries.end()) return it->second.name(number);
  const std::uint32_t block = number / FacetDictionary::k_block;
  const auto [place, is_new] = name_blocks.try_emplace({field, block});
  if (is_new) place->second = FacetDictionary::names_of_block(metadata(FacetDictionary::block_key(field, block)));
  const std::uint32_t within = number % FacetDictionary::k_block;
  if (within >= place->second.size()) throw codec::DecodeError();
  return place->second[within];
}

Snapshot::Snapshot(const std::vector<fs::path>& indexes) {
  for (const fs::path& path : indexes) {
    const LiveDatabase live = open_database(path);
    Shard shard{.database = live.database, .lists = PostingLists(live.database, live.generation)};
    check_versions(shard, path);
    shards_.push_back(std::move(shard));
  }
  std::vector<const PostingLists*> lists;
  for (const Shard& shard : shards_) lists.push_back(&shard.lists);
  all_ = ComparedDatabase(std::move(lists));
  languages_ = languages_of(all_);
  statistics_ = TermStatistics(all_);
}

text::Analyzer& Snapshot::analyzer(const std::string& language) {
  return analyzers_.try_emplace(language, language).first->second;
}

const std::string& Snapshot::forward_text(Xapian::docid document) {
  const auto [place, is_new] = forward_texts_.try_emplace(document);
  if (is_new) {
    place->second = all_.value(document, info(Field::forward).slot);
    forward_bytes_ += place->second.size();
  }
  return place->second;
}

/// Filter terms hold the names, folded.
bool Snapshot::is_word_of_name(const std::string& word) {
  for (const EntityKind kind : k_entity_kinds) {
    const std::string beginning = std::string(info(field_of(kind)).prefix) + word;
    const Terms names = all_.terms(beginning);
    if (!names.at_end() && ((*names).size() == beginning.size() || (*names)[beginning.size()] == ' ')) return true;
  }
  if (!later_words_of_names_) later_words_of_names_ = read_later_words_of_names();
  return later_words_of_names_->contains(word);
}

std::unordered_set<std::string> Snapshot::read_later_words_of_names() const {
  std::unordered_set<std::string> words;
  for (const EntityKind kind : k_entity_kinds) {
    for (Terms names = all_.terms(std::string(info(field_of(kind)).prefix)); !names.at_end(); ++names) {
      const std::string& term = *names;
      for (std::size_t space = term.find(' '); space != std::string::npos;) {
        const std::size_t begin = space + 1;
        space = term.find(' ', begin);
        words.emplace(term, begin, std::min(space, term.size()) - begin);
      }
    }
  }
  return words;
}

FacetEntries& Snapshot::facet_entries(Field facet) {
  std::shared_ptr<FacetEntries>& entries = facet_entries_[facet];
  if (!entries) entries = std::make_shared<FacetEntries>(*this, facet);
  return *entries;
}

void Snapshot::forget_if_much() {
  statistics_.forget_if_many();
  if (metadata_.size() > k_remembered_metadata) metadata_.clear();
  if (forward_bytes_ < k_most_forward_bytes) return;
  forward_texts_.clear();
  forward_bytes_ = 0;
}

Shard& Snapshot::shard_of(Xapian::docid document) { return shards_[all_.shard_of(document)]; }

Article Snapshot::article(Xapian::docid number) const {
  Article article = decode_verified_article(all_.data(number), all_.value(number, info(Field::digest).slot));
  const std::string place = term_for(Field::location, article.location());
  const auto end = all_.postlist_end(place);
  if (std::find(all_.postlist_begin(place), end, number) == end) throw codec::DecodeError();
  return article;
}

Identity Snapshot::identity_of(Xapian::docid document) {
  if (const auto known = identities_.find(document); known != identities_.end()) return known->second;
  Article article = decode_article(all_.data(document), false);
  if (identities_.size() >= k_remembered_identities) identities_.clear();
  Identity identity{
      .article = {.path = std::move(article.path), .record = std::move(article.record), .id = std::move(article.id)},
      .copies = decode_appearances(all_.value(document, info(Field::copies).slot))};
  return identities_.emplace(document, std::move(identity)).first->second;
}

const std::vector<std::string>& Snapshot::metadata(const std::string& key) const {
  const auto [place, is_new] = metadata_.try_emplace(key);
  if (!is_new) return place->second;
  for (const Shard& shard : shards_) {
    if (std::string text = shard.metadata(key); !text.empty()) place->second.push_back(std::move(text));
  }
  return place->second;
}

Index::Index(std::vector<fs::path> paths) {
  for (fs::path& path : paths) {
    std::error_code cannot_tell; // then opening says why
    const auto same = [&](const fs::path& other) { return fs::equivalent(path, other, cannot_tell); };
    if (std::ranges::none_of(paths_, same)) paths_.push_back(std::move(path));
  }
  open();
}

void Index::open() {
  for (int attempt = 1; !snapshot_; ++attempt) {
    try {
      snapshot_ = std::make_unique<Snapshot>(paths_);
    } catch (const Xapian::Error& error) {
      if (attempt == k_attempts || !is_overtaken(error)) throw translate(error, "open", name());
    }
  }
}

std::string Index::name() const {
  std::vector<std::string> names;
  for (const fs::path& path : paths_) names.push_back(path.string());
  return fmt::format("{}", fmt::join(names, ", "));
}

IndexError Index::damaged(const codec::DecodeError& error) const {
  return IndexError(fmt::format("the index {} is damaged: {}; pindex --check --repair mends it", name(), error.what()));
}

/// Whether a writer may be the cause: it has reused blocks of the snapshot, or a rebuilt index has taken its place and
/// its files are gone.
bool Index::is_overtaken(const Xapian::Error& error) {
  const std::string_view type = error.get_type();
  return type == "DatabaseModifiedError" || type == "DatabaseOpeningError" || type == "DatabaseNotFoundError" ||
         type == "DatabaseCorruptError";
}

} // namespace pfind::searcher
