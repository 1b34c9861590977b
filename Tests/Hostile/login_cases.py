"""Logging in as nobody should."""
import base64
import re
import statistics
import time

from harness import Wire, conversation
from testbed import PASSWORD

CASES = []


def b64(data):
    return base64.b64encode(data)


def plain(user, password, authorization=b""):
    return b64(authorization + b"\x00" + user + b"\x00" + password)


# Before TLS nothing is offered and nothing works, loopback included.
for service, data, expected in [
    ("smtp", b"EHLO a\r\nAUTH LOGIN\r\nQUIT\r\n", rb"538"), ("submission", b"EHLO a\r\nAUTH PLAIN\r\nQUIT\r\n", rb"530"),
    ("imap", b"a LOGIN u00001@example.test secret\r\nb LOGOUT\r\n", rb"a NO \[PRIVACYREQUIRED\]"),
    ("imap", b"a AUTHENTICATE PLAIN\r\nb LOGOUT\r\n", rb"a NO"),
    ("pop3", b"USER u00001@example.test\r\nPASS secret\r\nQUIT\r\n", rb"-ERR.*-ERR"),
    ("pop3", b"AUTH PLAIN\r\nQUIT\r\n", rb"-ERR"),
]:
    CASES.append((f"login: {service} before TLS, {data.split()[2 if service in ('smtp', 'submission') else 0].decode()}",
                  conversation(service, data, expected, rb"235|a OK|logged in|PASS.*\+OK \d")))

OPENING = {"submissions": (b"EHLO a\r\nAUTH ", b"QUIT\r\n", rb"235"), "pop3s": (b"AUTH ", b"QUIT\r\n", rb"\+OK \d+ messages"),
           "imaps": (b"a AUTHENTICATE ", b"z LOGOUT\r\n", rb"a OK")}
ATTEMPTS = [
    ("cancelled", b"PLAIN\r\n*\r\n"), ("not base64", b"PLAIN\r\n!!!\r\n"), ("base64 cut short", b"PLAIN AHUw\r\n"),
    ("empty answer", b"PLAIN =\r\n"), ("no NUL", b"PLAIN " + b64(b"user") + b"\r\n"),
    ("many NULs", b"PLAIN " + b64(b"\x00" * 50) + b"\r\n"),
    ("somebody else's mailbox", b"PLAIN " + plain(b"u00001@example.test", b"secret", b"u00002@example.test") + b"\r\n"),
    ("password of ten thousand octets", b"PLAIN\r\n" + plain(b"u00001@example.test", b"p" * 8_000) + b"\r\n"),
    ("answer over the limit", b"PLAIN\r\n" + b"A" * 40_000 + b"\r\n"),
    ("NUL in the password", b"LOGIN\r\n" + b64(b"u00001@example.test") + b"\r\n" + b64(b"secret\x00x") + b"\r\n"),
    ("bad UTF-8 in the name", b"PLAIN " + plain(b"\xff\xfe", b"secret") + b"\r\n"),
    ("SQL in the name", b"PLAIN " + plain(b"' OR 1=1 --", b"secret") + b"\r\n"),
    ("percent in the name", b"PLAIN " + plain(b"%", b"secret") + b"\r\n"),
    ("unknown mechanism", b"XOAUTH9\r\n"), ("ANONYMOUS", b"ANONYMOUS\r\n"), ("EXTERNAL", b"EXTERNAL =\r\n"),
    ("SCRAM without a name", b"SCRAM-SHA-256 " + b64(b"n,,n=,r=abc") + b"\r\n"),
    ("SCRAM garbage", b"SCRAM-SHA-256 " + b64(b"\xff" * 300) + b"\r\n"),
    ("SCRAM with an extension", b"SCRAM-SHA-256 " + b64(b"n,,m=x,n=u,r=abc") + b"\r\n"),
    ("SCRAM final first", b"SCRAM-SHA-256\r\n" + b64(b"c=biws,r=abc,p=AAAA") + b"\r\n"),
    ("SCRAM proof of nothing",
     b"SCRAM-SHA-256 " + b64(b"n,,n=u00001@example.test,r=abc") + b"\r\n" + b64(b"c=biws,r=abc,p=" + b64(b"\x00" * 32)) + b"\r\n"),
]
for service, (start, end, success) in OPENING.items():
    for name, attempt in ATTEMPTS:
        CASES.append((f"login: {service}, {name}", conversation(
            service, start + attempt + end, rb"535|501|504|503|a (NO|BAD)|\* BYE|-ERR", success)))


def answer(server, user, password):
    with Wire(server, "imaps") as wire:
        started = time.monotonic()
        wire.send(b'a LOGIN "%s" "%s"\r\n' % (user, password))
        line = wire.until(rb"^a ")
        return line, time.monotonic() - started


def unknown_users_look_like_wrong_passwords(server):
    known = [answer(server, server.fresh_address().encode(), b"wrong%d" % n) for n in range(9)]
    unknown = [answer(server, b"nobody%d@example.test" % n, b"wrong%d" % n) for n in range(9)]
    assert {line for line, _ in known} == {line for line, _ in unknown}, (known[0], unknown[0])
    times = [statistics.median(seconds for _, seconds in group) for group in (known, unknown)]
    assert max(times) < 5 * min(times) + 0.02, times


def guessing_ends(server):
    """Ten failures are the limit here; then even the right password is refused, and others may still log in."""
    victim = b"u00040@example.test"
    for number in range(10):
        assert b"a OK" not in answer(server, victim, b"guess%d" % number)[0]
    assert b"a OK" not in answer(server, victim, PASSWORD.encode())[0]
    server.imap("u00039@example.test").close()


def wrong_logins_end_the_session(server):
    with Wire(server, "pop3s") as wire:
        wire.send(b"USER x\r\nPASS y\r\n" * 30)
        assert b"Too many" in wire.rest()


def half_open_logins(server):
    wires = []
    for service in ("imaps", "pop3s", "submissions") * 40:
        wire = Wire(server, service)
        wire.send(OPENING[service][0] + b"PLAIN\r\n")
        wires.append(wire)
    started = time.monotonic()
    server.imap(server.fresh_address()).close()
    assert time.monotonic() - started < 3
    for wire in wires:
        wire.close()


def login_flood(server):
    """A hundred wrong logins at once: one who is right waits seconds at most."""
    wires = [Wire(server, "imaps") for _ in range(100)]
    for number, wire in enumerate(wires):
        wire.send(b"a LOGIN nobody%d@example.test x%d\r\n" % (number, number))
    started = time.monotonic()
    server.imap(server.fresh_address()).close()
    assert time.monotonic() - started < 10
    for wire in wires:
        assert re.match(rb"a NO", wire.until(rb"^a "))
        wire.close()


def auth_inside_a_transaction(server):
    with Wire(server, "smtp") as wire:
        wire.send(b"EHLO a\r\nSTARTTLS\r\n")
        wire.until(rb"^220 2")
        wire.start_tls()
        wire.send(b"EHLO a\r\nMAIL FROM:<x@elsewhere.example>\r\nAUTH PLAIN\r\nQUIT\r\n")
        assert re.search(server.words(rb"503 5\.5\.1 A message is already begun", None)[0], wire.rest())


CASES += [
    ("login: unknown users look like wrong passwords", unknown_users_look_like_wrong_passwords),
    ("login: guessing ends", guessing_ends), ("login: wrong logins end the session", wrong_logins_end_the_session),
    ("login: half-open logins", half_open_logins), ("login: flood", login_flood),
    ("login: inside a transaction", auth_inside_a_transaction),
]
