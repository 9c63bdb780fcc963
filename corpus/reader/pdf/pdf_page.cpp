#include "corpus/reader/pdf/pdf_page.hpp"

#include <algorithm>
#include <cmath>

#include "common/codec.hpp"

namespace pfind::corpus {
namespace {

// Lengths as whole hundredths of a point, those outside a page of any sense moved to its border.
constexpr double k_steps = 100;
constexpr double k_farthest = 20'000;

void put_length(std::string& out, double points) {
  const double within = std::isfinite(points) ? std::clamp(points, -k_farthest, k_farthest) : 0;
  codec::put_number(out, static_cast<std::uint64_t>(std::llround((within + k_farthest) * k_steps)));
}

double take_length(std::string_view& in) {
  const auto steps =
      std::min<std::uint64_t>(codec::take_number(in), static_cast<std::uint64_t>(2 * k_farthest * k_steps));
  return static_cast<double>(steps) / k_steps - k_farthest;
}

} // namespace

std::string encode(const PdfInfo& info) {
  std::string out;
  codec::put_number(out, info.pages);
  codec::put_text(out, info.title);
  codec::put_text(out, info.author);
  codec::put_number(out, info.cut_short ? 1U : 0U);
  codec::put_number(out, static_cast<std::uint64_t>(std::max<std::int64_t>(info.created, 0)));
  return out;
}

PdfInfo decode_pdf_info(std::string_view bytes) {
  PdfInfo info;
  info.pages = codec::take_number(bytes);
  info.title = codec::take_text(bytes);
  info.author = codec::take_text(bytes);
  info.cut_short = codec::take_number(bytes) != 0;
  info.created = static_cast<std::int64_t>(codec::take_number(bytes) & INT64_MAX);
  return info;
}

std::string encode(const PdfPage& page) {
  std::string out;
  put_length(out, page.width);
  put_length(out, page.height);
  for (const PdfWord& word : page.words) {
    codec::put_text(out, word.text);
    for (const double length : {word.left, word.top, word.right, word.bottom, word.size}) put_length(out, length);
    codec::put_number(out, (word.bold ? 1U : 0U) | (word.rotated ? 2U : 0U) | (word.space_after ? 4U : 0U));
  }
  return out;
}

PdfPage decode_pdf_page(std::string_view bytes) {
  PdfPage page;
  page.width = take_length(bytes);
  page.height = take_length(bytes);
  while (!bytes.empty()) {
    PdfWord& word = page.words.emplace_back();
    word.text = codec::take_text(bytes);
    for (double* length : {&word.left, &word.top, &word.right, &word.bottom, &word.size}) *length = take_length(bytes);
    const std::uint64_t flags = codec::take_number(bytes);
    word.bold = (flags & 1U) != 0;
    word.rotated = (flags & 2U) != 0;
    word.space_after = (flags & 4U) != 0;
  }
  return page;
}

} // namespace pfind::corpus
