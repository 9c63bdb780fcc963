#include "common/live_database.hpp"

#include "common/index_files.hpp"

namespace pfind {
namespace {

constexpr int k_attempts = 100; // each is overtaken by a whole rebuild, restore or compaction

} // namespace

/// Tables may be absent by design, so Xapian takes one whose file has just been removed for one without content: no
/// phrase would match any more, and a copy would lack it for good. A generation is removed after another has taken its
/// place; so one that is live after it was opened was opened whole.
std::optional<Xapian::Database> open_live_database(const std::filesystem::path& index) {
  for (int attempt = 1;; ++attempt) {
    const auto live = index_files::live_generation(index);
    if (!live) return std::nullopt;
    const auto is_replaced = [&] { return attempt < k_attempts && index_files::live_generation(index) != live; };
    try {
      Xapian::Database database(index_files::generation(index, *live).string());
      if (!is_replaced()) return database;
    } catch (const Xapian::Error&) {
      if (!is_replaced()) throw;
    }
  }
}

} // namespace pfind
