#include "corpus/reader/record_sink.hpp"

#include <fmt/format.h>
#include <utility>
#include <xxhash.h>

#include "corpus/reader/emit.hpp"

namespace pfind::corpus {

/// What is known of a name, whether or not it was met before.
RecordSink::Name& RecordSink::known(std::string_view text) {
  const std::uint32_t number = index_.find_or_add(XXH3_64bits(text.data(), text.size()),
                                                  [&](std::uint32_t other) { return names_[other].text == text; });
  if (number == names_.size()) names_.push_back({.text = texts_.keep(text), .is_id = false, .is_record = false});
  return names_[number];
}

/// Makes it the name of an article; returns whether none had it.
bool RecordSink::take(std::string_view record) { return !std::exchange(known(record).is_record, true); }

void RecordSink::add(ParsedArticle parsed, const std::string& where, const std::string& number) {
  const std::string id = parsed.article.id;
  if (!id.empty() && std::exchange(known(id).is_id, true)) return report(where, fmt::format("id {} occurs twice", id));
  add_named(std::move(parsed), where, {id.empty() ? number : id});
}

void RecordSink::add_named(ParsedArticle parsed, const std::string& where, const std::vector<std::string>& names) {
  std::string record;
  for (const std::string& name : names) {
    record = name;
    if (take(record)) break;
    if (&name != &names.back()) continue;
    while (!take(record)) record += '+'; // an id that is the number of a record without one
  }
  parsed.article.record = std::move(record);
  emit(std::move(parsed), path_, where, events_);
}

void RecordSink::report(std::string where, std::string reason) const {
  events_.problem({path_, std::move(where), std::move(reason)});
}

void RecordSink::notice(std::string where, std::string reason) const {
  events_.problem({path_, std::move(where), std::move(reason), true});
}

} // namespace pfind::corpus
