"""Limits and budgets, each with a server of its own where the limit is small."""
import contextlib
import resource
import socket
import statistics
import subprocess
import tempfile
import threading
import time

from harness import Server, Wire, context
from testbed import PASSWORD, Testbed

ADDRESS = "u00001@example.test"


@contextlib.contextmanager
def server_with(*settings, accounts=4):
    options = [part for setting in settings for part in ("--set", setting)]
    with tempfile.TemporaryDirectory(prefix="posthus-limits-") as directory:
        bed = Testbed(directory, "--accounts", str(accounts), "--set", "identity.failure_delay=0", *options)
        try:
            yield Server(bed, directory)
        finally:
            bed.stop()


def login(server, address=ADDRESS):
    wire = Wire(server, "imaps")
    wire.send(f"l LOGIN {address} {PASSWORD}\r\n".encode())
    assert b"l OK" in wire.until(rb"^l ")
    return wire


def begin_data(wire):
    wire.send(f"EHLO a\r\nMAIL FROM:<x@elsewhere.example>\r\nRCPT TO:<{ADDRESS}>\r\nDATA\r\n".encode())
    replies = [wire.reply() for _ in range(4)]
    assert replies[-1].startswith(b"354"), replies


def drip(wire, octets, seconds):
    """Sends them, one a second, until the server closes; what it said, and when."""
    started, wire.buffer = time.monotonic(), b""
    wire.socket.settimeout(1)
    while time.monotonic() - started < seconds:
        wire.try_send(octets)
        try:
            if not wire.more():
                break
            time.sleep(1)
        except TimeoutError:
            pass
    else:
        raise AssertionError(f"still open after {seconds} s")
    return wire.buffer, time.monotonic() - started


def a_login_has_its_time(_):
    """Ten seconds here, however busy the stranger is."""
    with server_with("limits.login=10", "limits.bad_commands=1000") as server:
        for service, line, last in [("imaps", b"a NOOP\r\n", b"* BYE [LIMIT]"), ("pop3s", b"CAPA\r\n", b"-ERR Too slow"),
                                    ("submissions", b"NOOP\r\n", b"421 4.4.2")]:
            with Wire(server, service) as wire:
                answer, took = drip(wire, line, 20)
                assert last in answer and took < 15, (service, answer[-200:], took)
        server.is_well()


def a_message_must_come_with_some_speed(_):
    with server_with("limits.data_grace=2") as server:
        with Wire(server, "smtp") as wire:
            begin_data(wire)
            answer, took = drip(wire, b"x", 20)
            assert b"421 4.4.2 Too slow" in answer and took < 10, (answer, took)
        with login(server) as wire:
            wire.send(b"a APPEND INBOX {100000}\r\n")
            assert wire.line().startswith(b"+")
            answer, took = drip(wire, b"x", 20)
            assert b"* BYE [LIMIT]" in answer and took < 10, (answer, took)
        assert server.count(ADDRESS) == 0


def strangers_have_few_commands(server):
    for service, line, last in [("imaps", b"a NOOP\r\n", b"* BYE [LIMIT]"), ("pop3s", b"CAPA\r\n", b"-ERR Too many")]:
        with Wire(server, service) as wire:
            wire.try_send(line * 200)
            assert last in wire.rest()


def who_does_not_read_is_not_read(server):
    """64 MB of NOOPs and nobody who reads the answers: neither we nor the server may hold them."""
    before = server.resident_mb()
    wires = [server.imap() for _ in range(4)]
    noops = b"n NOOP\r\n" * 1_000
    for wire in wires:
        sent = 0
        wire.socket.settimeout(2)
        with contextlib.suppress(OSError):
            while sent < 16 << 20:
                wire.socket.sendall(noops)
                sent += len(noops)
        assert sent < 16 << 20, "all of it was taken"
    assert server.resident_mb() < before + 64, f"{before:.0f} MB, then {server.resident_mb():.0f} MB"
    server.is_well()
    for wire in wires:
        wire.close()


