#include "common/live_database.hpp"

#include "common/index_files.hpp"
#include "common/version_file.hpp"

namespace pfind {

/// Tables may be absent by design, so Xapian takes one whose file has just been removed for one without content: no
/// phrase would match any more, and a copy would lack it for good. A generation is removed after another has taken its
/// place; so one that is live after it was opened was opened whole. Each repetition takes a whole rebuild, restore or
/// compaction that came in between.
std::optional<LiveDatabase> open_live_database(const std::filesystem::path& index) {
  for (;;) {
    const auto live = index_files::live_generation(index);
    if (!live) return std::nullopt;
    const auto is_replaced = [&] { return index_files::live_generation(index) != live; };
    try {
      const std::filesystem::path generation = index_files::generation(index, *live);
      check_version_file(generation);
      Xapian::Database database(generation.string());
      if (!is_replaced()) return LiveDatabase{database, generation};
    } catch (const Xapian::Error&) {
      if (!is_replaced()) throw;
    }
  }
}

} // namespace pfind
