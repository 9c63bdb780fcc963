#include "common/config_file.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>

#include "common/error.hpp"

namespace pfind {
namespace fs = std::filesystem;
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

} // namespace

std::vector<Setting> read_settings(const fs::path& file, std::string_view program) {
  std::ifstream in(file);
  if (!in)
    throw UsageError(fmt::format("cannot read the configuration file {}: {}", file.string(), std::strerror(errno)));
  std::vector<Setting> settings;
  std::string line;
  std::string section;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    const std::string_view text = trimmed(line);
    if (text.empty() || text.front() == '#') continue;
    if (text.front() == '[' && text.back() == ']') {
      section = trimmed(text.substr(1, text.size() - 2));
      continue;
    }
    const std::size_t equals = text.find('=');
    const std::string_view name = trimmed(text.substr(0, equals));
    if (equals == std::string_view::npos || name.empty())
      throw UsageError(
          fmt::format("{}, line {}: expected \"name = value\", a [section] or a # comment", file.string(), number));
    if (section.empty() || section == program)
      settings.push_back({std::string(name), std::string(trimmed(text.substr(equals + 1))), number});
  }
  if (in.bad())
    throw UsageError(fmt::format("cannot read the configuration file {}: {}", file.string(), std::strerror(errno)));
  return settings;
}

fs::path default_config(const char* xdg_config_home, const char* home) {
  if (xdg_config_home != nullptr && *xdg_config_home == '/') return fs::path(xdg_config_home) / "pfind" / "config";
  if (home != nullptr && *home != '\0') return fs::path(home) / ".config" / "pfind" / "config";
  return {};
}

} // namespace pfind
