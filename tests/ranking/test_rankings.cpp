// Queries as people of this field write them, the sample articles judged by reading them, and the whole ranking as it
// stands.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

#include "tests/support/sample_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

using Names = std::vector<std::string>;

/// What a query is to find.
struct Judgement {
  std::string query;
  Names relevant;      ///< all among the first relevant.size() + slack
  std::size_t slack;   ///< other articles that are as good an answer
  Names near_misses{}; ///< below every relevant one, or absent
};

const Names k_huawei_xiaomi{
    "text/2023-09-14_huawei-xiaomi-sign-global-patent-pact.txt", "text/huawei-and-xiaomi-shake-on-it.txt",
    "html/licensingwire-huawei-xiaomi-cross-licensing.html", "json/wire-aggregate-feed.jsonl#rr-2023-0914"};
const Names k_huawei_amazon{"text/huawei-amazon-what-the-truce-means.txt",
                            "markdown/2024-03-06-huawei-amazon-licence.md",
                            "html/huawei-amazon-munich-dusseldorf-withdrawn.html"};
const Names k_huawei_vivo{"text/huawei-vivo-patent-agreement.txt", "markdown/2024-03-07-huawei-vivo-cross-licence.md",
                          "json/archive_export_2025.jsonl#1"};
const Names k_nokia_vivo{"text/2024-02_nokia-oppo-vivo.txt", "json/wire-aggregate-feed.jsonl#sp-2024-0205"};
const Names k_ban{"text/norrvik-quillaby-munich-injunction.txt", "text/hw_quillaby_wren_germany_ban.txt",
                  "html/telecomledger-norrvik-quillaby-verdict.html"};
const Names k_veridane{"text/chipline-talvance-veridane-13-7bn.txt", "json/wire-aggregate-feed.jsonl#tl-2024-0612",
                       "html/harbour-talvance-veridane-called-off.html", "json/archive_export_2025.jsonl#7"};
const Names k_corvane{"text/corvane-licence-tidegate-telecomledger.txt", "markdown/corvane-tidegate-pool.md",
                      "html/harbour-corvane-pool-licence.html"};
const Names k_unwired{"text/supreme-court-unwired-planet.txt", "markdown/unwired-planet-global-licence.md"};
const Names k_arm{"text/nvidia-arm-off.txt", "html/harbour-nvidia-arm-collapse.html"};
const Names k_satellites{"text/lumenreach_two_satellites_lost_utf16.txt",
                         "json/wire-aggregate-feed.jsonl#lr-2024-1003"};
const Names k_shell{"text/brightmoor-fernhollow-shell-company.txt", "html/brightmoor-hestvang-upc-security.html"};
const std::string k_longread = "text/longread-six-years-of-mobile-patents.txt";

