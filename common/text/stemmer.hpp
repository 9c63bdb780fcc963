#pragma once

#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace pfind::text {

/// The Snowball stemmer of a language, with company names that it would maim left whole (`Boeing` is not `BOE`).
class Stemmer {
public:
  /// `language`: ISO 639-1; one that Snowball does not know leaves words as they are.
  explicit Stemmer(std::string_view language);

  /// The stem of a folded word. Words with digits or signs (`5g`, `c++`) are their own stems.
  std::string operator()(std::string_view word) const;

  /// Whether the stem of a word in letters of ASCII surely begins with the same letter and is no longer. Most languages
  /// only change endings; Indonesian, Irish, Serbian and Turkish change beginnings too.
  bool keeps_beginnings() const { return keeps_beginnings_; }

private:
  struct Delete {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Delete> stemmer_;
  bool keeps_beginnings_ = false;
};

} // namespace pfind::text
