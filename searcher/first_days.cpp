#include "searcher/first_days.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "common/schema.hpp"
#include "searcher/postings/terms.hpp"

namespace pfind::searcher {
namespace {

/// Walks the posting lists of days in the order of time.
class DayWalk {
public:
  DayWalk(const DocumentBits& found, bool newest, std::size_t wanted, const PostingLists& lists)
      : found_(found), newest_(newest), wanted_(wanted), lists_(lists), left_(found.count()),
        first_(lists.last_article()) {}

  std::optional<DocumentBits> run() {
    for (const std::string& year : periods(Field::year, "")) {
      for (const std::string& month : periods(Field::month, year)) {
        for (const std::string& day : periods(Field::day, month)) {
          if (!walk(day)) return std::nullopt;
          if (count_ >= wanted_) return std::move(first_);
        }
      }
    }
    return std::nullopt;
  }

private:
  /// The periods of a kind that begin so, the first in order ahead: `2024-03` of `2024`.
  std::vector<std::string> periods(Field kind, const std::string& beginning) const {
    const std::string prefix = std::string(info(kind).prefix) + beginning;
    std::vector<std::string> all;
    for (ShardTerms terms(lists_, prefix); !terms.at_end(); terms.next())
      all.push_back(terms.term().substr(info(kind).prefix.size()));
    if (newest_) std::ranges::reverse(all);
    return all;
  }

  /// Looking at more articles than were found takes longer than comparing their dates.
  bool walk(const std::string& day) {
    const std::string term = std::string(info(Field::day).prefix) + day;
    const std::size_t articles = lists_.frequency(term);
    if (articles > left_) return false;
    left_ -= articles;
    for (PostingList days(lists_, term); !days.articles().empty(); days.next()) {
      for (const Xapian::docid article : days.articles()) {
        if (!found_.has(article)) continue;
        first_.add(article);
        ++count_;
      }
    }
    return true;
  }

  const DocumentBits& found_;
  bool newest_;
  std::size_t wanted_;
  const PostingLists& lists_;
  std::size_t left_; // articles that may yet be looked at
  DocumentBits first_;
  std::size_t count_ = 0; // of first_
};

} // namespace

std::optional<DocumentBits> articles_of_first_days(const DocumentBits& found, bool newest, std::size_t wanted,
                                                   const PostingLists& lists) {
  // One in so many articles was found, so that about that many are looked at for each that is wanted.
  const std::size_t count = found.count();
  if (count == 0 || wanted > count / (lists.shard().get_doccount() / count + 1)) return std::nullopt;
  return DayWalk(found, newest, wanted, lists).run();
}

} // namespace pfind::searcher
