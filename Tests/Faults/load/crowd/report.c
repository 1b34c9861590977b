// Times, and one line of JSON about all groups.
#include "crowd.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void sample(struct group *group, const char *name, double seconds) {
    for (int i = 0; i < CLOCK_LIMIT; i++) {
        struct samples *clock = &group->clocks[i];
        if (!clock->name[0]) snprintf(clock->name, sizeof clock->name, "%s", name);
        if (strcmp(clock->name, name)) continue;
        if (clock->count == clock->room)
            clock->seconds = realloc(clock->seconds, (clock->room = clock->room ? clock->room * 2 : 256) * sizeof(float));
        clock->seconds[clock->count++] = (float)seconds;
        return;
    }
}

static int order(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

static void report_clock(struct samples *clock, bool first) {
    qsort(clock->seconds, clock->count, sizeof(float), order);
    size_t last = clock->count - 1;
    printf("%s\"%s\":{\"n\":%zu,\"p50\":%.4f,\"p99\":%.4f,\"max\":%.4f}", first ? "" : ",", clock->name, clock->count,
           clock->seconds[last / 2], clock->seconds[last * 99 / 100], clock->seconds[last]);
}

static void quoted(const char *text) {
    putchar('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') putchar('\\');
        if ((unsigned char)*text >= 32 && (unsigned char)*text < 127) putchar(*text);
    }
    putchar('"');
}

void report(void) {
    putchar('{');
    for (int i = 0; i < groups_count; i++) {
        struct group *group = &groups[i];
        printf("%s\"%s\":{\"count\":%d,\"opened\":%ld,\"open\":%d,\"ready\":%ld,\"now_ready\":%d,\"served\":%ld,\"closed\":%ld,"
               "\"failed\":%ld,\"first_failure\":", i ? "," : "", group->name, group->count, group->opened, group->now_open,
               group->ready, group->now_ready, group->served, group->closed, group->failed);
        quoted(group->first_failure);
        printf(",\"clocks\":{");
        for (int j = 0; j < CLOCK_LIMIT && group->clocks[j].count; j++) report_clock(&group->clocks[j], j == 0);
        printf("}}");
    }
    printf("}\n");
    fflush(stdout);
}