def addresses_and_their_limits(_):
    """Loopback counts like any other address when the key says so; a network counts all of its addresses."""
    with server_with("limits.exempt=", "limits.connections_per_address=5", "limits.connections_per_network=8") as server:
        wires = [Wire(server, "smtp") for _ in range(5)]
        with Wire(server, "smtp") as sixth:
            assert sixth.greeting.startswith(b"421 4.7.0") and b"from your address" in sixth.greeting, sixth.greeting
        with Wire(server, "imap") as other:
            assert other.greeting.startswith(b"* BYE [UNAVAILABLE] Too many connections from your address")
        for number in range(2, 6):
            wire = Wire.__new__(Wire)
            wire.socket = socket.create_connection((server.host, server.ports["smtp"]), 5, (f"127.0.0.{number}", 0))
            wire.buffer = b""
            wires.append(wire)
        greetings = [wire.line()[:3] for wire in wires[5:]]
        assert greetings == [b"220", b"220", b"220", b"421"], greetings
        for wire in wires:
            wire.close()
        time.sleep(0.5)
        server.is_well()
    with server_with("limits.exempt=", "limits.connections_per_address=0", "limits.connection_rate=10") as server:
        greetings = []
        for _ in range(15):
            with Wire(server, "smtp") as wire:
                greetings.append(wire.greeting[:9])
        assert greetings[:10] == [b"220 mail."] * 10 and b"421 4.7.0" in greetings[10:], greetings


def sessions_of_an_account(_):
    with server_with("limits.sessions_per_account=3") as server:
        wires = [login(server) for _ in range(3)]
        with Wire(server, "imaps") as fourth:
            fourth.send(f"l LOGIN {ADDRESS} {PASSWORD}\r\n".encode())
            assert fourth.until(rb"^l ").startswith(b"l NO [LIMIT] Too many connections")
            login(server, "u00002@example.test").close()
            wires.pop().close()
            time.sleep(0.5)
            fourth.send(f"m LOGIN {ADDRESS} {PASSWORD}\r\n".encode())
            assert b"m OK" in fourth.until(rb"^m ")


def memory_turns_newcomers_away(_):
    with server_with("limits.memory=1MB") as server:
        for service, words in [("smtp", b"421 4.3.2"), ("imap", b"* BYE [UNAVAILABLE]"), ("pop3", b"-ERR [SYS/TEMP]")]:
            with Wire(server, service) as wire:
                assert wire.greeting.startswith(words), wire.greeting


@contextlib.contextmanager
def limited_descriptors(count):
    """The server raises its soft limit to the hard one, so it is the hard one that a child gets."""
    original = subprocess.Popen
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))  # noqa: E731
    subprocess.Popen = lambda *args, **options: original(*args, preexec_fn=limit, **options)
    try:
        yield
    finally:
        subprocess.Popen = original


def descriptors_run_out(_):
    """With 200 descriptors: newcomers hear that it is full, and who is in can still read and write."""
    with limited_descriptors(200), server_with() as server:
        with login(server) as inside:
            wires = []
            refused = None
            for _ in range(300):
                wire = Wire(server, "smtp")
                wires.append(wire)
                if not wire.greeting.startswith(b"220"):
                    refused = wire.greeting
                    break
            assert refused and refused.startswith(b"421 4.3.2"), refused
            inside.send(b"a APPEND INBOX {9+}\r\nA: b\r\n\r\nx\r\nb SELECT INBOX\r\nc FETCH 1 BODY[]\r\n")
            answer = inside.until(rb"^c ")
            assert b"a OK" in answer and b"c OK" in answer, answer
            for wire in wires:
                wire.close()
        time.sleep(1)
        server.is_well()


def a_full_disk_stops_new_mail_alone(_):
    with server_with("limits.disk_floor=900TB") as server:
        with Wire(server, "smtp") as wire:
            wire.send(b"EHLO a\r\nMAIL FROM:<x@elsewhere.example>\r\nQUIT\r\n")
            assert b"452 4.3.1 The server's disk is nearly full" in wire.rest()
        with login(server) as wire:
            wire.send(b"a APPEND INBOX {5}\r\nb SELECT INBOX\r\nc CREATE x\r\nd DELETE x\r\n")
            answer = wire.until(rb"^d ")
            assert b"a NO [UNAVAILABLE] The server's disk is nearly full" in answer, answer
            assert b"b OK" in answer and b"c OK" in answer and b"d OK" in answer, answer


