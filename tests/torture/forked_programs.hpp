#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

/// The programs' own main functions, linked in under other names.
int pindex_main(int argc, char** argv);
int pfind_main(int argc, char** argv);

namespace pfind::tests {

/// Runs a program in a copy of this process: from its main function on nothing differs from the program started by
/// itself, but that what this process has loaded already (libraries, lists of names) need not be loaded again, which is
/// most of what a program on a small index does. Environment and directory are this process's. Throws
/// std::system_error where no process can be started.
RunResult run_forked(int (*main)(int, char**), std::vector<std::string> arguments,
                     std::chrono::seconds timeout = std::chrono::seconds(60));

} // namespace pfind::tests
