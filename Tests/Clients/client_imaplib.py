import imaplib
import time
import zlib

import messages
from support import seed, tls, token
from testbed import ADMIN, PASSWORD, Testbed

ACCOUNT = 1
imaplib.Commands["COMPRESS"] = imaplib.Commands["GETMETADATA"] = ("AUTH", "SELECTED")


def connect(bed, number=ACCOUNT):
    imap = imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=tls(bed))
    imap.login(Testbed.address(number), PASSWORD)
    return imap


def ok(answer):
    status, data = answer
    assert status == "OK", answer
    return data


def subjects(imap, mailbox):
    ok(imap.select(mailbox))
    uids = ok(imap.uid("SEARCH", None, "ALL"))[0].split()
    return uids


def test_reads_every_kind_back(bed):
    with connect(bed) as imap:
        for make in messages.KINDS:
            name, sent = seed(bed, ACCOUNT, make)
            ok(imap.select("INBOX"))
            uid = ok(imap.uid("SEARCH", None, "SUBJECT", name))[0].split()
            assert len(uid) == 1, (make.__name__, uid)
            received = ok(imap.uid("FETCH", uid[0], "(BODY.PEEK[])"))[0][1]
            assert messages.same(sent, received), make.__name__


def test_appends_and_reads_back_with_flags_and_date(bed):
    with connect(bed) as imap:
        for make in messages.KINDS:
            name = token()
            sent = make(name, "me@example.test", "you@example.test")
            ok(imap.append("Drafts", r"(\Draft \Seen $Label1)", imaplib.Time2Internaldate(1_700_000_000), sent))
            ok(imap.select("Drafts"))
            uid = ok(imap.uid("SEARCH", None, "SUBJECT", name))[0].split()[0]
            answer = ok(imap.uid("FETCH", uid, "(FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"))
            assert answer[0][1] == sent, make.__name__
            line = answer[0][0] + b" " + b" ".join(part for part in answer if isinstance(part, bytes))
            for part in (rb"\Draft", rb"\Seen", b"$Label1", f"RFC822.SIZE {len(sent)}".encode()):
                assert part in line, (part, line)
            assert time.mktime(imaplib.Internaldate2tuple(line)) == 1_700_000_000


def test_flags_copy_move_expunge(bed):
    name, _ = seed(bed, ACCOUNT, messages.plain)
    with connect(bed) as imap:
        ok(imap.select("INBOX"))
        uid = ok(imap.uid("SEARCH", None, "SUBJECT", name))[0].split()[0]
        ok(imap.uid("STORE", uid, "+FLAGS", r"(\Flagged \Answered)"))
        assert uid in ok(imap.uid("SEARCH", None, "FLAGGED", "ANSWERED", "SUBJECT", name))[0].split()
        ok(imap.uid("STORE", uid, "-FLAGS", r"(\Answered)"))
        assert uid in ok(imap.uid("SEARCH", None, "FLAGGED", "UNANSWERED"))[0].split()
        ok(imap.uid("COPY", uid, "Archive"))
        ok(imap._simple_command("UID", "MOVE", uid.decode(), "Trash"))
        assert uid not in ok(imap.uid("SEARCH", None, "ALL"))[0].split()
        for mailbox in ("Archive", "Trash"):
            ok(imap.select(mailbox))
            found = ok(imap.uid("SEARCH", None, "SUBJECT", name))[0].split()
            assert len(found) == 1, (mailbox, found)
            ok(imap.uid("STORE", found[0], "+FLAGS", r"(\Deleted)"))
            ok(imap.expunge())
            assert ok(imap.uid("SEARCH", None, "SUBJECT", name))[0] == b""


