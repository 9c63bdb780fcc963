#include "corpus/isolated/confinement.hpp"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <fcntl.h>
#include <initializer_list>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace pfind::corpus {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr bool k_limit_address_space = false; // its shadow memory alone takes terabytes of it
#else
constexpr bool k_limit_address_space = true;
#endif

void limit(__rlimit_resource resource, rlim_t most) {
  const rlimit value{most, most};
  setrlimit(resource, &value);
}

void set_limits(const Confinement& confinement) {
  if (k_limit_address_space) limit(RLIMIT_AS, confinement.memory_bytes);
  if (confinement.cpu_seconds > 0) limit(RLIMIT_CPU, confinement.cpu_seconds);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CORE, 0);
  constexpr rlim_t standard_streams = 3;
  constexpr rlim_t some_files = 16;
  limit(RLIMIT_NOFILE, confinement.readable_folder == nullptr ? standard_streams : some_files);
}

/// Lets files be opened below one folder only. Returns whether the kernel can do that (Linux 5.13).
bool restrict_files(const char* folder) {
  landlock_ruleset_attr every{};
  every.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; // all that the first version knows
  const auto rules = static_cast<int>(syscall(SYS_landlock_create_ruleset, &every, sizeof every, 0));
  if (rules < 0) return false;
  landlock_path_beneath_attr readable{};
  readable.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  readable.parent_fd = open(folder, O_PATH | O_CLOEXEC);
  if (readable.parent_fd >= 0) {
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &readable, 0);
    close(readable.parent_fd);
  }
  const bool restricted = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  close(rules);
  return restricted;
}

// Memory, the streams that are open, time, and the end of the process. All else fails as if it were not permitted, so
// that libraries that ask for more than they need still work.
constexpr std::initializer_list<int> k_allowed{SCMP_SYS(read),
                                               SCMP_SYS(readv),
                                               SCMP_SYS(pread64),
                                               SCMP_SYS(write),
                                               SCMP_SYS(writev),
                                               SCMP_SYS(lseek),
                                               SCMP_SYS(close),
                                               SCMP_SYS(fstat),
                                               SCMP_SYS(newfstatat),
                                               SCMP_SYS(brk),
                                               SCMP_SYS(munmap),
                                               SCMP_SYS(mremap),
                                               SCMP_SYS(madvise),
                                               SCMP_SYS(futex),
                                               SCMP_SYS(rt_sigaction),
                                               SCMP_SYS(rt_sigprocmask),
                                               SCMP_SYS(rt_sigreturn),
                                               SCMP_SYS(sigaltstack),
                                               SCMP_SYS(exit),
                                               SCMP_SYS(exit_group),
                                               SCMP_SYS(clock_gettime),
                                               SCMP_SYS(clock_nanosleep),
                                               SCMP_SYS(gettimeofday),
                                               SCMP_SYS(getrandom),
                                               SCMP_SYS(getpid),
                                               SCMP_SYS(gettid),
                                               SCMP_SYS(sched_yield),
                                               SCMP_SYS(sysinfo),
                                               SCMP_SYS(getrusage),
                                               SCMP_SYS(getrlimit),
                                               SCMP_SYS(sched_getaffinity)};

void filter_system_calls(bool files) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (filter == nullptr) return;
  for (const int call : k_allowed) seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) // memory, but no new code
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  const auto self = static_cast<scmp_datum_t>(getpid());
  seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, self)); // abort()
  if (files) {
    constexpr scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC;
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(getdents64), 0);
  }
  seccomp_load(filter);
  seccomp_release(filter);
}

} // namespace

void confine(const Confinement& confinement) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const bool files = confinement.readable_folder != nullptr && restrict_files(confinement.readable_folder);
  set_limits(confinement);
  filter_system_calls(files);
}

} // namespace pfind::corpus
