"""Messages that tests send, and what is read of those that arrived."""
import dataclasses
import datetime
import email
import email.policy
import email.utils
import itertools
import os

_numbers = itertools.count(1)
# Filters hold a message of yesterday against its sender.
NOW = email.utils.format_datetime(datetime.datetime.now(datetime.timezone.utc))
LINE = "A line of text that is neither short nor long, as people write them. "


@dataclasses.dataclass(frozen=True)
class Received:
    """What a next hop took: the envelope, and the message as it was sent."""
    sender: str
    recipient: str
    data: bytes

    @property
    def message(self):
        return email.message_from_bytes(self.data, policy=email.policy.SMTP)

    @property
    def token(self):
        return token_of(self.data)


def new_token():
    return f"{os.getpid():x}n{next(_numbers)}"


def compose(token, sender="u00001@example.test", to="anna@postfix.example", subject=None, body=None, size=0, extra=""):
    """A message as bytes with CRLF; the token is its Message-ID."""
    head = (f"From: {sender}\r\nTo: {to}\r\nSubject: {subject or 'about ' + token}\r\nDate: {NOW}\r\n"
            f"Message-ID: <{token}@sending.example>\r\n{extra}")
    if "MIME-Version" not in extra:
        head += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    body = body or f"This is {token}.\r\n.\r\n..two dots\r\n"
    line = LINE.strip() + "\r\n"
    body += line * max(0, (size - len(head) - len(body)) // len(line))
    return (head + "\r\n" + body).encode()


def token_of(data):
    """The token of a message, or of the one that a report is about."""
    found = header(data, b"message-id")
    return found.strip().decode("ascii", "replace").split("@")[0].lstrip("<") if found else ""


def header(data, name):
    """The first field of that name, unfolded; bytes, or None."""
    head = data.split(b"\r\n\r\n", 1)[0].replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    for line in head.split(b"\r\n"):
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip()
    return None


def body(data):
    return data.split(b"\r\n\r\n", 1)[1]


def text_of(data):
    """The text of a message's first part, decoded, with LF."""
    part = email.message_from_bytes(data, policy=email.policy.SMTP).get_body(("plain",))
    return part.get_content().replace("\r\n", "\n")
