#pragma once
// resolver(3): whom this system asks about names. Compiled C, not a module of headers: <resolv.h> would take the sockets'
// types away from Swift's Glibc module.

/// One of the system's name servers: 4 or 16 bytes of address in network order, the port in host order.
struct cresolver_server {
    unsigned char address[16];
    int length;
    unsigned short port;
};

/// The system's name servers by resolv.conf(5), at most `most`; how many there are. `trusted`: their word about DNSSEC counts
/// (trust-ad).
int cresolver_servers(struct cresolver_server *servers, int most, int *trusted);
