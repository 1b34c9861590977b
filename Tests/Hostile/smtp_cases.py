"""SMTP framing and relaying."""
import re

from harness import Wire, conversation

HELLO = b"EHLO client.example\r\n"
MAIL = b"MAIL FROM:<x@elsewhere.example>\r\n"
RCPT = b"RCPT TO:<u00001@example.test>\r\n"
BEGUN = HELLO + MAIL + RCPT
HIDDEN = b"MAIL FROM:<hidden@elsewhere.example>\r\n" + RCPT + b"DATA\r\nhidden\r\n.\r\n"
QUIT = b"QUIT\r\n"
TWO_SENDERS = rb"2\.1\.0.*2\.1\.0"
CASES = []

# Only CRLF.CRLF ends DATA; nothing behind another "end" may be taken for a command.
for ending in [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r.\r\n", b"\r\n.\r", b"\r\n.\r\r\n", b"\n\n.\n\n",
               b"\r\n\x00.\r\n", b"\r\n.\x00\r\n", b"\r\n. \r\n", b"\r\r\n.\r\r\n"]:
    data = BEGUN + b"DATA\r\nSubject: a\r\n\r\nbody" + ending + HIDDEN + QUIT
    refusal = rb"250 2\.0\.0 OK id|550 5\.5\.2" if b"\x00" in ending or b" " in ending else rb"550 5\.5\.2"
    CASES.append((f"smtp: end of data as {ending!r}", conversation("smtp", data, refusal, TWO_SENDERS)))

