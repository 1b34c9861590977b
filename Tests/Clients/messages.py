"""Messages that clients and servers are known to damage, and the comparison of what came back."""
import base64
import random
import re


def header(token, sender, to, extra=""):
    return (
        f"From: Test Sender <{sender}>\r\nTo: {to}\r\nSubject: {token}\r\n"
        f"Date: Mon, 2 Nov 2026 10:20:30 +0100\r\nMessage-ID: <{token}@client.example>\r\n{extra}\r\n"
    ).encode()


def plain(token, sender, to):
    return header(token, sender, to) + b"Hello,\r\n\r\nthis is a plain message.\r\n"


def dots(token, sender, to):
    return header(token, sender, to) + b".\r\n..\r\n.leading\r\nin the . middle\r\n\r\n.\r\nend\r\n"


def from_lines(token, sender, to):
    return header(token, sender, to) + b"From here on\r\n>From there\r\n\r\nFrom me\r\n"


def eight_bit(token, sender, to):
    extra = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    return header(token, sender, to, extra) + "Räksmörgås på Göta älv, 東京 ✓\r\n".encode()


def long_lines(token, sender, to):
    return header(token, sender, to) + b"x" * 998 + b"\r\n" + b"y" * 900 + b"\r\n"


def attachment(token, sender, to, size=300_000):
    content = base64.encodebytes(random.Random(token).randbytes(size)).replace(b"\n", b"\r\n")
    extra = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=_b"\r\n'
    return (
        header(token, sender, to, extra)
        + b"--=_b\r\nContent-Type: text/plain\r\n\r\nsee attachment\r\n"
        + b"--=_b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + content + b"--=_b--\r\n"
    )


KINDS = [plain, dots, from_lines, eight_bit, long_lines, attachment]


def same(sent, received):
    """The received bytes are the sent ones below the trace header that delivery puts on top."""
    return received.endswith(sent) and trace_only(received[: -len(sent)])


def same_text(sent, received):
    """As `same`, for clients that store with bare line feeds and add trace fields of their own."""
    added = rb"^(X-TUID|X-getmail-retrieved-from-mailbox): .*\n"  # mbsync, getmail
    received = re.sub(added, b"", received.replace(b"\r\n", b"\n"), count=1, flags=re.MULTILINE)
    return received.rstrip(b"\n").endswith(sent.replace(b"\r\n", b"\n").rstrip(b"\n"))


def trace_only(prefix):
    names = [line.split(b":")[0] for line in prefix.split(b"\r\n") if line and line[:1] not in b" \t"]
    return all(name in (b"Return-Path", b"Received") for name in names)
