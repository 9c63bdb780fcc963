#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::tests {

/// What reading a file gave.
struct Reading {
  std::vector<Article> articles;
  std::vector<corpus::Problem> problems;
};

/// Reads a file's articles from a stream.
inline Reading read(corpus::ByteStream& stream, const std::string& path, const corpus::ReadOptions& options = {}) {
  Reading reading;
  corpus::ReadEvents events;
  events.article = [&](Article article) { reading.articles.push_back(std::move(article)); };
  events.problem = [&](corpus::Problem problem) { reading.problems.push_back(std::move(problem)); };
  corpus::read_articles(stream, path, options, events);
  return reading;
}

/// Reads the articles of a file that holds `content`.
inline Reading read(std::string_view content, const std::string& path, const corpus::ReadOptions& options = {}) {
  corpus::MemoryStream stream(content);
  return read(stream, path, options);
}

} // namespace pfind::tests
