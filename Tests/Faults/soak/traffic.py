"""Quiet, mixed traffic with a ledger: mail comes in by SMTP and APPEND, is read whole, compared, and deleted."""
import contextlib
import imaplib
import poplib
import re
import smtplib
import socket
import ssl
import threading

import ledger as books
from testbed import PASSWORD, Testbed

ERRORS = (*books.NETWORK_ERRORS, poplib.error_proto)
TIMEOUT = 40  # longer than the server is ever stopped
IMAP_ACCOUNTS, POP3_ACCOUNTS = range(1, 7), range(7, 10)


class Book(books.Ledger):
    """`seen`: {token: the places where it was read whole}. `done`: how often each kind of work went well."""

    def __init__(self):
        super().__init__("t")
        self.sizes, self.seen, self.done = {}, {}, {}

    def message(self, account, size):
        token = self.begin(account)
        self.sizes[token] = size
        return token, books.message(token, size)

    def read(self, key, text):
        token = re.search(rb"Message-ID: <(\w+)@ledger>", text).group(1).decode()
        assert text.endswith(books.message(token, self.sizes[token])), f"another text: {token}"
        with self.lock:
            self.seen.setdefault(token, set()).add(key)

    def did(self, kind):
        with self.lock:
            self.done[kind] = self.done.get(kind, 0) + 1


class Traffic:
    """Each worker does one thing, waits, and does it again, until told to end; a broken connection is begun anew."""

    def __init__(self, bed, book, pause):
        self.bed, self.book, self.pause = bed, book, pause
        self.ended, self.quiet, self.wrong = threading.Event(), threading.Event(), []
        self.sockets, self.lock = set(), threading.Lock()
        self.context = ssl.create_default_context(cafile=bed.cafile)
        work = [(self.send, i) for i in range(4)] + [(self.append, i) for i in IMAP_ACCOUNTS[:3]]
        work += [(self.read_imap, i) for i in IMAP_ACCOUNTS] + [(self.read_pop3, i) for i in POP3_ACCOUNTS]
        work += [(self.idle, i) for i in IMAP_ACCOUNTS]
        self.threads = [threading.Thread(target=self.loop, args=one, daemon=True) for one in work]
        for thread in self.threads:
            thread.start()

    def loop(self, work, number):
        while not self.ended.is_set():
            try:
                work(number)
            except ERRORS:
                self.ended.wait(0.3)
            except Exception as error:
                self.wrong.append(f"{work.__name__} {number}: {error!r}")
                return

    def stop(self):
        self.ended.set()
        self.cut()
        for thread in self.threads:
            thread.join(TIMEOUT + 20)
        assert not any(thread.is_alive() for thread in self.threads), "a client hangs"

    def cut(self):
        """Ends all connections where they stand."""
        with self.lock:
            for one in self.sockets:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def holding(self, one):
        with self.lock:
            self.sockets.add(one)
        try:
            yield
        finally:
            with self.lock:
                self.sockets.discard(one)
            one.close()

    def send(self, number):
        if self.quiet.is_set():
            return self.ended.wait(self.pause)
        with smtplib.SMTP(self.bed.host, self.bed.ports["smtp"], "client.example", TIMEOUT) as smtp, self.holding(smtp.sock):
            for turn in range(10):
                account = (number + turn * 4) % POP3_ACCOUNTS[-1] + 1
                token, text = self.book.message(account, books.SIZES[(number + turn) % len(books.SIZES)])
                if smtp.sendmail("a@elsewhere.example", [Testbed.address(account)], text) == {}:
                    self.book.acknowledge(token)
                    self.book.did("smtp")
                if self.ended.wait(self.pause) or self.quiet.is_set():
                    return

    @contextlib.contextmanager
    def imap(self, account):
        session = imaplib.IMAP4_SSL("localhost", self.bed.ports["imaps"], ssl_context=self.context, timeout=TIMEOUT)
        with self.holding(session.sock):
            session.login(Testbed.address(account), PASSWORD)
            yield session
            session.logout()

    def append(self, account):
        if self.quiet.is_set():
            return self.ended.wait(self.pause)
        with self.imap(account) as session:
            for turn in range(10):
                token, text = self.book.message(account, books.SIZES[turn % len(books.SIZES)])
                if session.append("Archive", None, None, text)[0] == "OK":
                    self.book.acknowledge(token)
                    self.book.did("append")
                if self.ended.wait(self.pause) or self.quiet.is_set():
                    return

    def read_imap(self, account):
        with self.imap(account) as session:
            for mailbox in ("INBOX", "Archive"):
                if session.select(mailbox)[0] != "OK":
                    return self.ended.wait(self.pause)
                uids = self.fetch(session, account, mailbox)
                if uids:
                    session.uid("STORE", ",".join(uids), "+FLAGS.SILENT", "(\\Deleted)")
                    session.uid("EXPUNGE", ",".join(uids))
            self.book.did("imap")
        self.ended.wait(self.pause * 5)

    def fetch(self, session, account, mailbox):
        """The UIDs of what is there and has been read whole."""
        validity = session.response("UIDVALIDITY")[1][0].decode()
        uids = []
        for part in session.uid("FETCH", "1:*", "(BODY.PEEK[])")[1]:
            if isinstance(part, tuple):
                uids.append(re.search(rb"UID (\d+)", part[0]).group(1).decode())
                self.book.read((account, mailbox, validity, uids[-1]), part[1])
        return uids

    def read_pop3(self, account):
        session = poplib.POP3_SSL("localhost", self.bed.ports["pop3s"], timeout=TIMEOUT, context=self.context)
        with self.holding(session.sock):
            session.user(Testbed.address(account))
            session.pass_(PASSWORD)
            for line in session.uidl()[1]:
                number, uid = line.split()
                text = b"".join(part + b"\r\n" for part in session.retr(int(number))[1])
                self.book.read((account, "INBOX", "", uid.decode()), text)
                session.dele(int(number))
            session.quit()
            self.book.did("pop3")
        self.ended.wait(self.pause * 5)

    def idle(self, account):
        with self.imap(account) as session:
            session.select("INBOX")
            session.send(b"i1 IDLE\r\n")
            while line := session.readline():
                if b"EXISTS" in line:
                    self.book.did("idle")
