#include "common/config_file.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>

#include "common/error.hpp"
#include "common/text/lines.hpp"

namespace pfind {
namespace fs = std::filesystem;
namespace {

UsageError unreadable(const fs::path& file, int reason) {
  return UsageError(fmt::format("cannot read the configuration file {}: {}", file.string(), std::strerror(reason)));
}

} // namespace

std::vector<Setting> read_settings(const fs::path& file, std::string_view program) {
  std::ifstream in(file);
  if (!in) throw unreadable(file, errno);
  std::vector<Setting> settings;
  std::string line;
  std::string section;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    const std::string_view text = text::trimmed(line);
    if (text.empty() || text.front() == '#') continue;
    if (text.front() == '[' && text.back() == ']') {
      section = text::trimmed(text.substr(1, text.size() - 2));
      if (section != "pindex" && section != "pfind")
        throw UsageError(fmt::format("{}, line {}: there is no section [{}]; there are [pindex] and [pfind]",
                                     file.string(), number, section));
      continue;
    }
    const std::size_t equals = text.find('=');
    const std::string_view name = text::trimmed(text.substr(0, equals));
    if (equals == std::string_view::npos || name.empty())
      throw UsageError(
          fmt::format("{}, line {}: expected \"name = value\", a [section] or a # comment", file.string(), number));
    if (section.empty() || section == program)
      settings.push_back({std::string(name), std::string(text::trimmed(text.substr(equals + 1))), number});
  }
  if (in.bad()) throw unreadable(file, errno); // a directory opens like a file
  return settings;
}

fs::path default_config(const char* xdg_config_home, const char* home) {
  if (xdg_config_home != nullptr && *xdg_config_home == '/') return fs::path(xdg_config_home) / "pfind" / "config";
  if (home != nullptr && *home != '\0') return fs::path(home) / ".config" / "pfind" / "config";
  return {};
}

} // namespace pfind
