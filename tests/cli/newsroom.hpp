#pragma once

#include "tests/cli/workspace.hpp"

namespace pfind::tests {

/// A user with four articles, in three files of different formats.
class Newsroom : public Workspace {
public:
  Newsroom() {
    article("deal.txt", "Huawei and Xiaomi sign global patent cross-licensing agreement\n\n"
                        "By Jane Doe\n14 September 2023\n\n"
                        "Huawei and Xiaomi have signed a global patent cross-licensing agreement that covers 5G, the "
                        "companies said on Thursday.\n\nThe terms were not disclosed.\n");
    article("court.md", "---\ntitle: Munich court rules for Nokia\ndate: 2024-02-03\nsource: Example Wire\n"
                        "author: Max Mustermann\n---\n"
                        "The Munich regional court ruled that Oppo infringes a Nokia patent. Royalties are due from "
                        "2022 on.\n");
    article("feed.jsonl",
            R"({"id":"f1","title":"Ericsson renews with Samsung","body":"Ericsson and Samsung renewed their )"
            R"(patent licence. It covers 5G and royalties.","date":"2022-12-09",)"
            R"("source":"Example Wire","url":"https://news.example/f1"})"
            "\n"
            R"({"id":"f2","title":"A late orange harvest","body":"Growers say the orange harvest is )"
            R"(late this year.","date":"2021-01-05"})"
            "\n");
  }
};

/// The same with an index of these articles.
class IndexedNewsroom : public Newsroom {
public:
  IndexedNewsroom() {
    const RunResult result = pindex({"--quiet", "articles"});
    if (result.status != 0) throw std::runtime_error("cannot index the newsroom: " + result.err);
  }
};

} // namespace pfind::tests
