#include "servers.h"

#include <netinet/in.h>
#include <resolv.h>
#include <string.h>

static int copy_address(const struct __res_state *state, int index, struct cresolver_server *server) {
    const struct sockaddr_in *four = &state->nsaddr_list[index];
    if (four->sin_family == AF_INET) {
        memcpy(server->address, &four->sin_addr, sizeof four->sin_addr);
        server->length = sizeof four->sin_addr;
        server->port = ntohs(four->sin_port);
        return 1;
    }
    // glibc keeps IPv6 servers beside its list.
    const struct sockaddr_in6 *six = state->_u._ext.nsaddrs[index];
    if (!six || six->sin6_family != AF_INET6) return 0;
    memcpy(server->address, &six->sin6_addr, sizeof six->sin6_addr);
    server->length = sizeof six->sin6_addr;
    server->port = ntohs(six->sin6_port);
    return 1;
}

int cresolver_servers(struct cresolver_server *servers, int most, int *trusted) {
    struct __res_state state;
    memset(&state, 0, sizeof state);
    *trusted = 0;
    if (res_ninit(&state) != 0) return 0;
    *trusted = (state.options & RES_TRUSTAD) != 0;
    int count = 0;
    for (int index = 0; index < state.nscount && index < MAXNS && count < most; index++)
        count += copy_address(&state, index, &servers[count]);
    res_nclose(&state);
    return count;
}
