// How much memory is held at once, by the sanitizer's hooks. In C, because a hook of malloc must not allocate.
#include <stddef.h>
#include <stdatomic.h>

extern int __sanitizer_install_malloc_and_free_hooks(
    void (*allocated)(const volatile void *, size_t), void (*freed)(const volatile void *));
extern size_t __sanitizer_get_allocated_size(const volatile void *);

static atomic_long held, peak;
static atomic_int is_measuring;

static void allocated(const volatile void *start, size_t size) {
    if (!atomic_load_explicit(&is_measuring, memory_order_relaxed)) return;
    long now = atomic_fetch_add(&held, (long)size) + (long)size;
    long before = atomic_load(&peak);
    while (now > before && !atomic_compare_exchange_weak(&peak, &before, now)) {}
}

static void freed(const volatile void *start) {
    if (start && atomic_load_explicit(&is_measuring, memory_order_relaxed))
        atomic_fetch_sub(&held, (long)__sanitizer_get_allocated_size(start));
}

void fuzz_heap_start(void) { __sanitizer_install_malloc_and_free_hooks(allocated, freed); }

void fuzz_heap_mark(void) {
    atomic_store(&held, 0);
    atomic_store(&peak, 0);
    atomic_store(&is_measuring, 1);
}

long fuzz_heap_peak(void) {
    atomic_store(&is_measuring, 0);
    return atomic_load(&peak);
}
