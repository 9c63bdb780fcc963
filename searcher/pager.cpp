#include "searcher/pager.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "common/error.hpp"

namespace pfind::searcher {

void write_out(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    throw OutputError(errno);
}

void page(const std::string& text, const std::string& command, std::size_t screen_lines) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  if (command.empty() || lines < screen_lines) return write_out(text);
  std::FILE* pager = popen(command.c_str(), "w"); // NOLINT(cert-env33-c): the user's own command, made for a shell
  if (pager == nullptr) return write_out(text);
  std::fwrite(text.data(), 1, text.size(), pager); // leaving the pager early closes the pipe, which is no error
  constexpr int command_not_found = 127 << 8;      // as pclose reports the shell's status
  if (pclose(pager) == command_not_found) write_out(text);
}

} // namespace pfind::searcher
