#include <catch2/catch.hpp>

#include "tests/cli/workspace.hpp"

using pfind::tests::RunResult;
using pfind::tests::Workspace;

namespace {

void check_version(const RunResult& result, const std::string& program) {
  CHECK(result.status == 0);
  CHECK(result.out == program + " " PFIND_TESTS_VERSION "\n");
  CHECK(result.err.empty());
}

} // namespace

// Not "--version names": ctest hands the name to Catch2, which would take it for an option.
TEST_CASE("asked for its version, a program names itself and it on one line") {
  const Workspace user;
  check_version(user.pindex({"--version"}), "pindex");
  check_version(user.pfind({"--version"}), "pfind");
}
