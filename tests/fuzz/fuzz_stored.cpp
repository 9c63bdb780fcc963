// What an index keeps in encodings of its own, damaged in any way: an error, or something that is encoded as it was.
#include <string>

#include "common/codec.hpp"
#include "common/facet_mapping.hpp"
#include "common/forward_text.hpp"
#include "common/stored_article.hpp"
#include "tests/fuzz/fuzz.hpp"

using pfind::fuzz::require;

namespace {

template <typename Use>
void unless_damaged(Use&& use) {
  try {
    use();
  } catch (const pfind::codec::DecodeError&) { // as promised
  }
}

} // namespace

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view stored = pfind::fuzz::text_of(data, size);
  unless_damaged([&] {
    const pfind::Article article = pfind::decode_article(stored);
    require(pfind::decode_article(pfind::encode(article)).body == article.body, "an article is stored as it is");
  });
  unless_damaged([&] {
    std::uint64_t sum = 0;
    pfind::ForwardText(stored).for_each_word([&](const pfind::ForwardText::Word& word) {
      word.for_each_position([&](std::uint32_t position) { sum += position; });
      sum += word.written();
    });
    require(sum <= std::uint64_t{UINT16_MAX} * size, "positions are read from the text");
  });
  unless_damaged([&] {
    const pfind::FacetMapping mapping = pfind::decode_facet_mapping(stored);
    require(pfind::decode_facet_mapping(pfind::encode(mapping)) == mapping, "a mapping is stored as it is");
  });
  unless_damaged([&] { pfind::decode_name_refs(stored, pfind::EntityKind::company); });
  unless_damaged([&] {
    std::vector<std::uint32_t> numbers;
    pfind::codec::decode_numbers(stored, numbers);
  });
  return 0;
}
