"""Sockets, the server under attack, and what must hold after every attack."""
import os
import pathlib
import re
import socket
import ssl
import time

from testbed import PASSWORD, Testbed

GREETINGS = {"smtp": b"220 ", "submission": b"220 ", "submissions": b"220 ", "imap": b"* OK", "imaps": b"* OK",
             "pop3": b"+OK", "pop3s": b"+OK"}
IMPLICIT = {"submissions", "imaps", "pop3s"}
LONGEST_ANSWER = 15
MEMORY_BOUND_MB = 256


def context(check=False):
    result = ssl.create_default_context()
    if not check:
        result.check_hostname = False
        result.verify_mode = ssl.CERT_NONE
    return result


class Wire:
    """One connection, bytes in and out, with a bound on every wait."""

    def __init__(self, server, service, tls=None, greeted=True, timeout=LONGEST_ANSWER):
        self.socket = socket.create_connection((server.host, server.ports[service]), timeout=timeout)
        if tls or (tls is None and service in IMPLICIT):
            self.socket = context().wrap_socket(self.socket, server_hostname="localhost")
        self.buffer = b""
        if greeted:
            self.greeting = self.line()

    def send(self, data):
        self.socket.sendall(data)

    def try_send(self, data):
        """For what the server may refuse to read to its end."""
        try:
            self.socket.sendall(data)
        except OSError:
            pass

    def more(self):
        try:
            data = self.socket.recv(65536)
        except (ConnectionResetError, ssl.SSLError) as error:
            if isinstance(error, TimeoutError):
                raise
            data = b""
        self.buffer += data
        return bool(data)

    def line(self):
        while b"\n" not in self.buffer:
            if not self.more():
                break
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line.rstrip(b"\r")

    def until(self, pattern):
        """Everything up to and including the first line that matches, or to the end of the connection."""
        wanted, seen = re.compile(pattern), []
        while True:
            line = self.line()
            seen.append(line)
            if wanted.match(line):
                return b"\n".join(seen)
            if not line and not self.buffer and not self.more():
                return b"\n".join(seen)

    def reply(self):
        """One reply of SMTP, of however many lines."""
        return self.until(rb"^\d\d\d(?: |$)")

    def rest(self):
        """All that comes until the server closes."""
        while self.more():
            pass
        rest, self.buffer = self.buffer, b""
        return rest

    def finish_sending(self):
        self.socket.shutdown(socket.SHUT_WR)

    def start_tls(self):
        self.socket = context().wrap_socket(self.socket, server_hostname="localhost")

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Server:
    def __init__(self, bed, directory):
        self.bed, self.directory = bed, directory
        self.host, self.ports, self.pid = bed.host, bed.ports, bed.pid
        self.born = self.start_times()
        self.number = 0

    def start_times(self):
        return {pid: pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
                for pid in self.bed.processes()}

    def is_alive(self):
        """The supervisor and every worker are those of the beginning: nobody died and was replaced."""
        try:
            return self.start_times() == self.born and self.bed.status()["deaths"] == 0
        except (OSError, RuntimeError):
            return False

    def fresh_address(self):
        """Each account in turn but the last two, which `guessing_ends` uses up."""
        self.number = self.number % 38 + 1
        return Testbed.address(self.number)

    def log(self):
        return pathlib.Path(self.bed.log.name).read_text(errors="replace")

    def resident_mb(self):
        """Of all processes together; a page that several share counts once."""
        maps = [pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.bed.processes()]
        return sum(int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1)) for text in maps) / 1024

    def descriptors(self):
        return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in self.bed.processes())

    def words(self, expected, forbidden):
        """What an answer must hold and what not: here to the letter."""
        return expected, forbidden

    def is_well(self):
        assert self.is_alive(), f"a process has died: {self.born}, now {self.start_times()}"
        for service, greeting in GREETINGS.items():
            with Wire(self, service, timeout=5) as wire:
                assert wire.greeting.startswith(greeting), f"{service} greets with {wire.greeting!r}"

    def memory_is_back(self):
        end = time.monotonic() + 30
        while self.resident_mb() > MEMORY_BOUND_MB and time.monotonic() < end:
            time.sleep(0.5)
        print(f"      {self.resident_mb():.0f} MB resident, {self.descriptors()} descriptors")
        assert self.resident_mb() <= MEMORY_BOUND_MB, f"{self.resident_mb():.0f} MB"

    # Ordinary clients, for what surrounds an attack.

    def imap(self, address=None):
        wire = Wire(self, "imaps")
        address = address or self.fresh_address()
        wire.send(f"l LOGIN {address} {PASSWORD}\r\n".encode())
        answer = wire.until(rb"^l ")
        assert b"l OK" in answer, answer
        wire.send(b"s SELECT INBOX\r\n")
        assert b"s OK" in wire.until(rb"^s ")
        return wire

    def deliver(self, address, message, expected=b"250", options=b""):
        with Wire(self, "smtp") as wire:
            wire.send(b"EHLO client.example\r\nMAIL FROM:<x@elsewhere.example>" + options
                      + f"\r\nRCPT TO:<{address}>\r\nDATA\r\n".encode())
            replies = [wire.reply() for _ in range(4)]
            assert replies[-1].startswith(b"354"), replies
            wire.send(message + b"\r\n.\r\n")
            answer = wire.reply()
            assert answer.startswith(expected), answer
        return answer

    def count(self, address):
        with Wire(self, "pop3s") as wire:
            wire.send(f"USER {address}\r\nPASS {PASSWORD}\r\nSTAT\r\nQUIT\r\n".encode())
            return int(re.search(rb"\+OK (\d+) \d+\r\n", wire.rest()).group(1))


def conversation(service, data, expected, forbidden=None, tls=None, greeted=True):
    """A case: says it all at once, and looks at everything that came back until the connection closed."""

    def case(server):
        with Wire(server, service, tls=tls, greeted=greeted) as wire:
            wire.try_send(data)
            if not isinstance(wire.socket, ssl.SSLSocket):
                try:
                    wire.finish_sending()
                except OSError:
                    pass
            answer = wire.rest()
        wanted, harm = server.words(expected, forbidden)
        assert re.search(wanted, answer, re.S), f"{answer[-600:]!r} lacks {wanted!r}"
        assert not harm or not re.search(harm, answer, re.S), f"{answer[-600:]!r} holds {harm!r}"

    return case
