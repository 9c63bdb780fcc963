#include "corpus/reader/record_sink.hpp"

#include <fmt/format.h>
#include <utility>

#include "corpus/reader/emit.hpp"

namespace pfind::corpus {

void RecordSink::add(ParsedArticle parsed, const std::string& where, const std::string& number) {
  const std::string id = parsed.article.id;
  if (!id.empty() && !ids_.insert(id).second) return report(where, fmt::format("id {} occurs twice", id));
  add_named(std::move(parsed), where, {id.empty() ? number : id});
}

void RecordSink::add_named(ParsedArticle parsed, const std::string& where, const std::vector<std::string>& names) {
  std::string record;
  for (const std::string& name : names) {
    record = name;
    if (records_.insert(record).second) break;
    if (&name != &names.back()) continue;
    while (!records_.insert(record).second) record += '+'; // an id that is the number of a record without one
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
