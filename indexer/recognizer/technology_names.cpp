#include "indexer/recognizer/technology_names.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

constexpr std::uint32_t k_longest_phrase = 7; // words

// Standards that go by version; a version makes them a name of its own.
constexpr std::string_view k_joined_families[] = {"DDR", "GDDR", "LPDDR", "HBM", "USB",  "UFS",  "WPA",
                                                  "IPv", "AVS",  "AV",    "LTE", "WiFi", "HTML", "DVBT"};
constexpr std::string_view k_spaced_families[] = {"PCIe", "Express", "Fi",   "WiFi",        "Bluetooth",   "USB",
                                                  "HDMI", "CXL",     "UFS",  "ATSC",        "DOCSIS",      "TLS",
                                                  "NVMe", "SATA",    "MPEG", "DisplayPort", "Thunderbolt", "Zigbee"};

std::unordered_set<std::uint64_t> keys(std::initializer_list<std::string_view> words) {
  std::unordered_set<std::uint64_t> all;
  for (const std::string_view word : words) all.insert(word_key(word));
  return all;
}

/// Whether a phrase that ends with the word names a technology.
bool is_head(std::uint64_t word) {
  static const auto heads =
      keys({"protocol",      "protocols",       "codec",          "codecs",           "lithography", "encryption",
            "cryptography",  "computing",       "modulation",     "multiplexing",     "transistor",  "transistors",
            "semiconductor", "semiconductors",  "beamforming",    "photonics",        "multiplexer", "semantics",
            "rendering",     "virtualization",  "virtualisation", "networking",       "sequencing",  "lidar",
            "radar",         "electrophoresis", "spectroscopy",   "photolithography", "packaging",   "metallization",
            "interconnect",  "interconnects",   "encoding",       "decoding",         "diode",       "diodes"});
  return heads.contains(word);
}

/// Whether it does so behind a word that is_technical.
bool is_weak_head(std::uint64_t word) {
  static const auto heads = keys(
      {"standard", "standards", "interface", "interfaces", "network",    "networks",     "memory",      "learning",
       "model",    "models",    "access",    "algorithm",  "algorithms", "architecture", "display",     "displays",
       "battery",  "batteries", "cell",      "cells",      "sensor",     "sensors",      "processor",   "processors",
       "unit",     "units",     "language",  "link",       "technology", "coding",       "compression", "system",
       "systems",  "imaging",   "storage",   "drive",      "drives"});
  return heads.contains(word);
}

bool is_technical(std::uint64_t word) {
  static const auto words =
      keys({"neural",        "radio",     "wireless",     "optical",    "mesh",        "mobile",
            "cellular",      "broadband", "adversarial",  "packet",     "switched",    "virtual",
            "reinforcement", "machine",   "deep",         "federated",  "supervised",  "generative",
            "transformer",   "diffusion", "video",        "audio",      "compression", "programming",
            "serial",        "bus",       "digital",      "flash",      "random",      "bandwidth",
            "magnetic",      "resistive", "nonvolatile",  "volatile",   "graphics",    "processing",
            "tensor",        "quantum",   "lithium",      "photonic",   "electronic",  "electroluminescent",
            "emitting",      "crystal",   "frequency",    "spectrum",   "multiple",    "division",
            "orthogonal",    "antenna",   "spread",       "encryption", "instruction", "logic",
            "gate",          "silicon",   "transmission", "transfer",   "computer",    "data",
            "ethernet",      "fibre",     "fiber"});
  return words.contains(word);
}

class Finder {
public:
  explicit Finder(const TextEvidence& evidence)
      : evidence_(evidence), words_(evidence.words.words), count_(static_cast<std::uint32_t>(words_.size())) {}

  std::vector<TechnologyName> find() {
    for (std::uint32_t i = 0; i < count_; ++i) {
      if (words_[i].lower_case()) continue; // most are, and none of these is
      if (const std::uint32_t end = end_of_version(i); end > i) add(i, end);
      if (is_acronym_in_brackets(i)) add_introduced(i);
      add_explained(i);
    }
    add_acronyms();
    settle();
    return std::move(names_);
  }

private:
  std::string_view written(std::uint32_t word) const {
    return word < count_ ? evidence_.text.substr(words_[word].begin, words_[word].end - words_[word].begin)
                         : std::string_view{};
  }
  char before(std::uint32_t word) const {
    return words_[word].begin == 0 ? '\0' : evidence_.text[words_[word].begin - 1];
  }
  char behind(std::uint32_t word) const {
    return words_[word].end == evidence_.text.size() ? '\0' : evidence_.text[words_[word].end];
  }
  bool joined(std::uint32_t word, Separator separator) const {
    return word < count_ && words_[word].before == separator;
  }

