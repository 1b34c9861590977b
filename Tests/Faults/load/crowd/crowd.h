// A crowd of mail clients in one thread: groups of members, each going through its group's script. See script.c.
#pragma once
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STEP_LIMIT = 64, GROUP_LIMIT = 64, CLOCK_LIMIT = 4, LINE_LIMIT = 512 };

enum verb { EXPECT, SEND, RAW, BODY, TLS, READY, PAUSE, CLOCK, STOP, HOLD, LOOP, AGAIN, DRIP, DEAF, DONE };

struct step {
    enum verb verb;
    char *text;
    size_t length;
    int first, second;  // milliseconds of PAUSE and DRIP, KiB of BODY
};

struct samples {
    char name[16];
    float *seconds;
    size_t count, room;
};

struct group {
    char name[32];
    int count, port, first, accounts, reopen;
    double rate;
    bool tls;
    struct step steps[STEP_LIMIT];
    int steps_count;
    struct samples clocks[CLOCK_LIMIT];
    int begun;
    double begin;
    // What has happened: `closed` by the server where the script left it the choice, `failed` where it did not.
    long opened, ready, served, closed, failed;
    int now_open, now_ready;
    char first_failure[256];
};

struct member {
    struct group *group;
    int fd, number, step, loop;
    SSL *ssl;
    bool handshaking, is_ready, deaf;
    double born, woken_at, clock;  // woken_at: 0 = by input alone
    size_t dripped;
    char *out;
    size_t out_length;
    char line[LINE_LIMIT];
    size_t line_length;
    uint32_t interest;
};

extern struct group groups[GROUP_LIMIT];
extern int groups_count;
extern bool ending;
extern const char *host;
extern int sources;

// script.c
void read_script(const char *path);
char *filled_in(const struct step *step, int account, size_t *length);

// wire.c
void wire_start(void);
bool wire_open(struct member *member);
bool wire_shake(struct member *member);
const char *wire_trouble(void);
void wire_begin_tls(struct member *member);
bool wire_send(struct member *member, const char *data, size_t length);
bool wire_flush(struct member *member);
int wire_receive(struct member *member, char *data, int room);
void wire_interest(struct member *member);
void wire_close(struct member *member);

// member.c
void member_open(struct member *member);
void member_event(struct member *member, uint32_t events);
void member_wake(struct member *member);
void member_end(struct member *member);

// report.c
double now(void);
void sample(struct group *group, const char *name, double seconds);
void report(void);
