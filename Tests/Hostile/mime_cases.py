"""Mail made to hurt whoever parses it: delivered, then fetched and searched."""
import re
import time

from harness import LONGEST_ANSWER


def nested(depth):
    text = b""
    for level in range(depth):
        text += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
    return b"Subject: nested\r\nMIME-Version: 1.0\r\n" + text + b"\r\nend"


def messages_in_messages(depth):
    return b"Content-Type: message/rfc822\r\n\r\n" * depth + b"Subject: innermost\r\n\r\nx"


MULTIPART = b"Subject: bomb\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
BOMBS = [
    ("two thousand nested multiparts", nested(2_000)),
    ("twenty thousand nested multiparts", nested(20_000)),
    ("messages in messages", messages_in_messages(3_000)),
    ("two hundred thousand tiny parts", MULTIPART + b"--b\r\n\r\n" * 200_000 + b"--b--"),
    ("parts without line ends", MULTIPART + b"--b" * 300_000),
    ("no boundary parameter", b"Content-Type: multipart/mixed\r\n\r\n--\r\n\r\nx\r\n----"),
    ("empty boundary", b'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n\r\nx\r\n----'),
    ("boundary that never comes", MULTIPART.replace(b"=b", b"=nowhere") + b"--b\r\n\r\nx"),
    ("the same boundary within itself", MULTIPART + (b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 2_000)),
    ("boundaries that begin alike", b"Content-Type: multipart/mixed; boundary=" + b"a" * 60 + b"\r\n\r\n" + (b"--" + b"a" * 59 + b"\r\n") * 20_000),
    ("a thousand Content-Types", b"Content-Type: text/plain\r\n" * 1_000 + b"\r\nx"),
    ("ten thousand parameters", b"Content-Type: text/plain" + b";\r\n a=b" * 10_000 + b"\r\n\r\nx"),
    ("ten thousand continuations", b"Content-Disposition: attachment" + b"".join(
        b";\r\n filename*%d*=utf-8''%%41" % n for n in range(10_000)) + b"\r\n\r\nx"),
    ("continuation 2^64", b"Content-Disposition: attachment; filename*18446744073709551616*=x\r\n\r\nx"),
    ("parameter of a megabyte", b'Content-Type: text/plain; name="' + b"\\a" * 400_000 + b'"\r\n\r\nx'),
    ("encoded words without end", b"Subject: " + b"=?utf-8?b?w6Q=?= " * 40_000 + b"\r\n\r\nx"),
    ("broken encoded words", b"Subject: " + b"=?utf-8?q?=?=" * 40_000 + b"\r\n\r\nx"),
    ("encoded words in Klingon", b"Subject: =?x-klingon?b?////?= =??q?x?= =?utf-8?z?x?=\r\n\r\nx"),
    ("a hundred thousand addresses", b"To: " + b"a@b.example,\r\n " * 60_000 + b"c@d.example\r\n\r\nx"),
    ("comments in comments", b"To: " + b"(" * 200_000 + b"\r\n\r\nx"),
    ("groups in groups", b"To: " + b"a:" * 100_000 + b"\r\n\r\nx"),
    ("quotes that never end", b'From: "' + b"\\" * 300_001 + b"\r\n\r\nx"),
    ("angle brackets", b"From: " + b"<" * 200_000 + b"\r\n\r\nx"),
    ("dates from nowhere", b"Date: Fri, 99 Foo 99999999999999999999 99:99:99 +99999999\r\n" * 100 + b"\r\nx"),
    ("header of two megabytes", b"X-A: " + b"b" * 2_000_000 + b"\r\nSubject: far\r\n\r\nx"),
    ("hundred thousand fields", b"X-A: b\r\n" * 100_000 + b"\r\nx"),
    ("folded without end", b"Subject: a" + b"\r\n a" * 200_000 + b"\r\n\r\nx"),
    ("References without end", b"References: " + b"<a@b.example>\r\n " * 50_000 + b"\r\n\r\nx"),
    ("base64 of nothing", b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"=" * 1_000_000),
    ("quoted-printable of nothing", b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=\r\n" * 300_000),
    ("unknown encodings", b"Content-Type: text/plain; charset=klingon\r\nContent-Transfer-Encoding: x-uue\r\n\r\n\xff\xfe"),
    ("a charset with shifts", b"Content-Type: text/plain; charset=utf-7\r\n\r\n" + b"+AAA" * 200_000),
    ("another charset with shifts", b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + b"\x1b$B\x21" * 200_000),
    ("nothing at all", b""), ("line ends alone", b"\r\n" * 300_000), ("a colon alone", b":\r\n:\r\n\r\n:"),
    ("no header", b"\r\nbody"), ("NULs", b"Subject: a\x00b\r\n\x00: \x00\r\n\r\n\x00" * 1_000),
]
COMMANDS = [b"FETCH 1:* (FLAGS RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY)", b"FETCH 1:* (BODY.PEEK[HEADER] BODY.PEEK[1] BODY.PEEK[1.1.1.1.MIME])",
            b"FETCH 1:* BODY.PEEK[HEADER.FIELDS (SUBJECT TO X-A)]", b"SEARCH TEXT zebra", b"SEARCH BODY zebra SUBJECT quagga",
            b"SEARCH OR FROM x TO y SENTBEFORE 1-Jan-2000", b"FETCH 1:* BODY.PEEK[]"]


def bomb(message):
    def case(server):
        address = server.fresh_address()
        server.deliver(address, message, expected=b"250")
        with server.imap(address) as wire:
            for number, command in enumerate(COMMANDS):
                started = time.monotonic()
                wire.send(b"m%d %s\r\n" % (number, command))
                answer = wire.until(rb"^m%d |^\* BYE" % number)
                last = answer.split(b"\n")[-1]
                assert re.match(rb"m%d OK" % number, last), (command, last[:300])
                assert time.monotonic() - started < LONGEST_ANSWER, command
            wire.send(b"x STORE 1:* +FLAGS (\\Deleted)\r\ny EXPUNGE\r\n")
            assert b"y OK" in wire.until(rb"^y ")

    return case


CASES = [(f"mime: {name}", bomb(message)) for name, message in BOMBS]
