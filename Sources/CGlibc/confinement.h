#pragma once
// What a process uses to give up powers: Landlock, prctl(2) and capset(2). Swift imports neither variadic functions nor the
// kernel's own headers, and glibc has no functions for Landlock.
#include <errno.h>
#include <stddef.h>

long syscall(long number, ...);
int prctl(int option, ...);
int capset(void *header, const void *data);

// landlock(7). The numbers of these calls are the same on every architecture.
enum { CGLIBC_LANDLOCK_CREATE = 444, CGLIBC_LANDLOCK_ADD = 445, CGLIBC_LANDLOCK_RESTRICT = 446 };

struct cglibc_landlock_ruleset {
    unsigned long long files, network, scoped;
};

/// The kernel's version of Landlock; -1 without one.
static inline int cglibc_landlock_version(void) { return (int)syscall(CGLIBC_LANDLOCK_CREATE, NULL, (size_t)0, 1u); }

/// A new set of rules, or -1. Older kernels know fewer fields; those they do not know must be zero.
static inline int cglibc_landlock_create(unsigned long long files, unsigned long long network, unsigned long long scoped) {
    struct cglibc_landlock_ruleset rules = {files, network, scoped};
    return (int)syscall(CGLIBC_LANDLOCK_CREATE, &rules, sizeof rules, 0u);
}

/// Allows something below an open file or folder.
static inline int cglibc_landlock_allow(int rules, int beneath, unsigned long long allowed) {
    struct {
        unsigned long long allowed;
        int beneath;
    } __attribute__((packed)) rule = {allowed, beneath};
    return (int)syscall(CGLIBC_LANDLOCK_ADD, rules, 1, &rule, 0u);
}

/// Allows something with a TCP port, of whatever address.
static inline int cglibc_landlock_allow_port(int rules, unsigned long long port, unsigned long long allowed) {
    struct {
        unsigned long long allowed, port;
    } rule = {allowed, port};
    return (int)syscall(CGLIBC_LANDLOCK_ADD, rules, 2, &rule, 0u);
}

static inline int cglibc_landlock_restrict_self(int rules) {
    return (int)syscall(CGLIBC_LANDLOCK_RESTRICT, rules, 0u);
}

/// PR_SET_NO_NEW_PRIVS: no program that this process starts has more rights than it.
static inline int cglibc_no_new_privileges(void) { return prctl(38, 1ul, 0ul, 0ul, 0ul); }

/// PR_CAP_AMBIENT_CLEAR_ALL, then capset(2) with empty sets: capabilities(7) that root, or systemd, may have left.
static inline int cglibc_drop_capabilities(void) {
    struct {
        unsigned version;
        int pid;
    } header = {0x20080522, 0};
    unsigned none[6] = {0};
    if (prctl(47, 4ul, 0ul, 0ul, 0ul) != 0 && errno != EINVAL) return -1;
    return capset(&header, none);
}
