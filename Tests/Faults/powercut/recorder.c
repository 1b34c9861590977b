// Records every change a process makes below one directory, in order: LD_PRELOAD=recorder.so POWERCUT_DIR=... POWERCUT_LOG=...
//
// Build: cc -shared -fPIC -O2 -o recorder.so recorder.c -ldl -lpthread
// Read by replay.py, which describes the records. Memory-mapped writes are not seen: SQLite uses them for -shm only, which
// a power cut empties anyway. A sync is recorded with the length the log had when it began, so that what others wrote
// meanwhile does not count as synced. A client that reads the log's length when it is told "done" knows what had happened.
// All processes that work in the directory write one log, in one order: POWERCUT_LOG.shared holds their lock and numbers.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FD_LIMIT = 65536, PATH_LIMIT = 4096, FILE_LIMIT = 1 << 20 };

struct header {
    uint8_t op;
    uint8_t pad[3];
    uint32_t name_length;
    int64_t file;
    int64_t offset;
    int64_t length;
};

static int log_fd = -1;
static const char *root;
static size_t root_length;

// Which file an open descriptor is, 0 = none of ours; and the path of an open directory.
static int64_t file_of[FD_LIMIT];
static char *directory_of[FD_LIMIT];

static struct shared {
    volatile int is_ready;
    pthread_mutex_t mutex;
    int64_t next_file;
    // Inode -> file number. Inodes are used again after an unlink, so a creation always makes a new number.
    struct { ino_t inode; int64_t file; } files[FILE_LIMIT];
} *shared;

static void lock(void) {
    // Whoever held it was killed: its last record may be missing, and was then never acknowledged to anybody.
    if (pthread_mutex_lock(&shared->mutex) == EOWNERDEAD) pthread_mutex_consistent(&shared->mutex);
}
static void unlock(void) { pthread_mutex_unlock(&shared->mutex); }

static void share(const char *log) {
    char path[PATH_LIMIT];
    snprintf(path, sizeof path, "%s.shared", log);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600), is_first = fd >= 0;
    if (!is_first) fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || (is_first && syscall(SYS_ftruncate, fd, sizeof *shared) != 0)) abort();
    struct stat status;
    while (syscall(SYS_fstat, fd, &status) == 0 && status.st_size == 0) usleep(1000);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (shared == MAP_FAILED) abort();
    syscall(SYS_close, fd);
    if (is_first) {
        pthread_mutexattr_t attributes;
        pthread_mutexattr_init(&attributes);
        pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
        pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
        pthread_mutex_init(&shared->mutex, &attributes);
        __sync_synchronize();
        shared->is_ready = 1;
    }
    while (!shared->is_ready) usleep(1000);
}

// Before the program gives up the right to open files elsewhere.
__attribute__((constructor)) static void start(void) {
    root = getenv("POWERCUT_DIR");
    const char *path = getenv("POWERCUT_LOG");
    if (!root || !path) return;
    root_length = strlen(root);
    share(path);
    log_fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
}

static int64_t log_length(void) {
    struct stat status;
    return syscall(SYS_fstat, log_fd, &status) == 0 ? status.st_size : 0;
}

static void record(char op, const char *name, int64_t file, int64_t offset, const void *data, int64_t length) {
    struct header header = {(uint8_t)op, {0}, (uint32_t)strlen(name), file, offset, length};
    struct iovec parts[3] = {
        {&header, sizeof header}, {(void *)name, header.name_length}, {(void *)data, data ? (size_t)length : 0}};
    if (syscall(SYS_writev, log_fd, parts, 3) < 0) abort();
}

static int64_t *slot(ino_t inode) {
    for (size_t step = 0, at = (inode * 0x9e3779b97f4a7c15ull) >> 44; step < FILE_LIMIT; step++, at = (at + 1) % FILE_LIMIT) {
        if (shared->files[at].inode == inode || shared->files[at].inode == 0) {
            shared->files[at].inode = inode;
            return &shared->files[at].file;
        }
    }
    abort();
}

// An absolute path below the root, or NULL. Paths through an open directory and /proc/self/fd are made absolute.
static const char *ours(int directory, const char *path, char *buffer) {
    if (log_fd < 0 || !path) return NULL;
    if (path[0] != '/') {
        const char *base = NULL;
        if (directory >= 0 && directory < FD_LIMIT) base = directory_of[directory];
        char here[PATH_LIMIT];
        if (directory == AT_FDCWD && syscall(SYS_getcwd, here, sizeof here) > 0) base = here;
        if (!base || snprintf(buffer, PATH_LIMIT, "%s/%s", base, path) >= PATH_LIMIT) return NULL;
        path = buffer;
    }
    if (strncmp(path, root, root_length) || (path[root_length] && path[root_length] != '/')) return NULL;
    size_t length = strlen(path);
    if (length > 4 && !strcmp(path + length - 4, "-shm")) return NULL;
    return path;
}