  void add(std::uint32_t first, std::uint32_t end) { names_.push_back({first, end}); }

  static bool is_digits(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  }

  // --- versions ---

  /// The end of the version that begins at the word, or the word itself.
  std::uint32_t end_of_version(std::uint32_t word) const {
    if (is_joined_version(written(word))) return end_of_number(word + 1, Separator::dot, word + 1);
    if (std::ranges::find(k_spaced_families, written(word)) == std::end(k_spaced_families)) return end_of_code(word);
    if (!joined(word + 1, Separator::space) && !joined(word + 1, Separator::hyphen)) return word;
    if (!is_digits(written(word + 1), 1, 1) || behind(word + 1) == ',' || behind(word + 1) == '%') return word;
    return end_of_number(word + 2, Separator::dot, word + 2);
  }

  /// A further `.0` behind a number.
  std::uint32_t end_of_number(std::uint32_t word, Separator separator, std::uint32_t otherwise) const {
    return joined(word, separator) && is_digits(written(word), 1, 1) ? word + 1 : otherwise;
  }

  /// `HBM4E`, `LPDDR5X`, `USB4`.
  static bool is_joined_version(std::string_view word) {
    return std::ranges::any_of(k_joined_families, [&](std::string_view family) {
      if (!word.starts_with(family)) return false;
      std::string_view rest = word.substr(family.size());
      if (rest.empty() || rest.front() < '1' || rest.front() > '9') return false;
      rest.remove_prefix(1);
      return rest.size() <= 1 && std::ranges::all_of(rest, [](char c) { return c >= 'A' && c <= 'Z'; });
    });
  }

  /// `H.267`, `802.11be`.
  std::uint32_t end_of_code(std::uint32_t word) const {
    if (!joined(word + 1, Separator::dot) || (word > 0 && words_[word].before == Separator::dot)) return word;
    const std::string_view series = written(word), number = written(word + 1);
    if (series == "H" && is_digits(number, 3, 3) && number.front() == '2') return word + 2;
    if (series != "802" || number.size() > 4) return word;
    const std::size_t digits = std::min(number.find_first_not_of("0123456789"), number.size());
    const std::string_view letters = number.substr(digits);
    const bool fits = digits >= 1 && digits <= 2 && letters.size() <= 2 && (!letters.empty() || number == "11") &&
                      std::ranges::all_of(letters, [](char c) { return c >= 'a' && c <= 'z'; });
    return fits ? word + 2 : word;
  }

  // --- introduced in brackets ---

