"""What one client was told, and what may have happened without its being told. The server must agree."""
import dataclasses

SIZES = (300, 1_000, 5_000, 60_000, 300_000)  # inline bodies and one above the 256 KiB at which bodies become files
INBOX, ARCHIVE = "INBOX", "Archive"


@dataclasses.dataclass
class Entry:
    """One message: `certain` copies are there by the server's word, `possible` ones may be there besides."""
    token: str
    text: bytes
    places: set
    certain: int = 0
    possible: int = 0
    flags: set = dataclasses.field(default_factory=set)
    uid: int = 0


class Book:
    """One account, used by one seed alone."""

    def __init__(self, seed, address):
        self.seed, self.address = seed, address
        self.entries = {}
        self.pending = None

    def message(self, size, place):
        token = f"s{self.seed}n{len(self.entries)}"
        entry = Entry(token, text(token, size), {place})
        self.entries[token] = entry
        return entry

    def tell(self, end, kept, unknown):
        """A command is out, complete after byte `end`: its answer calls `kept`; if none comes, `unknown` may be so."""
        self.pending = (end, kept, unknown)

    def answered(self):
        _, kept, _ = self.pending
        self.pending = None
        kept()

    def broken(self, passed):
        """The connection has gone. What did not wholly get through cannot have been done."""
        if self.pending and passed >= self.pending[0]:
            self.pending[2]()
        self.pending = None

    def sending(self, end, entry):
        def kept():
            entry.certain += 1

        def unknown():
            entry.possible += 1

        self.tell(end, kept, unknown)


def text(token, size):
    head = f"From: a@elsewhere.example\r\nTo: b@example.test\r\nSubject: {token}\r\nMessage-ID: <{token}@network>\r\n\r\n"
    line = f"{token} ".ljust(70, "x") + "\r\n"
    return (head + line * max(1, (size - len(head)) // len(line)) + f"end {token}\r\n").encode()


def token_of(message):
    """The token of a message that is there whole, as it was sent; nothing may be missing between head and end."""
    start = message.find(b"Message-ID: <")
    assert start >= 0, f"a message of nobody: {message[-200:]!r}"
    token = message[start + 13:message.index(b"@network>", start)].decode()
    assert message.endswith(f"end {token}\r\n".encode()), f"half a message: {message[-200:]!r}"
    return token


def same(message, entry):
    """Port 25 and submission put lines on top."""
    return message.endswith(entry.text)
