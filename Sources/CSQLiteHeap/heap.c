#define _GNU_SOURCE
#include "heap.h"

#include <malloc.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

// Spans of one size of pieces each, side by side in a range of addresses that is reserved once: whose a piece is, its address
// says. What is larger than the largest piece, and what finds no place, is malloc's.
enum {
    SPAN = 64 << 10,
    SPANS = 8192,      // 512 MiB of addresses
    STEP = 16,         // spans that are made usable at once
    KEPT = 64,         // empty ones kept at hand: 4 MiB between two trims
    SMALLEST = 16,
    LINEAR = 128,      // up to here a size each 16 octets, then eight sizes for each doubling
    LARGEST = 8192,
    CLASSES = 8 + 6 * 8,
    HEAD = 64,
};

struct cell {
    struct cell *next;
};

struct span {
    struct span *next, *previous;  // among those of its size with room, or among the empty ones
    struct cell *free;
    uint32_t size, used, fresh, cells;  // of `cells` pieces the first `fresh` have been touched
    int class;
};

struct shelf {
    pthread_mutex_t lock;
    struct span *open;
};

static char *area;
static struct shelf shelves[CLASSES];
static pthread_mutex_t empty_lock = PTHREAD_MUTEX_INITIALIZER;
static struct span *empty;
static size_t empty_count, usable, untouched, given;
static struct span *released[SPANS];
static size_t released_count;

// MARK: Sizes

static int class_of(size_t size) {
    if (size <= LINEAR) return size ? (int)((size + SMALLEST - 1) / SMALLEST) - 1 : 0;
    int shift = 63 - __builtin_clzl(size - 1);  // 7 for 129...256
    size_t step = (size_t)1 << (shift - 3);
    size_t index = (size - 1 - ((size_t)1 << shift)) / step;
    return 8 + (shift - 7) * 8 + (int)index;
}

static size_t size_of(int class) {
    if (class < 8) return (size_t)(class + 1) * SMALLEST;
    int shift = 7 + (class - 8) / 8;
    return ((size_t)1 << shift) + (size_t)((class - 8) % 8 + 1) * ((size_t)1 << (shift - 3));
}

static int is_ours(const void *piece) { return area && (size_t)((const char *)piece - area) < (size_t)SPAN * SPANS; }

static struct span *span_of(const void *piece) {
    return (struct span *)(area + ((size_t)((const char *)piece - area) & ~(size_t)(SPAN - 1)));
}

// MARK: Spans

static struct span *new_span(void) {
    if (released_count > 0) return released[--released_count];
    if (untouched == usable) {
        if (usable == SPANS || mprotect(area + usable * SPAN, (size_t)STEP * SPAN, PROT_READ | PROT_WRITE)) return NULL;
        usable += STEP;
    }
    return (struct span *)(area + untouched++ * SPAN);
}

static struct span *take_span(void) {
    pthread_mutex_lock(&empty_lock);
    struct span *span = empty;
    if (span) {
        empty = span->next;
        empty_count--;
    } else {
        span = new_span();
    }
    if (span) given++;
    pthread_mutex_unlock(&empty_lock);
    return span;
}

static void release(struct span *span) {
    madvise(span, SPAN, MADV_DONTNEED);
    released[released_count++] = span;
}

static void return_span(struct span *span) {
    pthread_mutex_lock(&empty_lock);
    given--;
    if (empty_count < KEPT) {
        span->next = empty;
        empty = span;
        empty_count++;
    } else {
        release(span);
    }
    pthread_mutex_unlock(&empty_lock);
}

void csqliteheap_trim(void) {
    pthread_mutex_lock(&empty_lock);
    while (empty) {
        struct span *span = empty;
        empty = span->next;
        release(span);
    }
    empty_count = 0;
    pthread_mutex_unlock(&empty_lock);
}

size_t csqliteheap_spans(void) {
    pthread_mutex_lock(&empty_lock);
    size_t count = given;
    pthread_mutex_unlock(&empty_lock);
    return count;
}

