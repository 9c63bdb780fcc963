#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <future>
#include <span>
#include <thread>
#include <type_traits>
#include <vector>
#include <xapian.h>

#include "common/at_once.hpp"
#include "searcher/postings/posting_list.hpp"

namespace pfind::searcher {

/// In how many parts work of so many steps is done at once: as many as there are processors, none of fewer than
/// `least` steps; in one where Xapian is to be asked, which is not for several threads.
inline std::size_t parts_of_work(std::size_t steps, std::size_t least, const PostingLists& lists) {
  if (lists.table() == nullptr || lists.positions() == nullptr || steps < 2 * least) return 1;
  return std::min<std::size_t>(steps / least, std::max(1U, std::thread::hardware_concurrency()));
}

/// Calls `work(part, lists)` for each part, numbered from 0, all at once, with posting lists for it alone. Parts may
/// share nothing else that changes, and not ask Xapian. Gives what they give, in their order. Where some fail, what the
/// first of them threw is thrown.
template <typename Work>
auto in_parts(std::size_t parts, const PostingLists& lists, const Work& work) {
  using Result = std::invoke_result_t<const Work&, std::size_t, const PostingLists&>;
  std::deque<PostingLists> own; // made and freed here: Xapian counts who has its objects, but not for several threads
  std::vector<std::future<Result>> others; // waited for, whatever happens
  for (std::size_t part = 1; part < parts; ++part) {
    const PostingLists& its = own.emplace_back(lists.another());
    others.push_back(std::async(k_at_once, [&work, &its, part] { return work(part, its); }));
  }
  std::vector<Result> results;
  results.push_back(work(0, lists));
  for (std::future<Result>& other : others) results.push_back(other.get());
  return results;
}

/// Looking up the positions of so many articles takes as long as starting some ten threads.
inline constexpr std::size_t k_articles_at_once = 4096;

/// Calls `look(articles, lists)` for all of some articles in ranges, in parts as above.
template <typename Look>
auto in_ranges(std::span<const Xapian::docid> articles, const PostingLists& lists, const Look& look) {
  const std::size_t parts = parts_of_work(articles.size(), k_articles_at_once, lists);
  return in_parts(parts, lists, [&](std::size_t part, const PostingLists& own) {
    const std::size_t begin = articles.size() * part / parts;
    return look(articles.subspan(begin, articles.size() * (part + 1) / parts - begin), own);
  });
}

} // namespace pfind::searcher
