#include "indexer/segment_builder.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>
#include <thread>
#include <utility>

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

// Bytes that a term of a document and one byte of its data, which is compressed, take, in the document and in what
// Xapian makes of it until the segment is written.
constexpr std::size_t k_bytes_of_term = 400;
constexpr std::size_t k_bytes_of_data = 4;

// Small segments are made fastest, but the posting lists of the whole are in as many pieces as there are segments: so
// these grow with what there is, as far as the memory goes.
constexpr std::size_t k_first_segment = std::size_t{16} << 20;
constexpr std::size_t k_largest_segment = std::size_t{256} << 20;
constexpr std::size_t k_share_of_all = 16;
constexpr std::size_t k_share_of_memory = 16;

constexpr std::size_t k_most_threads = 8; // with a segment each, and one that waits: half of the memory
constexpr std::size_t k_share_of_data = 4;
constexpr std::size_t k_merged_at_once = 48; // segments, of which each has four files open

std::size_t memory_of(const Xapian::Document& document) {
  return k_bytes_of_term * document.termlist_count() + k_bytes_of_data * document.get_data().size();
}

/// Makes one database of several.
void merge(const std::vector<fs::path>& segments, const fs::path& into) {
  Xapian::Database all;
  for (const fs::path& segment : segments) all.add_database(Xapian::Database(segment.string()));
  all.compact(into.string(), Xapian::DBCOMPACT_NO_RENUMBER);
  all.close();
  for (const fs::path& segment : segments) fs::remove_all(segment);
}

/// A segment to be written. It need not survive a crash: nothing of what is under way does.
Xapian::WritableDatabase opened(const fs::path& segment, int flags) {
  return Xapian::WritableDatabase(segment.string(), flags | Xapian::DB_NO_SYNC);
}

} // namespace

void SegmentBuilder::Changes::set(Xapian::docid number, std::optional<Xapian::Document> document) {
  if (document) memory += memory_of(*document);
  documents.insert_or_assign(number, std::move(document));
}

SegmentBuilder::SegmentBuilder(fs::path directory, std::size_t memory)
    : directory_(std::move(directory)), memory_(memory),
      threads_(std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, k_most_threads)) {}

void SegmentBuilder::put(Xapian::docid number, Xapian::Document&& document) {
  last_ = std::max(last_, number);
  if (segments_.empty() || number > segments_.back().last) {
    added_.set(number, std::move(document));
    if (added_.memory >= largest_segment()) end_segment();
  } else {
    changed_.set(number, std::move(document));
    if (changed_.memory >= largest_segment()) apply_changes();
  }
}

void SegmentBuilder::remove(Xapian::docid number) {
  if (segments_.empty() || number > segments_.back().last) end_segment(); // so that its number counts as used
  changed_.set(number, std::nullopt);
}

/// How much memory a segment may take now.
std::size_t SegmentBuilder::largest_segment() const {
  return std::min({std::max(k_first_segment, ended_ / k_share_of_all), k_largest_segment, memory_ / k_share_of_memory});
}

SegmentBuilder::Segment& SegmentBuilder::add_segment(unsigned merges) {
  segments_.push_back({directory_ / fmt::format("segment-{}", made_++), last_, merges});
  return segments_.back();
}

/// Has another thread do something, as soon as one of ours is free.
void SegmentBuilder::start(std::function<void()> work) {
  if (under_way_.size() == threads_) {
    std::future<void> first = std::move(under_way_.front());
    under_way_.pop_front();
    first.get();
  }
  under_way_.push_back(std::async(std::launch::async, std::move(work)));
}

/// Waits for all that is under way.
void SegmentBuilder::wait() {
  for (std::future<void>& one : std::exchange(under_way_, {})) one.get();
}

/// Makes a segment of what was added.
void SegmentBuilder::end_segment() {
  if (added_.documents.empty()) return;
  ended_ += added_.memory;
  start([path = add_segment(0).path, added = std::exchange(added_, {})]() mutable {
    Xapian::WritableDatabase database = opened(path, Xapian::DB_CREATE);
    for (auto& [number, document] : added.documents) {
      database.replace_document(number, *document);
      document.reset(); // Xapian has it in memory now
    }
    database.commit();
  });
  merge_many();
}

/// Where there are many segments that came about by equally many merges, makes one of them, so that there are never
/// more than can be open at once.
void SegmentBuilder::merge_many() {
  while (static_cast<std::size_t>(std::ranges::count(segments_, segments_.back().merges, &Segment::merges)) ==
         k_merged_at_once) {
    wait();
    const unsigned merges = segments_.back().merges + 1;
    std::vector<fs::path> paths;
    for (const Segment& segment : std::span(segments_).last(k_merged_at_once)) paths.push_back(segment.path);
    segments_.erase(segments_.end() - k_merged_at_once, segments_.end());
    start([paths = std::move(paths), into = add_segment(merges).path] { merge(paths, into); });
  }
}

/// Changes segments that are there.
void SegmentBuilder::apply_changes() {
  wait();
  auto next = changed_.documents.begin();
  for (const Segment& segment : segments_) {
    Changes here;
    for (; next != changed_.documents.end() && next->first <= segment.last; ++next)
      here.set(next->first, std::move(next->second));
    if (here.documents.empty()) continue;
    start([path = segment.path, here = std::move(here)] {
      Xapian::WritableDatabase database = opened(path, Xapian::DB_OPEN);
      for (const auto& [number, document] : here.documents) {
        if (document)
          database.replace_document(number, *document);
        else
          database.delete_document(number);
      }
      database.commit();
    });
  }
  wait();
  changed_ = {};
}

std::optional<std::map<Xapian::docid, std::string>>
SegmentBuilder::data_of(const std::unordered_set<Xapian::docid>& documents) {
  end_segment();
  apply_changes();
  std::map<Xapian::docid, std::string> found;
  for (const Xapian::docid number : documents) found[number];
  std::size_t bytes = 0;
  auto next = found.begin();
  for (const Segment& segment : segments_) {
    if (next == found.end() || next->first > segment.last) continue;
    const Xapian::Database database(segment.path.string());
    for (; next != found.end() && next->first <= segment.last; ++next) {
      next->second = database.get_document(next->first).get_data();
      bytes += next->second.size();
      if (bytes > memory_ / k_share_of_data) return std::nullopt;
    }
  }
  return found;
}

void SegmentBuilder::finish(const std::map<std::string, std::string>& metadata) {
  end_segment();
  apply_changes();
  Xapian::WritableDatabase with_metadata = opened(add_segment(0).path, Xapian::DB_CREATE);
  for (const auto& [key, text] : metadata) with_metadata.set_metadata(key, text);
  with_metadata.commit();
  with_metadata.close();
  std::vector<fs::path> paths;
  for (const Segment& segment : segments_) paths.push_back(segment.path);
  merge(paths, directory_);
}

} // namespace pfind::indexer
