// A disk that is full while a file exists: LD_PRELOAD=full.so DISKFULL_DIR=... DISKFULL_FLAG=...
//
// Build: cc -shared -fPIC -O2 -o full.so full.c -ldl
// While DISKFULL_FLAG is there, whatever makes a file below DISKFULL_DIR longer fails with ENOSPC: write, pwrite,
// fallocate, ftruncate, link and creation. Overwriting works, as it does on a real disk.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_LIMIT = 4096 };

static int is_full(void) {
    const char *flag = getenv("DISKFULL_FLAG");
    int before = errno, full = flag && access(flag, F_OK) == 0;
    errno = before;
    return full;
}

static int is_ours(const char *path) {
    const char *root = getenv("DISKFULL_DIR");
    return root && path && strncmp(path, root, strlen(root)) == 0;
}

static int is_file_of_ours(int fd) {
    char link[64], path[PATH_LIMIT];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

static int refuses(int fd, off_t end) {
    struct stat status;
    return is_full() && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && end > status.st_size && is_file_of_ours(fd);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define REFUSE do { errno = ENOSPC; return -1; } while (0)

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(write);
    if (is_full() && refuses(fd, lseek(fd, 0, SEEK_CUR) + (off_t)count)) REFUSE;
    return real(fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    REAL(pwrite);
    if (refuses(fd, offset + (off_t)count)) REFUSE;
    return real(fd, bytes, count, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    REAL(pwrite64);
    if (refuses(fd, offset + (off_t)count)) REFUSE;
    return real(fd, bytes, count, offset);
}

int ftruncate(int fd, off_t length) {
    REAL(ftruncate);
    if (refuses(fd, length)) REFUSE;
    return real(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    REAL(ftruncate64);
    if (refuses(fd, (off_t)length)) REFUSE;
    return real(fd, length);
}

int link(const char *from, const char *to) {
    REAL(link);
    if (is_ours(to) && is_full()) REFUSE;
    return real(from, to);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    struct stat status;
    if (is_ours(path) && is_full() && stat(path, &status) != 0) REFUSE;
    return real(path, mode);
}

static int opening(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
    if ((flags & O_CREAT) && is_ours(path) && is_full() && access(path, F_OK) != 0) REFUSE;
    return real(path, flags, mode);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = va_arg(rest, mode_t); \
        va_end(rest); \
        return opening(real, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
