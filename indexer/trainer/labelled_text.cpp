#include "indexer/trainer/labelled_text.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace pfind::indexer {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t k_longest_document = 1500; // tokens; a file without marks of documents is cut at that

bool closes(std::string_view token) {
  constexpr std::string_view k_closing[] = {".", ",", ";", ":", "!", "?", ")", "]", "%", "''", "...", "n't"};
  return std::ranges::find(k_closing, token) != std::end(k_closing) ||
         (token.size() > 1 && token.starts_with('\'') && token != "''") || token.starts_with("\u2019");
}

bool opens(std::string_view token) {
  constexpr std::string_view k_opening[] = {"(", "[", "$", "``", "#", "@"};
  return std::ranges::find(k_opening, token) != std::end(k_opening);
}

std::string_view written(std::string_view token) {
  if (token == "``" || token == "''") return "\"";
  if (token == "-LRB-") return "(";
  if (token == "-RRB-") return ")";
  return token;
}

class Reader {
public:
  explicit Reader(const CorpusFile& file) : file_(file) {}

  std::vector<LabelledText> read() {
    std::ifstream in(file_.path);
    if (!in) throw std::runtime_error("cannot read " + file_.path.string());
    for (std::string line; std::getline(in, line);) {
      if (line.ends_with('\r')) line.pop_back();
      line.find_first_not_of(" \t") == std::string::npos ? end_sentence() : add_line(line);
    }
    end_document();
    return std::move(texts_);
  }

private:
  void add_line(const std::string& line) {
    const std::string token = line.substr(0, line.find_first_of(" \t"));
    if (token == "-DOCSTART-") return end_document();
    add_token(token, line.substr(line.find_last_of(" \t") + 1));
  }

  void add_token(const std::string& token, std::string label) {
    if (!current_.text.empty() && !glued_ && !closes(token)) current_.text += ' ';
    const std::size_t begin = current_.text.size();
    current_.text += written(token);
    // IOB1 has I- at the beginning of names that follow none of their kind.
    if (label.starts_with("I-") && (previous_ == "O" || previous_.substr(1) != label.substr(1))) label.front() = 'B';
    current_.tokens.push_back({begin, current_.text.size(), label});
    previous_ = label;
    glued_ = opens(token);
  }

  void end_sentence() {
    previous_ = "O";
    if (file_.sentences_stand_alone || current_.tokens.size() > k_longest_document) return end_document();
    if (current_.text.empty() || current_.text.ends_with('\n')) return;
    current_.text += "\n\n";
    glued_ = true;
  }

  void end_document() {
    previous_ = "O";
    glued_ = false;
    current_.corpus = file_.corpus;
    if (!current_.tokens.empty()) texts_.push_back(std::move(current_));
    current_ = {};
  }

  const CorpusFile& file_;
  std::vector<LabelledText> texts_;
  LabelledText current_;
  std::string previous_ = "O";
  bool glued_ = false;
};

} // namespace

std::vector<LabelledText> read_corpus(const CorpusFile& file) { return Reader(file).read(); }

std::vector<CorpusFile> corpora_in(const fs::path& folder) {
  std::vector<CorpusFile> files{{"wikigold", folder / "wikigold" / "wikigold.conll.txt"},
                                {"SEC-filings", folder / "SEC-filings" / "FIN3.txt"},
                                {"SEC-filings", folder / "SEC-filings" / "FIN5.txt"},
                                {"WNUT17", folder / "WNUT17" / "wnut17train.conll", true},
                                {"WNUT17", folder / "WNUT17" / "emerging.dev.conll", true}};
  for (const char section : {'a', 'b', 'e', 'f', 'g', 'h'})
    files.push_back({"BTC", folder / "BTC" / (std::string(1, section) + ".conll"), true});
  std::vector<fs::path> reports; // re3d has its documents in files of their own, named by digests
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / "re3d")) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".conll") && !name.starts_with("re3d")) reports.push_back(entry.path());
  }
  std::ranges::sort(reports);
  for (const fs::path& report : reports) files.push_back({"re3d", report});
  return files;
}

} // namespace pfind::indexer