ROWS = [
    ("data before mail, its lines as commands", HELLO + b"DATA\r\n" + b"Subject: x\r\n" * 30, rb"503.*421 4\.7\.0", None),
    ("mail before hello", MAIL + QUIT, rb"503 5\.5\.1", None),
    ("recipient before sender", HELLO + RCPT + QUIT, rb"503 5\.5\.1", None),
    ("two senders", HELLO + MAIL + MAIL + QUIT, rb"503 5\.5\.1", TWO_SENDERS),
    ("no recipients", HELLO + MAIL + b"DATA\r\n" + QUIT, rb"503 5\.5\.1", rb"354"),
    ("a transaction after RSET", HELLO + MAIL + b"RSET\r\n" + RCPT + QUIT, rb"503 5\.5\.1", rb"2\.1\.5"),
    ("data cut in half", BEGUN + b"DATA\r\nSubject: half\r\n\r\nhalf", rb"354", rb"OK id"),
    ("chunk cut in half", BEGUN + b"BDAT 1000 LAST\r\nhalf", rb"2\.1\.5", rb"OK id"),
    ("empty last chunk", BEGUN + b"BDAT 0 LAST\r\n" + QUIT, rb"250 2\.0\.0 OK id", None),
    ("chunk after refused recipients",
     HELLO + MAIL + b"RCPT TO:<nobody@example.test>\r\nBDAT 6 LAST\r\nNOOP\r\n" + QUIT, rb"550 5\.1\.1.*503", rb"250 2\.0\.0 OK"),
    ("bare LF in a chunk", BEGUN + b"BDAT 4 LAST\r\na\nb\n" + QUIT, rb"550 5\.5\.2", rb"OK id"),
    ("bare CR at the end of a chunk", BEGUN + b"BDAT 2\r\na\rBDAT 2 LAST\r\nbc" + QUIT, rb"550 5\.5\.2", rb"OK id"),
    ("chunk of minus one", BEGUN + b"BDAT -1 LAST\r\n" + QUIT, rb"501", rb"OK id"),
    ("chunk of 2^80", BEGUN + b"BDAT 1208925819614629174706176 LAST\r\n" + HIDDEN, rb"552", TWO_SENDERS),
    ("chunk of 2^63", BEGUN + b"BDAT 9223372036854775808 LAST\r\n" + HIDDEN, rb"552", TWO_SENDERS),
    ("data after a chunk", BEGUN + b"BDAT 2\r\nabDATA\r\n" + QUIT, rb"503", rb"354"),
    ("binary body in DATA", HELLO + b"MAIL FROM:<x@elsewhere.example> BODY=BINARYMIME\r\n" + RCPT + b"DATA\r\n" + QUIT,
     rb"503", rb"354"),
    ("long command", HELLO + b"NOOP " + b"a" * 10_000 + b"\r\nNOOP\r\n" + QUIT, rb"500 5\.5\.2.*250 2\.0\.0", None),
    ("endless command", b"EHLO " + b"a" * 3_000_000, rb"421", None),
    ("NUL in a command", HELLO + b"MAIL FROM:<x\x00@elsewhere.example>\r\nNO\x00OP\r\n" + QUIT, rb"501.*500", rb"2\.1\.0"),
    ("command ends with LF", b"EHLO client.example\nNOOP\n" + QUIT, rb"500.*500", rb"PIPELINING"),
    ("bare CR in a command", HELLO + b"NOOP\rMAIL\r\n" + QUIT, rb"500", None),
    ("control characters in EHLO", b"EHLO a\x1b[2J\x07b\r\n" + QUIT, rb"501", rb"greets"),
    ("unknown commands", b"XYZZY\r\n" * 40, rb"421 4\.7\.0", None),
    ("thousands of NOOP", b"NOOP\r\n" * 5_000, rb"421 4\.7\.0", None),
    ("recipients tried out", HELLO + MAIL + b"".join(b"RCPT TO:<try%d@example.test>\r\n" % n for n in range(500)),
     rb"550 5\.1\.1.*421", None),
    ("too many recipients", HELLO + MAIL + RCPT * 1_100 + QUIT, rb"452 4\.5\.3", None),
    ("a hundred parameters", HELLO + b"MAIL FROM:<x@elsewhere.example>" + b" A=b" * 100 + b"\r\n" + QUIT, rb"50[01]|555", rb"2\.1\.0"),
    ("parameter twice", HELLO + b"MAIL FROM:<x@elsewhere.example> SIZE=1 SIZE=2\r\n" + QUIT, rb"501", rb"2\.1\.0"),
    ("size beyond 64 bits", HELLO + b"MAIL FROM:<x@elsewhere.example> SIZE=99999999999999999999\r\n" + QUIT, rb"552", None),
    ("size with a sign", HELLO + b"MAIL FROM:<x@elsewhere.example> SIZE=-1\r\n" + QUIT, rb"501", rb"2\.1\.0"),
    ("UTF-8 address without SMTPUTF8", HELLO + "MAIL FROM:<jö@elsewhere.example>\r\n".encode() + QUIT, rb"553 5\.6\.7", None),
    ("UTF-8 recipient without SMTPUTF8", HELLO + MAIL + "RCPT TO:<jö@example.test>\r\n".encode() + QUIT, rb"553 5\.6\.7", None),
    ("bad UTF-8 address", HELLO + b"MAIL FROM:<j\xff@elsewhere.example> SMTPUTF8\r\n" + QUIT, rb"501", rb"2\.1\.0"),
    ("ORCPT with a control character", HELLO + MAIL + b"RCPT TO:<u00001@example.test> ORCPT=rfc822;a+0\r\n" + QUIT, rb"501", None),
    ("login in clear", HELLO + b"AUTH PLAIN AHUwMDAwMQBzZWNyZXQ=\r\n" + QUIT, rb"538", rb"235"),
    ("a browser", b"POST / HTTP/1.1\r\nHost: x\r\n\r\n" + HIDDEN, rb"421", rb"250"),
    ("HELP, VRFY and EXPN tell nothing", HELLO + b"HELP\r\nVRFY u00001\r\nEXPN staff\r\n" + QUIT, rb"214.*252.*502", rb"u00001@"),
    ("8-bit text that was not announced", BEGUN + b"DATA\r\nSubject: \xff\xfe\r\n\r\n\xe4\xf6\r\n.\r\n" + QUIT, rb"OK id", None),
    ("hop loop", BEGUN + b"DATA\r\n" + b"Received: from a by b; now\r\n" * 60 + b"\r\nx\r\n.\r\n" + QUIT, rb"554 5\.4\.6", rb"OK id"),
    ("twenty thousand header fields", BEGUN + b"DATA\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\nx\r\n.\r\n" + QUIT, rb"OK id", None),
    ("header of two megabytes", BEGUN + b"DATA\r\nX: " + b"a" * 2_000_000 + b"\r\n\r\nx\r\n.\r\n" + QUIT, rb"OK id|552", None),
    ("message of one endless line", BEGUN + b"DATA\r\n\r\n" + b"a" * 5_000_000 + b"\r\n.\r\n" + QUIT, rb"OK id|552", None),
    ("message of NULs", BEGUN + b"DATA\r\nSubject: n\r\n\r\n" + b"\x00" * 100_000 + b"\r\n.\r\n" + QUIT, rb"OK id|55\d", None),
    ("talks before the greeting and goes", BEGUN, rb"2\.1\.5", None),
]
CASES += [(f"smtp: {name}", conversation("smtp", *row)) for name, *row in ROWS]

