// Makes the n-th system call on files below one folder fail: LD_PRELOAD=faultfs.so FF_PATH=/the/store, and
//
//   FF_OP=write,pwrite64,fsync,...|all   FF_N=3   FF_MODE=once|sticky   FF_ERR=ENOSPC|EIO|EMFILE|ENOMEM|EINTR|SHORT|LIE
//
// or FF_CONTROL=file, which holds `struct control` and is shared by all processes: whoever writes to it (syscalls.py) arms
// and disarms a running server and reads how many calls there were. SHORT transfers half. LIE says that it was done and
// does nothing: the control that has to be found out.
//
// Build: cc -shared -fPIC -O2 -o faultfs.so faultfs.c
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATH_LIMIT = 4096, WHAT_LIMIT = 256, MATCH_LIMIT = 64, SHORT = 1000, LIE = 1001 };
enum { OFF, ONCE, STICKY };
enum op { WRITE, PWRITE64, FSYNC, FDATASYNC, FTRUNCATE, RENAME, LINK, UNLINK, OPEN, MMAP, SENDMSG, MKDIR, OPS };
static const char *const op_names[OPS] = {"write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename",
                                          "link",  "unlink",   "open",  "mmap",      "sendmsg",   "mkdir"};

struct control {
    _Atomic uint32_t mode, ops, error, reserved;
    _Atomic uint64_t n, calls, fired;
    char match[MATCH_LIMIT]; // only paths in which this occurs count
    char what[WHAT_LIMIT];   // the first call that failed
};

static struct control own;
static struct control *control = &own;
static const char *root;
static size_t root_length;

static uint32_t error_named(const char *name) {
    static const struct { const char *name; uint32_t code; } errors[] = {
        {"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EMFILE", EMFILE}, {"ENOMEM", ENOMEM}, {"EINTR", EINTR}, {"SHORT", SHORT}, {"LIE", LIE}};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (!strcmp(errors[i].name, name)) return errors[i].code;
    fprintf(stderr, "faultfs: unknown FF_ERR %s\n", name);
    abort();
}

static uint32_t ops_named(const char *list) {
    if (!strcmp(list, "all")) return (1u << OPS) - 1;
    uint32_t ops = 0;
    char copy[WHAT_LIMIT], *rest = copy;
    snprintf(copy, sizeof copy, "%s", list);
    for (const char *name; (name = strsep(&rest, ","));)
        for (int op = 0; op < OPS; op++)
            if (!strcmp(name, op_names[op])) ops |= 1u << op;
    return ops;
}

