// Scripts: "group NAME key=value ..." and below it one step a line.
//
//   expect TEXT    lines are read up to the one that begins so; a refusal fails the member
//   send TEXT      and CRLF; "%u" is the member's account, as u00001
//   raw TEXT       without CRLF; \r \n \xHH are bytes
//   body N         N KiB of text lines
//   tls            a handshake, now
//   ready          counted: the member is where the group is meant to be
//   pause A B      milliseconds, by chance between
//   clock NAME     time from here to ...
//   stop           ... here
//   loop           from here ...
//   again          ... to here, until the end is told
//   hold           until the end is told, reading whatever comes
//   drip MS TEXT   one byte each MS milliseconds, its last byte for ever, until the server has enough of it
//   deaf           nothing is read any more, until the server has enough of it
//   done           served; the connection closes, and with reopen=MS another one is opened after that time
#include "crowd.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct group groups[GROUP_LIMIT];
int groups_count;

static const char *const verbs[] = {"expect", "send", "raw", "body", "tls", "ready", "pause", "clock",
                                    "stop", "hold", "loop", "again", "drip", "deaf", "done"};

static void wrong(const char *line) {
    fprintf(stderr, "crowd: error: cannot read \"%s\"\n", line);
    exit(64);
}

static int hex(const char *digits) {
    char two[3] = {digits[0], digits[0] ? digits[1] : 0, 0};
    return (int)strtol(two, NULL, 16);
}

static void unescape(struct step *step, const char *text) {
    char *to = step->text = malloc(strlen(text) + 3);
    while (*text) {
        if (*text != '\\') { *to++ = *text++; continue; }
        switch (text[1]) {
        case 'r': *to++ = '\r'; text += 2; break;
        case 'n': *to++ = '\n'; text += 2; break;
        case 'x': *to++ = (char)hex(text + 2); text += 4; break;
        default: *to++ = *text++;
        }
    }
    step->length = (size_t)(to - step->text);
}

static void set(struct group *group, char *word) {
    char *value = strchr(word, '=');
    if (!value) wrong(word);
    *value++ = 0;
    if (!strcmp(word, "count")) group->count = atoi(value);
    else if (!strcmp(word, "port")) group->port = atoi(value);
    else if (!strcmp(word, "tls")) group->tls = atoi(value) != 0;
    else if (!strcmp(word, "rate")) group->rate = atof(value);
    else if (!strcmp(word, "first")) group->first = atoi(value);
    else if (!strcmp(word, "accounts")) group->accounts = atoi(value);
    else if (!strcmp(word, "reopen")) group->reopen = atoi(value);
    else wrong(word);
}

static void read_group(char *line) {
    if (groups_count == GROUP_LIMIT) wrong(line);
    struct group *group = &groups[groups_count++];
    *group = (struct group){.first = 1, .accounts = 1, .rate = 100, .reopen = -1};
    char *rest = line, *word = strtok_r(line, " ", &rest);
    snprintf(group->name, sizeof group->name, "%s", word ? word : "");
    while ((word = strtok_r(NULL, " ", &rest))) set(group, word);
}

static void read_step(char *line) {
    if (groups_count == 0 || groups[groups_count - 1].steps_count == STEP_LIMIT) wrong(line);
    struct group *group = &groups[groups_count - 1];
    char *argument = strchr(line, ' ');
    if (argument) *argument++ = 0; else argument = "";
    struct step *step = &group->steps[group->steps_count++];
    int verb = 0;
    while (verb <= DONE && strcmp(line, verbs[verb])) verb++;
    if (verb > DONE) wrong(line);
    step->verb = (enum verb)verb;
    if (verb == PAUSE && sscanf(argument, "%d %d", &step->first, &step->second) != 2) wrong(argument);
    if (verb == BODY || verb == DRIP) step->first = atoi(argument);
    if (verb == DRIP) argument = strchr(argument, ' ') ? strchr(argument, ' ') + 1 : "x";
    unescape(step, argument);
    if (verb == SEND) memcpy(step->text + step->length, "\r\n", 2), step->length += 2;
}

void read_script(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) wrong(path);
    char line[4096];
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        if (!strncmp(line, "group ", 6)) read_group(line + 6);
        else if (line[0] && line[0] != '#') read_step(line);
    }
    fclose(file);
}

static char *body(int kilobytes, size_t *length) {
    static const char line[] = "The quick brown fox jumps over the lazy dog, and again.......\r\n";
    char *text = malloc(*length = (size_t)kilobytes * 16 * (sizeof line - 1));
    for (size_t at = 0; at < *length; at += sizeof line - 1) memcpy(text + at, line, sizeof line - 1);
    return text;
}

char *filled_in(const struct step *step, int account, size_t *length) {
    if (step->verb == BODY) return body(step->first, length);
    char *text = malloc(step->length + 16), *to = text;
    for (size_t at = 0; at < step->length; at++) {
        if (to - text < (long)step->length + 8 && at + 1 < step->length && !memcmp(step->text + at, "%u", 2)) {
            to += sprintf(to, "u%05d", account);
            at++;
        } else {
            *to++ = step->text[at];
        }
    }
    *length = (size_t)(to - text);
    return text;
}
