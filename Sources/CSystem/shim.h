#pragma once
// What glibc offers and Swift's Glibc module does not show: crypt(3), iconv(3), memmem(3), real and saved ids.
#include <crypt.h>
#include <iconv.h>
#include <sys/types.h>

// Declared only under _GNU_SOURCE.
int setresuid(uid_t ruid, uid_t euid, uid_t suid);
int setresgid(gid_t rgid, gid_t egid, gid_t sgid);
void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);
