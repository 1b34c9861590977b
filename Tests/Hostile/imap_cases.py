"""IMAP's grammar, before and after login."""
import re
import time

from harness import LONGEST_ANSWER, Wire, conversation

CASES = []
LOGOUT = b"z LOGOUT\r\n"

BEFORE = [
    ("literal of 2^80", b"a LOGIN {1208925819614629174706176}\r\n", rb"BAD|BYE|NO"),
    ("literal of 2^32", b"a LOGIN {4294967296}\r\n", rb"BAD|BYE|NO"),
    ("literal of ten megabytes, pushed", b"a LOGIN {10000000+}\r\n" + b"x" * 1_000_000, rb"BAD|BYE|NO"),
    ("literal without an end", b"a LOGIN {5\r\n" + LOGOUT, rb"BAD"),
    ("literal of minus one", b"a LOGIN {-1}\r\n" + LOGOUT, rb"BAD"),
    ("literal flood", b"a LOGIN " + b"{1+}\r\nx " * 5_000 + b"\r\n" + LOGOUT, rb"BAD|BYE|NO"),
    ("deep parentheses", b"a ID " + b"(" * 4_000 + b"\r\n" + LOGOUT, rb"a BAD"),
    ("line over the limit", b"a NOOP " + b"x" * 20_000 + b"\r\nb NOOP\r\n" + LOGOUT, rb"BAD|BYE"),
    ("endless line", b"x" * 3_000_000, rb"BYE"),
    ("endless tag", b"x" * 8_000 + b" NOOP\r\n" + LOGOUT, rb"BAD|OK"),
    ("NUL", b"a NO\x00OP\r\n" + LOGOUT, rb"BAD"),
    ("nothing but line ends", b"\r\n" * 10_000, rb"BYE"),
    ("bare CR", b"a NOOP\rb NOOP\r" + LOGOUT, rb"BAD"),
    ("garbage", bytes(range(1, 256)) * 20 + b"\r\n" + LOGOUT, rb"BAD"),
    ("wrong commands", b"a XYZZY\r\n" * 40, rb"BYE"),
    ("commands of later states", b"a SELECT INBOX\r\nb FETCH 1 FLAGS\r\nc IDLE\r\nd UID EXPUNGE 1\r\n" + LOGOUT,
     rb"a BAD.*b BAD.*c BAD.*d BAD"),
    ("an append before login", b"a APPEND INBOX {99999999+}\r\n" + b"x" * 100_000, rb"BAD|BYE|NO"),
    ("ID flood", b"a ID (" + b'"a" "b" ' * 900 + b'"c" "d")\r\n' + LOGOUT, rb"a (OK|BAD)"),
]
for name, data, expected in BEFORE:
    for service in ("imap", "imaps"):
        CASES.append((f"imap: before login, {name} ({service})", conversation(service, data + b"\r\n" + LOGOUT, expected)))

