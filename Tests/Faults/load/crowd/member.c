// One member on its way through the script.
#include "crowd.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

static struct step *step_of(struct member *member) { return &member->group->steps[member->step]; }

static int account_of(const struct member *member) {
    return member->group->first + member->number % member->group->accounts;
}

static void leave(struct member *member) {
    struct group *group = member->group;
    wire_close(member);
    group->now_open--;
    if (member->is_ready) group->now_ready--;
    member->is_ready = member->deaf = false;
    member->woken_at = group->reopen >= 0 && !ending ? now() + group->reopen / 1000.0 : 0;
    member->step = -1;
}

static void fail(struct member *member, const char *why) {
    struct group *group = member->group;
    if (!group->failed++) snprintf(group->first_failure, sizeof group->first_failure, "step %d: %.200s", member->step, why);
    leave(member);
}

// The server has closed: where the script waits for that, it is no failure.
static void closed(struct member *member) {
    enum verb verb = step_of(member)->verb;
    if (verb == DRIP || verb == DEAF) { member->group->closed++; return leave(member); }
    fail(member, member->line_length ? member->line : "closed by the server");
}

void member_open(struct member *member) {
    struct group *group = member->group;
    group->opened++;
    group->now_open++;
    member->born = now();
    member->woken_at = 0;
    member->step = member->loop = 0;
    member->dripped = 0;
    if (!wire_open(member)) return fail(member, strerror(errno));
    if (group->tls) wire_begin_tls(member);
}

// What a step does when it is reached. True: go on with the next one at once.
static bool enter(struct member *member) {
    struct step *step = step_of(member);
    struct group *group = member->group;
    switch (step->verb) {
    case SEND: case RAW: case BODY: {
        size_t length;
        char *text = filled_in(step, account_of(member), &length);
        bool sent = wire_send(member, text, length);
        free(text);
        if (!sent) fail(member, "sending");
        return sent;
    }
    case TLS:
        wire_begin_tls(member);
        if (wire_shake(member)) return !member->handshaking;
        fail(member, wire_trouble());
        return false;
    case READY: member->is_ready = true; group->ready++; group->now_ready++; return true;
    case PAUSE: {
        int spread = step->second - step->first;
        member->woken_at = now() + (step->first + (spread > 0 ? rand() % spread : 0)) / 1000.0;
        return false;
    }
    case CLOCK: member->clock = now(); return true;
    case STOP: sample(group, step->text, now() - member->clock); return true;
    case LOOP: member->loop = member->step; return true;
    case AGAIN: if (!ending) member->step = member->loop; return true;
    case HOLD: return ending;
    case DRIP: member->woken_at = now() + step->first / 1000.0; return false;
    case DEAF: member->deaf = true; return false;
    case DONE: group->served++; sample(group, "session", now() - member->born); leave(member); return false;
    default: return false;
    }
}

static void go_on(struct member *member) {
    while (member->step >= 0 && enter(member)) member->step++;
    if (member->step >= 0) wire_interest(member);
}

static void next(struct member *member) {
    member->step++;
    go_on(member);
}

static bool is_refusal(const char *line, const char *wanted) {
    size_t tag = strcspn(wanted, " ");
    if (!strncmp(line, "* BYE", 5) || !strncmp(line, "-ERR", 4)) return true;
    if ((line[0] == '4' || line[0] == '5') && strlen(line) > 3 && line[3] == ' ') return true;
    return !strncmp(line, wanted, tag) && (!strncmp(line + tag, " NO", 3) || !strncmp(line + tag, " BAD", 4));
}

static void line_came(struct member *member) {
    struct step *step = step_of(member);
    if (step->verb != EXPECT) return;
    if (!strncmp(member->line, step->text, step->length)) return next(member);
    if (is_refusal(member->line, step->text)) fail(member, member->line);
}

// Long lines are cut: nothing that is waited for is long.
static void take(struct member *member, const char *data, int length) {
    for (int at = 0; at < length && member->fd >= 0; at++) {
        if (data[at] == '\n') {
            member->line[member->line_length] = 0;
            member->line_length = 0;
            line_came(member);
        } else if (member->line_length < LINE_LIMIT - 1 && data[at] != '\r') {
            member->line[member->line_length++] = data[at];
        }
    }
}

static void read_all(struct member *member) {
    static char data[1 << 16];
    while (member->fd >= 0 && !member->deaf && !member->handshaking) {
        int length = wire_receive(member, data, sizeof data);
        if (length < 0) return closed(member);
        if (length == 0) break;
        take(member, data, length);
    }
}

void member_event(struct member *member, uint32_t events) {
    if (member->fd < 0) return;
    if (member->deaf && events & (EPOLLERR | EPOLLHUP)) return closed(member);
    if (member->handshaking) {
        if (!wire_shake(member)) return fail(member, wire_trouble());
        if (!member->handshaking && step_of(member)->verb == TLS) member->step++;
    }
    if (!member->handshaking) {
        if (member->out_length && !wire_flush(member)) return closed(member);
        if (member->step == 0 || step_of(member)->verb != EXPECT) {
            if (member->woken_at == 0 && step_of(member)->verb != HOLD && !member->deaf) go_on(member);
        }
        read_all(member);
    }
    if (member->fd >= 0) wire_interest(member);
}

static void drip(struct member *member) {
    struct step *step = step_of(member);
    size_t at = member->dripped < step->length ? member->dripped : step->length - 1;
    member->dripped++;
    member->woken_at = now() + step->first / 1000.0;
    if (!wire_send(member, step->text + at, 1)) closed(member);
}

void member_wake(struct member *member) {
    member->woken_at = 0;
    if (member->fd < 0) { if (!ending) member_open(member); return; }
    if (step_of(member)->verb == DRIP) return drip(member);
    next(member);
}

// The end is told: who holds goes on, who is slow for ever goes.
void member_end(struct member *member) {
    if (member->fd < 0) { member->woken_at = 0; return; }
    enum verb verb = step_of(member)->verb;
    if (verb == DRIP || verb == DEAF) leave(member);
    else if (verb == HOLD) next(member);
    else if (verb == PAUSE) member->woken_at = now();
    else if (!member->is_ready) leave(member);
}
