#include "indexer/trainer/synthetic.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "corpus/names/shipped.hpp"
#include "indexer/trainer/random.hpp"

// NOLINTBEGIN(readability-identifier-naming): symbols of the embedded file, named after it
extern "C" {
extern const char pfind_templates[], pfind_templates_end[];
}
// NOLINTEND(readability-identifier-naming)

namespace pfind::indexer {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (!line.empty() && !line.starts_with('#')) lines.emplace_back(line.substr(0, line.find('\t')));
  }
  return lines;
}

class ArticleMaker {
public:
  ArticleMaker(const Catalog& catalog, std::uint64_t seed)
      : random_(seed), templates_(lines_of({pfind_templates, pfind_templates_end})),
        given_names_(lines_of(corpus::given_names())), family_names_(lines_of(corpus::family_names())),
        demonyms_(lines_of(corpus::demonyms())) {
    for (const CatalogEntity& entity : catalog.entities()) {
      for (const ListedName& name : entity.names) {
        if (!name.filter_only) names_[static_cast<std::size_t>(entity.kind)].push_back(name.text);
      }
    }
  }

  LabelledText make() {
    article_ = {.corpus = std::string(k_synthetic)};
    company_ = pick(names_[0]);
    new_person();
    const std::size_t sentences = 4 + random_.below(6);
    for (std::size_t i = 0; i < sentences; ++i) add_sentence(pick(templates_));
    return std::move(article_);
  }

private:
  const std::string& pick(const std::vector<std::string>& values) {
    static const std::string nothing = "None";
    return values.empty() ? nothing : values[random_.below(values.size())];
  }

  void add_sentence(const std::string& sentence) {
    for (std::size_t i = 0; i < sentence.size();) {
      if (sentence[i] == '{' && i + 2 < sentence.size()) {
        add_name(sentence[i + 1]);
        i += 3;
      } else {
        const std::size_t end = std::min({sentence.find('{', i), sentence.find(' ', i) + 1, sentence.size()});
        add(sentence.substr(i, std::max(end, i + 1) - i), "O");
        i = std::max(end, i + 1);
      }
    }
    add(random_.below(4) == 0 ? "\n\n" : " ", "O");
  }

  void add(const std::string& text, const std::string& label) {
    const std::size_t begin = article_.text.size();
    article_.text += text;
    article_.tokens.push_back({begin, article_.text.size(), label});
  }

  void add_name(char what) {
    switch (what) {
    case 'C': return add(company_ = new_company(), "B-corporation");
    case 'S': company_ = new_company(); return add(company_ + pick(suffixes_), "B-corporation");
    case 'A': return add(beginning(company_), "B-corporation");
    case 'O': return add_organization();
    case 'P': new_person(); return add(given_ + ' ' + family_, "B-person");
    case 'F': return add(family_, "B-person");
    case 'L': return add(pick(names_[3]), "B-location");
    case 'D': return add(pick(demonyms_), "B-MISC");
    default: add(pick(names_[4]), "B-MISC");
    }
  }

  void add_organization() {
    std::string name = pick(names_[1]);
    if (article_.text.ends_with("he ") && name.starts_with("The ")) name.erase(0, 4);
    add(name, "B-group");
  }

  /// `Munson` of `Munson Geothermal`: what remains of a name when it is mentioned again.
  std::string beginning(const std::string& name) {
    const std::size_t space = name.find(' ');
    return space == std::string::npos || random_.below(3) == 0 ? name : name.substr(0, space);
  }

  /// A listed company, or one made of pieces of listed names.
  std::string new_company() {
    const std::string& listed = pick(names_[0]);
    const std::size_t space = listed.rfind(' ');
    switch (random_.below(6)) {
    case 0:
      return space == std::string::npos ? coined(listed, pick(family_names_))
                                        : coined(pick(family_names_), pick(names_[3])) + listed.substr(space);
    case 1:
      return pick(family_names_) + (random_.below(2) == 0        ? " & " + pick(family_names_)
                                    : space == std::string::npos ? ""
                                                                 : listed.substr(space));
    default: return listed;
    }
  }

  /// A word that no list has, of the beginning of one name and the end of another.
  static std::string coined(const std::string& first, const std::string& second) {
    const std::string head = first.substr(0, first.find(' ')), tail = second.substr(0, second.find(' '));
    return head.substr(0, (head.size() + 1) / 2) + tail.substr(tail.size() / 2);
  }

  void new_person() {
    if (random_.below(5) == 0) {
      const std::string& name = pick(names_[2]);
      const std::size_t space = name.rfind(' ');
      if (space != std::string::npos) {
        given_ = name.substr(0, space);
        family_ = name.substr(space + 1);
        return;
      }
    }
    given_ = pick(given_names_);
    if (random_.below(6) == 0) given_ += std::string(" ") + static_cast<char>('A' + random_.below(26)) + ".";
    family_ = pick(family_names_);
    if (random_.below(6) == 0) given_ = coined(given_, pick(given_names_));
    if (random_.below(3) == 0) family_ = coined(family_, pick(family_names_));
    if (random_.below(12) == 0) family_ += '-' + pick(family_names_);
    if (random_.below(25) == 0) family_ = "von " + family_;
  }

  const std::vector<std::string> suffixes_{" Inc",   " Corp",   " Ltd",   " plc",      " Inc.", " Co",    " AG", " SA",
                                           ", Inc.", " Co Ltd", " Group", " Holdings", " & Co", " Corp.", " NV"};
  Random random_;
  std::vector<std::string> templates_, given_names_, family_names_, demonyms_;
  std::array<std::vector<std::string>, k_entity_kinds.size()> names_;
  LabelledText article_;
  std::string company_, given_, family_;
};

} // namespace

std::vector<LabelledText> make_articles(const Catalog& catalog, std::size_t count, std::uint64_t seed) {
  ArticleMaker maker(catalog, seed);
  std::vector<LabelledText> articles;
  for (std::size_t i = 0; i < count; ++i) articles.push_back(maker.make());
  return articles;
}

} // namespace pfind::indexer
