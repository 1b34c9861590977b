"""TLS from the wrong side, certificates that go bad, and lines that want to be in the log."""
import base64
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import threading
import time
import warnings

from harness import IMPLICIT, Wire, context
from testbed import PASSWORD

CASES = []


def old_version(service, version):
    def case(server):
        old = context()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            old.minimum_version = version
            old.maximum_version = version
        old.set_ciphers("ALL:@SECLEVEL=0")
        with socket.create_connection((server.host, server.ports[service]), timeout=10) as raw:
            try:
                old.wrap_socket(raw)
            except (ssl.SSLError, ConnectionResetError):
                return
        raise AssertionError(f"{service} speaks {version!r}")

    return case


def garbage(service, data):
    def case(server):
        with Wire(server, service, tls=False, greeted=False) as wire:
            wire.try_send(data)
            assert not re.search(rb"^(220 |\* OK|\+OK)", wire.rest(), re.M)

    return case


for name in sorted(IMPLICIT):
    CASES += [(f"tls: {name}, TLS 1.0", old_version(name, ssl.TLSVersion.TLSv1)),
              (f"tls: {name}, TLS 1.1", old_version(name, ssl.TLSVersion.TLSv1_1))]
    for title, junk in [
        ("plaintext", b"EHLO a\r\na LOGIN u00001 secret\r\nUSER u00001\r\n"), ("HTTP", b"GET / HTTP/1.1\r\n\r\n"),
        ("an SSL 2 hello", bytes.fromhex("802e0100020015000000100100800200800300800400800500800600400700c0") + b"x" * 30),
        ("a record of 64 KB", b"\x16\x03\x01\xff\xff" + b"\x01" * 65_535), ("an alert", b"\x15\x03\x03\x00\x02\x02\x28"),
        ("zeros", b"\x00" * 100_000), ("a hello that claims 16 MB", b"\x16\x03\x01\x00\x04\x01\xff\xff\xff" + b"\x16\x03\x01\x40\x00" + b"\x00" * 16_384),
    ]:
        CASES.append((f"tls: {name}, {title} for a handshake", garbage(name, junk)))


def renegotiation_is_refused(server):
    result = subprocess.run(
        ["openssl", "s_client", "-quiet", "-no_ign_eof", "-tls1_2", "-connect", f"{server.host}:{server.ports['imaps']}"],
        input=b"R\n", stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=20)
    assert b"no renegotiation" in result.stderr or result.returncode != 0, result.stderr


def other_protocol_by_alpn(server):
    wrong = context()
    wrong.set_alpn_protocols(["pop3"])
    with socket.create_connection((server.host, server.ports["imaps"]), timeout=10) as raw:
        try:
            wrong.wrap_socket(raw)
        except (ssl.SSLError, ConnectionResetError):
            return
    raise AssertionError("an IMAP port took a POP3 client")


def ticket_of_another_service(server):
    """A session of IMAP is not one of POP3: it is begun anew, and works."""
    shared = context()
    with socket.create_connection((server.host, server.ports["imaps"]), timeout=10) as raw:
        with shared.wrap_socket(raw) as first:
            first.recv(100)
            session = first.session
    with socket.create_connection((server.host, server.ports["pop3s"]), timeout=10) as raw:
        with shared.wrap_socket(raw, session=session) as second:
            assert not second.session_reused and second.recv(100).startswith(b"+OK")


def unknown_server_name(server):
    for name in ["nowhere.example", "a" * 63 + ".example", "*", "mail.example.test."]:
        with socket.create_connection((server.host, server.ports["imaps"]), timeout=10) as raw:
            try:
                with context().wrap_socket(raw, server_hostname=name) as wire:
                    assert wire.recv(100).startswith(b"* OK"), name
            except ValueError:
                pass


def reload_under_load(server):
    """SIGHUP with good and bad files while clients come and go: nobody notices, and bad files change nothing."""
    stop, errors = threading.Event(), []

    def visit():
        while not stop.is_set():
            try:
                with Wire(server, "imaps") as wire:
                    assert wire.greeting.startswith(b"* OK"), wire.greeting
            except Exception as error:  # noqa: BLE001
                errors.append(error)

    certificate = pathlib.Path(server.directory) / "bed/server.pem"
    key = pathlib.Path(server.directory) / "bed/server.key"
    good, mode = certificate.read_bytes(), key.stat().st_mode
    visitors = [threading.Thread(target=visit) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    try:
        for round in range(4):
            for content in (good, b"garbage", b"", good[:200]):
                certificate.write_bytes(content)
                os.kill(server.pid, signal.SIGHUP)
                time.sleep(0.1)
        certificate.write_bytes(good)
        key.chmod(0o644)
        os.kill(server.pid, signal.SIGHUP)
        time.sleep(0.3)
        assert "can be read by everybody" in server.log()
    finally:
        certificate.write_bytes(good)
        key.chmod(mode)
        os.kill(server.pid, signal.SIGHUP)
        time.sleep(0.2)
        stop.set()
        for visitor in visitors:
            visitor.join()
    assert not errors, errors[:3]
    assert "the old certificates and settings stay" in server.log()


FORGED = "\r\ntime=2026-01-01T00:00:00Z svc=imap ip=192.0.2.66 ev=auth_fail user=root"
SECRET = "hunter2-is-nobodys-business"


def nobody_forges_a_log_line(server):
    name = ("x" + FORGED + '" ev=login\x1b[2J\x00\x85\u2028').encode()
    with Wire(server, "imaps") as wire:
        wire.send(b"a LOGIN {%d+}\r\n%s %s\r\n" % (len(name), name, SECRET.encode()))
        wire.until(rb"^a |^\* BYE")
    encoded = base64.b64encode(b"\x00" + name.replace(b"\x00", b"") + b"\x00" + SECRET.encode())
    with Wire(server, "pop3s") as wire:
        wire.send(b"AUTH PLAIN " + encoded + b"\r\nUSER u00001@example.test\r\nPASS " + SECRET.encode() + b"\r\nQUIT\r\n")
        wire.rest()
    with Wire(server, "submissions") as wire:
        wire.send(b"EHLO a\r\nAUTH PLAIN " + encoded + b"\r\nAUTH LOGIN\r\n" + base64.b64encode(name) + b"\r\n"
                  + base64.b64encode(SECRET.encode()) + b"\r\nQUIT\r\n")
        wire.rest()
    time.sleep(0.3)
    log = server.log()
    lines = [line for line in log[log.index("time="):].split("\n") if line]  # the testbed's own words come first
    assert any("x\\u{d}\\u{a}" in line for line in lines), "the failed logins are not in the log"
    for line in lines:
        assert line.startswith("mail-serve: ") or re.match(
            r"time=\S+ svc=(smtp|submissions?|imaps?|pop3s?|server|supervisor|queue) ip=(\S+) ev=\w+( [a-z]+=(\"([^\"\\]|\\.)*\"|[^\s\"=]+))*$", line), line
    text = "\n".join(lines)
    assert "ip=192.0.2.66 ev" not in re.sub(r'"([^"\\]|\\.)*"', "", text), "a forged line"
    for secret in (SECRET, encoded.decode()[:40], f"pass={PASSWORD}"):
        assert secret not in text, f"{secret} is in the log"


CASES += [
    ("tls: renegotiation", renegotiation_is_refused), ("tls: another protocol by ALPN", other_protocol_by_alpn),
    ("tls: a ticket of another service", ticket_of_another_service), ("tls: unknown server names", unknown_server_name),
    ("tls: reload under load", reload_under_load), ("log: nobody forges a line", nobody_forges_a_log_line),
]
