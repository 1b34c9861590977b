"""What goes wrong before a server has said a word: names, addresses, connections."""
import socket
import struct
import threading

import namespace
from behaviour import DOCUMENTED, PORTS
from namespace import PRIVATE, PUBLIC, PUBLIC6
from world import bound, talk

ETH_P_ALL, SYN, ACK = 0x0003, 0x02, 0x10


def healthy(fixture):
    return fixture.mail(*PORTS)


def healthy_on_both(fixture):
    four, six = fixture.address(PUBLIC), fixture.address(PUBLIC6)
    return fixture.mail(address=four).mail(address=six)


def nowhere(fixture):
    """The neighbour exists: a spelling mistake away."""
    fixture.world.names.add(fixture.domain, "TXT", "here")
    fixture.named(fixture.world.address(), name=f"imap.{fixture.domain}")


def without_address(fixture):
    fixture.world.names.add(fixture.host, "TXT", "no address")


def trouble(how):
    return lambda fixture: fixture.world.names.add_trouble(fixture.domain, how)


def long_answer(fixture):
    healthy(fixture)
    fixture.world.names.add_trouble(fixture.host, "LONG")


def alias(fixture):
    """mail.DOMAIN is another name of a host elsewhere; the certificate is for the name that the client knows."""
    fixture.mail(address=fixture.world.address())
    address = fixture.sockets[0].getsockname()[0]
    fixture.world.names.add(fixture.host, "CNAME", f"cluster.{fixture.domain}")
    fixture.named(address, name=f"cluster.{fixture.domain}")


def only_ipv6(fixture):
    fixture.mail(*PORTS, address=fixture.address(PUBLIC6))


def only_ipv6_without_route(fixture):
    fixture.named(namespace.UNROUTED6)


def one_address_broken(fixture):
    fixture.mail(*PORTS)
    fixture.address()


def ipv6_broken(fixture):
    fixture.mail(*PORTS)
    fixture.named(namespace.SWALLOWED6)


def private(fixture):
    fixture.mail(*PORTS, address=fixture.address(PRIVATE))


def one_connection(fixture):
    """Whoever has come once finds the port closed: as a limit on connections does it."""
    address = fixture.address()

    def once(service):
        serve = talk(service, fixture.behaving(), fixture.tls())

        def conversation(wire):
            fixture.stop()
            serve(wire)
        return conversation
    for service in ("imaps", "imap"):
        fixture.listen(service, address, PORTS[service], once(service))


def closed(fixture):
    fixture.address()


def closed_but_documented(fixture):
    """143 is closed, the documented 993 is open."""
    fixture.mail(*DOCUMENTED)


def dropped(address):
    return lambda fixture: fixture.named(address)


def reset(fixture):
    address = fixture.address()
    for service, port in PORTS.items():
        fixture.listen(service, address, port, lambda wire: wire.reset())


def fill(address, port):
    """A listener whose queue is full: what comes now is dropped without an answer. Returns it and what fills it."""
    server = bound(address, port)
    server.listen(0)
    return server, socket.create_connection((address, port))


def port25_blocked(fixture):
    address = fixture.address()
    fixture.mail("imaps", "pop3s", "submission", address=address)
    fixture.sockets += fill(address, 25)


def slow_to_connect(fixture):
    """The first SYN is dropped, a later one is heard: the client connects after a second or more."""
    address, port = fixture.address(), PORTS["imaps"]
    server, filler = fill(address, port)
    fixture.sockets += [server, filler]
    serve = talk("imaps", fixture.behaving(), fixture.tls())

    def open_later():
        see_syn(address, port)
        threading.Event().wait(1.3)
        server.listen(64)
        filler.close()
        fixture.accept(server, "imaps", address, port, serve)
    threading.Thread(target=open_later, daemon=True).start()


def see_syn(address, port):
    """Returns when a client has asked for a connection there."""
    wanted = socket.inet_aton(address)
    with socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL)) as tap:
        tap.bind(("lo", ETH_P_ALL))
        while True:
            packet = tap.recv(128)
            if len(packet) < 40 or packet[0] >> 4 != 4 or packet[9] != socket.IPPROTO_TCP or packet[16:20] != wanted:
                continue
            start = (packet[0] & 15) * 4
            if struct.unpack_from(">H", packet, start + 2)[0] == port and packet[start + 13] & (SYN | ACK) == SYN:
                return


FAULTS = {
    "healthy": healthy,
    "healthy-on-both": healthy_on_both,
    "name-missing": nowhere,
    "name-without-address": without_address,
    "names-servfail": trouble("SERVFAIL"),
    "names-refused": trouble("REFUSED"),
    "names-silent": trouble("SILENCE"),
    "name-long-answer": long_answer,
    "name-alias": alias,
    "only-ipv6": only_ipv6,
    "only-ipv6-without-route": only_ipv6_without_route,
    "one-address-broken": one_address_broken,
    "ipv6-broken": ipv6_broken,
    "private-address": private,
    "private-address-dropped": dropped(namespace.SWALLOWED_PRIVATE),
    "one-connection": one_connection,
    "closed": closed,
    "closed-but-documented": closed_but_documented,
    "dropped": dropped(namespace.SWALLOWED),
    "unreachable": dropped(namespace.UNROUTED),
    "reset": reset,
    "port25-blocked": port25_blocked,
    "slow-to-connect": slow_to_connect,
}
