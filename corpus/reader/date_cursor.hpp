#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace pfind::corpus {

/// Digits of a date or time, and how many there were.
struct Number {
  int value = 0;
  std::size_t digits = 0;
};

inline bool is_date_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_date_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Reads a text from front to back; every `take_` member moves on only when it succeeds.
class DateCursor {
public:
  explicit DateCursor(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  void back_to(std::size_t at) { at_ = at; }
  bool done() const { return at_ >= text_.size(); }
  std::string_view rest() const { return text_.substr(at_); }

  bool take(std::string_view literal);
  bool take_any(std::string_view characters);

  /// `word`, in any case, where no letter follows it.
  bool take_word(std::string_view word);

  /// Any number of `characters`; whether there were some.
  bool skip(std::string_view characters);

  /// White space, which web pages also write as no-break space.
  bool skip_space();

  /// All digits that stand here, where they are `least` to `most`.
  std::optional<Number> take_number(std::size_t least, std::size_t most);

  /// The letters that stand here.
  std::string_view word() const;

  std::optional<int> take_month();
  bool take_weekday();

private:
  std::string_view text_;
  std::size_t at_;
};

/// A time of day as a text tells it.
struct Clock {
  int second_of_day = -1; ///< -1 where it is none, or its zone is not understood
  int offset_minutes = 0; ///< ahead of UTC
};

/// "08:00", "8:00:01.79 pm EST", "8 a.m.", "08.30 Uhr", "14h30"; nullopt where no time stands, one without a second
/// where it is impossible.
std::optional<Clock> take_clock(DateCursor& cursor);

/// The zone behind a time, if any: "Z", "+05:30", "(GMT+8)".
void take_zone(DateCursor& cursor, Clock& clock);

} // namespace pfind::corpus
