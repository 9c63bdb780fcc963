#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <random>
#include <set>

#include "indexer/copies.hpp"

using namespace pfind;
using namespace pfind::indexer;

namespace {

/// A text of at least that many letters, another for each `about`.
std::string text_of(std::size_t letters, std::string_view about = "patents") {
  std::string body = "The companies signed an agreement about ";
  for (int i = 0; body.size() < letters + letters / 3; ++i) body += fmt::format("{} number {}, ", about, i);
  return body;
}

Article article(std::string path, std::string title, std::string body) {
  return {.path = std::move(path), .title = std::move(title), .body = std::move(body)};
}

using Groups = std::vector<std::vector<std::string>>; // paths, the one shown first; in order

Groups groups(const std::vector<Article>& articles) {
  std::vector<ArticleCopy> copies;
  for (const Article& one : articles) copies.push_back(copy_of(one));
  Groups all;
  for (const std::vector<std::size_t>& group : groups_of(copies)) {
    std::vector<std::string>& paths = all.emplace_back();
    for (const std::size_t i : group) paths.push_back(articles[i].location());
  }
  std::ranges::sort(all);
  return all;
}

bool are_copies(const Article& a, const Article& b) { return groups({a, b}).size() == 1; }

const Date k_day{2024, 3, 12, -1};
const Date k_next_day{2024, 3, 13, -1};

} // namespace

TEST_CASE("a long text is one article under any headline, day and outlet") {
  Article a = article("/a", "Huawei signs", text_of(k_text_alone));
  Article b = article("/b", "A deal for Huawei", text_of(k_text_alone));
  a.outlet = "Wire";
  b.outlet = "Daily";
  a.date = k_day;
  b.date = k_next_day;
  CHECK(are_copies(a, b));
  b.body += "more";
  CHECK_FALSE(are_copies(a, b));
  b = article("/b", "", "THE " + text_of(k_text_alone).substr(4) + "\n\n");
  CHECK(are_copies(a, b));
}

TEST_CASE("a shorter text tells with its headline, a short one with headline and day") {
  Article a = article("/a", "Huawei signs", text_of(k_text_with_title));
  Article b = article("/b", "Huawei Signs:", text_of(k_text_with_title));
  a.date = k_day;
  CHECK(are_copies(a, b));
  b.title = "A deal for Huawei";
  CHECK_FALSE(are_copies(a, b));

  a = article("/a", "Bundesbank leaves rates unchanged", text_of(k_text_with_day));
  b = article("/b", "Bundesbank leaves rates unchanged", text_of(k_text_with_day));
  CHECK(are_copies(a, b));
  a.date = k_day;
  CHECK_FALSE(are_copies(a, b));
  b.date = k_next_day;
  CHECK_FALSE(are_copies(a, b));
  b.date = k_day;
  CHECK(are_copies(a, b));
}

TEST_CASE("what says little is no copy of what says the same") {
  CHECK_FALSE(are_copies(article("/a", "Algorithm", ""), article("/b", "Algorithm", "")));
  CHECK_FALSE(are_copies(article("/a", "", ""), article("/b", "", "")));
  const std::string notice = "Qtly div five cts vs five cts prior. Pay July 15. Record June 30.";
  CHECK_FALSE(are_copies(article("/a", "Dividend", notice), article("/b", "Dividend", notice)));
  CHECK_FALSE(are_copies(article("/a", "", text_of(k_text_with_title)), article("/b", "", text_of(k_text_with_title))));
}

TEST_CASE("numbers that differ make another text") {
  const std::string body = text_of(k_text_alone);
  CHECK_FALSE(are_copies(article("/a", "T", body + " up 5.0 pct"), article("/b", "T", body + " up 50 pct")));
}

TEST_CASE("an address tells together with the headline") {
  Article a = article("/a", "Huawei signs with Nokia", "First, in short.");
  Article b = article("/b", "Huawei signs with Nokia", text_of(700));
  CHECK_FALSE(are_copies(a, b));
  a.url = "https://news.example/2024/huawei";
  b.url = "http://www.News.example/2024/huawei/?utm_source=feed#top";
  CHECK(are_copies(a, b));
  CHECK(groups({a, b}) == Groups{{"/b", "/a"}}); // the longer text is shown
  b.title = "Huawei signs with Oppo";
  CHECK_FALSE(are_copies(a, b));
  b.title = a.title;
  b.url = "https://news.example/2024/huawei?page=2";
  CHECK_FALSE(are_copies(a, b));
}

TEST_CASE("the front page of a site and a headline that says little tell nothing") {
  Article a = article("/a", "Huawei signs with Nokia", "First.");
  Article b = article("/b", "Huawei signs with Nokia", "Second.");
  for (const std::string url : {"https://news.example", "https://news.example/", "https://www.news.example/#x",
                                "https://news.example/?utm_medium=rss", ""}) {
    a.url = b.url = url;
    INFO(url);
    CHECK_FALSE(are_copies(a, b));
  }
  a.url = b.url = "https://news.example/?p=17";
  CHECK(are_copies(a, b));
  a.title = b.title = "Home";
  CHECK_FALSE(are_copies(a, b));
}

