#pragma once

#include <cstdint>
#include <string_view>

namespace pfind::corpus::html {

/// What a part of a page is. All but the first are left out of an article's text.
enum class Part : std::uint8_t {
  article,
  menu,
  head,
  foot,
  aside,
  form,
  caption,
  credit,
  tags,
  sharing,
  newsletter,
  advert,
  related,
  teaser,
  about_author,
  notice,
  widget,
  hidden,
  comments,
};

/// The part in words, as people are told of it: "a menu".
std::string_view in_words(Part part);

} // namespace pfind::corpus::html
