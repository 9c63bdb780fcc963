#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pfind {

/// One `name = value` of a configuration file.
struct Setting {
  std::string name;
  std::string value;
  std::size_t line = 0; ///< counted from 1
};

/// The settings of a configuration file that concern `program`: those before any `[section]` and those in its own.
/// `#` begins a comment line; white space around names and values does not count. Throws UsageError, naming file and
/// line, for a line that is none of these, and where the file cannot be read.
std::vector<Setting> read_settings(const std::filesystem::path& file, std::string_view program);

/// Where the configuration file lies unless told otherwise: below XDG_CONFIG_HOME, else HOME/.config; empty where
/// neither is set. Pass the variables' values; null where unset.
std::filesystem::path default_config(const char* xdg_config_home, const char* home);

} // namespace pfind
