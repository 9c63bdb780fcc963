#include "indexer/bulk/posting_list_writer.hpp"

#include "common/codec.hpp"
#include "common/glass_key.hpp"
#include "indexer/bulk/encoding.hpp"

namespace pfind::bulk {
namespace {

constexpr std::size_t k_full_chunk = 2000;

} // namespace

void PostingListWriter::add(Xapian::docid document, std::uint32_t number) {
  if (chunks_.empty() || bodies_.size() - chunks_.back().begin >= k_full_chunk) {
    chunks_.push_back({document, document, bodies_.size()});
  } else {
    codec::put_number(bodies_, document - chunks_.back().last - 1);
    chunks_.back().last = document;
  }
  codec::put_number(bodies_, number);
  ++documents_;
  sum_ += number;
}

void PostingListWriter::finish_term(std::string_view term) {
  finish(term, std::string_view("\0", 1), documents_, static_cast<Xapian::termcount>(sum_));
}

void PostingListWriter::finish_lengths(std::string_view key) { finish(key, {}, 0, 0); }

void PostingListWriter::finish(std::string_view key, std::string_view separator, std::uint64_t documents,
                               std::uint64_t sum) {
  for (std::size_t i = 0; i < chunks_.size(); ++i) {
    const Chunk& chunk = chunks_[i];
    const bool is_last = i + 1 == chunks_.size();
    key_ = key;
    tag_.clear();
    if (i == 0) {
      codec::put_number(tag_, documents);
      codec::put_number(tag_, sum);
      codec::put_number(tag_, chunk.first - 1);
    } else {
      key_ += separator;
      glass::put_sortable_number(key_, chunk.first);
    }
    tag_ += is_last ? '1' : '0';
    codec::put_number(tag_, chunk.last - chunk.first);
    tag_.append(bodies_, chunk.begin, (is_last ? bodies_.size() : chunks_[i + 1].begin) - chunk.begin);
    table_.add(key_, tag_);
  }
  chunks_.clear();
  bodies_.clear();
  documents_ = sum_ = 0;
}

} // namespace pfind::bulk