const std::vector<Judgement> k_judgements{
    {"Huawei Xiaomi", k_huawei_xiaomi, 1, {k_longread}},
    {"5G cross-licensing",
     {"html/licensingwire-huawei-xiaomi-cross-licensing.html", "json/wire-aggregate-feed.jsonl#rr-2023-0914"},
     0},
    {"5G cross licence",
     {"html/licensingwire-huawei-xiaomi-cross-licensing.html", "json/wire-aggregate-feed.jsonl#rr-2023-0914"},
     0},
    {"Huawei Amazon", k_huawei_amazon, 0, {k_longread, "text/amazon-river-dolphins-acoustic-study.txt"}},
    {"company:Amazon", k_huawei_amazon, 3, {"text/amazon-river-dolphins-acoustic-study.txt"}},
    {"Huawei Vivo", k_huawei_vivo, 0, {k_longread, "text/in-vivo-imaging-chip-hospital-trial.txt"}},
    {"Nokia Vivo", k_nokia_vivo, 0, {k_longread}},
    {"in vivo", {"text/in-vivo-imaging-chip-hospital-trial.txt"}, 0},
    {"Norrvik German sales ban", {"html/telecomledger-norrvik-quillaby-verdict.html"}, 1},
    {"Quillaby Wren OR ban", k_ban, 4},
    {"Talvance Veridane", k_veridane, 0, {"text/nvidia-arm-off.txt"}},
    {"Corvane licence Tidegate", k_corvane, 0, {k_longread}},
    {"Corvane", k_corvane, 2, {k_longread}},
    {"\"unified patent court\"",
     {"text/unified-patent-court-first-day.txt", "markdown/upc-opens-business-view.md"},
     3,
     {k_longread}},
    {"Nvidia Arm", k_arm, 0, {"text/chipline-talvance-veridane-13-7bn.txt"}},
    {"Unwired Planet Supreme Court", k_unwired, 0, {"markdown/norrvik-v-quillaby-analysis.md"}},
    {"Apple Qualcomm",
     {"text/qualcomm-apple-settle-2019.txt", "html/handsetweekly-apple-qualcomm-peace.html"},
     0,
     {k_longread}},
    {"shell company", k_shell, 0},
    {"two satellites lost", k_satellites, 0},
    {"apple growers", {"text/apple-growers-cooperative-altes-land.txt"}, 0, {"text/qualcomm-apple-settle-2019.txt"}},
    {"company:Apple",
     {"text/qualcomm-apple-settle-2019.txt", "html/spectrumpost-ericsson-apple.html",
      "markdown/nokia-apple-renewal.md"},
     9,
     {"text/apple-growers-cooperative-altes-land.txt"}},
    {"orange harvest", {"text/orange-harvest-drone-counting.txt"}, 0},
    {"river dolphins", {"text/amazon-river-dolphins-acoustic-study.txt"}, 0},
    {"wifi 6 price", {"text/huawei-royalty-rates-2023.txt"}, 0},
    {"Mate 60 chip", {"markdown/mate-60-chip-smic.md"}, 0},
    {"SEP regulation Commission", {"json/archive_export_2025.jsonl#2", "markdown/eu-sep-regulation-proposal.md"}, 0},
    {"InterDigital Lenovo", {"text/interdigital-lenovo-high-court-rate.txt"}, 0},
    {"US", {"text/opinion-what-it-costs-us.txt"}, 3},
    {"专利许可", {"text/岚禾终端与诺维克签署5G专利许可.txt"}, 0},
    {"特許", {"html/denpa-yamazora-tidegate.html"}, 0},
    {"compteurs licence", {"markdown/orvalle-compteurs-connectes.md"}, 0},
};

Names ranking(Index& index, const std::string& query) {
  SearchRequest request = request_for(query);
  Names names;
  for (const Hit& hit : search(index, request).hits) names.push_back(SampleIndex::name_of(hit.article));
  return names;
}

std::size_t place(const Names& names, const std::string& name) {
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

std::string first_ten(const std::string& query, const Names& names) {
  std::string text = query + '\n';
  for (std::size_t i = 0; i < std::min<std::size_t>(10, names.size()); ++i)
    text += fmt::format("  {:2} {}\n", i + 1, names[i]);
  return text + '\n';
}

std::string read_golden() {
  std::ostringstream text;
  text << std::ifstream(PFIND_TESTS_RANKINGS).rdbuf();
  return text.str();
}

} // namespace

TEST_CASE("what is relevant comes first, near misses after it or not at all") {
  const SampleIndex samples;
  Index index = samples.open();
  for (const Judgement& judgement : k_judgements) {
    const Names names = ranking(index, judgement.query);
    INFO(first_ten(judgement.query, names));
    std::size_t last = 0;
    for (const std::string& name : judgement.relevant) {
      INFO(name);
      CHECK(place(names, name) < judgement.relevant.size() + judgement.slack);
      last = std::max(last, place(names, name));
    }
    for (const std::string& name : judgement.near_misses) {
      INFO("near miss: " << name);
      CHECK(place(names, name) > last);
    }
  }
}

TEST_CASE("the first ten of every query are as they were") {
  const SampleIndex samples;
  Index index = samples.open();
  std::string rankings;
  for (const Judgement& judgement : k_judgements)
    rankings += first_ten(judgement.query, ranking(index, judgement.query));
  if (std::getenv("PFIND_ACCEPT_RANKINGS") != nullptr) std::ofstream(PFIND_TESTS_RANKINGS) << rankings;
  INFO("PFIND_ACCEPT_RANKINGS=1 accepts the new rankings");
  CHECK(rankings == read_golden());
}
