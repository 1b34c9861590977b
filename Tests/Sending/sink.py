"""A next hop in Python: takes mail as its `Manners` say and remembers every command, reply and message."""
import base64
import contextlib
import dataclasses
import re
import socket
import ssl
import threading
import time
import traceback

from mail import Received

EXTENSIONS = ("PIPELINING", "SIZE 52428800", "8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES", "CHUNKING")
PATIENCE = 60
CARRY_ON = object()
BACKLOG = 512


class Gone(Exception):
    """The other side has closed the connection, or we shall."""


@dataclasses.dataclass
class Manners:
    """`replies`: {"RCPT": answer} or {"RCPT later@": answer}, where an answer is text, or a function of dialogue and line; the
    longest key that fits wins. "" is no answer at all, CARRY_ON the usual one; None means to hang up."""
    extensions: tuple = EXTENSIONS
    tls: tuple = ()  # (chain, key): STARTTLS is offered
    more_over_tls: tuple = ()
    login: tuple = ()  # (name, password): demanded before MAIL
    replies: dict = dataclasses.field(default_factory=dict)
    greeting: str = "220 {host} ESMTP"
    before: object = None  # called with the connection before anything is said


def listening(address, port):
    """An IPv6 address of the stage belongs to no interface: it may be bound all the same (IPV6_FREEBIND, 78)."""
    if ":" not in address:
        return socket.create_server((address, port), backlog=BACKLOG)
    made = socket.socket(socket.AF_INET6)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.IPPROTO_IPV6, 78, 1)
    made.bind((address, port))
    made.listen(BACKLOG)
    return made


