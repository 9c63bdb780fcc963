#pragma once

#include <string>
#include <string_view>
#include <xapian.h>

#include "common/codec.hpp"
#include "common/error.hpp"

namespace pfind {

/// What Xapian says went wrong, and what the system said.
std::string message_of(const Xapian::Error& error);

/// Xapian's error as one of ours, in a line that says what was being done (`write to`, `read`), on which index, what
/// went wrong and what to do about it.
IndexError translate(const Xapian::Error& error, std::string_view doing, std::string_view index);

/// Likewise that something stored in the index cannot be decoded.
IndexError translate(const codec::DecodeError& error, std::string_view index);

/// Runs `work` and turns what Xapian throws, and what decoding does, into an IndexError.
template <typename Work>
auto with_translated_errors(std::string_view doing, std::string_view index, Work&& work) {
  try {
    return work();
  } catch (const Xapian::Error& error) {
    throw translate(error, doing, index);
  } catch (const codec::DecodeError& error) {
    throw translate(error, index);
  }
}

} // namespace pfind
