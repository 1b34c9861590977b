"""A connection as a fixture sees it: every byte that came in is kept, as it came and as it was meant.

TLS runs over memory, so that the bytes below it can be looked at, kept, and answered by hand."""
import contextlib
import dataclasses
import socket
import ssl
import struct
import threading

PATIENCE = 90
LONGEST_LINE = 65536


class Gone(Exception):
    """The peer has closed, or said nothing for too long."""


@dataclasses.dataclass
class Conversation:
    """What one connection brought."""
    service: str
    address: str
    port: int
    raw: bytearray = dataclasses.field(default_factory=bytearray)
    in_clear: bytearray = dataclasses.field(default_factory=bytearray)
    in_tls: bytearray = dataclasses.field(default_factory=bytearray)
    tls_version: str | None = None


class Log:
    """All conversations of one fixture."""

    def __init__(self):
        self.lock, self.conversations = threading.Lock(), []

    def begin(self, service, address, port):
        conversation = Conversation(service, address, port)
        with self.lock:
            self.conversations.append(conversation)
        return conversation

    def take(self):
        """What has come so far; the next reader begins anew."""
        with self.lock:
            taken, self.conversations = self.conversations, []
        return taken


class Wire:
    def __init__(self, connection, conversation):
        self.socket, self.conversation, self.tls, self.is_delegated = connection, conversation, None, False
        self.pending = bytearray()
        connection.settimeout(PATIENCE)

    @property
    def is_secure(self):
        return self.tls is not None or self.is_delegated

    def delegate(self, inner):
        """Somebody else does the TLS: on `inner` is what it holds."""
        inner.settimeout(PATIENCE)
        self.socket, self.is_delegated = inner, True

    def receive_raw(self):
        try:
            data = self.socket.recv(65536)
        except OSError as error:
            raise Gone from error
        if not data:
            raise Gone
        if not self.is_delegated:
            self.conversation.raw += data
        return data

    def receive(self):
        """More of what the peer says, decrypted."""
        if self.tls is None:
            data, told = self.receive_raw(), self.conversation
            (told.in_tls if self.is_delegated else told.in_clear).extend(data)
            return data
        while True:
            try:
                data = self.tls.read(65536)
            except ssl.SSLWantReadError:
                self.incoming.write(self.receive_raw())
                continue
            except ssl.SSLError as error:
                raise Gone from error
            finally:
                self.flush()
            if not data:
                raise Gone
            self.conversation.in_tls += data
            return data

    def line(self):
        """Without its line ending."""
        while (end := self.pending.find(b"\n")) < 0:
            if len(self.pending) > LONGEST_LINE:
                raise Gone
            self.pending += self.receive()
        found = bytes(self.pending[:end]).rstrip(b"\r")
        del self.pending[:end + 1]
        return found

    def exactly(self, count):
        while len(self.pending) < count:
            self.pending += self.receive()
        found = bytes(self.pending[:count])
        del self.pending[:count]
        return found

    def send(self, data):
        data = data.encode() if isinstance(data, str) else data
        if self.tls is None:
            return self.send_raw(data)
        try:
            self.tls.write(data)
        except ssl.SSLError as error:
            raise Gone from error
        return self.flush()

    def say(self, *lines):
        self.send("".join(line + "\r\n" for line in lines))

    def send_raw(self, data):
        try:
            self.socket.sendall(data)
        except OSError as error:
            raise Gone from error

    def flush(self):
        if data := self.outgoing.read():
            self.send_raw(data)

    def start_tls(self, context, keep_pending=False, begun=b""):
        """`keep_pending`: the fault of STARTTLS injection. `begun`: raw bytes that were read already."""
        if not keep_pending:
            self.pending.clear()
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.incoming.write(begun)
        session = context.wrap_bio(self.incoming, self.outgoing, server_side=True)
        while True:
            try:
                session.do_handshake()
                break
            except ssl.SSLWantReadError:
                self.flush()
                self.incoming.write(self.receive_raw())
            except ssl.SSLError as error:
                self.flush()
                raise Gone from error
        self.flush()
        self.tls, self.conversation.tls_version = session, session.version()

    def drain(self):
        """Listens, and says nothing, until the peer has gone."""
        while True:
            self.receive()

    def reset(self):
        """Cuts the connection with RST instead of FIN."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def close(self):
        """What was said last still arrives: a close over unread bytes would be a reset."""
        try:
            if self.tls is not None:
                with contextlib.suppress(ssl.SSLError):
                    self.tls.unwrap()
                self.flush()
            self.socket.shutdown(socket.SHUT_WR)
            self.socket.settimeout(1)
            while True:
                self.receive_raw()
        except (Gone, OSError):
            pass
        self.socket.close()