class Sink:
    def __init__(self, host, address, manners=None, port=25):
        self.host, self.address, self.port, self.manners = host, address, port, manners or Manners()
        self.received, self.dialogues, self.errors = [], [], []
        self.changed = threading.Condition()
        self.server = listening(address, port)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.converse, args=(connection,), daemon=True).start()

    def converse(self, connection):
        connection.settimeout(PATIENCE)
        dialogue = Dialogue(self, connection)
        self.dialogues.append(dialogue)
        try:
            dialogue.run()
        except (Gone, OSError):
            pass
        except Exception:
            self.errors.append(traceback.format_exc())
        dialogue.close()

    def take(self, messages):
        with self.changed:
            self.received += messages
            self.changed.notify_all()

    def wait_for(self, token, count=1, seconds=30):
        """The messages of a token, once there are so many."""
        with self.changed:
            self.changed.wait_for(lambda: len(self.of(token)) >= count, seconds)
            found = self.of(token)
        assert len(found) >= count, f"{len(found)} of {count} arrived at {self.host} within {seconds} s; {self.story()}"
        return found

    def of(self, token):
        return [message for message in self.received if message.token == token]

    def wait_for_command(self, pattern, seconds=30):
        end = time.monotonic() + seconds
        while not (found := self.commands(pattern)):
            assert time.monotonic() < end, f"no {pattern} came to {self.host}; {self.story()}"
            time.sleep(0.05)
        return found

    def commands(self, pattern):
        return [line for dialogue in list(self.dialogues) for line in list(dialogue.lines) if re.search(pattern, line)]

    def story(self):
        return " | ".join(" / ".join(dialogue.lines[-12:]) for dialogue in self.dialogues[-4:]) or "nobody came"

    def stop(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        for dialogue in self.dialogues:
            dialogue.end()


class Dialogue:
    """One connection; `lines` are the commands in their order."""

    def __init__(self, sink, connection):
        self.sink, self.manners, self.connection = sink, sink.manners, connection
        self.client = ""
        with contextlib.suppress(OSError):
            self.client = connection.getpeername()[0]
        self.buffer, self.lines = b"", []
        self.tls = None  # what was negotiated
        self.is_logged_in = False
        self.reset()

    def reset(self):
        self.sender, self.recipients, self.chunks = None, [], b""

    def run(self):
        if self.manners.before:
            self.manners.before(self.connection)
        self.say(self.chosen("CONNECT", "") or self.manners.greeting.format(host=self.sink.host))
        while True:
            line = self.read_line().decode("utf-8", "replace")
            self.lines.append(line)
            verb = line.split(" ")[0].upper()
            handle = getattr(self, f"do_{verb.lower()}", None)
            self.perform(handle, verb, line)

    def perform(self, handle, verb, line):
        said = self.chosen(verb, line)
        if verb == "BDAT":
            return self.do_bdat(line, said)
        if said is not None:
            self.say(said)
        elif handle:
            handle(line)
        else:
            self.say("500 5.5.1 unknown")

    def chosen(self, verb, line):
        """The scripted answer, or None."""
        keys = [key for key in self.manners.replies if fits(key, verb, line)]
        if not keys:
            return None
        said = self.manners.replies[max(keys, key=len)]
        said = said(self, line) if callable(said) else said
        if said is None:
            raise Gone
        return None if said is CARRY_ON else said

    def do_ehlo(self, line):
        offers = [self.sink.host, *self.manners.extensions]
        offers += ["STARTTLS"] if self.manners.tls and not self.tls else []
        offers += self.manners.more_over_tls if self.tls else ()
        offers += ["AUTH PLAIN LOGIN"] if self.manners.login and (self.tls or not self.manners.tls) else []
        self.say("\r\n".join(f"250{'-' if number < len(offers) - 1 else ' '}{offer}" for number, offer in enumerate(offers)))

    def do_helo(self, line):
        self.say(f"250 {self.sink.host}")

    def do_starttls(self, line):
        if not self.manners.tls:
            return self.say("502 5.5.1 no")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.manners.tls)
        self.say("220 2.0.0 go on")
        self.buffer = b""
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.tls = self.connection.version()
        self.reset()

    def do_auth(self, line):
        given = line.split(" ")[1:]
        if given[0].upper() == "LOGIN":
            self.say("334 " + base64.b64encode(b"Username:").decode())
            name = base64.b64decode(self.read_line())
            self.say("334 " + base64.b64encode(b"Password:").decode())
            parts = [name, base64.b64decode(self.read_line())]
        else:
            if len(given) < 2:
                self.say("334 ")
                given.append(self.read_line().decode())
            parts = base64.b64decode(given[1]).split(b"\0")[1:]
        self.is_logged_in = [part.decode() for part in parts] == list(self.manners.login)
        self.say("235 2.7.0 welcome" if self.is_logged_in else "535 5.7.8 no")

    def do_mail(self, line):
        if self.manners.login and not self.is_logged_in:
            return self.say("530 5.7.0 log in")
        self.reset()
        self.sender = path(line)
        self.say("250 2.1.0 sender")

    def do_rcpt(self, line):
        if self.sender is None:
            return self.say("503 5.5.1 who sends?")
        self.recipients.append(path(line))
        self.say("250 2.1.5 recipient")

    def do_data(self, line):
        if not self.recipients:
            return self.say("554 5.5.1 for whom?")
        self.say("354 go on")
        data = self.read_data()
        self.accept_message(data, self.chosen("DOT", ""))

    def do_bdat(self, line, said):
        parts = line.split()
        data = self.read_exactly(int(parts[1]))
        if said is not None:
            return self.say(said)
        self.chunks += data
        if parts[-1].upper() != "LAST":
            return self.say("250 2.0.0 chunk")
        self.accept_message(self.chunks, self.chosen("DOT", ""))

    def accept_message(self, data, said):
        """It counts as received when the 250 is on its way, as for a server that has written it."""
        taken = [Received(self.sender, recipient, data) for recipient in self.recipients]
        self.reset()
        if said is not None and not said.startswith("2"):
            return self.say(said)
        self.sink.take(taken)
        self.say(said or "250 2.0.0 queued as 4711")

    def do_rset(self, line):
        self.reset()
        self.say("250 2.0.0 forgotten")

    def do_noop(self, line):
        self.say("250 2.0.0 nothing")

    def do_quit(self, line):
        self.say("221 2.0.0 bye")
        raise Gone

    def say(self, text):
        if text:
            self.connection.sendall(text.encode() + b"\r\n")

    def read_line(self):
        while b"\n" not in self.buffer:
            self.fill()
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line.rstrip(b"\r")

    def read_data(self):
        """Up to the dot, unstuffed."""
        if self.buffer.startswith(b".\r\n"):
            self.buffer = self.buffer[3:]
            return b""
        while b"\r\n.\r\n" not in self.buffer:
            self.fill()
        data, _, self.buffer = self.buffer.partition(b"\r\n.\r\n")
        lines = (data + b"\r\n").split(b"\r\n")
        return b"\r\n".join(line[1:] if line.startswith(b".") else line for line in lines)

    def read_exactly(self, count):
        while len(self.buffer) < count:
            self.fill()
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def fill(self):
        more = self.connection.recv(1 << 18)
        if not more:
            raise Gone
        self.buffer += more

    def end(self):
        """From another thread."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def close(self):
        with contextlib.suppress(OSError):
            self.connection.close()


def fits(key, verb, line):
    """"RCPT" fits every RCPT, "RCPT later@" those with these words in them."""
    wanted, _, words = key.partition(" ")
    return wanted == verb and words.lower() in line.lower()


def path(line):
    return re.search(r"<([^>]*)>", line).group(1)
