#pragma once

#include <cstdint>
#include <string_view>

namespace pfind::corpus {

/// What a line of a scraped page is, judged by itself.
enum class LineRole : std::uint8_t {
  text,        ///< the article's, as far as the line shows
  furniture,   ///< of the page: a menu item, a share button, a cookie notice, an image credit
  promotion,   ///< unmistakably advertising: a sample to download, a newsletter to sign up for
  address,     ///< speaks to the reader ("your", "Thank you!"): promotion where it stands beside some, else text
  end_of_text, ///< a heading with which the page goes on behind the article: related articles, comments
};

/// Judges a line by phrases that pages everywhere use. When in doubt it is text: losing an article's sentence is worse
/// than keeping a page's.
LineRole role_of(std::string_view line);

} // namespace pfind::corpus