# Nobody relays through this server, however the address is dressed up.
for address, expected in [
    (b"x@elsewhere.example", rb"550 5\.7\.1"), (b"x%elsewhere.example@example.test", rb"550"),
    (b"@example.test:x@elsewhere.example", rb"550 5\.7\.1"), (b"@a.example,@example.test:x@elsewhere.example", rb"550 5\.7\.1"),
    (b'"x@elsewhere.example"@example.test', rb"550"), (b"elsewhere.example!x@example.test", rb"550"),
    (b"x@elsewhere.example@example.test", rb"501"), (b"x@example.test@elsewhere.example", rb"501"),
    (b"x@elsewhere.example.", rb"5\d\d"), (b"x@[127.0.0.1]", rb"550"), (b"x@[IPv6:::1]", rb"550"), (b"x@localhost", rb"550"),
    (b"", rb"501"), (b"@", rb"501"), (b"@:", rb"501"), (b"x", rb"50\d|550"), (b'"', rb"501"), (b'"\\', rb"501"),
    (b"a" * 900 + b"@example.test", rb"5\d\d"), (b"u00001+" + b"a" * 300 + b"@example.test", rb"5\d\d"),
    (b"../../etc/passwd@example.test", rb"550|501"), (b"'; DROP TABLE account; --@example.test", rb"501|550"),
    (b"%@example.test", rb"550"), (b"*@example.test", rb"550"), (b"|/bin/sh@example.test", rb"550"),
]:
    CASES.append((f"relay: <{address[:40].decode()}>",
                  conversation("smtp", HELLO + MAIL + b"RCPT TO:<" + address + b">\r\n" + QUIT, expected, rb"2\.1\.5")))


def null_sender_gets_no_bounce(server):
    with Wire(server, "smtp") as wire:
        wire.send(HELLO + b"MAIL FROM:<>\r\nRCPT TO:<nobody@example.test>\r\nRCPT TO:<u00001@example.test>\r\n" + QUIT)
        assert re.search(rb"550 5\.1\.1.*250 2\.1\.5", wire.rest(), re.S)


def half_a_message_is_no_message(server):
    address = server.fresh_address()
    before = server.count(address)
    for _ in range(20):
        with Wire(server, "smtp") as wire:
            wire.send(HELLO + MAIL + f"RCPT TO:<{address}>\r\nDATA\r\n".encode() + b"Subject: x\r\n\r\n" + b"a" * 300_000)
    assert server.count(address) == before


CASES += [("relay: null sender", null_sender_gets_no_bounce), ("smtp: half messages leave nothing", half_a_message_is_no_message)]