PARTS = b"(" * 5_000
AFTER = [
    ("SEARCH in deep parentheses", b"SEARCH " + b"(" * 5_000 + b"ALL" + b")" * 5_000, rb"BAD|NO"),
    ("SEARCH of many NOTs", b"SEARCH " + b"NOT " * 15_000 + b"ALL", rb"BAD|NO|OK"),
    ("SEARCH of many ORs", b"SEARCH " + b"OR ALL " * 8_000 + b"ALL", rb"BAD|NO|OK"),
    ("SEARCH of two keys in ninety parentheses", b"SEARCH " + b"(" * 90 + b"UNSEEN" + b" ALL)" * 90, rb"OK"),
    ("SEARCH of ANDs in ORs in ANDs", b"SEARCH " + b"OR (" * 45 + b"FLAGGED" + b" ALL) SEEN" * 45, rb"OK"),
    ("SEARCH of many keys", b"SEARCH " + b"SEEN " * 12_000 + b"ALL", rb"BAD|NO|OK"),
    ("SEARCH in Klingon", b"SEARCH CHARSET KLINGON TEXT x", rb"NO \[BADCHARSET"),
    ("SEARCH for bad UTF-8", b"SEARCH CHARSET UTF-8 TEXT {3+}\r\n\xff\xfe\xfd", rb"OK|NO|BAD"),
    ("SEARCH for sixty thousand octets", b'SEARCH TEXT "' + b"a" * 60_000 + b'"', rb"OK|NO|BAD"),
    ("SEARCH of a set beyond 32 bits", b"SEARCH UID 1:99999999999", rb"BAD"),
    ("SEARCH LARGER than 64 bits", b"SEARCH LARGER 99999999999999999999", rb"BAD|OK"),
    ("SEARCH MODSEQ beyond 63 bits", b"SEARCH MODSEQ 18446744073709551615", rb"BAD|OK"),
    ("SEARCH for a day that does not exist", b"SEARCH SINCE 99-Foo-99999", rb"BAD"),
    ("FETCH of everything there can be", b"FETCH 1:4294967295 FLAGS", rb"OK|NO|BAD"),
    ("FETCH of zero", b"FETCH 0 FLAGS", rb"BAD"),
    ("FETCH of 2^32", b"FETCH 4294967296 FLAGS", rb"BAD"),
    ("FETCH of 2^64", b"FETCH 18446744073709551616 FLAGS", rb"BAD"),
    ("FETCH of stars", b"UID FETCH *:*,*:1,4294967295:* FLAGS", rb"OK"),
    ("FETCH of thirty thousand ranges", b"UID FETCH " + b"1," * 30_000 + b"1 FLAGS", rb"OK|BAD|NO"),
    ("FETCH of a deep section", b"FETCH 1 BODY[" + b"1." * 5_000 + b"TEXT]", rb"OK|BAD|NO"),
    ("FETCH of section 2^64", b"FETCH 1 BODY[18446744073709551616]", rb"BAD|OK"),
    ("FETCH of thousands of fields", b"FETCH 1 BODY[HEADER.FIELDS (" + b"x " * 10_000 + b"y)]", rb"OK|BAD|NO"),
    ("FETCH of a part behind all parts", b"FETCH 1 BODY[]<4294967295.4294967295>", rb"OK|BAD"),
    ("FETCH of a part beyond 64 bits", b"FETCH 1 BODY[]<99999999999999999999.1>", rb"BAD"),
    ("FETCH of thousands of items", b"FETCH 1 (" + b"FLAGS " * 10_000 + b"UID)", rb"OK|BAD|NO"),
    ("FETCH of whole bodies a hundred times", b"FETCH 1 (" + b"BODY.PEEK[] " * 100 + b"UID)", rb"OK|BAD|NO"),
    ("FETCH in deep parentheses", b"FETCH 1 " + PARTS, rb"BAD"),
    ("STORE of a thousand keywords",
     b"STORE 1 +FLAGS (" + b" ".join(b"k%d" % n for n in range(1_000)) + b")", rb"NO|BAD"),
    ("STORE of an endless keyword", b"STORE 1 +FLAGS (" + b"k" * 20_000 + b")", rb"NO|BAD"),
    ("STORE of an unknown system flag", b"STORE 1 +FLAGS (\\Klingon)", rb"NO|BAD"),
    ("STORE unchanged since 2^64", b"STORE 1 (UNCHANGEDSINCE 18446744073709551616) FLAGS ()", rb"BAD"),
    ("COPY to itself", b"COPY 1 INBOX", rb"OK|NO|BAD"),
    ("COPY to nowhere", b"COPY 1 nowhere", rb"NO|BAD"),
    ("CREATE with NUL", b"CREATE {3+}\r\na\x00b", rb"BAD|NO|BYE"),
    ("CREATE with a control character", b'CREATE "a\x01b"', rb"BAD|NO"),
    ("CREATE with an empty level", b"CREATE a//b", rb"BAD|NO"),
    ("CREATE of dots", b"CREATE ../../etc/passwd", rb"BAD|NO|OK"),
    ("CREATE of a wildcard", b'CREATE "a%*"', rb"BAD|NO"),
    ("CREATE of a separator", b"CREATE /", rb"BAD|NO"),
    ("CREATE of INBOX", b"CREATE InBoX", rb"NO"),
    ("CREATE in bad modified UTF-7", b"CREATE &AAA", rb"BAD|NO"),
    ("CREATE in a lone shift", b"CREATE &", rb"BAD|NO"),
    ("CREATE of half a surrogate", b"CREATE &2AA-", rb"BAD|NO"),
    ("CREATE in bad UTF-8", b"CREATE {2+}\r\n\xff\xfe", rb"BAD|NO"),
    ("CREATE of five thousand octets", b"CREATE " + b"a" * 5_000, rb"BAD|NO"),
    ("CREATE of five hundred levels", b"CREATE " + b"a/" * 499 + b"a", rb"BAD|NO|OK"),
    ("RENAME into itself", b"RENAME Archive Archive/a/b", rb"NO|BAD"),
    ("RENAME of nothing", b"RENAME nowhere elsewhere", rb"NO"),
    ("DELETE of INBOX", b"DELETE INBOX", rb"NO"),
    ("LIST bomb", b'LIST "" "' + b"*a" * 500 + b'"', rb"OK|NO|BAD"),
    ("LIST percent bomb", b'LIST "" "' + b"%*" * 500 + b'x"', rb"OK|NO|BAD"),
    ("LIST of sixty-four bombs", b'LIST "" (' + b" ".join([b'"' + b"*a" * 450 + b'b"'] * 64) + b")", rb"OK|NO|BAD"),
    ("LIST of ten thousand patterns", b'LIST "" (' + b"a " * 10_000 + b"b)", rb"BAD|NO|OK"),
    ("LIST of options that do not exist", b'LIST (KLINGON) "" *', rb"BAD|OK"),
    ("STATUS of nothing", b"STATUS INBOX ()", rb"BAD"),
    ("STATUS of everything a thousand times", b"STATUS INBOX (" + b"MESSAGES " * 1_000 + b"UIDNEXT)", rb"OK|BAD"),
    ("ENABLE flood", b"ENABLE " + b"X" * 100 + b" Y" * 5_000, rb"OK|BAD"),
    ("APPEND larger than the limit", b"APPEND INBOX {99999999999}", rb"NO|BAD"),
    ("APPEND of 2^64", b"APPEND INBOX {18446744073709551616}", rb"NO|BAD"),
    ("APPEND with NUL", b"APPEND INBOX {3+}\r\na\x00b", rb"OK|NO|BAD"),
    ("APPEND of nothing", b"APPEND INBOX {0+}\r\n", rb"OK|NO|BAD"),
    ("APPEND to a year beyond", b'APPEND INBOX "99-Jan-99999 00:00:00 +0000" {1+}\r\nx', rb"BAD"),
    ("APPEND with a thousand flags", b"APPEND INBOX (" + b" ".join(b"f%d" % n for n in range(1_000)) + b") {1+}\r\nx", rb"NO|BAD"),
    ("GETQUOTA of another", b"GETQUOTA u00002", rb"NO"),
    ("SETQUOTA", b"SETQUOTA \"\" (STORAGE 99999999999)", rb"NO|BAD"),
    ("literal that is no literal", b"SELECT {3+}x\r\nabc", rb"BAD"),
    ("literal flood", b"SEARCH " + b"SUBJECT {1+}\r\nx " * 3_000 + b"ALL", rb"OK|NO|BAD|BYE"),
    ("literals of megabytes", b"SEARCH " + b"SUBJECT {900000+}\r\n" + b"x" * 900_000 + b" SUBJECT {900000+}\r\n" + b"y" * 900_000,
     rb"OK|NO|BAD|BYE"),
    ("line over the limit", b"NOOP " + b"x" * 200_000, rb"BAD|BYE"),
    ("quoted string without an end", b'SELECT "INBOX', rb"BAD"),
    ("eight bits in a quoted string", b'SELECT "\xff"', rb"BAD|NO"),
    ("UID of what has none", b"UID NOOP", rb"BAD"),
    ("IDLE with an argument", b"IDLE now", rb"BAD"),
]


