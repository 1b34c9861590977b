// Sockets and TLS of the crowd: nothing here waits.
#include "crowd.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

extern int epoll;
static SSL_CTX *context;

void wire_start(void) {
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
}

// Many source addresses, for one has ports for some 28,000 connections only.
static bool bind_source(int fd, int number) {
    int one = 1;
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    struct sockaddr_in source = {.sin_family = AF_INET};
    source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(number % sources));
    return bind(fd, (struct sockaddr *)&source, sizeof source) == 0;
}

bool wire_open(struct member *member) {
    member->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (member->fd < 0 || !bind_source(member->fd, member->number)) return false;
    int one = 1;
    setsockopt(member->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)member->group->port)};
    inet_pton(AF_INET, host, &to.sin_addr);
    if (connect(member->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) return false;
    member->interest = EPOLLIN | EPOLLOUT;
    struct epoll_event event = {.events = member->interest, .data.ptr = member};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, member->fd, &event) == 0;
}

void wire_begin_tls(struct member *member) {
    member->ssl = SSL_new(context);
    SSL_set_fd(member->ssl, member->fd);
    SSL_set_connect_state(member->ssl);
    member->handshaking = true;
}

// False: broken. `handshaking` falls when it is done.
bool wire_shake(struct member *member) {
    ERR_clear_error();
    int result = SSL_do_handshake(member->ssl);
    if (result == 1) { member->handshaking = false; return true; }
    int error = SSL_get_error(member->ssl, result);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

const char *wire_trouble(void) {
    const char *reason = ERR_reason_error_string(ERR_peek_error());
    return reason ? reason : "closed in the handshake";
}

static ssize_t put(struct member *member, const char *data, size_t length) {
    if (!member->ssl) {
        ssize_t sent = send(member->fd, data, length, MSG_NOSIGNAL);
        return sent < 0 && errno == EAGAIN ? 0 : sent;
    }
    ERR_clear_error();
    int sent = SSL_write(member->ssl, data, (int)length);
    if (sent > 0) return sent;
    int error = SSL_get_error(member->ssl, sent);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

bool wire_send(struct member *member, const char *data, size_t length) {
    member->out = realloc(member->out, member->out_length + length);
    memcpy(member->out + member->out_length, data, length);
    member->out_length += length;
    return wire_flush(member);
}

bool wire_flush(struct member *member) {
    while (member->out_length) {
        ssize_t sent = put(member, member->out, member->out_length);
        if (sent < 0) return false;
        if (sent == 0) return true;
        member->out_length -= (size_t)sent;
        memmove(member->out, member->out + sent, member->out_length);
    }
    free(member->out);
    member->out = NULL;
    return true;
}

// Bytes, 0 = nothing now, -1 = closed or broken.
int wire_receive(struct member *member, char *data, int room) {
    if (!member->ssl) {
        ssize_t got = recv(member->fd, data, (size_t)room, 0);
        return got > 0 ? (int)got : got < 0 && errno == EAGAIN ? 0 : -1;
    }
    ERR_clear_error();
    int got = SSL_read(member->ssl, data, room);
    if (got > 0) return got;
    int error = SSL_get_error(member->ssl, got);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

void wire_interest(struct member *member) {
    uint32_t wanted = member->deaf ? 0 : EPOLLIN;
    if (member->out_length || (member->handshaking && SSL_want_write(member->ssl))) wanted |= EPOLLOUT;
    if (member->fd < 0 || wanted == member->interest) return;
    member->interest = wanted;
    struct epoll_event event = {.events = wanted, .data.ptr = member};
    epoll_ctl(epoll, EPOLL_CTL_MOD, member->fd, &event);
}

void wire_close(struct member *member) {
    if (member->ssl) SSL_free(member->ssl);
    if (member->fd >= 0) close(member->fd);
    free(member->out);
    member->ssl = NULL;
    member->fd = -1;
    member->out = NULL;
    member->out_length = member->line_length = 0;
    member->handshaking = false;
}
