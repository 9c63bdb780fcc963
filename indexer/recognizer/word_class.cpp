#include "indexer/recognizer/word_class.hpp"

#include <string_view>

#include "common/bit_table.hpp"
#include "common/entity/name_key.hpp"

namespace pfind::indexer {
namespace {

struct WordList {
  WordClass which;
  std::string_view words; ///< folded, separated by blanks
};

constexpr WordList k_word_lists[] = {
    {WordClass::function_word,
     "the a an in on at by for from to of with without within into onto over under against between among amid and or but nor "
     "as if when while where after before since until once because although though whether despite during through across "
     "about around near outside inside behind beyond both all some many most several few each every any no not only even "
     "also still yet so then thus now here there this that these those its it he she they we i you his her their our my your "
     "what who which how why is are was were be been has have had do does did will would can could may might should must "
     "however meanwhile moreover instead unlike like than via per versus vs including include although besides "
     "today yesterday tomorrow last next one two three another other such said says earlier later according plus"},
    {WordClass::organization_head,
     "ministry department agency commission committee subcommittee council university institute institution association "
     "federation union party parliament congress senate assembly court bureau authority administration society foundation "
     "board centre center academy college laboratory organization organisation league confederation commissioner office tribunal "
     "secretariat directorate inspectorate chamber police army navy force school hospital church museum "
     "forum alliance consortium"},
    {WordClass::common_abbreviation,
     "gdp gnp vat cpi ppi rpi ceo cfo cto coo cio evp svp vp pc pcs tv tvs dvd dvds cd cds usb diy ipo ipos hq id faq pr hr "
     "r&d am pm est edt gmt pst bst ok mp mps mep meps pin pins sim atm atms isp isps url urls html pdf ad bc dj mc phd ba ma "
     "mba esq aka asap eta fob cif lng lpg mln bln dlr dlrs ct cts pct shr avg q1 q2 q3 q4 h1 h2 ytd rev "
     "revs qtr mths oper prev vs ecu emu imo lol omg rt dm"},
    {WordClass::plain_suffix, "inc corp ltd plc gmbh llc oyj kgaa asa bhd tbk srl ltda"},
    {WordClass::partners, "partners sons associates brothers bros co company daughters partner"},
    {WordClass::pronoun, "i he she it we they you me him her us them my his its our their your who what"},
    {WordClass::connector,
     "of and for the de la le les du des del della di da dos das von van der den ter zu zur y e et al el bin ibn ben"},
    {WordClass::article_word, "the a an"},
    {WordClass::stock_index, "index indices industrials industrial"},
    {WordClass::personal_title,
     "mr mrs ms miss dr prof professor sir lord lady dame judge justice captain capt sgt sen rep rev father sister brother "
     "baroness baron count countess duke duchess pope cardinal rabbi imam ayatollah sheikh sergeant general colonel major "
     "admiral lieutenant commander lt gen gov col hon maj adm brig cpl pvt archbishop bishop viscount"},
    {WordClass::role,
     "president presidents prime premier minister ministers chancellor secretary senator governor mayor king queen prince "
     "ambassador spokesman spokeswoman spokesperson analyst analysts economist chairman chairwoman chair chief ceo cfo cto "
     "coo cio evp svp vp vice executive director manager head founder cofounder officer commissioner commissioners finance foreign "
     "under undersecretary ombudsman treasurer speaker congressman congresswoman councillor superintendent inspector treasury defence defense trade commerce industry agriculture energy interior economy general attorney deputy former "
     "democrat republican officials official opposition government governments congress parliament senate"},
    {WordClass::company_context,
     "said says told announced announces reported reports posted launched launches unveiled sued sues filed filing acquired "
     "acquires bought buys agreed signed signs shares stock stockholders shareholders executives spokesman spokeswoman "
     "spokesperson ceo cfo cto chairman employees engineers plans expects declined rose fell owns makes sells licensed "
     "licenses argued accused settled reached paid pays raised cut hired won lost"},
    {WordClass::company_noun,
     "chipmaker chipmakers chip carmaker automaker retailer giant giants rival rivals maker makers manufacturer operator "
     "carrier firm company companies group startup developer supplier vendor designer conglomerate competitor subsidiary "
     "parent owner brand bookseller network airline bank insurer brewer drugmaker telco titan"},
    {WordClass::product, "watch pay music store tv maps cloud prime web search phone phones car glasses ads play"},
    {WordClass::direction,
     "north south east west northern southern eastern western central mainland greater downtown upper lower southeast "
     "southwest northeast northwest southeastern southwestern northeastern northwestern communist soviet"},
    {WordClass::institution,
     "bank banks banco university college institute museum church archbishop bishop duke earl republic kingdom chamber academy "
     "board exchange association society federation council court house school hospital cathedral port times order "
     "confederation union corporation company trust fund battle treaty tower gulf sea strait bay lake mount isle cape"},
    {WordClass::abbreviation,
     "mr mrs ms dr prof st ste mt ft sen rep gov gen col lt sgt capt hon rev jr sr no inc corp co ltd bros vs etc est dept "
     "jan feb mar apr jun jul aug sep sept oct nov dec pct fig vol approx u.s"},
    {WordClass::calendar,
     "january february march april may june july august september october november december jan feb mar apr jun jul aug sep "
     "sept oct nov dec monday tuesday wednesday thursday friday saturday sunday"},
};

void add_words(BitTable& table, const WordList& list) {
  std::string_view rest = list.words;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    table[word_key(word)] |= static_cast<std::uint32_t>(list.which);
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  }
}

const BitTable& class_table() {
  static const BitTable table = [] {
    BitTable words;
    for (const WordList& list : k_word_lists) add_words(words, list);
    for (const std::string_view suffix : legal_suffixes())
      words[word_key(suffix)] |= static_cast<std::uint32_t>(WordClass::legal_suffix);
    return words;
  }();
  return table;
}

} // namespace

std::uint32_t classes_of(const Word& word) { return class_table().of(word.key); }

bool is(const Word& word, WordClass which) { return (classes_of(word) & static_cast<std::uint32_t>(which)) != 0; }

} // namespace pfind::indexer
