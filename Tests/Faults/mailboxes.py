"""What one account must hold after what its clients were told, and the comparison with what it does hold."""
import collections
import re

import ledger as books

SMALL, LARGE = 3_000, 300_000
BOXES = ("INBOX", "Archive")


class Account:
    """`expected` holds what was acknowledged; `refused` what was not, which may be there at most by mistake."""

    def __init__(self, number, seeds=()):
        self.number = number
        self.expected = {box: collections.Counter() for box in BOXES}
        self.expected["INBOX"].update(seeds)
        self.flagged = set()
        self.refused = collections.Counter()
        self.asked = set()  # tokens that a client wanted to be removed or moved away
        self.is_changed = False

    def note(self, answer, box, token):
        """A message was to be put there."""
        if answer.name == "DONE":
            self.expected[box][token] += 1
            self.is_changed = True
        else:
            self.refused[token] += 1

    def take(self, box, token):
        self.expected[box] -= collections.Counter([token])
        self.is_changed = True

    def compare(self, found, flags, queued):
        """Raises when something acknowledged is missing or something expunged is there; returns how much was kept though
        it was refused."""
        extra = collections.Counter()
        for box in BOXES:
            missing = self.expected[box] - found[box]
            missing -= queued
            assert not set(missing) - self.asked, f"account {self.number}: {box} lacks {dict(missing)}"
            assert not missing, f"account {self.number}: {box} has lost {dict(missing)} although that was refused"
            extra += found[box] - self.expected[box]
        assert not extra - self.refused, f"account {self.number}: there for no reason: {dict(extra - self.refused)}"
        assert self.flagged <= flags, f"account {self.number}: flags lost on {self.flagged - flags}"
        return extra.total()


def look(bed, number, context):
    """({box: Counter of tokens}, flagged tokens); every body is read and compared with what was sent."""
    found, flagged = {}, set()
    with books.imap(bed, number, context) as session:
        for box in BOXES:
            found[box] = collections.Counter()
            status, reply = session.select(box, readonly=True)
            assert status == "OK", reply
            if reply == [b"0"]:
                continue
            status, lines = session.uid("FETCH", "1:*", "(FLAGS BODY.PEEK[])")
            assert status == "OK", (status, lines)
            for head, body in (part for part in lines if isinstance(part, tuple)):
                token = whole(body)
                found[box][token] += 1
                if rb"\Flagged" in head:
                    flagged.add(token)
    return found, flagged


def whole(body):
    """The token of a message that `books.message` made, after a look at every line of it."""
    token = re.search(rb"^Message-ID: <(\w+)@ledger>", body, re.MULTILINE).group(1).decode()
    text = body.partition(b"\r\n\r\n")[2]
    line = f"{token} ".ljust(76, "x").encode() + b"\r\n"
    expected = SMALL if len(text) < (SMALL + LARGE) // 2 else LARGE
    assert text == line * (len(text) // len(line)), f"{token}: a line of the body is not what was sent"
    assert abs(len(text) - expected) < 400, f"{token}: {len(text)} bytes instead of about {expected}"
    return token
