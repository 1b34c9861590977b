// crowd HOST SOURCES SCRIPT: on its input "report" prints a line of JSON, "end" tells the members that it is over.
//
// Build: cc -O2 -o crowd *.c -lssl -lcrypto
#include "crowd.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

enum { EVENTS = 512, TICK = 10 };

bool ending;
const char *host;
int sources = 1, epoll;
static struct member *members;
static int members_count;

static void make_members(void) {
    for (int i = 0; i < groups_count; i++) members_count += groups[i].count;
    members = calloc((size_t)members_count + 1, sizeof *members);
    struct member *member = members;
    for (int i = 0; i < groups_count; i++)
        for (int number = 0; number < groups[i].count; number++)
            *member++ = (struct member){.group = &groups[i], .fd = -1, .number = number, .step = -1};
}

// Opens as many of each group as its rate says by now.
static void open_due(void) {
    struct member *member = members;
    for (int i = 0; i < groups_count; i++) {
        struct group *group = &groups[i];
        if (group->begin == 0) group->begin = now();
        while (!ending && group->begun < group->count && group->begun < (now() - group->begin) * group->rate)
            member_open(&member[group->begun++]);
        member += group->count;
    }
}

static void wake_due(void) {
    double time = now();
    for (int i = 0; i < members_count; i++)
        if (members[i].woken_at > 0 && members[i].woken_at <= time) member_wake(&members[i]);
}

// False: nobody tells us anything any more.
static bool listen_to_input(void) {
    static char line[256];
    static size_t length;
    ssize_t got = read(0, line + length, sizeof line - length - 1);
    if (got == 0) return false;
    if (got < 0) return true;
    line[length += (size_t)got] = 0;
    for (char *end; (end = strchr(line, '\n')); length = strlen(line)) {
        *end = 0;
        if (!strcmp(line, "report")) report();
        if (!strcmp(line, "end")) {
            ending = true;
            for (int i = 0; i < members_count; i++) member_end(&members[i]);
        }
        memmove(line, end + 1, strlen(end + 1) + 1);
    }
    return true;
}

static void prepare(char **arguments) {
    signal(SIGPIPE, SIG_IGN);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    host = arguments[1];
    sources = atoi(arguments[2]);
    read_script(arguments[3]);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    fcntl(0, F_SETFL, O_NONBLOCK);
    wire_start();
    make_members();
}

int main(int count, char **arguments) {
    if (count != 4) { fprintf(stderr, "usage: crowd HOST SOURCES SCRIPT\n"); return 64; }
    prepare(arguments);
    struct epoll_event events[EVENTS];
    while (listen_to_input()) {
        open_due();
        int got = epoll_wait(epoll, events, EVENTS, TICK);
        for (int i = 0; i < got; i++) member_event(events[i].data.ptr, events[i].events);
        wake_due();
    }
    return 0;
}
