#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <ostream>
#include <unordered_set>

#include "common/text/characters.hpp"
#include "searcher/output/formats.hpp"
#include "searcher/record_names.hpp"

namespace pfind::searcher {
namespace {

/// `text` as one field of a line: what separates fields, acts on a terminal or is no UTF-8 is percent-encoded.
std::string field(std::string_view text) {
  std::string encoded;
  for (std::size_t at = 0; at < text.size();) {
    const text::Character character = text::character_at(text, at);
    const std::string_view bytes = text.substr(at, character.bytes);
    const bool is_plain =
        character.valid && !text::is_space(character.code_point) && !text::is_control(character.code_point);
    if (is_plain) encoded += bytes;
    if (!is_plain) {
      for (const char byte : bytes) encoded += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
    at += character.bytes;
  }
  return encoded;
}

/// What judgements call an article.
std::string document_name(const ArticleLocation& location, const std::string& id, const RecordNames* names) {
  const bool has_own_id = !id.empty() && id == location.record;
  const bool id_tells = has_own_id && names != nullptr && names->is_unique(id);
  return field(id_tells ? id : location.text());
}

/// What judgements may call the article of a hit: they judge each of its copies by itself.
std::vector<std::string> document_names(const Hit& hit, const RecordNames* names) {
  std::vector<std::string> all{document_name({hit.article.path, hit.article.record}, hit.article.id, names)};
  for (const Appearance& copy : hit.copies) all.push_back(document_name(copy.location, copy.id, names));
  return all;
}

/// Scorers put a run in the order of its scores and care nothing for its ranks. So each score is below the one before
/// by as much as shows in six decimals and in the single precision that trec_eval reads.
class FallingScores {
public:
  double next(double score) {
    last_ = std::min(score, last_ - 2e-6 * std::max(1.0, std::abs(last_)));
    return last_;
  }

private:
  double last_ = std::numeric_limits<double>::max();
};

} // namespace

void write_trec(std::ostream& out, const Results& results, const OutputOptions& options) {
  const std::string query = field(results.query_id);
  FallingScores scores;
  std::unordered_set<std::string> written; // an article that two indexes hold comes twice
  std::size_t copies = 0;
  for (const Hit& hit : results.hits) {
    const std::vector<std::string> names = document_names(hit, options.names);
    for (const std::string& name : names) {
      if (!written.insert(name).second) continue;
      if (&name != &names.front()) ++copies;
      out << fmt::format("{} Q0 {} {} {:.6f} pfind\n", query, name, hit.rank + copies, scores.next(hit.score));
    }
  }
}

} // namespace pfind::searcher
