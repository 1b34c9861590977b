"""One run's fixtures: certificates, names and addresses that they share; each fixture has a domain and addresses of its own."""
import contextlib
import itertools
import socket
import threading
import time
import traceback

import behaviour
import namespace
import web
from certificates import Certificates
from imap import IMAP
from names import Names
from namespace import NAME_SERVER, PRIVATE, PUBLIC, PUBLIC6
from pop3 import POP3
from smtp import SMTP
from tls import TLS
from wire import Gone, Log, Wire

IP_FREEBIND, IPV6_FREEBIND = 15, 78
BACKLOG = 64
SETTLE_SECONDS = 0.5


class World:
    def __init__(self, folder):
        self.folder = folder
        self.certificates, self.names = Certificates(folder), Names()
        self.names.serve(NAME_SERVER)
        self.free = {kind: itertools.count() for kind in (PUBLIC, PRIVATE, PUBLIC6)}

    def address(self, kind=PUBLIC):
        return namespace.number(kind, next(self.free[kind]))


class Talks:
    """How many conversations go on."""

    def __init__(self):
        self.lock, self.count = threading.Lock(), 0

    def __enter__(self):
        with self.lock:
            self.count += 1

    def __exit__(self, *_):
        with self.lock:
            self.count -= 1


class Fixture:
    """What stands behind one fault: DOMAIN with mail.DOMAIN, its servers, and everything they were told."""

    def __init__(self, world, name):
        self.world, self.name, self.domain = world, name, f"{name}.example"
        self.host, self.log, self.talks = f"mail.{self.domain}", Log(), Talks()
        self.sockets, self.addresses, self.errors, self.services = [], [], [], set()

    def named(self, *addresses, name=None):
        """Publishes addresses under a name, the host's if none is given."""
        self.world.names.address(name or self.host, *addresses)
        self.addresses += [] if name else addresses
        return self

    def address(self, *kinds):
        """New addresses, published as the host's; the first one of them."""
        made = [self.world.address(kind) for kind in kinds or (PUBLIC,)]
        self.named(*made)
        return made[0]

    def pair(self, kind="good", host=None):
        return self.world.certificates.pair(kind, host or self.host)

    def tls(self, kind="good", **how):
        return TLS(self.pair(kind), **how)

    def tls_for(self, host):
        return TLS(self.pair(host=host))

    def behaving(self, **how):
        return behaviour.Behaviour(self.host, self.domain, **how)

    def mail(self, *services, tls=None, address=None, **how):
        """Mail services as documented, or those named, with this behaviour on an address, a new one if none is given."""
        address, tls, how = address or self.address(), tls or self.tls(), self.behaving(**how)
        for service in services or behaviour.DOCUMENTED:
            self.listen(service, address, behaviour.PORTS[service], talk(service, how, tls))
        return self

    def listen(self, service, address, port, serve):
        """`serve(wire)` has each connection in a thread of its own."""
        server = bound(address, port)
        server.listen(BACKLOG)
        self.sockets.append(server)
        self.services.add((address, port, service))
        threading.Thread(target=self.accept, args=(server, service, address, port, serve), daemon=True).start()

    def accept(self, server, service, address, port, serve):
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            wire = Wire(connection, self.log.begin(service, address, port))
            threading.Thread(target=self.converse, args=(wire, serve), daemon=True).start()

    def converse(self, wire, serve):
        with self.talks:
            try:
                serve(wire)
            except Gone:
                pass
            except Exception:
                self.errors.append(traceback.format_exc())
            wire.close()

    def settle(self):
        """Until what the client sent last has been read: it has gone, and every conversation ends, but for those that sleep."""
        end = time.monotonic() + SETTLE_SECONDS
        while self.talks.count and time.monotonic() < end:
            time.sleep(0.01)

    def web(self, host, pages=None, tls="good", skew=0, location=None):
        """A web server of its own for a name, behind TLS on 443 and in clear on 80."""
        address, context = self.world.address(), TLS(self.pair(tls, host))
        self.named(address, name=host)

        def serve(wire):
            web.HTTP(wire, pages, location, skew).run()

        def serve_securely(wire):
            context.start(wire)
            serve(wire)
        self.listen("https", address, 443, serve_securely)
        self.listen("http", address, 80, serve)
        return self

    def stop(self):
        for server in self.sockets:
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            server.close()


def bound(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        server.setsockopt(socket.IPPROTO_IPV6, IPV6_FREEBIND, 1)
    else:
        server.setsockopt(socket.IPPROTO_IP, IP_FREEBIND, 1)
    server.bind((address, port))
    return server


def talk(service, how, tls):
    """What a service does with a connection: TLS at once or later, the greeting in its time, the dialogue."""
    protocol = behaviour.PROTOCOL[service]

    def serve(wire):
        if service in behaviour.IMPLICIT:
            tls.start(wire)
        if how.delay:
            threading.Event().wait(how.delay)
        made = {"imap": IMAP, "pop3": POP3}.get(protocol)
        (made(wire, how, tls) if made else SMTP(wire, how, tls, service)).run()
    return serve
