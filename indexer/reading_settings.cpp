#include "indexer/reading_settings.hpp"

#include "common/codec.hpp"
#include "corpus/source/scan.hpp"

namespace pfind::indexer {
namespace {

void put_texts(std::string& out, const std::vector<std::string>& texts) {
  codec::put_number(out, texts.size());
  for (const std::string& text : texts) codec::put_text(out, text);
}

std::vector<std::string> take_texts(std::string_view& in) {
  std::vector<std::string> texts;
  for (std::uint64_t left = codec::take_number(in); left > 0; --left) texts.emplace_back(codec::take_text(in));
  return texts;
}

} // namespace

std::string encode(const ReadingSettings& settings) {
  if (settings == ReadingSettings{}) return {};
  std::string out;
  put_texts(out, settings.names);
  codec::put_number(out, settings.json_fields.size());
  for (const auto& [field, members] : settings.json_fields) {
    codec::put_text(out, field);
    put_texts(out, members);
  }
  return out;
}

ReadingSettings decode_reading_settings(std::string_view stored) {
  ReadingSettings settings;
  if (stored.empty()) return settings;
  settings.names = take_texts(stored);
  for (std::uint64_t left = codec::take_number(stored); left > 0; --left) {
    const std::string field(codec::take_text(stored));
    settings.json_fields[field] = take_texts(stored);
  }
  return settings;
}

ReadingSettings effective(const ReadingSettings& given, const ReadingSettings& remembered) {
  ReadingSettings settings = given.json_fields.empty() ? ReadingSettings{{}, remembered.json_fields} : given;
  settings.names = given.names.empty() ? remembered.names : given.names;
  settings.json_fields.erase("");
  std::erase(settings.names, "");
  for (std::string& name : settings.names) name = corpus::absolute_path(name);
  return settings;
}

} // namespace pfind::indexer
