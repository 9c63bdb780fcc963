#include "corpus/reader/function_words.hpp"

#include <algorithm>
#include <array>

#include "common/text/analyzer.hpp"

namespace pfind::corpus {
namespace {

struct FunctionWords {
  std::string_view language;
  std::string_view words; ///< folded, a space around each
};

constexpr std::array k_function_words{
    FunctionWords{"ca", " el la els les de del i que un una per en amb no es al dels als "},
    FunctionWords{"da", " og at det som en et er for med pa af ikke til den om kan "},
    FunctionWords{"de", " der die das und ist nicht mit fur von zu den im auf ein eine des dem werden wird "},
    FunctionWords{"en", " the of and to in for on a with by from at is as an that be are not or "},
    FunctionWords{"es", " el la los las de del y es una un para en por con no se que al su "},
    FunctionWords{"fr", " le la les de des du et est une un pour dans par sur au aux en ne pas que qui "},
    FunctionWords{"it", " il la lo gli di del della e una un per con non che in da dei delle al "},
    FunctionWords{"nl", " de het een en van is niet voor met op te in dat aan zijn door bij "},
    FunctionWords{"no", " og at det som en et er for med pa av ikke til den om kan "},
    FunctionWords{"pt", " o a os as de do da e uma um para em no na por com nao que dos das ao "},
    FunctionWords{"ro", " si de la in cu pe din care este un o pentru nu a al ale se "},
    FunctionWords{"sv", " och att det som en ett ar for med pa av inte till den om kan "}};

std::string_view words_of(std::string_view language) {
  const auto found = std::ranges::find(k_function_words, language, &FunctionWords::language);
  return found == k_function_words.end() ? std::string_view() : found->words;
}

} // namespace

bool has_function_words(std::string_view language) { return !words_of(language).empty(); }

double function_word_share(std::string_view text, std::string_view language) {
  const std::string_view known = words_of(language);
  if (known.empty()) return 0;
  text::Analyzer analyzer(language);
  std::size_t words = 0;
  std::size_t found = 0;
  for (const text::Token& token : analyzer.analyze(text)) {
    if (token.kind != text::TokenKind::word && token.kind != text::TokenKind::part) continue;
    ++words;
    if (known.find(' ' + token.word + ' ') != std::string_view::npos) ++found;
  }
  return words == 0 ? 0 : static_cast<double>(found) / static_cast<double>(words);
}

} // namespace pfind::corpus
