#pragma once
// SQLite, and what Swift cannot call: variadic functions and cast macros.
#include <sqlite3.h>

static inline int csqlite_db_config(sqlite3 *db, int option, int value) {
    return sqlite3_db_config(db, option, value, (int *)0);
}

/// Counting memory takes one mutex for the whole process on every allocation. Only before the first connection.
static inline int csqlite_disable_memory_statistics(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

/// A connection takes nothing ahead of its use: by default it begins with 48 KB for small things and 20 pages, and an
/// account's database that is opened for one look needs a few pages. Only before the first connection.
static inline int csqlite_take_no_memory_ahead(void) {
    int result = sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
    return result ? result : sqlite3_config(SQLITE_CONFIG_PAGECACHE, (void *)0, 0, 0);
}

static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, sqlite3_uint64 length) {
    return sqlite3_bind_text64(statement, index, length ? text : "", length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// The caller keeps the bytes until the statement is reset or bound anew.
static inline int csqlite_bind_blob_static(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 length) {
    return sqlite3_bind_blob64(statement, index, length ? bytes : "", length, SQLITE_STATIC);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 length) {
    return sqlite3_bind_blob64(statement, index, length ? bytes : "", length, SQLITE_TRANSIENT);
}
