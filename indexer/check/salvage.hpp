#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "common/article.hpp"
#include "indexer/file_record.hpp"
#include "indexer/reading_settings.hpp"

namespace pfind::indexer {

/// What a damaged database still remembers of how it was made, as far as it can be read.
struct Remembered {
  std::vector<std::string> roots;
  ReadingSettings reading;
  std::map<std::string, FileRecord> files;
};

/// Reads that in a process of its own.
Remembered remembered_by(const std::filesystem::path& database, const std::stop_token& stop);

/// What is told of the articles of a damaged database.
struct SalvageEvents {
  std::function<void(Article)> article;         ///< one that is stored as it was indexed
  std::function<void(const std::string&)> lost; ///< one that is not: its location as far as that can be told
};

/// Reads the articles that a damaged database stores, in a process of its own that is begun anew behind each article
/// that breaks it. Articles whose files `is_wanted` does not want are passed over.
void salvage(const std::filesystem::path& path, const std::function<bool(const std::string& file)>& is_wanted,
             const SalvageEvents& events, const std::stop_token& stop);

} // namespace pfind::indexer
