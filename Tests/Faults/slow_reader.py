"""Clients that ask for much and do not read: what the server holds for them is bounded, and others are served."""
import socket
import ssl
import tempfile
import time

from testbed import PASSWORD, Testbed

CLIENTS = 12
MESSAGES, SIZE = 10, 10_000_000  # 100 MB for each of them to fetch
HELD = 2 << 20  # bytes per client: what the kernel buffers does not count, a piece or two of the server's does


class Client:
    def __init__(self, bed, number, receive_buffer=None):
        raw = socket.socket()
        if receive_buffer:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        raw.settimeout(60)
        raw.connect(("127.0.0.1", bed.ports["imaps"]))
        context = ssl.create_default_context(cafile=bed.cafile)
        self.socket = context.wrap_socket(raw, server_hostname="localhost")
        self.reader = self.socket.makefile("rb")
        self.reader.readline()
        self.ask(b"a LOGIN %s %s" % (Testbed.address(number).encode(), PASSWORD.encode()))

    def say(self, line):
        self.socket.sendall(line + b"\r\n")

    def ask(self, line):
        self.say(line)
        tag = line.split()[0]
        while not (reply := self.reader.readline()).startswith(tag + b" "):
            assert reply, "the server has closed"
        assert reply.startswith(tag + b" OK"), reply

    def close(self):
        self.socket.close()


def resident(bed):
    total = 0
    for pid in bed.processes():
        with open(f"/proc/{pid}/status") as status:
            total += next(int(line.split()[1]) << 10 for line in status if line.startswith("VmRSS:"))
    return total


def stalled():
    with tempfile.TemporaryDirectory(prefix="posthus-slow-") as folder:
        bed = Testbed(folder, "--accounts", "2")
        try:
            run(bed)
        finally:
            bed.stop()


def run(bed):
    text = b"Subject: large\r\n\r\n" + b"0123456789abcde\r\n" * (SIZE // 17)
    writer = Client(bed, 1)
    for number in range(MESSAGES):
        writer.say(b"b%d APPEND INBOX {%d+}" % (number, len(text)))
        writer.socket.sendall(text)
        writer.ask(b"\r\nn%d NOOP" % number)
    before = resident(bed)
    clients = [Client(bed, 1, receive_buffer=16_384) for _ in range(CLIENTS)]
    for client in clients:
        client.ask(b"c SELECT INBOX")
        client.say(b"d FETCH 1:* (BODY.PEEK[])")
    most, end = 0, time.monotonic() + 4
    while time.monotonic() < end:
        most = max(most, resident(bed) - before)
        time.sleep(0.1)
    assert most < CLIENTS * HELD, f"{most >> 20} MiB for {CLIENTS} clients that do not read"
    writer.ask(b"z NOOP")
    finish(clients[0], len(text))
    print(f"slow reader: {most >> 10} KiB held for {CLIENTS} clients that asked for {MESSAGES * SIZE >> 20} MiB each")


def finish(client, size):
    """The one that reads again after all gets every byte."""
    for number in range(1, MESSAGES + 1):
        head = client.reader.readline()
        assert head == b"* %d FETCH (BODY[] {%d}\r\n" % (number, size), head
        assert len(client.reader.read(size)) == size
        assert client.reader.readline() == b")\r\n"
    assert client.reader.readline().startswith(b"d OK")
