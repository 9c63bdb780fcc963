#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/hash_index.hpp"
#include "common/text_pool.hpp"
#include "corpus/reader/parsed_article.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// Hands on the articles of a file that holds many, and keeps their names apart.
class RecordSink {
public:
  RecordSink(const std::string& path, const ReadEvents& events) : path_(path), events_(events) {}

  /// The article is named by its id, else by `number`. An id that occurred before is a problem, and the first article
  /// stays.
  void add(ParsedArticle parsed, const std::string& where, const std::string& number);

  /// The article is named by the first of `names` that no other has. The last one is made different where need be.
  void add_named(ParsedArticle parsed, const std::string& where, const std::vector<std::string>& names);

  /// A record that is no article.
  void report(std::string where, std::string reason) const;

  /// Something that was read all the same, but for what the reason says.
  void notice(std::string where, std::string reason) const;

private:
  const std::string& path_;
  const ReadEvents& events_;
  struct Name {
    std::string_view text;
    bool is_id;     // of an article
    bool is_record; // by which one is told apart
  };

  Name& known(std::string_view text);
  bool take(std::string_view record);

  std::vector<Name> names_; // so far
  HashIndex index_;         // of these
  TextPool texts_;
};

} // namespace pfind::corpus