TEST_CASE("a page under whose address the article changes is not one article") {
  std::vector<Article> pages;
  for (std::size_t i = 0; i < k_most_texts; ++i) {
    pages.push_back(article(fmt::format("/{}", i), "Top stories of the day", fmt::format("Today it is {}.", i)));
    pages.back().url = "https://news.example/today";
  }
  CHECK(groups(pages).size() == 1);
  SECTION("by its texts") {
    pages.push_back(article("/more", "Top stories of the day", "And more."));
    pages.back().url = "https://news.example/today";
    CHECK(groups(pages).size() == k_most_texts + 1);
  }
  SECTION("by its days") {
    for (std::size_t i = 0; i <= k_most_days; ++i) pages[i].date = Date{2024, 3, 12 + static_cast<int>(i), -1};
    CHECK(groups(pages).size() == pages.size());
    pages[0].date = pages[1].date;
    CHECK(groups(pages).size() == 1);
  }
}

TEST_CASE("a text under many headlines is a notice on every page, and tells only with the headline") {
  std::vector<Article> pages;
  for (std::size_t i = 0; i < k_most_titles; ++i)
    pages.push_back(article(fmt::format("/{}", i), fmt::format("Headline {}", i), text_of(k_text_alone)));
  CHECK(groups(pages).size() == 1);
  pages.push_back(article("/again", "Headline 0", text_of(k_text_alone)));
  pages.push_back(article("/untitled", "", text_of(k_text_alone)));
  CHECK(groups(pages).size() == 1);
  pages.push_back(article("/more", "One more headline", text_of(k_text_alone)));
  const Groups apart = groups(pages);
  CHECK(apart.size() == k_most_titles + 2);
  CHECK(std::ranges::find(apart, std::vector<std::string>{"/0", "/again"}) != apart.end());
}

TEST_CASE("a copy of a copy is a copy") {
  Article a = article("/a", "Huawei signs with Nokia", text_of(k_text_alone));
  Article b = article("/b", "Huawei signs with Nokia", text_of(k_text_alone));
  Article c = article("/c", "Huawei signs with Nokia", "In short.");
  b.url = c.url = "https://news.example/huawei";
  CHECK_FALSE(are_copies(a, c));
  CHECK(groups({a, b, c}).size() == 1);
}

TEST_CASE("shown is the longest text, then what is known most of, then the first by location") {
  const std::string body = text_of(k_text_alone);
  Article a = article("/a", "T", body);
  Article b = article("/b", "T", body);
  CHECK(groups({b, a}) == Groups{{"/a", "/b"}});
  b.date = k_day;
  CHECK(groups({a, b}) == Groups{{"/b", "/a"}});
  a.date = Date{2024, 3, 12, 3600};
  CHECK(groups({a, b}) == Groups{{"/a", "/b"}});
  Article r = article("/a", "T", body);
  r.record = "2";
  r.date = a.date;
  CHECK(groups({r, a}) == Groups{{"/a", "/a#2"}});
}

TEST_CASE("groups do not depend on the order of the articles") {
  std::mt19937 random(20240312);
  const auto below = [&](unsigned limit) { return random() % limit; };
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<Article> articles;
    for (unsigned i = 0; i < 14; ++i) {
      constexpr std::array<std::size_t, 4> lengths{20, k_text_with_day, k_text_with_title, k_text_alone};
      Article one = article(fmt::format("/{}", i), fmt::format("The headline number {}", below(7)),
                            text_of(lengths[below(4)], below(3) == 0 ? "phones" : "patents"));
      if (below(2) == 0) one.url = fmt::format("https://news.example/{}", below(3));
      if (below(2) == 0) one.date = Date{2024, 3, 1 + static_cast<int>(below(3)), -1};
      articles.push_back(one);
    }
    const Groups before = groups(articles);
    std::ranges::shuffle(articles, random);
    REQUIRE(groups(articles) == before);
  }
}

TEST_CASE("only articles that share a key are copies") {
  const ArticleCopy none = copy_of(article("/a", "Huawei signs", "Short."));
  CHECK(keys_of(none).empty());
  Article full = article("/a", "Huawei signs with Nokia", text_of(k_text_alone));
  full.url = "https://news.example/huawei";
  CHECK(keys_of(copy_of(full)).size() == 2);
}

TEST_CASE("outlets of a group are those of all, each once") {
  Article a = article("/a", "T", "x");
  Article b = article("/b", "T", "x");
  a.outlet = "Wire";
  b.outlet = "The Daily";
  const std::vector<ArticleCopy> others{copy_of(b), copy_of(article("/c", "T", "x"))};
  CHECK(outlets_of(copy_of(a), others) == std::vector<std::string>{"Wire", "The Daily"});
  a.outlet = "THE DAILY";
  CHECK(outlets_of(copy_of(a), others) == std::vector<std::string>{"THE DAILY"});
}

TEST_CASE("copies of one file are kept under keys that begin alike, and no others do") {
  CHECK(copy_key({"/a", "7"}).starts_with(copy_key_prefix("/a")));
  CHECK_FALSE(copy_key({"/a#7", ""}).starts_with(copy_key_prefix("/a")));
  std::set<std::string> keys{copy_key({"/a", ""}), copy_key({"/a", "7"}), copy_key({"/a#7", ""}), copy_key({"/b", ""})};
  CHECK(keys.size() == 4);
}
