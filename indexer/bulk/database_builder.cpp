#include "indexer/bulk/database_builder.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <span>
#include <utility>

#include "common/codec.hpp"
#include "indexer/bulk/encoding.hpp"
#include "indexer/bulk/list_keys.hpp"
#include "indexer/bulk/output_file.hpp"
#include "indexer/bulk/table_set.hpp"

namespace pfind::bulk {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t k_largest_piece = std::size_t{1} << 20;
constexpr std::size_t k_pieces = 16; // at least, so that what the last one has free is little
constexpr std::size_t k_runs = 4;    // that the memory has room for: there are two at a time, or one and its image
/// Of a run; in larger ones sorting hardly finds anything in the caches, and the last one is waited for.
constexpr std::size_t k_largest_run = std::size_t{256} << 20;
constexpr std::size_t k_runs_of_a_size = 32; // then they grow, so that there are never more than can be read at a time
constexpr std::size_t k_largest_batch = std::size_t{4} << 20; // of entries, so that it stays near the processor
constexpr std::size_t k_batches = 4;                          // at least, in a run
constexpr std::size_t k_share_of_data = 4;
constexpr std::size_t k_largest_read = std::size_t{1} << 18;

void write_image(const Run& run, std::span<const NumberedKey> lists, const fs::path& file) {
  OutputFile output(file, OutputFile::Use::passing);
  run.make_image(lists, [&](std::string_view bytes) { output.write(bytes); });
  output.flush();
}

} // namespace

void SlotStatistics::add(std::string_view value) {
  if (documents == 0 || value < lower) lower = value;
  if (documents == 0 || value > upper) upper = value;
  ++documents;
}

DatabaseBuilder::DatabaseBuilder(fs::path directory, std::size_t memory)
    : directory_(std::move(directory)), memory_(memory),
      piece_size_(std::min(memory / k_runs / k_pieces, k_largest_piece)),
      terms_(glass::table_file(directory_, glass::Table::termlist)), run_(piece_size_) {}

void DatabaseBuilder::put(Xapian::docid number, const EncodedDocument& document) {
  const bool is_last = number > last_;
  if (!is_last) take_out(number);
  last_ = std::max(last_, number);
  batch_.begin(number);
  slots_of_document_.clear();
  for (const auto& [slot, value] : document.values) slots_of_document_.push_back(slot);
  text_.clear();
  put_slots(text_, slots_of_document_);
  if (is_last)
    put_in_tables(number, document);
  else
    put_in_lists(document);
  for (const auto& [slot, value] : document.values) {
    key_ = k_values;
    codec::put_number(key_, slot);
    batch_.add(key_, 0, value);
    slots_[slot].add(value);
  }
  batch_.add(k_lengths, document.length, {});
  postings_.clear();
  PostingReader postings(document.postings);
  for (Posting posting; postings.next(posting);) {
    postings_.emplace_back(posting, Batch::hash_of(posting.term));
    batch_.fetch(postings_.back().second);
  }
  for (const auto& [posting, hash] : postings_) batch_.add(posting.term, hash, posting.wdf, posting.positions);
  if (batch_.size() >= std::min(memory_ / k_runs / k_batches, k_largest_batch)) end_batch();
}

/// Data and terms of a document that comes in order; `text_` is the list of its slots.
void DatabaseBuilder::put_in_tables(Xapian::docid number, const EncodedDocument& document) {
  if (!document.data.empty()) data_table().add(number, false, document.data);
  terms_.add(number, false, document.terms);
  if (!text_.empty()) terms_.add(number, true, text_);
}

/// The same of one that does not.
void DatabaseBuilder::put_in_lists(const EncodedDocument& document) {
  if (!document.data.empty()) batch_.add(k_data_list, 0, document.data);
  batch_.add(k_terms_list, 0, document.terms);
  if (!text_.empty()) batch_.add(k_terms_list, 1, text_);
}

DocumentTable& DatabaseBuilder::data_table() {
  return data_ ? *data_ : data_.emplace(glass::table_file(directory_, glass::Table::docdata));
}

void DatabaseBuilder::remove(Xapian::docid number) {
  if (number <= last_) take_out(number);
}

/// What the batch has of it goes; what runs have of it no longer counts from the next run on.
void DatabaseBuilder::take_out(Xapian::docid number) {
  gone_.push_back(number);
  batch_.remove(number);
  if (number <= run_.last_document()) spill();
  if (!complete_.empty()) first_live_[number] = complete_.size();
}

/// Adds the batch to the run. Documents of a run ascend, so those that come out of order begin another.
void DatabaseBuilder::end_batch() {
  if (batch_.empty()) return;
  if (batch_.first_document() <= run_.last_document()) spill();
  run_.add(batch_.lists());
  batch_.clear();
  const std::size_t largest = k_largest_run * (1 + complete_.size() / k_runs_of_a_size);
  if (run_.memory() >= std::min(memory_ / k_runs, largest)) spill();
}

DatabaseBuilder::CompleteRun DatabaseBuilder::next_in_file() const {
  return {.file = directory_ / fmt::format("run-{}", complete_.size()), .image = {}};
}

/// Has another thread sort and write the run, while the next one is filled.
void DatabaseBuilder::spill() {
  wait_for_spill(); // there is memory for two
  complete_.push_back(next_in_file());
  spilling_ = std::async(std::launch::async, [file = complete_.back().file, run = std::move(run_)]() mutable {
    write_image(run, run.sorted_lists(), file);
    run = Run(0); // gives its memory back before somebody asks how it went
  });
  run_ = Run(piece_size_);
}