def test_folders(bed):
    with connect(bed) as imap:
        folder = token()
        ok(imap.create(f"{folder}/inner"))
        ok(imap.subscribe(f"{folder}/inner"))
        names = [line.decode() for line in ok(imap.list('""', f"{folder}*"))]
        assert any(line.endswith(f"{folder}/inner") or line.endswith(f'"{folder}/inner"') for line in names), names
        ok(imap.rename(folder, folder + "x"))
        assert ok(imap.status(folder + "x/inner", "(MESSAGES UIDVALIDITY)"))
        ok(imap.delete(folder + "x/inner"))
        ok(imap.delete(folder + "x"))
        assert ok(imap.list('""', f"{folder}*")) == [None]
        special = b" ".join(ok(imap.list()))
        for role in (rb"\Drafts", rb"\Sent", rb"\Junk", rb"\Trash", rb"\Archive"):
            assert role in special, special


def test_old_path_prefixes_still_work(bed):
    with connect(bed) as imap:
        for name in ("INBOX.Sent", "mail/Sent", "~/mail/Sent"):
            ok(imap.select(f'"{name}"'))


def test_wrong_password_is_refused(bed):
    imap = imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=tls(bed))
    try:
        imap.login(Testbed.address(39), "wrong")
        raise SystemExit("logged in with a wrong password")
    except imaplib.IMAP4.error as error:
        assert "AUTHENTICATIONFAILED" in str(error), error
    finally:
        imap.shutdown()


def test_starttls_on_the_clear_port(bed):
    imap = imaplib.IMAP4("localhost", bed.ports["imap"])
    assert "LOGINDISABLED" in imap.capabilities, imap.capabilities
    imap.starttls(tls(bed))
    imap.login(Testbed.address(ACCOUNT), PASSWORD)
    imap.logout()


def test_two_sessions_see_each_other(bed):
    with connect(bed, 2) as one, connect(bed, 2) as two:
        ok(one.select("INBOX"))
        ok(two.select("INBOX"))
        name, _ = seed(bed, 2, messages.plain)
        ok(one.noop())
        ok(two.noop())
        uid = ok(one.uid("SEARCH", None, "SUBJECT", name))[0].split()[0]
        ok(one.uid("STORE", uid, "+FLAGS", r"(\Flagged)"))
        ok(two.noop())
        assert ok(two.uid("SEARCH", None, "FLAGGED", "SUBJECT", name))[0].split() == [uid]
        ok(one.uid("STORE", uid, "+FLAGS", r"(\Deleted)"))
        ok(one.expunge())
        ok(two.noop())
        assert two.response("EXPUNGE")[1] != [None]


def test_shares_a_mailbox(bed):
    owner, guest = 2, 3
    who, whose = Testbed.address(guest), Testbed.address(owner).split("@")[0]
    with connect(bed, owner) as mine, connect(bed, guest) as theirs:
        assert ok(theirs.namespace())[0].startswith(b'(("" "/")) (("Other Users/" "/"))')
        folder, foreign = token(), None
        ok(mine.create(folder))
        foreign = f'"Other Users/{whose}/{folder}"'
        assert theirs.select(foreign)[0] == "NO"
        ok(mine.setacl(folder, who, "lrswi"))
        assert b" lrswi" in ok(mine.getacl(folder))[0] and b"lrswi" in ok(theirs.myrights(foreign))[0]
        listing = ok(theirs.list('""', f'"Other Users/{whose}/%"'))
        assert any(folder.encode() in line for line in listing), listing
        sent = messages.plain(token(), "me@example.test", "you@example.test")
        ok(theirs.append(foreign, r"(\Seen \Deleted)", imaplib.Time2Internaldate(1_700_000_000), sent))
        ok(theirs.select(foreign))
        assert ok(theirs.fetch("1", "(BODY.PEEK[])"))[0][1] == sent
        # Without t and e nothing goes away.
        assert theirs.expunge()[0] == "NO"
        flags = imaplib.ParseFlags(ok(theirs.fetch("1", "(FLAGS)"))[0])
        assert rb"\Seen" in flags and rb"\Deleted" not in flags, flags
        ok(theirs.copy("1", "Archive"))
        ok(theirs.select("Archive"))
        uid = ok(theirs.uid("SEARCH", None, "ALL"))[0].split()[-1]
        assert ok(theirs.uid("FETCH", uid, "(BODY.PEEK[])"))[0][1] == sent
        ok(mine.deleteacl(folder, who))
        assert theirs.select(foreign)[0] == "NO"


