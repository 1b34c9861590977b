#pragma once
// Memory for SQLite alone. A database that is opened for a few seconds leaves holes wherever its pieces lay; in the heap of a
// process they lie between the pieces of sessions that stay for hours, and a page with one of those is not given back. Here
// such pages hold nothing else, and empty ones go back to the system.

#include <stddef.h>

/// From now on SQLite takes its memory here: before the first connection. 0, or SQLite's error.
int csqliteheap_use(void);

/// Gives all back that is kept empty for the next database.
void csqliteheap_trim(void);

/// For tests: a piece like SQLite's, and how many spans of 64 KiB hold one.
void *csqliteheap_allocate(int size);
void csqliteheap_free(void *piece);
void *csqliteheap_resize(void *piece, int size);
int csqliteheap_size(void *piece);
size_t csqliteheap_spans(void);