void DatabaseBuilder::wait_for_spill() {
  if (spilling_.valid()) spilling_.get();
}

/// Completes the run under way, so that all that was put is in complete runs. There is nothing else to do meanwhile, so
/// two threads make two of it, of half the lists each. If it is the only one, they stay in memory.
void DatabaseBuilder::complete() {
  end_batch();
  wait_for_spill();
  if (run_.last_document() == 0) return;
  const std::vector<NumberedKey> lists = run_.sorted_lists();
  const auto halves = std::array{std::span(lists).first(lists.size() / 2), std::span(lists).subspan(lists.size() / 2)};
  const bool in_memory = complete_.empty();
  std::vector<std::future<void>> done;
  complete_.reserve(complete_.size() + halves.size()); // so that each stays where it is
  for (const std::span<const NumberedKey> half : halves) {
    CompleteRun& made = complete_.emplace_back(in_memory ? CompleteRun() : next_in_file());
    done.push_back(std::async(std::launch::async, [this, half, &made] {
      if (!made.file.empty()) return write_image(run_, half, made.file);
      made.image.reserve(run_.image_size(half));
      run_.make_image(half, [&](std::string_view bytes) { made.image += bytes; });
    }));
  }
  for (std::future<void>& half : done) half.get();
  run_ = Run(piece_size_);
}

std::vector<RunReader> DatabaseBuilder::readers() const {
  std::vector<RunReader> readers;
  for (const CompleteRun& run : complete_) {
    if (run.file.empty())
      readers.emplace_back(run.image);
    else
      readers.emplace_back(run.file, std::min(memory_ / k_pieces, k_largest_read));
  }
  return readers;
}

std::optional<std::map<Xapian::docid, std::string>>
DatabaseBuilder::data_of(const std::unordered_set<Xapian::docid>& documents) {
  std::map<Xapian::docid, std::string> found;
  std::size_t bytes = 0;
  const auto keep = [&](Xapian::docid document, std::string_view data) { // as long as there is room
    bytes += data.size();
    found[document] = data;
    return bytes <= memory_ / k_share_of_data;
  };
  sort_gone();
  for (const Xapian::docid document : documents) {
    if (!data_ || std::ranges::binary_search(gone_, document)) continue;
    const std::optional<std::string> data = data_->tag_of(document);
    if (data && !keep(document, *data)) return std::nullopt;
  }
  if (gone_.empty()) return found;
  complete();
  std::vector<RunReader> runs = readers();
  MergedRuns lists(runs, first_live_);
  if (!lists.next_list() || lists.key() != k_data_list) return found; // no such document has data
  for (Entry entry; lists.next(entry);) {
    if (documents.contains(entry.document) && !keep(entry.document, entry.text)) return std::nullopt;
  }
  return found;
}

void DatabaseBuilder::sort_gone() {
  std::ranges::sort(gone_);
  gone_.erase(std::ranges::unique(gone_).begin(), gone_.end());
}

/// The statistics of slots without what was removed.
std::map<Xapian::valueno, SlotStatistics> DatabaseBuilder::count_values() const {
  std::map<Xapian::valueno, SlotStatistics> slots;
  std::vector<RunReader> runs = readers();
  MergedRuns lists(runs, first_live_);
  while (lists.next_list() && lists.key() < k_lengths) {
    if (!lists.key().starts_with(k_values)) continue;
    std::string_view key = lists.key();
    key.remove_prefix(k_values.size());
    const auto slot = static_cast<Xapian::valueno>(codec::take_number(key));
    for (Entry entry; lists.next(entry);) slots[slot].add(entry.text);
  }
  return slots;
}

void DatabaseBuilder::finish(const std::map<std::string, std::string>& metadata) {
  complete();
  const auto merged = [this](auto&& write) {
    std::vector<RunReader> runs = readers();
    MergedRuns lists(runs, first_live_);
    return write(lists);
  };
  // That positions are written apart from postings has all of these read twice, by another thread.
  auto positions = std::async(std::launch::async, [&] {
    return merged([&](MergedRuns& lists) { return write_positions(directory_, lists); });
  });
  sort_gone();
  const auto finished = [&](DocumentTable& table, std::string_view list) {
    return merged([&](MergedRuns& lists) {
      while (lists.next_list() && lists.key() < list) {
      }
      return table.finish(gone_, [&](Entry& entry) { return lists.key() == list && lists.next(entry); });
    });
  };
  const bool has_data =
      data_ || merged([](MergedRuns& lists) { return lists.next_list() && lists.key() == k_data_list; });
  const auto data = has_data ? std::optional(finished(data_table(), k_data_list)) : std::nullopt;
  const TableRoot terms = finished(terms_, k_terms_list);
  const std::map<Xapian::valueno, SlotStatistics> slots = !gone_.empty() ? count_values() : slots_;
  PostlistTable postings =
      merged([&](MergedRuns& lists) { return write_postings(directory_, metadata, slots, lists); });
  postings.statistics.last_document = last_;
  write_version_file(directory_, {postings.root, data, terms, positions.get(), {}, {}}, postings.statistics);
  for (const CompleteRun& run : complete_) {
    if (!run.file.empty()) fs::remove(run.file);
  }
}

} // namespace pfind::bulk
