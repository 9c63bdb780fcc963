#include "indexer/bulk/document.hpp"

#include "common/codec.hpp"
#include "indexer/bulk/encoding.hpp"

namespace pfind::bulk {

bool PostingReader::next(Posting& posting) {
  if (rest_.empty()) return false;
  posting.term = codec::take_text(rest_);
  posting.wdf = static_cast<std::uint32_t>(codec::take_number(rest_));
  posting.positions = codec::take_text(rest_);
  return true;
}

void put_posting(std::string& out, std::string_view term, std::uint32_t wdf, std::span<const std::uint32_t> positions) {
  std::string escaped;
  put_escaped(escaped, term);
  codec::put_text(out, escaped);
  codec::put_number(out, wdf);
  std::string tag;
  if (!positions.empty()) put_positions(tag, positions);
  codec::put_text(out, tag);
}

EncodedDocument encode(const Xapian::Document& document, Deflater& deflater) {
  EncodedDocument encoded;
  encoded.data_deflated = deflater.append(document.get_data(), encoded.data);
  std::vector<std::pair<std::string, std::uint32_t>> terms;
  std::vector<std::uint32_t> positions;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    terms.emplace_back(*term, term.get_wdf());
    encoded.length += term.get_wdf();
    positions.assign(term.positionlist_begin(), term.positionlist_end());
    put_posting(encoded.postings, *term, term.get_wdf(), positions);
  }
  std::string list;
  TermListEncoder encoder(list, encoded.length, terms.size());
  for (const auto& [term, wdf] : terms) encoder.add(term, wdf);
  encoded.terms_deflated = deflater.append(list, encoded.terms);
  for (auto value = document.values_begin(); value != document.values_end(); ++value)
    encoded.values.emplace_back(value.get_valueno(), *value);
  return encoded;
}

} // namespace pfind::bulk
