"""Servers that mean harm to whoever looks at them: what they say has no end, lies about its length, or speaks to the terminal."""
import time

import hello
import tls
from behaviour import IMPLICIT, PORTS, PROTOCOL
from discovery_faults import PLACE, autoconfig, publish, records
from web import HTTP

# As much as anybody might read before giving up.
MOST_BYTES = 200_000_000
HUGE = "9" * 40
# Colours the text, names the window, goes up a line.
ESCAPES = "\x1b[31mred\x1b[0m \x1b]0;owned\x07 \x1b[1A \x9b1A \x00 \xff"
GREETINGS = {"imap": "* OK ", "pop3": "+OK ", "smtp": "220 "}


def endlessly(wire, part):
    for _ in range(MOST_BYTES // len(part)):
        wire.send(part)


def speaking(serve):
    """`serve(wire, protocol)` on every port, behind TLS where it begins at once."""
    def make(fixture):
        address, own = fixture.address(), fixture.tls()

        def conversation(service):
            def one(wire):
                if service in IMPLICIT:
                    own.start(wire)
                serve(wire, PROTOCOL[service])
            return one
        for service, port in PORTS.items():
            fixture.listen(service, address, port, conversation(service))
    return make


def endless_greeting(wire, protocol):
    wire.send(GREETINGS[protocol])
    endlessly(wire, b"A" * 65536)


def endless_capabilities(wire, protocol):
    wire.say(GREETINGS[protocol] + "ready")
    wire.line()
    endlessly(wire, {"imap": b"* CAPABILITY X\r\n", "pop3": b"X\r\n", "smtp": b"250-X\r\n"}[protocol] * 1000)


def drop_by_drop(wire, protocol):
    """A byte now and then: no single wait is long."""
    wire.send(GREETINGS[protocol])
    for _ in range(600):
        wire.send("x")
        time.sleep(0.1)


def literal_bomb(wire, protocol):
    wire.say(GREETINGS[protocol] + "ready")
    while True:
        tag = wire.line().split(b" ")[0].decode(errors="replace")
        wire.say(f"* CAPABILITY {{{HUGE}}}" if protocol == "imap" else f"250 {{{HUGE}}}", "* X {4294967296}", f"{tag} OK {{9}}")


def escapes(wire, protocol):
    wire.send(f"{GREETINGS[protocol]}{ESCAPES}\r\n".encode("latin-1"))
    while True:
        tag = wire.line().split(b" ")[0].decode(errors="replace")
        answer = {"imap": f"* CAPABILITY {ESCAPES}\r\n{tag} OK {ESCAPES}", "pop3": f"+OK\r\n{ESCAPES}\r\n."}
        wire.send((answer.get(protocol, f"250 {ESCAPES}") + "\r\n").encode("latin-1"))


def lying_hello(_):
    """A record that says it is longer than it is, and a message that says so of itself."""
    return b"\x16\x03\x03\xff\xff" + hello.message(2, b"\x03\x03" + bytes(40))[:20] + b"\xff" * 64


def many_records(_):
    """Handshake records of nothing, and warnings without end."""
    return (hello.record(hello.HANDSHAKE, b"") + hello.record(hello.ALERT, b"\x01\x5a")) * 20_000


def lying_certificates(asked):
    body = b"\x03\x03" + bytes(32) + b"\0" + asked.suites[0].to_bytes(2, "big") + b"\0"
    chain = b"\xff\xff\xff" + b"\xff\xff\xff" + b"\x30\x84\xff\xff\xff\xff" * 100
    return hello.record(hello.HANDSHAKE, hello.message(2, body) + hello.message(11, chain) + hello.message(14, b""))


def by_hand(answer):
    return lambda fixture: fixture.mail(*PORTS, tls=tls.ByHand(answer))


def numbers(fixture):
    fixture.mail(*PORTS, quota=(HUGE, "-1"), size=HUGE, prefix="(" * 500, separator="",
                 login={"pop3": f"-ERR [SYS/TEMP] wait {HUGE} seconds"})


def page(text):
    def make(fixture):
        fixture.mail(*PORTS)
        records(fixture)
        publish(fixture, text(fixture))
    return make


def bomb(fixture):
    """Entities of entities (the "billion laughs"), and elements in elements."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><clientConfig>&e9;' + "<a>" * 20_000


class Endless(HTTP):
    def run(self):
        while self.wire.line():
            pass
        self.wire.say("HTTP/1.1 200 OK", "Content-Type: text/xml", "")
        endlessly(self.wire, b"<a/>" * 10_000)


class Circle(HTTP):
    def run(self):
        while line := self.wire.line():
            if line.lower().startswith(b"host:"):
                host = line[5:].decode().strip()
        self.wire.say("HTTP/1.1 302 Found", f"Location: https://{host}{PLACE}", "Content-Length: 0", "")


def web_server(kind):
    def make(fixture):
        fixture.mail(*PORTS)
        address, own = fixture.world.address(), fixture.tls_for(f"autoconfig.{fixture.domain}")
        fixture.named(address, name=f"autoconfig.{fixture.domain}")

        def serve(wire):
            own.start(wire)
            kind(wire).run()
        fixture.listen("https", address, 443, serve)
    return make


def names(how):
    def make(fixture):
        fixture.mail(*PORTS)
        fixture.world.names.add_trouble(fixture.host, how)
    return make


def alias_circle(fixture):
    fixture.world.names.add(fixture.host, "CNAME", f"b.{fixture.domain}")
    fixture.world.names.add(f"b.{fixture.domain}", "CNAME", fixture.host)


def strange_records(fixture):
    """Services at no host, at port 0, at a host that is no name, and very many."""
    fixture.mail(*PORTS)
    for port, host in ((0, fixture.host), (993, ""), (993, "-.example"), (65535, "x" * 60 + ".example")):
        fixture.world.names.service("imaps", fixture.domain, host, port)
    for number in range(300):
        fixture.world.names.service("submission", fixture.domain, f"h{number}.{fixture.domain}", number + 1)


FAULTS = {
    "endless-greeting": speaking(endless_greeting),
    "endless-capabilities": speaking(endless_capabilities),
    "drop-by-drop": speaking(drop_by_drop),
    "literal-bomb": speaking(literal_bomb),
    "terminal-escapes": speaking(escapes),
    "hello-lying": by_hand(lying_hello),
    "hello-many-records": by_hand(many_records),
    "hello-certificates-lying": by_hand(lying_certificates),
    "certificate-escapes": lambda fixture: fixture.mail(*PORTS, tls=fixture.tls("escapes")),
    "numbers": numbers,
    "autoconfig-bomb": page(bomb),
    "autoconfig-escapes": page(lambda fixture: autoconfig(fixture).replace(fixture.host, "\x1b[31m" + fixture.host)),
    "web-endless": web_server(Endless),
    "web-circle": web_server(Circle),
    "names-garbage": names("GARBAGE"),
    "names-circle": names("CIRCLE"),
    "names-cut-short": names("SHORT"),
    "alias-circle": alias_circle,
    "records-strange": strange_records,
}
