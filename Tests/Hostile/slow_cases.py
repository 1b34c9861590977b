"""Clients that are slow on purpose, and many of them; and the end in the middle of a message."""
import os
import signal
import socket
import tempfile
import time

from harness import Server, Wire
from testbed import Testbed

SLOW = 500


def slow_clients_stop_nobody(server):
    """Half handshakes, half lines, half messages, half logins on all ports; then an ordinary client, served within a second."""
    wires = []
    halves = [("smtp", False, b"EHLO cli"), ("smtp", False, b"EHLO a\r\nMAIL FROM:<x@elsewhere.example>\r\n"
               b"RCPT TO:<u00001@example.test>\r\nDATA\r\nSubject: sl"), ("imap", False, b"a LOG"), ("pop3", False, b""),
              ("imaps", False, b"\x16\x03\x01\x02\x00\x01"), ("pop3s", False, b""), ("submissions", False, b"\x16"),
              ("submission", False, b"EHLO a\r\nBDAT 100000000\r\nx"), ("imaps", True, b"a AUTHENTICATE PLAIN\r\nAA"),
              ("pop3s", True, b"USER u000")]
    try:
        for number in range(SLOW):
            service, encrypted, half = halves[number % len(halves)]
            wire = Wire(server, service, tls=encrypted, greeted=encrypted)
            wire.send(half)
            wires.append(wire)
        slowest = 0
        for _ in range(5):
            started = time.monotonic()
            server.imap().close()
            server.is_well()
            slowest = max(slowest, time.monotonic() - started)
        assert slowest < 2, f"{slowest:.1f} s"
    finally:
        for wire in wires:
            wire.close()


def half_handshakes_are_ended(server):
    """Whoever does not finish its handshake goes (5 seconds here), and so does whoever never ends its first line (10)."""
    with Wire(server, "imaps", tls=False, greeted=False) as wire:
        wire.send(b"\x16\x03\x01")
        started = time.monotonic()
        wire.rest()
        assert time.monotonic() - started < 10
    with Wire(server, "imap", timeout=40) as wire:
        started = time.monotonic()
        wire.socket.settimeout(1)
        while time.monotonic() - started < 25:
            wire.try_send(b"x")
            try:
                if not wire.more():
                    break
            except TimeoutError:
                pass
        assert time.monotonic() - started < 20, "a line may drip for ever"


def connection_flood(server):
    before = server.descriptors()
    for _ in range(1_500):
        socket.create_connection((server.host, server.ports["imaps"]), timeout=5).close()
    end = time.monotonic() + 15
    while server.descriptors() > before + 20 and time.monotonic() < end:
        time.sleep(0.1)
    assert server.descriptors() <= before + 20, f"{server.descriptors()} descriptors, {before} before"


def the_end_in_the_middle_of_a_message(_):
    """SIGTERM between DATA and its end: the message comes in, its 250 is true after the next start, and nobody new is let in."""
    with tempfile.TemporaryDirectory(prefix="posthus-drain-") as directory:
        bed = Testbed(directory, "--accounts", "2")
        server = Server(bed, directory)
        with Wire(server, "smtp") as wire, Wire(server, "imaps") as idle:
            wire.send(b"EHLO a\r\nMAIL FROM:<x@elsewhere.example>\r\nRCPT TO:<u00001@example.test>\r\nDATA\r\n")
            for _ in range(4):
                wire.reply()
            wire.send(b"Subject: the end\r\n\r\nhalf ")
            os.kill(bed.pid, signal.SIGTERM)
            assert b"BYE" in idle.rest()
            wire.send(b"and whole\r\n.\r\n")
            assert wire.reply().startswith(b"250 2.0.0"), "the message was lost"
            wire.rest()
        assert bed.stop() == 0
        bed = Testbed(directory)
        try:
            assert Server(bed, directory).count("u00001@example.test") == 1
        finally:
            bed.stop()


CASES = [("slow: five hundred slow clients", slow_clients_stop_nobody), ("slow: what never ends is ended", half_handshakes_are_ended),
         ("slow: connection flood", connection_flood), ("slow: SIGTERM within DATA", the_end_in_the_middle_of_a_message)]
