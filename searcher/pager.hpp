#pragma once

#include <string>

namespace pfind::searcher {

/// Sends `text` to standard output, through the pager `command` (run by the shell) when it has more lines than
/// `screen_lines`. An empty command, or one that cannot be started, means no pager. Throws OutputError.
void page(const std::string& text, const std::string& command, std::size_t screen_lines);

/// Writes all of `text` to standard output. Throws OutputError.
void write_out(const std::string& text);

} // namespace pfind::searcher
