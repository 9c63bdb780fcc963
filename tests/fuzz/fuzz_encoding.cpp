// Bytes in any encoding; the first line is the character set that they are declared to have.
#include <string>

#include "common/text/lines.hpp"
#include "corpus/reader/encoding.hpp"
#include "tests/fuzz/fuzz.hpp"

using pfind::fuzz::require;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input = pfind::fuzz::text_of(data, size);
  const std::string_view declared = input.substr(0, input.find('\n'));
  const std::string text = pfind::corpus::decode(input.substr(std::min(declared.size() + 1, size)), declared);
  require(pfind::text::is_utf8(text), "what is decoded is UTF-8");
  require(pfind::corpus::clean(text) == text, "what is decoded is clean");
  pfind::corpus::binary_kind(input);
  pfind::corpus::declared_charset(input);
  return 0;
}
