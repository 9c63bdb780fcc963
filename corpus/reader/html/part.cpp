#include "corpus/reader/html/part.hpp"

namespace pfind::corpus::html {

std::string_view in_words(Part part) {
  switch (part) {
  case Part::article: return "outside the article's part of the page";
  case Part::menu: return "a menu";
  case Part::head: return "the head of the page";
  case Part::foot: return "the foot of the page";
  case Part::aside: return "beside the article";
  case Part::form: return "a form";
  case Part::caption: return "a picture or its caption";
  case Part::credit: return "a credit: author, date or source";
  case Part::tags: return "tags";
  case Part::sharing: return "buttons for sharing";
  case Part::newsletter: return "an offer: newsletter, subscription";
  case Part::advert: return "an advertisement";
  case Part::related: return "links to other articles";
  case Part::teaser: return "teasers of other articles";
  case Part::about_author: return "about the author";
  case Part::notice: return "a notice: cookies, conditions";
  case Part::widget: return "a control of the page";
  case Part::hidden: return "hidden from readers";
  case Part::comments: return "comments";
  }
  return "";
}

} // namespace pfind::corpus::html
