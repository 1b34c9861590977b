"""Clients that come and go all the time, and count what happens to them."""
import collections
import random
import socket
import ssl
import threading

SERVICES = ("imaps", "smtp", "pop3s", "submissions", "imap")
GOODBYE = {"smtp": b"QUIT\r\n", "submissions": b"QUIT\r\n", "pop3s": b"QUIT\r\n", "imaps": b"a LOGOUT\r\n", "imap": b"a LOGOUT\r\n"}
GREETINGS = (b"220 ", b"* OK", b"+OK")
STOPPING = (b"421 ", b"* BYE", b"-ERR [SYS/TEMP]")


def context():
    result = ssl.create_default_context()
    result.check_hostname, result.verify_mode = False, ssl.CERT_NONE
    return result


class Visitors:
    """`counts`: served; drained (told that the server is stopping); cut (a connection that broke); refused; late (nothing in 10 s)."""

    def __init__(self, bed, threads=6):
        self.bed, self.counts, self.details = bed, collections.Counter(), []
        self.context, self.over, self.lock = context(), threading.Event(), threading.Lock()
        self.threads = [threading.Thread(target=self.run) for _ in range(threads)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def run(self):
        while not self.over.is_set():
            service = random.choice(SERVICES)
            try:
                result = self.visit(service)
            except ConnectionRefusedError:
                result = "refused"
            except TimeoutError:
                result = "late"
            except OSError as error:
                result = "cut"
                self.details.append(f"{service}: {error!r}")
            with self.lock:
                self.counts[result] += 1

    def visit(self, service):
        with socket.create_connection((self.bed.host, self.bed.ports[service]), timeout=10) as plain:
            wire = self.context.wrap_socket(plain) if service.endswith("s") else plain
            with wire, wire.makefile("rb") as reader:
                greeting = reader.readline()
                if greeting.startswith(STOPPING):
                    return "drained"
                if not greeting.startswith(GREETINGS):
                    raise ConnectionError(f"greeting {greeting!r}")
                wire.sendall(GOODBYE[service])
                answer = reader.read()
                if answer:
                    return "served"
                raise ConnectionError("no answer")


class Session:
    """An IMAP session that has logged in and waits."""

    def __init__(self, bed, number=1, port="imaps"):
        self.socket = context().wrap_socket(socket.create_connection((bed.host, bed.ports[port]), timeout=15))
        self.reader = self.socket.makefile("rb")
        assert self.reader.readline().startswith(b"* OK")
        self.ask(b"l LOGIN " + bed.address(number).encode() + b" secret")
        self.ask(b"s SELECT INBOX")

    def ask(self, command):
        self.socket.sendall(command + b"\r\n")
        tag = command.split()[0]
        while True:
            line = self.reader.readline()
            if line.startswith(tag + b" OK"):
                return
            assert line.startswith(b"*"), line

    def is_alive(self):
        try:
            self.ask(b"n NOOP")
            return True
        except (OSError, AssertionError):
            return False

    def last_words(self):
        try:
            return self.reader.read()
        except OSError:
            return b""

    def close(self):
        self.socket.close()
