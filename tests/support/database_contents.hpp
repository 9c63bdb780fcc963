#pragma once

#include <algorithm>
#include <fmt/format.h>
#include <sstream>
#include <string>
#include <vector>
#include <xapian.h>

namespace pfind::tests {

/// All that a Xapian database says, line by line.
class DatabaseContents {
public:
  /// The bounds of lengths, frequencies and values may be left out: Xapian keeps them where what they are from goes.
  explicit DatabaseContents(const Xapian::Database& database, bool with_bounds = true)
      : database_(database), with_bounds_(with_bounds) {
    add_statistics();
    for (auto it = database.metadata_keys_begin(); it != database.metadata_keys_end(); ++it)
      say("metadata {}: {}", *it, database.get_metadata(*it));
    for (auto it = database.postlist_begin(""); it != database.postlist_end(""); ++it) add_document(*it);
    for (auto it = database.allterms_begin(); it != database.allterms_end(); ++it) add_term(it);
    std::ranges::sort(slots_);
    slots_.erase(std::ranges::unique(slots_).begin(), slots_.end());
    for (const Xapian::valueno slot : slots_) add_slot(slot);
  }

  const std::vector<std::string>& lines() const { return lines_; }

  /// The first line that two databases do not have in common; empty where they say the same.
  static std::string difference(const DatabaseContents& a, const DatabaseContents& b) {
    const auto [in_a, in_b] = std::ranges::mismatch(a.lines_, b.lines_);
    if (in_a == a.lines_.end() && in_b == b.lines_.end()) return {};
    const auto text = [](const auto& at, const auto& all) { return at == all.end() ? "nothing" : at->substr(0, 500); };
    return text(in_a, a.lines_) + "\n  but\n" + text(in_b, b.lines_);
  }

private:
  template <typename... Arguments>
  void say(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    lines_.push_back(fmt::format(format, std::forward<Arguments>(arguments)...));
  }

  void add_statistics() {
    say("documents {}, last {}, total length {}, positions {}", database_.get_doccount(), database_.get_lastdocid(),
        database_.get_total_length(), database_.has_positions());
    if (with_bounds_)
      say("lengths {} to {}", database_.get_doclength_lower_bound(), database_.get_doclength_upper_bound());
  }

  void add_document(Xapian::docid number) {
    const Xapian::Document document = database_.get_document(number);
    say("document {}: length {}, unique terms {}, data {}", number, database_.get_doclength(number),
        database_.get_unique_terms(number), document.get_data());
    for (auto term = database_.termlist_begin(number); term != database_.termlist_end(number); ++term)
      say("document {}: term {}, wdf {}, documents {}", number, *term, term.get_wdf(), term.get_termfreq());
    for (auto value = document.values_begin(); value != document.values_end(); ++value) {
      say("document {}: value {}: {}", number, value.get_valueno(), *value);
      slots_.push_back(value.get_valueno());
    }
  }

  void add_term(const Xapian::TermIterator& at) {
    const std::string term = *at;
    say("term {}: documents {}, collection {}", term, at.get_termfreq(), database_.get_collection_freq(term));
    if (with_bounds_) say("term {}: wdf to {}", term, database_.get_wdf_upper_bound(term));
    for (auto posting = database_.postlist_begin(term); posting != database_.postlist_end(term); ++posting) {
      say("term {}: document {}, wdf {}, length {}, unique terms {}", term, *posting, posting.get_wdf(),
          posting.get_doclength(), posting.get_unique_terms());
      std::string positions;
      for (auto position = posting.positionlist_begin(); position != posting.positionlist_end(); ++position)
        positions += fmt::format(" {}", *position);
      if (!positions.empty()) lines_.back() += ", positions" + positions;
    }
  }

  void add_slot(Xapian::valueno slot) {
    say("slot {}: documents {}", slot, database_.get_value_freq(slot));
    if (with_bounds_)
      say("slot {}: from {} to {}", slot, database_.get_value_lower_bound(slot), database_.get_value_upper_bound(slot));
    for (auto value = database_.valuestream_begin(slot); value != database_.valuestream_end(slot); ++value)
      say("slot {}: document {}: {}", slot, value.get_docid(), *value);
  }

  const Xapian::Database& database_;
  bool with_bounds_;
  std::vector<std::string> lines_;
  std::vector<Xapian::valueno> slots_; // in use
};

/// What Xapian's own check finds wrong with a database; empty for nothing.
inline std::string faults_of(const std::string& path) {
  std::ostringstream report;
  return Xapian::Database::check(path, 0, &report) == 0 ? std::string() : report.str();
}

} // namespace pfind::tests
