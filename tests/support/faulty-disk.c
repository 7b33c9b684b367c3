/*
 * Loaded into the relay with LD_PRELOAD: a disk that fails when it is told to. The order stands in the file DISK_ORDER as
 * `<sync|write> <pattern of the path> <n> <error number, or tear>` and may be given at any time: from the n-th such call on all
 * of them fail. `tear` writes the first half and ends the process, as when the power goes. Each failure adds a byte to the file
 * DISK_FAILURES.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char order[256];
static int left;

static void note(void) {
  const char *file = getenv("DISK_FAILURES");
  int out = file == NULL ? -1 : open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (out < 0) return;
  if (write(out, ".", 1) != 1) abort();
  close(out);
}

/* 0: go on; an error number: fail with it; -1: tear. */
static int verdict(const char *call, int fd) {
  const char *file = getenv("DISK_ORDER");
  if (file == NULL) return 0;
  char path[512], link[64], now[256] = "";
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  int in = open(file, O_RDONLY | O_CLOEXEC);
  if (in < 0) return 0;
  ssize_t got = read(in, now, sizeof now - 1);
  close(in);
  if (got < 0) return 0;
  char wanted[16] = "", pattern[64] = "", what[16] = "";
  int n = 0, answer = 0;
  int parts = sscanf(now, "%15s %63s %d %15s", wanted, pattern, &n, what);
  pthread_mutex_lock(&lock);
  if (strcmp(now, order) != 0) {
    strcpy(order, now);
    left = n;
  }
  if (parts == 4 && strcmp(wanted, call) == 0 && fnmatch(pattern, path, 0) == 0) {
    if (left > 0) left--;
    if (left == 0) answer = strcmp(what, "tear") == 0 ? -1 : atoi(what);
  }
  pthread_mutex_unlock(&lock);
  if (answer != 0) note();
  return answer;
}

int fsync(int fd) {
  static int (*real)(int);
  if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  int error = verdict("sync", fd);
  if (error == 0) return real(fd);
  errno = error;
  return -1;
}

int fdatasync(int fd) { return fsync(fd); }

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (real == NULL) real = (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
  int error = verdict("write", fd);
  if (error == 0) return real(fd, bytes, count, at);
  if (error == -1) {
    real(fd, bytes, count / 2, at);
    kill(getpid(), SIGKILL);
  }
  errno = error;
  return -1;
}
