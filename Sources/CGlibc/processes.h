#pragma once
// What a supervisor needs of Linux and Swift's Glibc module does not show: <sys/signalfd.h>, <sys/auxv.h>, and what the other
// headers declare only under _GNU_SOURCE.

int accept4(int socket, void *address, unsigned *length, int flags);
int signalfd(int descriptor, const void *signals, int flags);
unsigned long getauxval(unsigned long type);
int posix_spawn_file_actions_addclosefrom_np(void *actions, int from);

// A variable that Swift does not let us read.
extern char **environ;
static inline char **process_environment(void) { return environ; }
