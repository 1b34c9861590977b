#pragma once
// What glibc offers and Swift's Glibc module does not show: crypt(3), iconv(3), memmem(3), malloc_trim(3), mallopt(3),
// memfd_create(2), real and saved ids.
#include <crypt.h>
#include <iconv.h>
#include <sys/vfs.h>
#include <stddef.h>  // never <sys/types.h>: this module would take pthread types away from Glibc

// Declared only under _GNU_SOURCE.
int setresuid(unsigned ruid, unsigned euid, unsigned suid);
int setresgid(unsigned rgid, unsigned egid, unsigned sgid);
int malloc_trim(size_t pad);
int mallopt(int parameter, int value);
static const int M_TRIM_THRESHOLD = -1;
static const int M_MMAP_THRESHOLD = -3;
static const int M_ARENA_MAX = -8;
void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);
int memfd_create(const char *name, unsigned flags);

/// Everything written to the file system of an open file is on the disk.
int syncfs(int descriptor);

/// The number of a path's file system as statfs(2) tells it; -1 with errno set.
static inline long long cglibc_file_system(const char *path) {
    struct statfs facts;
    return statfs(path, &facts) == 0 ? (long long)(unsigned int)facts.f_type : -1;
}
