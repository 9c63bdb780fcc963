#include <catch2/catch.hpp>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "common/text/characters.hpp"
#include "searcher/output/formats.hpp"
#include "searcher/output/output.hpp"

using namespace pfind;
using namespace pfind::searcher;

namespace {

Hit huawei_hit() {
  Hit hit;
  hit.rank = 1;
  hit.score = 12.5;
  hit.article.path = "/home/jane/articles/huawei deal.txt";
  hit.article.url = "https://news.example/huawei";
  hit.article.title = "Huawei signs";
  hit.article.authors = {"Jane Doe", "Li Wei"};
  hit.article.date = Date{2023, 9, 14, -1};
  hit.article.outlet = "Example Wire";
  hit.article.language = "en";
  hit.entities[0] = {"Huawei", "Xiaomi"};
  hit.entities[3] = {"China"};
  hit.title = {"Huawei signs", {{0, 6}}};
  hit.snippet = {"The deal covers 5G, says Huawei, and more.", {{16, 18}, {25, 31}}};
  return hit;
}

Hit bare_hit() {
  Hit hit;
  hit.rank = 2;
  hit.score = 3;
  hit.article.path = "dump.jsonl";
  hit.article.record = "17";
  hit.title = {"dump.jsonl", {}};
  return hit;
}

Results two_hits() {
  Results results;
  results.query = "huawei 5g";
  results.total = 37;
  results.hits = {huawei_hit(), bare_hit()};
  return results;
}

FacetCounts company_facet() { return {Field::company, {{"Huawei", 1200}, {"Xiaomi", 600}, {"华为", 1}}, 5}; }

std::string written(const Results& results, OutputOptions options) {
  std::ostringstream out;
  write_results(out, results, options);
  return out.str();
}

std::string written(const Results& results, OutputFormat format) {
  return written(results, OutputOptions{.format = format});
}

/// A hit whose every text tries to break out of the format.
Results hostile() {
  const std::string evil = "=1+1 \x1b]0;x\x07<script>\"a\",\n\r\xff \u202E \u2028\u009B"
                           "31m";
  Hit hit;
  hit.rank = 1;
  hit.article.path = "/tmp/\x1b[2J\n\xff.txt";
  hit.article.record = evil;
  hit.article.id = evil;
  hit.article.url = evil;
  hit.article.title = evil;
  hit.article.authors = {evil};
  hit.article.outlet = evil;
  hit.entities[0] = {evil};
  hit.title = {evil, {{0, 4}, {5, 900}}};
  hit.snippet = {evil, {{3, 2}, {900, 901}}};
  hit.missing = {evil};
  hit.copies = {{{hit.article.path, evil}, evil, evil, evil}, {{"b", ""}, "", "", "other " + evil}};
  hit.explanation = {evil};
  Results results;
  results.query = evil;
  results.total = 1;
  results.notices = {evil};
  results.suggestion = evil;
  results.explained = {evil};
  results.hits = {hit};
  results.facets = {{Field::company, {{evil, 1}}, 1}};
  return results;
}

/// Removes what the text writer itself may write: styles and links.
std::string without_own_sequences(std::string text) {
  for (const std::string sequence : {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;33m", "\x1b[32m", "\x1b[34m",
                                     "\x1b]8;;\x1b\\", "\x1b]8;;file:///tmp/%1B%5B2J%0A%FF.txt\x1b\\"}) {
    for (std::size_t at = 0; (at = text.find(sequence)) != std::string::npos;) text.erase(at, sequence.size());
  }
  return text;
}

} // namespace

TEST_CASE("formats have names") {
  for (const std::string_view name : output_format_names()) CHECK(output_format(name).has_value());
  CHECK(output_format("jsonl") == OutputFormat::jsonl);
  CHECK_FALSE(output_format("xml").has_value());
  CHECK_FALSE(output_format("").has_value());
}

TEST_CASE("text: headline, where and when, snippet, path") {
  OutputOptions options;
  options.home = "/home/jane";
  CHECK(written(two_hits(), options) == "Huawei signs\n"
                                        "Example Wire · 14 Sept 2023 · Jane Doe, Li Wei\n"
                                        "  The deal covers 5G, says Huawei, and more.\n"
                                        "~/articles/huawei deal.txt\n"
                                        "\n"
                                        "dump.jsonl\n"
                                        "dump.jsonl#17\n");
}

TEST_CASE("text: on a terminal with colours, links, wrapping and a summary") {
  OutputOptions options;
  options.terminal = options.color = options.hyperlinks = true;
  options.columns = 30;
  options.cwd = "/home/jane/articles";
  options.home = "/home/jane";
  Results results = two_hits();
  results.offset = 10;
  CHECK(written(results, options) ==
        "\x1b[1;33mHuawei\x1b[0m\x1b[1m signs\x1b[0m\n"
        "\x1b[2mExample Wire · 14 Sept 2023 ·…\x1b[0m\n"
        "  The deal covers \x1b[1;33m5G\x1b[0m, says\n"
        "  \x1b[1;33mHuawei\x1b[0m, and more.\n"
        "\x1b]8;;file:///home/jane/articles/huawei%20deal.txt\x1b\\\x1b[32mhuawei deal.txt\x1b[0m\x1b]8;;\x1b\\\n"
        "\n"
        "\x1b[1mdump.jsonl\x1b[0m\n"
        "\x1b]8;;file:///home/jane/articles/dump.jsonl\x1b\\\x1b[32mdump.jsonl#17\x1b[0m\x1b]8;;\x1b\\\n"
        "\n"
        "\x1b[2mResults 11–12 of 37\x1b[0m\n");
}

TEST_CASE("text: a highlight across a line break is marked on both lines") {
  OutputOptions options;
  options.color = true;
  options.columns = 22;
  Results results;
  results.hits.emplace_back();
  results.hits[0].article.path = "a";
  results.hits[0].title = {"T", {}};
  results.hits[0].snippet = {"sixteen columns cross licensing", {{16, 31}}};
  CHECK(written(results, options) == "\x1b[1mT\x1b[0m\n"
                                     "  sixteen columns\n"
                                     "  \x1b[1;33mcross licensing\x1b[0m\n"
                                     "\x1b[32ma\x1b[0m\n");
}

TEST_CASE("text: facets are aligned and show their share") {
  Results results;
  results.total = 1;
  results.facets = {company_facet(), {Field::year, {{"2024", 3}}, 1}};
  CHECK(written(results, OutputOptions{.terminal = true}) == "company\n"
                                                             "  Huawei  1,200 ████████████████████\n"
                                                             "  Xiaomi    600 ██████████\n"
                                                             "  华为        1\n"
                                                             "  … and 2 more\n"
                                                             "\n"
                                                             "year\n"
                                                             "  2024  3 ████████████████████\n"
                                                             "\n"
                                                             "1 result\n");
  CHECK(written(results, OutputOptions{.columns = 20}) == "company\n"
                                                          "  Huawei  1,200 ████\n"
                                                          "  Xiaomi    600 ██\n"
                                                          "  华为        1\n"
                                                          "  … and 2 more\n"
                                                          "\n"
                                                          "year\n"
                                                          "  2024  3 ██████████\n");
}

TEST_CASE("text: a line says where articles that lack words begin, and each says what it lacks") {
  Results results = two_hits();
  results.total = results.partial = 1;
  results.hits[1].missing = {"huawei", "\"patent pool\""};
  CHECK(written(results, OutputOptions{.terminal = true, .color = true}) ==
        "\x1b[1;33mHuawei\x1b[0m\x1b[1m signs\x1b[0m\n"
        "\x1b[2mExample Wire · 14 Sept 2023 · Jane Doe, Li Wei\x1b[0m\n"
        "  The deal covers \x1b[1;33m5G\x1b[0m, says \x1b[1;33mHuawei\x1b[0m, and more.\n"
        "\x1b[32m/home/jane/articles/huawei deal.txt\x1b[0m\n"
        "\n"
        "\x1b[2mArticles with only some of the words:\x1b[0m\n"
        "\n"
        "\x1b[1mdump.jsonl\x1b[0m\n"
        "  \x1b[2mlacks: huawei, \"patent pool\"\x1b[0m\n"
        "\x1b[32mdump.jsonl#17\x1b[0m\n"
        "\n"
        "\x1b[2mResult 1 of 1, and 1 with only some of the words\x1b[0m\n");
  const std::string narrow = written(results, OutputOptions{.terminal = true, .columns = 32});
  CHECK(narrow.find("\n\nArticles with only some of the\nwords:\n\n") != std::string::npos);
  CHECK(narrow.ends_with("\n\nResult 1 of 1, and 1 with only\nsome of the words\n"));
}

TEST_CASE("text: where every hit lacks words no line is drawn among them") {
  Results results = two_hits();
  results.relaxed = true;
  results.hits[0].missing = {"vivo"};
  results.hits[1].missing = {"huawei"};
  const std::string text = written(results, OutputOptions{.terminal = true});
  CHECK(text.find("only some") == std::string::npos);
  CHECK(text.find("more.\n  lacks: vivo\n/home") != std::string::npos);
  CHECK(text.ends_with("  lacks: huawei\ndump.jsonl#17\n\nResults 1–2 of 37\n"));
}

TEST_CASE("text: of many words that a hit lacks the first are named, long ones are cut, lines are wrapped") {
  Results results;
  results.hits = {bare_hit()};
  results.hits[0].missing = {"w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8"};
  CHECK(written(results, OutputOptions{}).find("  lacks: w1, w2, w3, w4, w5, w6, w7, w8\n") != std::string::npos);
  results.hits[0].missing = {std::string(41, 'x'), "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9", "w10"};
  CHECK(written(results, OutputOptions{.columns = 30}) == "dump.jsonl\n"
                                                          "  lacks:\n"
                                                          "  xxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
                                                          "  xxxxxxxxxxx…, w2, w3, w4,\n"
                                                          "  w5, w6, w7, w8 and 2 more\n"
                                                          "dump.jsonl#17\n");
}

TEST_CASE("text: explanations stand above the results and below each") {
  Results results = two_hits();
  results.hits.resize(1);
  results.explained = {"AND huawei 5g"};
  results.hits[0].explanation = {"huawei: 3.2"};
  const std::string text = written(results, OutputFormat::text);
  CHECK(text.starts_with("AND huawei 5g\n\nHuawei signs\n"));
  CHECK(text.ends_with("huawei deal.txt\n  huawei: 3.2\n"));
}

TEST_CASE("text: where else an article was met, three lines at most") {
  Results results = two_hits();
  results.hits.resize(1);
  const auto copy = [](const std::string& path, const std::string& outlet = {}) {
    return Appearance{{path, ""}, "", "", outlet};
  };
  results.hits[0].copies = {copy("/home/jane/b.txt", "The Daily"), copy("/c.txt", "EXAMPLE wire"), copy("/d.txt")};
  OutputOptions options{.home = "/home/jane"};
  CHECK(written(results, options)
            .ends_with("huawei deal.txt\n"
                       "  also at ~/b.txt · The Daily\n"
                       "  also at /c.txt\n"
                       "  also at /d.txt\n"));
  results.hits[0].copies.push_back({{"/e.jsonl", "7"}, "7", "", ""});
  CHECK(written(results, options)
            .ends_with("  also at ~/b.txt · The Daily\n"
                       "  also at /c.txt\n"
                       "  and at 2 more places\n"));
  options.hyperlinks = true;
  CHECK(written(results, options).find("file:///home/jane/b.txt") != std::string::npos);
}

TEST_CASE("json: every place where an article was met, its own first") {
  Results results = two_hits();
  results.hits[0].copies = {{{"/e.jsonl", "7"}, "x7", "https://e.example/7", "The Daily"}};
  const auto document = nlohmann::json::parse(written(results, OutputFormat::json));
  const auto& locations = document["hits"][0]["locations"];
  REQUIRE(locations.size() == 2);
  CHECK(locations[0]["path"] == "/home/jane/articles/huawei deal.txt");
  CHECK(locations[1] == nlohmann::json{{"path", "/e.jsonl"},
                                       {"record", "7"},
                                       {"id", "x7"},
                                       {"url", "https://e.example/7"},
                                       {"outlet", "The Daily"}});
}

TEST_CASE("text: nothing found is nothing written") {
  CHECK(written({}, OutputFormat::text).empty());
  CHECK(written({}, OutputOptions{.terminal = true}) == "0 results\n");
}

TEST_CASE("paths below the working directory or home are shortened, others are not") {
  const OutputOptions options{.cwd = "/home/jane/news", .home = "/home/jane"};
  CHECK(short_path("/home/jane/news/a.txt", options) == "a.txt");
  CHECK(short_path("/home/jane/newsroom/a.txt", options) == "~/newsroom/a.txt");
  CHECK(short_path("/home/janet/a.txt", options) == "/home/janet/a.txt");
  CHECK(short_path("a.txt", options) == "a.txt");
  CHECK(short_path("/a.txt", OutputOptions{.cwd = "/", .home = ""}) == "/a.txt");
}

TEST_CASE("json: one document, one hit a line") {
  Results results = two_hits();
  results.notices = {"Read as words."};
  results.hits[1].missing = {"5g"};
  results.facets = {company_facet()};
  CHECK(written(results, OutputFormat::json) ==
        R"({"schema_version":1,
"query":"huawei 5g",
"total":37,
"offset":0,
"timed_out":false,
"notices":["Read as words."],
"suggestion":null,
"corrected":null,
"hits":[
{"rank":1,"score":12.5,"path":"/home/jane/articles/huawei deal.txt","record":null,"id":null,"url":"https://news.example/huawei","title":"Huawei signs","date":"2023-09-14","outlet":"Example Wire","author":"Jane Doe, Li Wei","language":"en","locations":[{"path":"/home/jane/articles/huawei deal.txt","record":null,"id":null,"url":"https://news.example/huawei","outlet":"Example Wire"}],"snippet":"The deal covers 5G, says Huawei, and more.","highlights":[[16,18],[25,31]],"title_highlights":[[0,6]],"entities":{"company":["Huawei","Xiaomi"],"organization":[],"person":[],"place":["China"],"technology":[]},"missing":[]},
{"rank":2,"score":3.0,"path":"dump.jsonl","record":"17","id":null,"url":null,"title":null,"date":null,"outlet":null,"author":null,"language":null,"locations":[{"path":"dump.jsonl","record":"17","id":null,"url":null,"outlet":null}],"snippet":"","highlights":[],"title_highlights":[],"entities":{"company":[],"organization":[],"person":[],"place":[],"technology":[]},"missing":["5g"]}],
"facets":{"company":[{"value":"Huawei","count":1200},{"value":"Xiaomi","count":600},{"value":"华为","count":1}]},
"facet_sizes":{"company":5}}
)");
}

TEST_CASE("json: an empty answer is a whole document") {
  const auto document = nlohmann::json::parse(written({}, OutputFormat::json));
  CHECK(document["schema_version"] == k_output_schema_version);
  CHECK(document["total"] == 0);
  CHECK(document["hits"].empty());
  CHECK(document["facets"].is_object());
}

TEST_CASE("jsonl: the hits of json, one a line") {
  const auto document = nlohmann::json::parse(written(two_hits(), OutputFormat::json));
  std::istringstream lines(written(two_hits(), OutputFormat::jsonl));
  std::string line;
  for (const auto& hit : document["hits"]) {
    REQUIRE(std::getline(lines, line));
    CHECK(nlohmann::json::parse(line) == hit);
  }
  CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("csv: a header and a row for each hit") {
  Results results = two_hits();
  results.hits[0].article.title = results.hits[0].title.text = "He said \"no\", twice";
  results.hits[0].article.outlet = "-Example";
  CHECK(
      written(results, OutputFormat::csv) ==
      "rank,score,title,date,outlet,author,url,path,record,id,language,snippet,company,organization,person,place,"
      "technology\r\n"
      "1,12.5000,\"He said \"\"no\"\", twice\",2023-09-14,'-Example,\"Jane Doe, Li Wei\",https://news.example/huawei,"
      "/home/jane/articles/huawei deal.txt,,,en,\"The deal covers 5G, says Huawei, and more.\",Huawei; Xiaomi,,,China,\r\n"
      "2,3.0000,,,,,,dump.jsonl,17,,,,,,,,\r\n");
}

TEST_CASE("csv: no text is taken for a formula") {
  for (const std::string start : {"=", "+", "-", "@", "\t=", "\r@"}) {
    Results results;
    results.hits.emplace_back();
    results.hits[0].article.title = start + "cmd";
    const std::string text = written(results, OutputFormat::csv);
    const std::string row = text.substr(text.find("\r\n") + 2);
    INFO(row);
    CHECK(row.find(",'") != std::string::npos);
  }
}

TEST_CASE("paths: each file once, with line ends or NUL") {
  Results results = two_hits();
  results.hits.push_back(bare_hit());
  CHECK(written(results, OutputFormat::paths) == "/home/jane/articles/huawei deal.txt\ndump.jsonl\n");
  CHECK(written(results, OutputOptions{.format = OutputFormat::paths, .nul_separated = true}) ==
        std::string("/home/jane/articles/huawei deal.txt\0dump.jsonl\0", 47));
}

TEST_CASE("hostile text: programs get the bytes of a path, terminals do not") {
  CHECK(written(hostile(), OutputFormat::paths) == "/tmp/\x1b[2J\n\xff.txt\n");
  CHECK(written(hostile(), OutputOptions{.format = OutputFormat::paths, .terminal = true}) == "/tmp/[2J \uFFFD.txt\n");
}

TEST_CASE("hostile text: no format lets a control character or broken UTF-8 through") {
  for (const OutputFormat format : {OutputFormat::text, OutputFormat::json, OutputFormat::jsonl, OutputFormat::csv}) {
    OutputOptions options{.format = format, .terminal = true, .color = true, .hyperlinks = true, .columns = 40};
    const std::string text = without_own_sequences(written(hostile(), options));
    INFO(text);
    CHECK(text::without_controls(text) == text);
    CHECK(text.find("\u2028") == std::string::npos);
  }
  const std::string plain = written(hostile(), OutputFormat::text);
  CHECK(plain.find('\x1b') == std::string::npos);
}

TEST_CASE("hostile text: json and csv keep their shape") {
  const auto document = nlohmann::json::parse(written(hostile(), OutputFormat::json));
  CHECK(document["hits"].size() == 1);
  CHECK(document["query"].get<std::string>().starts_with("=1+1 \x1b]0;x\x07<script>"));
  const std::string lines = written(hostile(), OutputFormat::jsonl);
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 1);
  const std::string rows = written(hostile(), OutputFormat::csv);
  CHECK(std::count(rows.begin(), rows.end(), '\n') == 2);
  CHECK(rows.find(",=1") == std::string::npos);
  CHECK(rows.find("\"=1") == std::string::npos);
}

TEST_CASE("a stream that fails stays failed") {
  for (const OutputFormat format :
       {OutputFormat::text, OutputFormat::json, OutputFormat::jsonl, OutputFormat::csv, OutputFormat::paths}) {
    std::ostream closed(nullptr);
    write_results(closed, two_hits(), OutputOptions{.format = format});
    CHECK_FALSE(closed.good());
  }
}

namespace {

using nlohmann::json;

/// The rules of JSON Schema that the published schema uses, enough to tell whether a document keeps to it; stricter in
/// that members it does not name are an error, since they would be undocumented.
void check_schema(const json& root, const json& schema, const json& value, const std::string& where) {
  INFO(where);
  if (schema.contains("$ref")) {
    const std::string reference = schema["$ref"];
    check_schema(root, root.at(json::json_pointer(reference.substr(1))), value, where);
    return;
  }
  if (schema.contains("const")) CHECK(value == schema["const"]);
  if (schema.contains("type")) {
    const json types = schema["type"].is_array() ? schema["type"] : json::array({schema["type"]});
    const std::string type = value.is_number_integer() ? "integer" : value.type_name();
    const bool fits = std::any_of(types.begin(), types.end(),
                                  [&](const json& t) { return t == type || (t == "number" && value.is_number()); });
    CHECK(fits);
  }
  for (const auto& name : schema.value("required", json::array())) CHECK(value.contains(name.get<std::string>()));
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      const json properties = schema.value("properties", json::object());
      if (properties.contains(name)) {
        check_schema(root, properties[name], member, where + '/' + name);
      } else {
        const json others = schema.value("additionalProperties", json(false));
        INFO(name);
        CHECK(others != json(false));
        if (others.is_object()) check_schema(root, others, member, where + '/' + name);
      }
    }
  }
  if (value.is_array() && schema.contains("items")) {
    for (const auto& item : value) check_schema(root, schema["items"], item, where + "[]");
  }
}

} // namespace

TEST_CASE("json: documents keep to the published schema") {
  std::ifstream file(PFIND_DOCS_DIR "/pfind-output.schema.json");
  const json schema = json::parse(file);
  Results full = two_hits();
  full.facets = {company_facet()};
  full.explained = {"tree"};
  full.xapian_query = "Query(huawei)";
  full.hits[0].explanation = {"why"};
  full.hits[1].missing = {"5g"};
  full.hits[1].copies = {{{"/e.jsonl", "7"}, "7", "", ""}};
  full.suggestion = "huawei";
  for (const Results& results : {Results{}, full, hostile()})
    check_schema(schema, schema, json::parse(written(results, OutputFormat::json)), "");
}