static int opened(int directory, const char *given, int flags, mode_t mode) {
    char buffer[PATH_LIMIT];
    const char *path = ours(directory, given, buffer);
    if (!path) {
        int fd = (int)syscall(SYS_openat, directory, given, flags, mode);
        if (fd >= 0 && fd < FD_LIMIT) file_of[fd] = 0;
        return fd;
    }
    lock();
    struct stat status;
    int existed = syscall(SYS_newfstatat, AT_FDCWD, path, &status, 0) == 0;
    int fd = (int)syscall(SYS_openat, directory, given, flags, mode);
    int failure = errno;
    if (fd >= 0 && fd < FD_LIMIT && syscall(SYS_fstat, fd, &status) == 0) {
        file_of[fd] = 0;
        free(directory_of[fd]);
        directory_of[fd] = NULL;
        if (S_ISDIR(status.st_mode)) {
            directory_of[fd] = strdup(path);
        } else if (S_ISREG(status.st_mode)) {
            int64_t *file = slot(status.st_ino);
            int isKnown = *file != 0 && existed;
            if (!isKnown) {
                *file = ++shared->next_file;
                record(existed ? 'O' : 'C', path, *file, 0, NULL, 0);
            }
            if (existed && (flags & O_TRUNC)) record('T', "", *file, 0, NULL, 0);
            file_of[fd] = *file;
        }
    }
    unlock();
    errno = failure;
    return fd;
}

#define MODE(flags)                                   \
    mode_t mode = 0;                                  \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {          \
        va_list arguments;                            \
        va_start(arguments, flags);                   \
        mode = va_arg(arguments, mode_t);             \
        va_end(arguments);                            \
    }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int directory, const char *path, int flags, ...) { MODE(flags) return opened(directory, path, flags, mode); }
int openat64(int directory, const char *path, int flags, ...) { MODE(flags) return opened(directory, path, flags, mode); }

static int64_t known(int fd) { return log_fd >= 0 && fd >= 0 && fd < FD_LIMIT ? file_of[fd] : 0; }

int close(int fd) {
    if (fd >= 0 && fd < FD_LIMIT && (file_of[fd] || directory_of[fd])) {
        lock();
        file_of[fd] = 0;
        free(directory_of[fd]);
        directory_of[fd] = NULL;
        unlock();
    }
    return (int)syscall(SYS_close, fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    int64_t file = known(fd);
    if (!file) return syscall(SYS_pwrite64, fd, bytes, count, offset);
    lock();
    ssize_t written = syscall(SYS_pwrite64, fd, bytes, count, offset);
    int failure = errno;
    if (written > 0) record('W', "", file, offset, bytes, written);
    unlock();
    errno = failure;
    return written;
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

ssize_t write(int fd, const void *bytes, size_t count) {
    int64_t file = known(fd);
    if (!file) return syscall(SYS_write, fd, bytes, count);
    lock();
    int append = (int)syscall(SYS_fcntl, fd, F_GETFL) & O_APPEND;
    off_t offset = syscall(SYS_lseek, fd, 0, append ? SEEK_END : SEEK_CUR);
    ssize_t written = syscall(SYS_write, fd, bytes, count);
    int failure = errno;
    if (written > 0) record('W', "", file, offset, bytes, written);
    unlock();
    errno = failure;
    return written;
}

int ftruncate64(int fd, off64_t length) {
    int64_t file = known(fd);
    if (!file) return (int)syscall(SYS_ftruncate, fd, length);
    lock();
    int result = (int)syscall(SYS_ftruncate, fd, length);
    if (result == 0) record('T', "", file, length, NULL, 0);
    unlock();
    return result;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int synced(int number, int fd) {
    int64_t file = known(fd);
    char *directory = NULL;
    if (log_fd >= 0 && fd >= 0 && fd < FD_LIMIT && directory_of[fd]) directory = strdup(directory_of[fd]);
    if (!file && !directory) return (int)syscall(number, fd);
    lock();
    int64_t begun = log_length();
    unlock();
    int result = (int)syscall(number, fd);
    if (result == 0) {
        lock();
        record(directory ? 'D' : 'S', directory ? directory : "", file, begun, NULL, 0);
        unlock();
    }
    free(directory);
    return result;
}
int fsync(int fd) { return synced(SYS_fsync, fd); }
int fdatasync(int fd) { return synced(SYS_fdatasync, fd); }

// A change of names: the system call, then its record with the old name and, as data, the new one.
static int named(char op, int number, int d1, const char *from, int d2, const char *to, int flags) {
    char one[PATH_LIMIT], two[PATH_LIMIT];
    const char *a = ours(d1, from, one), *b = to ? ours(d2, to, two) : NULL;
    if (a) lock();
    long result = to ? syscall(number, d1, from, d2, to, flags) : syscall(number, d1, from, flags);
    int failure = errno;
    if (a) {
        if (result == 0) record(op, a, 0, flags, b, b ? (int64_t)strlen(b) : 0);
        unlock();
    }
    errno = failure;
    return (int)result;
}

int rename(const char *from, const char *to) { return named('R', SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0); }
int link(const char *from, const char *to) { return named('L', SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0); }
int unlink(const char *path) { return named('U', SYS_unlinkat, AT_FDCWD, path, 0, NULL, 0); }
int unlinkat(int directory, const char *path, int flags) { return named('U', SYS_unlinkat, directory, path, 0, NULL, flags); }
int mkdir(const char *path, mode_t mode) { return named('M', SYS_mkdirat, AT_FDCWD, path, 0, NULL, (int)mode); }
int rmdir(const char *path) { return named('U', SYS_unlinkat, AT_FDCWD, path, 0, NULL, AT_REMOVEDIR); }
