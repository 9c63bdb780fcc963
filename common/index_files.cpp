#include "common/index_files.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

#include "common/error.hpp"

namespace pfind::index_files {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view k_stub_line = "auto gen-";
constexpr std::string_view k_generation = "gen-";

std::optional<unsigned> number_of(std::string_view digits) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

[[noreturn]] void fail(const fs::path& path, std::string_view what) {
  throw IndexError(fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

/// The next stub file, until it takes the place of the old one.
fs::path fresh_stub(const fs::path& index) { return index / "XAPIANDB.new"; }

void sync(const fs::path& path, int flags) {
  const int fd = open(path.c_str(), flags | O_CLOEXEC);
  if (fd < 0) fail(path, "open");
  const int result = fsync(fd);
  const int saved = errno;
  close(fd);
  errno = saved;
  if (result != 0) fail(path, "write");
}

} // namespace

fs::path stub(const fs::path& index) { return index / "XAPIANDB"; }

fs::path lock(const fs::path& index) { return index / "lock"; }

fs::path generation(const fs::path& index, unsigned number) {
  return index / fmt::format("{}{}", k_generation, number);
}

std::optional<unsigned> generation_number(std::string_view directory_name) {
  if (!directory_name.starts_with(k_generation)) return std::nullopt;
  return number_of(directory_name.substr(k_generation.size()));
}

std::optional<unsigned> live_generation(const fs::path& index) {
  std::ifstream file(stub(index));
  if (!file && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (!file)
    throw IndexError(fmt::format("cannot open the index {}: {}; mend its permissions or choose another --index",
                                 index.string(), std::strerror(errno)));
  std::string line;
  errno = 0; // an empty file sets none
  if (!std::getline(file, line) && errno != 0) fail(stub(index), "read");
  if (line.starts_with(k_stub_line)) {
    if (const auto number = number_of(std::string_view(line).substr(k_stub_line.size()))) return number;
  }
  throw IndexError(
      fmt::format("{} names no database of pfind: {} is damaged or another program's; remove that file and "
                  "run pindex again, or choose another --index",
                  stub(index).string(), index.string()));
}

bool is_part(std::string_view name) {
  return generation_number(name) || name == stub({}).native() || name == lock({}).native() ||
         name == fresh_stub({}).native();
}

void publish(const fs::path& index, unsigned number) {
  const fs::path fresh = fresh_stub(index);
  {
    std::ofstream file(fresh, std::ios::trunc);
    file << k_stub_line << number << '\n';
    file.close();
    if (!file) fail(fresh, "write");
  }
  sync(fresh, O_RDONLY);
  if (rename(fresh.c_str(), stub(index).c_str()) != 0) fail(stub(index), "replace");
  sync(index, O_RDONLY | O_DIRECTORY);
}

void remove_remains(const fs::path& index, std::optional<unsigned> live) {
  for (const fs::directory_entry& entry : fs::directory_iterator(index)) {
    const auto number = generation_number(entry.path().filename().string());
    if (number && number != live) fs::remove_all(entry.path());
  }
  fs::remove(fresh_stub(index));
}

void sync_generation(const fs::path& index, unsigned number) {
  const fs::path directory = generation(index, number);
  for (const auto& entry : fs::directory_iterator(directory)) sync(entry.path(), O_RDONLY);
  sync(directory, O_RDONLY | O_DIRECTORY);
}

fs::path default_index(const char* xdg_data_home, const char* home) {
  if (xdg_data_home != nullptr && *xdg_data_home == '/') return fs::path(xdg_data_home) / "pfind" / "index";
  if (home != nullptr && *home != '\0') return fs::path(home) / ".local" / "share" / "pfind" / "index";
  throw UsageError("neither XDG_DATA_HOME nor HOME is set: say where the index is with --index DIR");
}

} // namespace pfind::index_files