__attribute__((constructor)) static void start(void) {
    if (!getenv("FF_PATH")) return;
    root = strdup(getenv("FF_PATH")); // a program may overwrite its environment, to change its title
    root_length = strlen(root);
    const char *shared = getenv("FF_CONTROL");
    if (shared) {
        int fd = (int)syscall(SYS_openat, AT_FDCWD, shared, O_RDWR | O_CLOEXEC);
        void *map = (void *)syscall(SYS_mmap, NULL, sizeof own, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (fd < 0 || map == MAP_FAILED) abort();
        syscall(SYS_close, fd);
        control = map;
        return;
    }
    const char *op = getenv("FF_OP"), *n = getenv("FF_N"), *mode = getenv("FF_MODE"), *error = getenv("FF_ERR");
    if (!op || !n) return;
    own.ops = ops_named(op);
    own.n = strtoull(n, NULL, 10);
    own.error = error_named(error ? error : "EIO");
    own.mode = mode && !strcmp(mode, "sticky") ? STICKY : ONCE;
}

static int is_below(const char *path) {
    return !strncmp(path, root, root_length) && (!path[root_length] || path[root_length] == '/');
}

// The path of an open descriptor; 0 when it has none of ours.
static int descriptor_path(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_LIMIT - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static int named_path(int directory, const char *name, char *path) {
    static const char prefix[] = "/proc/self/fd/";
    if (name[0] == '/' && !strncmp(name, prefix, sizeof prefix - 1)) {
        char *rest;
        int fd = (int)strtol(name + sizeof prefix - 1, &rest, 10);
        return descriptor_path(fd, path);
    }
    if (name[0] == '/') {
        snprintf(path, PATH_LIMIT, "%s", name);
        return is_below(path);
    }
    if (directory != AT_FDCWD) return directory >= 0 && descriptor_path(directory, path);
    char here[PATH_LIMIT];
    if (syscall(SYS_getcwd, here, sizeof here) <= 0) return 0;
    return snprintf(path, PATH_LIMIT, "%s/%s", here, name) < PATH_LIMIT && is_below(path);
}

static int is_armed(enum op op) {
    return root && atomic_load(&control->mode) != OFF && atomic_load(&control->ops) >> op & 1;
}

// Counts a call on a path of ours. 0: let it through; else the error it gets.
static uint32_t fault(enum op op, const char *path) {
    if (!strstr(path + root_length, control->match)) return 0;
    uint64_t number = atomic_fetch_add(&control->calls, 1) + 1, n = atomic_load(&control->n);
    if (!n || (atomic_load(&control->mode) == STICKY ? number < n : number != n)) return 0;
    if (atomic_fetch_add(&control->fired, 1) == 0)
        snprintf(control->what, WHAT_LIMIT, "%s %s", op_names[op], path + root_length);
    return atomic_load(&control->error);
}

static uint32_t on_descriptor(enum op op, int fd) {
    if (!is_armed(op)) return 0;
    int before = errno;
    char path[PATH_LIMIT];
    uint32_t error = descriptor_path(fd, path) ? fault(op, path) : 0;
    errno = before;
    return error;
}

static uint32_t on_name(enum op op, int directory, const char *name) {
    if (!name || !is_armed(op)) return 0;
    int before = errno;
    char path[PATH_LIMIT];
    uint32_t error = named_path(directory, name, path) ? fault(op, path) : 0;
    errno = before;
    return error;
}

// What a call without a length answers: LIE succeeds, SHORT means nothing to it and passes.
#define ANSWER(error)                                    \
    do {                                                 \
        uint32_t found = (error);                        \
        if (found == LIE) return 0;                      \
        if (found && found != SHORT) return errno = (int)found, -1; \
    } while (0)

#define ANSWER_LENGTH(error, count)                      \
    do {                                                 \
        uint32_t found = (error);                        \
        if (found == LIE) return (ssize_t)(count);       \
        if (found == SHORT) (count) = ((count) + 1) / 2; \
        else if (found) return errno = (int)found, -1;   \
    } while (0)

ssize_t write(int fd, const void *bytes, size_t count) {
    ANSWER_LENGTH(on_descriptor(WRITE, fd), count);
    return syscall(SYS_write, fd, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    ANSWER_LENGTH(on_descriptor(PWRITE64, fd), count);
    return syscall(SYS_pwrite64, fd, bytes, count, offset);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
    size_t whole = 0;
    for (int i = 0; i < count; i++) whole += parts[i].iov_len;
    size_t length = whole;
    ANSWER_LENGTH(on_descriptor(WRITE, fd), length);
    if (length < whole) return syscall(SYS_write, fd, parts[0].iov_base, parts[0].iov_len);
    return syscall(SYS_writev, fd, parts, count);
}

int fsync(int fd) {
    ANSWER(on_descriptor(FSYNC, fd));
    return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd) {
    ANSWER(on_descriptor(FDATASYNC, fd));
    return (int)syscall(SYS_fdatasync, fd);
}

int ftruncate64(int fd, off64_t length) {
    ANSWER(on_descriptor(FTRUNCATE, fd));
    return (int)syscall(SYS_ftruncate, fd, length);
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int rename(const char *from, const char *to) {
    ANSWER(on_name(RENAME, AT_FDCWD, from));
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int link(const char *from, const char *to) {
    ANSWER(on_name(LINK, AT_FDCWD, to));
    return (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlinkat(int directory, const char *path, int flags) {
    ANSWER(on_name(UNLINK, directory, path));
    return (int)syscall(SYS_unlinkat, directory, path, flags);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }

int mkdir(const char *path, mode_t mode) {
    ANSWER(on_name(MKDIR, AT_FDCWD, path));
    return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

static int opened(int directory, const char *path, int flags, mode_t mode) {
    uint32_t error = on_name(OPEN, directory, path);
    if (error && error != SHORT && error != LIE) return errno = (int)error, -1;
    return (int)syscall(SYS_openat, directory, path, flags, mode);
}

#define MODE(flags)                             \
    mode_t mode = 0;                            \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {    \
        va_list arguments;                      \
        va_start(arguments, flags);             \
        mode = va_arg(arguments, mode_t);       \
        va_end(arguments);                      \
    }
int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int directory, const char *path, int flags, ...) { MODE(flags) return opened(directory, path, flags, mode); }
int openat64(int directory, const char *path, int flags, ...) { MODE(flags) return opened(directory, path, flags, mode); }

void *mmap64(void *at, size_t length, int protection, int flags, int fd, off64_t offset) {
    uint32_t error = fd >= 0 ? on_descriptor(MMAP, fd) : 0;
    if (error && error != SHORT && error != LIE) return errno = (int)error, MAP_FAILED;
    return (void *)syscall(SYS_mmap, at, length, protection, flags, fd, offset);
}
void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset) {
    return mmap64(at, length, protection, flags, fd, offset);
}

static uint32_t on_address(const struct sockaddr *to, socklen_t length) {
    if (!to || length <= sizeof(sa_family_t) || to->sa_family != AF_UNIX) return 0;
    const char *path = ((const struct sockaddr_un *)to)->sun_path;
    return path[0] ? on_name(SENDMSG, AT_FDCWD, path) : 0;
}

ssize_t sendto(int fd, const void *bytes, size_t count, int flags, const struct sockaddr *to, socklen_t length) {
    ANSWER_LENGTH(on_address(to, length), count);
    return syscall(SYS_sendto, fd, bytes, count, flags, to, length);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    size_t whole = message->msg_iovlen ? message->msg_iov[0].iov_len : 0;
    ANSWER_LENGTH(on_address(message->msg_name, message->msg_namelen), whole);
    return syscall(SYS_sendmsg, fd, message, flags);
}
