#include <catch2/catch.hpp>
#include <fstream>

#include "common/error.hpp"
#include "searcher/query/synonyms.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using namespace pfind::searcher;

namespace {

using Strings = std::vector<std::string>;

Synonyms::Match at(const Synonyms& synonyms, const std::string& words) {
  text::Analyzer analyzer;
  return synonyms.at(word_chains(words, analyzer), analyzer);
}

Strings alternatives(const Synonyms& synonyms, const std::string& words) { return at(synonyms, words).alternatives; }

void check_refused(const std::string& text, const std::string& problem) {
  CAPTURE(text);
  CHECK_THROWS_MATCHES(Synonyms::parse(text, "mine.txt"), UsageError, Catch::Message("mine.txt, " + problem));
}

} // namespace

TEST_CASE("texts joined by = stand for each other, those before => only for what follows") {
  const Synonyms synonyms =
      Synonyms::parse("\xEF\xBB\xBF# my own\r\n\n  SEP = standard-essential patent = essential IP\r\n"
                      "handset => mobile phone = smartphone\nC# = C sharp",
                      "mine.txt");
  CHECK(alternatives(synonyms, "SEP") == Strings{"standard-essential patent", "essential IP"});
  CHECK(alternatives(synonyms, "essential IP") == Strings{"SEP", "standard-essential patent"});
  CHECK(alternatives(synonyms, "handset") == Strings{"mobile phone", "smartphone"});
  CHECK(alternatives(synonyms, "smartphone").empty());
  CHECK(alternatives(synonyms, "C#") == Strings{"C sharp"});
  CHECK(alternatives(synonyms, "nokia").empty());
  CHECK(alternatives(synonyms, "").empty());
}

TEST_CASE("stems are compared, whatever stands between the words") {
  const Synonyms synonyms = Synonyms::parse("standard-essential patent = SEP", "mine.txt");
  for (const std::string words : {"standard essential patents", "Standard-Essential Patent",
                                  "standard essential-patent", "standard-essential patents Nokia"}) {
    INFO(words);
    CHECK(alternatives(synonyms, words) == Strings{"SEP"});
  }
  CHECK(at(synonyms, "standard essential patents nokia").length == 3);
  CHECK(at(synonyms, "standard-essential patents nokia").length == 2);
  for (const std::string words : {"standard essential", "essential patents", "standard essential patent-pool"}) {
    INFO(words);
    CHECK(alternatives(synonyms, words).empty());
  }
}

TEST_CASE("the longest run of words counts") {
  const Synonyms synonyms = Synonyms::parse("patent = right\npatent office = PO", "mine.txt");
  CHECK(alternatives(synonyms, "patent office") == Strings{"PO"});
  CHECK(alternatives(synonyms, "patent pool") == Strings{"right"});
}

TEST_CASE("words in two groups or files have the alternatives of both, each once") {
  Synonyms synonyms = Synonyms::parse("NPE = troll\nNPE => PAE", "mine.txt");
  CHECK(alternatives(synonyms, "NPE") == Strings{"troll", "PAE"});
  synonyms.merge(Synonyms::parse("NPE = PAE = non-practising entity\nEV = electric car", "other.txt"));
  CHECK(alternatives(synonyms, "NPE") == Strings{"troll", "PAE", "non-practising entity"});
  CHECK(alternatives(synonyms, "EV") == Strings{"electric car"});
}

TEST_CASE("a line that is no group is refused with its number and a reason") {
  check_refused("SEP", "line 1: no = or => beside \"SEP\"; put blanks around the sign, as in a = b");
  check_refused("# fine\nA = B\nSEP=patent", "line 3: no = or => beside \"SEP=patent\"; put blanks around the sign, as "
                                             "in a = b");
  const std::string one_side =
      "line 1: nothing on one side of the sign; write text = other text, or text => other text";
  for (const std::string text : {"SEP =", "= SEP", "SEP =>", "=> SEP", "SEP = = patent", "a => = b"})
    check_refused(text, one_side);
  check_refused("a => b => c", "line 1: two => in one line; write two lines");
  check_refused("a = b => c", "line 1: several texts before =>; write a line for each");
  check_refused("a = &&", "line 1: no word in \"&&\"; write a word or words");
  check_refused("a = b c d e f g h i j k l",
                "line 1: \"b c d e f g h i j k l\" has too many words; write 10 at the most");
  check_refused("a = caf\xE9", "line 1: the text is not UTF-8; save the file as UTF-8");
}

TEST_CASE("a file is read, or it is said why not") {
  const tests::TempDir dir;
  std::ofstream(dir.path() / "mine.txt") << "fab = foundry\n";
  CHECK(alternatives(Synonyms::read(dir.path() / "mine.txt"), "fabs") == Strings{"foundry"});
  CHECK_THROWS_AS(Synonyms::read(dir.path() / "none.txt"), UsageError);
  CHECK_THROWS_AS(Synonyms::read(dir.path()), UsageError);
}

TEST_CASE("the shipped file is whole") {
  const Synonyms shipped = Synonyms::shipped();
  CHECK(alternatives(shipped, "SEPs") == Strings{"standard-essential patent"});
  CHECK(alternatives(shipped, "fair, reasonable and non-discriminatory").front() == "FRAND");
  CHECK(alternatives(shipped, "cell phones").size() == 3);
  CHECK(alternatives(shipped, "smartphone") == Strings{"mobile phone", "handset"});
  CHECK(alternatives(shipped, "mobile phone") == Strings{"cell phone", "cellular phone", "cellphone"});
  CHECK(alternatives(shipped, "it ran").empty());
}
