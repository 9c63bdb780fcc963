/* Preloaded into a program: lets one of the calls by which it changes files below a directory fail, or the program die
 * before it, with all that it has forked.
 *
 * PFIND_FAULT_BELOW  the directory; calls that concern other files are not counted
 * PFIND_FAULT_AT     which call, from 1; 0 for none
 * PFIND_FAULT_KIND   kill, short (half of what is to be written is), or the number of an error (errno)
 * PFIND_FAULT_AFTER  microseconds after which the program dies, wherever it is
 * PFIND_FAULT_NO_LOCKS  there are none, as on some network file systems
 * PFIND_FAULT_COUNT  a file that gets the number of calls made, when the program ends
 *
 * Calls that the C library makes inside itself (those of stdio) are not seen.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum outcome { go_on, fail, half };

/* Shared with the processes that the program forks, so that their calls count as the program's own. */
struct shared {
  atomic_long calls;
  pid_t program;
};
static struct shared* shared;

__attribute__((constructor)) static void share(void) {
  void* memory = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) abort();
  shared = memory;
  shared->program = getpid();
}

__attribute__((constructor)) static void set_timer(void) {
  const char* after = getenv("PFIND_FAULT_AFTER");
  if (after == NULL) return;
  struct sigevent death = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL};
  timer_t timer;
  const long microseconds = atol(after);
  const struct itimerspec when = {.it_value = {microseconds / 1000000, microseconds % 1000000 * 1000}};
  if (timer_create(CLOCK_MONOTONIC, &death, &timer) != 0 || timer_settime(timer, 0, &when, NULL) != 0) abort();
}

static void die(void) {
  if (getpid() != shared->program) kill(shared->program, SIGKILL);
  raise(SIGKILL);
}

static int is_below(const char* path) {
  const char* below = getenv("PFIND_FAULT_BELOW");
  const size_t length = below == NULL ? 0 : strlen(below);
  return length > 0 && strncmp(path, below, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static int is_file_below(int file) {
  char link[64];
  char path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  return is_below(path);
}

/* Relative paths are taken as they are: tests name files by absolute ones, but for those relative to an open directory. */
static int is_at_below(int directory, const char* path) {
  return path[0] == '/' || directory == AT_FDCWD ? is_below(path) : is_file_below(directory);
}

static enum outcome next_call(int concerns) {
  if (!concerns) return go_on;
  const char* at = getenv("PFIND_FAULT_AT");
  const char* kind = getenv("PFIND_FAULT_KIND");
  const long call = atomic_fetch_add(&shared->calls, 1) + 1;
  if (at == NULL || kind == NULL || call != atol(at)) return go_on;
  if (strcmp(kind, "kill") == 0) die();
  if (strcmp(kind, "short") == 0) return half;
  errno = atoi(kind);
  return fail;
}

__attribute__((destructor)) static void tell_count(void) {
  const char* file = getenv("PFIND_FAULT_COUNT");
  if (file == NULL) return;
  FILE* out = fopen(file, "w");
  if (out == NULL) return;
  fprintf(out, "%ld\n", (long)atomic_load(&shared->calls));
  fclose(out);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* What fails is asked only before a file is opened that may be written to. */
#define OPEN(name)                                                                                                     \
  int name(const char* path, int flags, ...) {                                                                         \
    va_list rest;                                                                                                      \
    va_start(rest, flags);                                                                                             \
    const mode_t mode = va_arg(rest, mode_t);                                                                          \
    va_end(rest);                                                                                                      \
    if ((flags & O_ACCMODE) != O_RDONLY && next_call(is_below(path)) == fail) return -1;                               \
    return REAL(name)(path, flags, mode);                                                                              \
  }
OPEN(open)
OPEN(open64)

#define OPEN_AT(name)                                                                                                  \
  int name(int directory, const char* path, int flags, ...) {                                                          \
    va_list rest;                                                                                                      \
    va_start(rest, flags);                                                                                             \
    const mode_t mode = va_arg(rest, mode_t);                                                                          \
    va_end(rest);                                                                                                      \
    if ((flags & O_ACCMODE) != O_RDONLY && next_call(is_at_below(directory, path)) == fail) return -1;                 \
    return REAL(name)(directory, path, flags, mode);                                                                   \
  }
OPEN_AT(openat)
OPEN_AT(openat64)

ssize_t write(int file, const void* bytes, size_t size) {
  const enum outcome outcome = next_call(is_file_below(file));
  if (outcome == fail) return -1;
  return REAL(write)(file, bytes, outcome == half && size > 1 ? size / 2 : size);
}

#define PWRITE(name, offset_type)                                                                                      \
  ssize_t name(int file, const void* bytes, size_t size, offset_type offset) {                                         \
    const enum outcome outcome = next_call(is_file_below(file));                                                       \
    if (outcome == fail) return -1;                                                                                    \
    return REAL(name)(file, bytes, outcome == half && size > 1 ? size / 2 : size, offset);                             \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int file, const struct iovec* parts, int count) {
  const enum outcome outcome = next_call(is_file_below(file));
  if (outcome == fail) return -1;
  return REAL(writev)(file, parts, outcome == half && count > 1 ? count / 2 : count);
}

#define ON_FILE(name)                                                                                                  \
  int name(int file) {                                                                                                 \
    if (next_call(is_file_below(file)) == fail) return -1;                                                             \
    return REAL(name)(file);                                                                                           \
  }
ON_FILE(fsync)
ON_FILE(fdatasync)

int flock(int file, int operation) {
  if (getenv("PFIND_FAULT_NO_LOCKS") != NULL) {
    errno = ENOLCK;
    return -1;
  }
  return REAL(flock)(file, operation);
}

#define TRUNCATE(name, offset_type)                                                                                    \
  int name(int file, offset_type length) {                                                                             \
    if (next_call(is_file_below(file)) == fail) return -1;                                                             \
    return REAL(name)(file, length);                                                                                   \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define ON_PATH(name)                                                                                                  \
  int name(const char* path) {                                                                                         \
    if (next_call(is_below(path)) == fail) return -1;                                                                  \
    return REAL(name)(path);                                                                                           \
  }
ON_PATH(unlink)
ON_PATH(rmdir)
ON_PATH(remove)

int unlinkat(int directory, const char* path, int flags) {
  if (next_call(is_at_below(directory, path)) == fail) return -1;
  return REAL(unlinkat)(directory, path, flags);
}

int fchmodat(int directory, const char* path, mode_t mode, int flags) {
  if (next_call(is_at_below(directory, path)) == fail) return -1;
  return REAL(fchmodat)(directory, path, mode, flags);
}

int chmod(const char* path, mode_t mode) {
  if (next_call(is_below(path)) == fail) return -1;
  return REAL(chmod)(path, mode);
}

int mkdir(const char* path, mode_t mode) {
  if (next_call(is_below(path)) == fail) return -1;
  return REAL(mkdir)(path, mode);
}

int rename(const char* from, const char* to) {
  if (next_call(is_below(to)) == fail) return -1;
  return REAL(rename)(from, to);
}

int symlink(const char* target, const char* path) {
  if (next_call(is_below(path)) == fail) return -1;
  return REAL(symlink)(target, path);
}
