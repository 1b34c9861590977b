"""A server that staples an OCSP answer (RFC 6066 §8): openssl's own, since Python's library offers no way to do it.

One process for each connection does the TLS; the dialogue speaks through its input and output."""
import socket
import subprocess
import threading
import time

from wire import Gone

PATIENCE = 10


class Stapled:
    """`status`: "good" or "revoked", of the first certificate of the pair; `signer`: a stranger who says so."""

    def __init__(self, certificates, pair, status="good", signer=None):
        self.command = ["-cert", pair.chain, "-cert_chain", pair.chain, "-key", pair.key, "-status_file",
                        certificates.staple(pair, status, signer)]

    def start(self, wire, keep_pending=False):
        port = free_port()
        ours, theirs = socket.socketpair()
        with theirs:
            command = ["openssl", "s_server", "-quiet", "-naccept", "1", "-accept", f"127.0.0.1:{port}", *self.command]
            server = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL)
        behind = connected(port)
        outside = wire.socket
        for source, sink in ((outside, behind), (behind, outside)):
            threading.Thread(target=pump, args=(source, sink), daemon=True).start()
        threading.Thread(target=server.wait, daemon=True).start()
        wire.delegate(ours)


def pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    for each in (source, sink):
        try:
            each.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def connected(port):
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except ConnectionRefusedError as error:
            if time.monotonic() > deadline:
                raise Gone from error
            time.sleep(0.01)