def after(command, expected):
    def case(server):
        with server.imap() as wire:
            wire.try_send(b"a " + command + b"\r\n")
            started = time.monotonic()
            answer = wire.until(rb"^(a (OK|NO|BAD)|\* BAD|\* BYE)")
            last = answer.split(b"\n")[-1]
            assert re.match(rb"(a|\*) (" + server.words(expected, None)[0] + rb")", last), last[:300] or answer[-300:]
            assert time.monotonic() - started < LONGEST_ANSWER
            if last.startswith(b"a "):
                wire.send(b"b NOOP\r\n")
                assert b"b OK" in wire.until(rb"^(b|\* BYE)")

    return case


CASES += [(f"imap: {name}", after(command, expected)) for name, command, expected in AFTER]


def list_bomb_over_many_mailboxes(server):
    """Others are served while one client asks for the impossible."""
    with server.imap() as wire:
        for number in range(300):
            wire.send(b"c%d CREATE %s%d\r\n" % (number, b"a" * 900, number))
            wire.until(rb"^c%d " % number)
        wire.send(b'a LIST "" (' + b" ".join([b'"' + b"*a" * 480 + b'b"'] * 60) + b")\r\n")
        started = time.monotonic()
        server.imap().close()
        waited = time.monotonic() - started
        assert waited < 3, f"another client waited {waited:.1f} s"
        wire.until(rb"^a ")


def idle_is_not_shouted_down(server):
    with server.imap() as wire:
        wire.send(b"a IDLE\r\n")
        wire.line()
        wire.try_send(b"x" * 500_000 + b"\r\n" + b"DONE\r\n" * 50)
        answer = wire.until(rb"^(a |\* BYE)")
        assert re.search(rb"^(a (OK|BAD)|\* BYE)", answer, re.M), answer


def unread_answers_fill_no_memory(server):
    """A client that asks and asks and reads nothing."""
    address = server.fresh_address()
    for _ in range(4):
        server.deliver(address, b"Subject: large\r\n\r\n" + b"x" * 70 * 20_000)
    before = server.resident_mb()
    wires = [server.imap(address) for _ in range(5)]
    for wire in wires:
        wire.try_send(b"".join(b"a%d FETCH 1:4 BODY.PEEK[]\r\n" % n for n in range(200)))
    time.sleep(2)
    grown = server.resident_mb() - before
    for wire in wires:
        wire.close()
    assert grown < 100, f"{grown:.0f} MB"


CASES += [("imap: LIST bomb over many mailboxes", list_bomb_over_many_mailboxes), ("imap: IDLE shouted at", idle_is_not_shouted_down),
          ("imap: answers that nobody reads", unread_answers_fill_no_memory)]
