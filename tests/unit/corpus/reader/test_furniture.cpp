#include <catch2/catch.hpp>

#include "corpus/reader/furniture.hpp"

using pfind::corpus::LineRole;
using pfind::corpus::role_of;

TEST_CASE("lines of a page are judged by their phrases") {
  CHECK(role_of("Watch Demo") == LineRole::furniture);
  CHECK(role_of("0 comment") == LineRole::furniture);
  CHECK(role_of("12 Comments") == LineRole::furniture);
  CHECK(role_of("Photo by Ana Ruiz / Example") == LineRole::furniture);
  CHECK(role_of("We use cookies to make this site work.") == LineRole::furniture);
  CHECK(role_of("You may also like:") == LineRole::end_of_text);
  CHECK(role_of("Subscribe to our newsletter for weekly news") == LineRole::promotion);
  CHECK(role_of("Is your firm ready?") == LineRole::address);
  CHECK(role_of("Share Tweet Pin Email") == LineRole::furniture);
  CHECK(role_of("Tell a friend: Facebook • WhatsApp • Copy link") == LineRole::furniture);
  CHECK(role_of("Leave your address and we send it to you at no cost") == LineRole::promotion);
  for (const std::string line :
       {"Tags: Acme, Bolt", "Also Read | Why royalties matter", "FacebookTwitterPinterestEmail",
        "Copyright The Ledger Limited 2024. All rights reserved.", "© Der Bote", "Anzeige",
        "À lire aussi : Les brevets", "Partager", "Artikel anhören", "Comments (4)"}) {
    CAPTURE(line);
    CHECK((role_of(line) == LineRole::furniture || role_of(line) == LineRole::end_of_text));
  }
  CHECK(role_of("***") == LineRole::furniture);
}

TEST_CASE("sentences that merely use such words are text") {
  for (const std::string line :
       {"Acme shares rose 4% after the search was over.", "The firm said its menu of licences was complete.",
        "Related patents were not part of the deal, the court found.", "Comments by the judge suggest otherwise.",
        "The licence comes at no cost to makers of phones, Acme said.", "Acme and Bolt share a link to Facebook.",
        "Copyright reform stalls in Brussels",
        "More: the court also wants the two sides to publish all of their rates.", "Technology", "Acme", "5G",
        "特许"}) {
    CAPTURE(line);
    CHECK(role_of(line) == LineRole::text);
  }
}