def test_is_told_whom_to_ask(bed):
    with connect(bed) as imap:
        ok(imap._simple_command("GETMETADATA", '""', "(/shared/admin /shared/comment)"))
        assert imap.response("METADATA")[1] == [f'"" (/shared/admin "{ADMIN}" /shared/comment NIL)'.encode()]


def test_speaks_utf8(bed):
    name, folder = token(), f'"Köket {token()}"'
    sent = f"From: Åsa <åsa@exempel.example>\r\nSubject: Räksmörgås {name}\r\n\r\nSmaklig måltid\r\n".encode()
    with connect(bed) as imap:
        ok(imap.append("Drafts", None, None, sent))  # imaplib 3.11 would write the word UTF8 into the message
        ok(imap.capability())
        assert ok(imap.enable("UTF8=ACCEPT"))
        assert imap.utf8_enabled
        ok(imap.create(folder))
        ok(imap.select("Drafts"))
        ok(imap.copy("*", folder))
        ok(imap.select(folder))
        uid = ok(imap.uid("SEARCH", "SUBJECT", f'"räksmörgås {name}"'))[0].split()[0]
        assert ok(imap.uid("FETCH", uid, "(BODY.PEEK[])"))[0][1] == sent
        assert folder.encode() in ok(imap.list('""', folder))[0]


class Compressed:
    """The file and the socket of a session, both ways through zlib."""

    def __init__(self, sock):
        self.sock, self.unread = sock, b""
        self.packer, self.unpacker = zlib.compressobj(wbits=-15), zlib.decompressobj(wbits=-15)

    def sendall(self, data):
        self.sock.sendall(self.packer.compress(data) + self.packer.flush(zlib.Z_SYNC_FLUSH))

    def more(self):
        packed = self.sock.recv(65_536)
        self.unread += self.unpacker.decompress(packed)
        return packed

    def read(self, size):
        while len(self.unread) < size and self.more():
            pass
        data, self.unread = self.unread[:size], self.unread[size:]
        return data

    def readline(self, limit=-1):
        while b"\n" not in self.unread and self.more():
            pass
        return self.read(self.unread.find(b"\n") + 1)

    def close(self):
        """Of the file: the socket goes on."""

    def shutdown(self, how):
        self.sock.close()


def compress(imap):
    ok(imap._simple_command("COMPRESS", "DEFLATE"))
    imap.sock = imap._file = imap.file = Compressed(imap.sock)


def test_compresses(bed):
    with connect(bed) as imap:
        assert b"COMPRESS=DEFLATE" in ok(imap.capability())[0].split()
        try:
            assert not imap._simple_command("COMPRESS", "LZW")
        except imaplib.IMAP4.error as error:
            assert "BAD" in str(error), error
        compress(imap)
        for make in messages.KINDS:
            name = token()
            sent = make(name, "me@example.test", "you@example.test")
            ok(imap.append("Drafts", None, None, sent))
            ok(imap.select("Drafts"))
            uid = ok(imap.uid("SEARCH", None, "SUBJECT", name))[0].split()[0]
            assert ok(imap.uid("FETCH", uid, "(BODY.PEEK[])"))[0][1] == sent, make.__name__
        status, answer = imap._simple_command("COMPRESS", "DEFLATE")
        assert status == "NO" and b"COMPRESSIONACTIVE" in answer[0], answer


def test_sessions_compress_side_by_side(bed):
    """More than have a compressor of their own, in turn."""
    sent = messages.long_lines(token(), "me@example.test", "you@example.test")
    sessions = [connect(bed) for _ in range(9)]
    for imap in sessions:
        compress(imap)
    ok(sessions[0].append("Archive", None, None, sent))
    for _ in range(3):
        for imap in sessions:
            number = ok(imap.select("Archive"))[0]
            assert ok(imap.fetch(number, "(BODY.PEEK[])"))[0][1] == sent
    for imap in sessions:
        imap.logout()