def a_search_has_its_time(_):
    """Thousands of texts to look for in every message: the search ends, and others are served meanwhile."""
    with server_with("limits.search=1") as server:
        with login(server) as wire, login(server) as other, login(server, "u00002@example.test") as third:
            message = b"Subject: x\r\n\r\n" + b"abcdefgh" * 25_000 + b"\r\n"
            for _ in range(60):
                wire.send(b"a APPEND INBOX {%d+}\r\n" % len(message) + message + b"\r\n")
                assert b"a OK" in wire.until(rb"^a ")
            for member in (wire, other, third):
                member.send(b"b SELECT INBOX\r\n")
                member.until(rb"^b ")
            keys = b" ".join(b"NOT TEXT zz%d" % number for number in range(4_000))
            wire.send(b"c SEARCH " + keys + b"\r\n")
            slowest, end = 0, time.monotonic() + 2
            while time.monotonic() < end:
                for member in (other, third):
                    started = time.monotonic()
                    member.send(b"d FETCH 1:* (FLAGS)\r\n")
                    member.until(rb"^d ")
                    slowest = max(slowest, time.monotonic() - started)
            answer = wire.until(rb"^c ")
            assert b"c NO [LIMIT]" in answer, answer[-200:]
            wire.send(b"e FETCH 1 (UID)\r\n")
            assert b"e OK" in wire.until(rb"^e ")
            print(f"      slowest other command {slowest * 1000:.0f} ms")
            assert slowest < 3


class Guesser(threading.Thread):
    """Wrong passwords from another address of loopback, as fast as the server answers."""

    def __init__(self, server, number, stop):
        super().__init__(daemon=True)
        raw = socket.create_connection((server.host, server.ports["imaps"]), 10, (f"127.0.0.{2 + number % 2}", 0))
        self.socket, self.stop, self.count = context().wrap_socket(raw, server_hostname="localhost"), stop, 0

    def run(self):
        with contextlib.suppress(OSError):
            self.socket.recv(4096)
            while not self.stop.is_set():
                self.socket.sendall(f"g LOGIN {ADDRESS} guess{self.count}\r\n".encode())
                self.socket.recv(4096)
                self.count += 1
            self.socket.close()


def good_logins(server, numbers):
    """How long LOGIN takes on connections that stand already; every account has its first login."""
    times = []
    for number in numbers:
        with Wire(server, "imaps") as wire:
            started = time.monotonic()
            wire.send(f"l LOGIN u{number:05d}@example.test {PASSWORD}\r\n".encode())
            assert b"l OK" in wire.until(rb"^l ")
            times.append(time.monotonic() - started)
    return statistics.median(times)


def a_flood_of_guesses_keeps_nobody_out(_):
    with server_with("identity.cache=0", "identity.failures_per_account=0", "limits.commands_before_login=10000",
                     "limits.login=1h", accounts=40) as server:
        idle = good_logins(server, range(2, 10))
        stop = threading.Event()
        guessers = [Guesser(server, number, stop) for number in range(60)]
        for guesser in guessers:
            guesser.start()
        time.sleep(1)
        loaded = good_logins(server, range(10, 20))
        stop.set()
        guesses = sum(guesser.count for guesser in guessers)
        print(f"      a login takes {idle * 1000:.0f} ms, and {loaded * 1000:.0f} ms during {guesses} guesses")
        assert guesses > 20, "there was no flood"
        assert loaded < 10 * idle, f"{idle * 1000:.0f} ms, then {loaded * 1000:.0f} ms"
        for guesser in guessers:
            guesser.join(10)
        server.is_well()


def misuse_counts_as_a_failure(_):
    """A browser, twenty wrong commands, and talking before the greeting: then logins from there wait."""
    with server_with("identity.failures_per_address=2") as server:
        for service, data in [("imap", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"), ("pop3s", b"WHAT\r\n" * 25)]:
            with Wire(server, service) as wire:
                wire.try_send(data)
                wire.rest()
        with Wire(server, "imaps") as wire:
            wire.send(f"l LOGIN {ADDRESS} {PASSWORD}\r\n".encode())
            assert b"l NO [UNAVAILABLE] Too many failed logins" in wire.until(rb"^l ")


CASES = [("limits: a login has its time", a_login_has_its_time),
         ("limits: a message must come with some speed", a_message_must_come_with_some_speed),
         ("limits: strangers have few commands", strangers_have_few_commands),
         ("limits: who does not read is not read", who_does_not_read_is_not_read),
         ("limits: addresses and networks", addresses_and_their_limits),
         ("limits: sessions of an account", sessions_of_an_account),
         ("limits: memory turns newcomers away", memory_turns_newcomers_away),
         ("limits: descriptors run out", descriptors_run_out),
         ("limits: a full disk stops new mail alone", a_full_disk_stops_new_mail_alone),
         ("limits: a search has its time", a_search_has_its_time),
         ("limits: a flood of guesses keeps nobody out", a_flood_of_guesses_keeps_nobody_out),
         ("limits: misuse counts as a failure", misuse_counts_as_a_failure)]
