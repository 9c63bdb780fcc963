// xapian_queries DATABASE QUERIES scriptindex|omindex: what plain Xapian takes for each query, in one process, on a
// database of one of its own indexers. See suite.measure.Driver for how it is asked.
//
// Dates are seconds since 1970 in slot 0: of scriptindex as sortable numbers, of omindex as four bytes. Companies are
// words of one value.

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>
#include <xapian.h>

#include "tests/bench/driver.hpp"

namespace {

using pfind::bench::DrawnQuery;

constexpr Xapian::doccount k_top = 10;
constexpr int k_snippet_length = 320;

/// How a database keeps what is not text.
struct Layout {
  bool packed_dates = false;  ///< four bytes, most significant first, rather than sortable numbers
  bool has_companies = false; ///< in slot 1
};

/// Counts the words of a value over all matches; ValueCountMatchSpy counts whole values only.
class CompanySpy final : public Xapian::MatchSpy {
public:
  void operator()(const Xapian::Document& document, double /*weight*/) override {
    const std::string companies = document.get_value(1);
    for (std::size_t at = 0; at < companies.size();) {
      const std::size_t end = std::min(companies.find(' ', at), companies.size());
      ++counts_[companies.substr(at, end - at)];
      at = end + 1;
    }
  }

  /// The most frequent.
  std::vector<std::pair<std::string, std::size_t>> top() const {
    std::vector<std::pair<std::string, std::size_t>> all(counts_.begin(), counts_.end());
    const std::size_t wanted = std::min<std::size_t>(all.size(), k_top);
    std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(wanted), std::greater<>(),
                              &std::pair<std::string, std::size_t>::second);
    all.resize(wanted);
    return all;
  }

private:
  std::unordered_map<std::string, std::size_t> counts_;
};

std::string date_value(const std::string& day, int days_after, const Layout& layout) {
  std::tm date{};
  date.tm_year = std::stoi(day.substr(0, 4)) - 1900;
  date.tm_mon = std::stoi(day.substr(5, 2)) - 1;
  date.tm_mday = std::stoi(day.substr(8, 2)) + days_after;
  const std::time_t seconds = timegm(&date) - (days_after > 0 ? 1 : 0);
  if (!layout.packed_dates) return Xapian::sortable_serialise(static_cast<double>(seconds));
  std::string packed;
  for (int shift = 24; shift >= 0; shift -= 8) packed += static_cast<char>(seconds >> shift & 0xff);
  return packed;
}

Xapian::Query query_of(const DrawnQuery& drawn, const Xapian::Stem& stem, const Layout& layout) {
  std::vector<std::string> terms;
  // Positions are of words as written; stems have none, so that a phrase is one of words.
  for (const std::string& word : drawn.words) terms.push_back(drawn.kind == "phrase" ? word : 'Z' + stem(word));
  const auto op = drawn.kind == "phrase" ? Xapian::Query::OP_PHRASE
                  : drawn.kind == "or"   ? Xapian::Query::OP_OR
                                         : Xapian::Query::OP_AND;
  Xapian::Query words(op, terms.begin(), terms.end(),
                      drawn.kind == "phrase" ? static_cast<Xapian::termcount>(terms.size()) : 0);
  if (drawn.first.empty()) return words;
  const Xapian::Query period(Xapian::Query::OP_VALUE_RANGE, 0, date_value(drawn.first, 0, layout),
                             date_value(drawn.last, 1, layout));
  return {Xapian::Query::OP_FILTER, words, period};
}

class Searcher {
public:
  Searcher(const std::string& path, Layout layout) : database_(path), layout_(layout) {}

  std::optional<std::uint64_t> ask(const DrawnQuery& drawn, const std::string& mode) {
    Xapian::Enquire enquire(database_);
    enquire.set_query(query_of(drawn, stem_, layout_));
    CompanySpy companies;
    const bool counts = mode == "counts";
    if (counts && layout_.has_companies) enquire.add_matchspy(&companies);
    const Xapian::MSet found = enquire.get_mset(0, k_top, counts ? database_.get_doccount() : 0);
    for (auto hit = found.begin(); hit != found.end(); ++hit) show(found, hit.get_document().get_data(), mode);
    if (!counts) return std::nullopt;
    companies.top();
    return found.get_matches_estimated();
  }

private:
  void show(const Xapian::MSet& found, const std::string& data, const std::string& mode) {
    if (data.empty()) throw std::runtime_error("a document without data");
    if (mode != "snippets") return;
    const std::size_t text = data.find("\ntext=");
    const std::size_t sample = data.find("sample=");
    const std::string shown =
        text != std::string::npos ? data.substr(text + 6) : data.substr(std::min(sample, data.size()));
    found.snippet(shown, k_snippet_length, stem_);
  }

  Xapian::Database database_;
  Xapian::Stem stem_{"english"};
  Layout layout_;
};

} // namespace

int main(int argc, char** argv) {
  const std::string_view kind = argc == 4 ? argv[3] : "";
  if (kind != "scriptindex" && kind != "omindex") {
    fmt::print(stderr, "usage: xapian_queries DATABASE QUERIES scriptindex|omindex\n");
    return EXIT_FAILURE;
  }
  try {
    Searcher searcher(argv[1], {.packed_dates = kind == "omindex", .has_companies = kind == "scriptindex"});
    pfind::bench::answer_all(
        pfind::bench::read_queries(argv[2]),
        [&](const DrawnQuery& query, const std::string& mode) { return searcher.ask(query, mode); });
    return EXIT_SUCCESS;
  } catch (const Xapian::Error& error) {
    fmt::print(stderr, "xapian_queries: {}\n", error.get_description());
  } catch (const std::exception& error) {
    fmt::print(stderr, "xapian_queries: {}\n", error.what());
  }
  return EXIT_FAILURE;
}