// MARK: Shelves, under their lock

static void put_up(struct shelf *shelf, struct span *span) {
    span->previous = NULL;
    span->next = shelf->open;
    if (span->next) span->next->previous = span;
    shelf->open = span;
}

static void take_down(struct shelf *shelf, struct span *span) {
    if (span->previous) span->previous->next = span->next;
    else shelf->open = span->next;
    if (span->next) span->next->previous = span->previous;
}

static struct span *open_span(struct shelf *shelf, int class) {
    if (shelf->open) return shelf->open;
    struct span *span = take_span();
    if (!span) return NULL;
    size_t size = size_of(class);
    *span = (struct span){.size = (uint32_t)size, .cells = (uint32_t)((SPAN - HEAD) / size), .class = class};
    put_up(shelf, span);
    return span;
}

static void *take_cell(struct span *span) {
    struct cell *cell = span->free;
    if (cell) span->free = cell->next;
    else cell = (struct cell *)((char *)span + HEAD + (size_t)span->fresh++ * span->size);
    span->used++;
    return cell;
}

// MARK: Pieces

void *csqliteheap_allocate(int size) {
    if (size > LARGEST || !area) return malloc((size_t)size);
    int class = class_of((size_t)size);
    struct shelf *shelf = &shelves[class];
    pthread_mutex_lock(&shelf->lock);
    struct span *span = open_span(shelf, class);
    void *piece = NULL;
    if (span) {
        piece = take_cell(span);
        if (span->used == span->cells) take_down(shelf, span);
    }
    pthread_mutex_unlock(&shelf->lock);
    return piece ? piece : malloc((size_t)size);
}

void csqliteheap_free(void *piece) {
    if (!is_ours(piece)) return free(piece);
    struct span *span = span_of(piece);
    struct shelf *shelf = &shelves[span->class];
    pthread_mutex_lock(&shelf->lock);
    struct cell *cell = piece;
    cell->next = span->free;
    span->free = cell;
    if (span->used == span->cells) put_up(shelf, span);
    int is_empty = --span->used == 0;
    if (is_empty) take_down(shelf, span);
    pthread_mutex_unlock(&shelf->lock);
    if (is_empty) return_span(span);
}

int csqliteheap_size(void *piece) {
    if (!piece) return 0;
    return is_ours(piece) ? (int)span_of(piece)->size : (int)malloc_usable_size(piece);
}

void *csqliteheap_resize(void *piece, int size) {
    if (!is_ours(piece) && size > LARGEST) return realloc(piece, (size_t)size);
    int old = csqliteheap_size(piece);
    if (is_ours(piece) && size <= LARGEST && class_of((size_t)size) == span_of(piece)->class) return piece;
    void *moved = csqliteheap_allocate(size);
    if (!moved) return NULL;
    memcpy(moved, piece, (size_t)(old < size ? old : size));
    csqliteheap_free(piece);
    return moved;
}

static int rounded(int size) { return size <= LARGEST ? (int)size_of(class_of((size_t)size)) : (size + 7) & ~7; }

// MARK: SQLite

static int begin(void *unused) {
    (void)unused;
    if (area) return SQLITE_OK;
    for (int class = 0; class < CLASSES; class++) pthread_mutex_init(&shelves[class].lock, NULL);
    void *range = mmap(NULL, (size_t)SPAN * SPANS, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range == MAP_FAILED) return SQLITE_OK;  // then all is malloc's
    madvise(range, (size_t)SPAN * SPANS, MADV_NOHUGEPAGE);
    area = range;
    return SQLITE_OK;
}

static void end(void *unused) { (void)unused; }

int csqliteheap_use(void) {
    static const sqlite3_mem_methods methods = {csqliteheap_allocate, csqliteheap_free, csqliteheap_resize, csqliteheap_size, rounded,
                                                begin, end, NULL};
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