  bool is_acronym_in_brackets(std::uint32_t word) const {
    const Word& acronym = words_[word];
    const std::string_view text = written(word);
    const std::size_t capitals = text.ends_with('s') ? text.size() - 1 : text.size(); // `GANs`
    return word > 1 && capitals >= 2 && capitals <= 6 && !acronym.stock_code && before(word) == '(' &&
           behind(word) == ')' &&
           std::ranges::all_of(text.substr(0, capitals), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  void add_introduced(std::uint32_t acronym) {
    const auto first = beginning_of_phrase(acronym);
    if (!first) return;
    const std::uint32_t last = acronym - 1;
    const bool has_head_behind = joined_behind_bracket(acronym) && is_phrase_with_head(*first, last, acronym + 1);
    if (!has_head_behind && !is_phrase_with_head(*first, last, last)) return;
    if (!has_head_behind)
      add(*first, acronym); // the phrase alone is no name in `extreme ultraviolet (EUV) lithography`
    acronyms_.insert(words_[acronym].key);
  }

  bool joined_behind_bracket(std::uint32_t acronym) const {
    return acronym + 1 < count_ && words_[acronym + 1].lower_case() &&
           words_[acronym + 1].begin == words_[acronym].end + 2; // ") "
  }

  /// Where the phrase begins whose words begin with the letters of the acronym.
  std::optional<std::uint32_t> beginning_of_phrase(std::uint32_t acronym) const {
    std::string_view letters = written(acronym);
    if (letters.ends_with('s')) letters.remove_suffix(1);
    std::uint32_t word = acronym;
    for (std::uint32_t taken = 0; !letters.empty() && word > 0 && taken < k_longest_phrase; ++taken) {
      if (word != acronym && words_[word].before != Separator::space && words_[word].before != Separator::hyphen)
        return std::nullopt;
      --word;
      const std::string_view text = written(word);
      if ((text.front() & ~0x20) == letters.back() && words_[word].letters > 1) {
        letters.remove_suffix(1);
      } else if (!is(words_[word], WordClass::connector)) {
        return std::nullopt;
      }
    }
    if (!letters.empty() || words_[acronym].begin - words_[acronym - 1].end != 2) return std::nullopt; // " ("
    return word;
  }

  /// Whether the head is a technology's, and the phrase no name of a firm or a programme.
  bool is_phrase_with_head(std::uint32_t first, std::uint32_t last, std::uint32_t head) const {
    if (last - first < 1) return false;
    const std::uint64_t key = words_[head].key;
    const auto is_any_technical = [&] {
      for (std::uint32_t i = first; i <= last; ++i) {
        if (is_technical(words_[i].key)) return true;
      }
      return false;
    };
    if (is_head(key)) return true;
    return is_weak_head(key) && words_[head].lower_case() && words_[last].lower_case() && is_any_technical();
  }

  // --- explained by a noun ---

  /// `the LX7 codec`: capitals or digits in it, and neither a listed name nor a firm's.
  void add_explained(std::uint32_t word) {
    static const auto nouns = keys({"protocol", "codec", "lithography", "microarchitecture"});
    static const auto pairs = keys({"standard", "architecture", "language"});
    static const auto between = keys({"wireless", "video", "audio", "encryption", "compression", "processor",
                                      "programming", "instruction", "codec", "networking", "interconnect"});
    if (word == 0 || word + 1 >= count_ || !is(words_[word - 1], WordClass::article_word)) return;
    if (!joined(word, Separator::space) || !joined(word + 1, Separator::space) || evidence_.listed[word].is_listed())
      return;
    const Word& code = words_[word];
    const bool looks_like_code = code.length >= 3 && code.capitals != 0 && !code.initials &&
                                 (code.letters < code.length || (code.capitals & ~1u) != 0);
    if (!looks_like_code || is(code, WordClass::common_abbreviation)) return;
    // Treaties have protocols too, but no digits.
    const bool noun = words_[word + 1].lower_case() && (code.letters < code.length || !code.all_capitals()) &&
                      nouns.contains(words_[word + 1].key);
    const bool pair = word + 2 < count_ && joined(word + 2, Separator::space) &&
                      between.contains(words_[word + 1].key) && words_[word + 1].lower_case() &&
                      words_[word + 2].lower_case() && pairs.contains(words_[word + 2].key);
    if (!noun && !pair) return;
    add(word, word + 1);
    acronyms_.insert(code.key);
  }

  // --- all of them ---

  /// An acronym means the same throughout an article.
  void add_acronyms() {
    if (acronyms_.empty()) return;
    for (std::uint32_t i = 0; i < count_; ++i) {
      if (words_[i].capitals > 1 && acronyms_.contains(words_[i].key) && !words_[i].stock_code) add(i, i + 1);
    }
  }

  void settle() {
    std::ranges::sort(names_, [](const TechnologyName& a, const TechnologyName& b) {
      return a.first_word != b.first_word ? a.first_word < b.first_word : a.end_word > b.end_word;
    });
    std::uint32_t end = 0;
    std::erase_if(names_, [&](const TechnologyName& name) {
      if (name.first_word < end) return true;
      end = name.end_word;
      return false;
    });
    for (TechnologyName& name : names_) take_beginning(name);
  }

  /// `Wi-Fi 7`, `PCI Express 6.0`: the word before belongs to the family's name.
  void take_beginning(TechnologyName& name) const {
    const std::string_view text = written(name.first_word);
    if (text == "Fi" && name.first_word > 0) --name.first_word;
    if (text == "Express" && name.first_word > 0 && written(name.first_word - 1) == "PCI") --name.first_word;
  }

  const TextEvidence& evidence_;
  const std::vector<Word>& words_;
  std::uint32_t count_;
  std::vector<TechnologyName> names_;
  std::unordered_set<std::uint64_t> acronyms_;
};

} // namespace

std::vector<TechnologyName> technology_names(const TextEvidence& evidence) { return Finder(evidence).find(); }

} // namespace pfind::indexer
