"""The unit of truth: what clients were told, written down before and after each message."""
import imaplib
import itertools
import os
import re
import smtplib
import socket
import ssl
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Clients"))
from testbed import PASSWORD, Testbed  # noqa: E402

NETWORK_ERRORS = (OSError, smtplib.SMTPException, imaplib.IMAP4.error, ssl.SSLError, EOFError)
SIZES = (1_000, 5_000, 60_000, 300_000)  # inline bodies and one above the 256 KiB at which bodies become files


class Ledger:
    """Tokens tried and acknowledged; `mark` is called at the moment of each acknowledgement."""

    def __init__(self, prefix, mark=lambda: 0):
        self.lock = threading.Lock()
        self.numbers = itertools.count()
        self.prefix, self.mark = prefix, mark
        self.tried, self.acknowledged = {}, {}

    def begin(self, account):
        with self.lock:
            token = f"{self.prefix}{next(self.numbers):07d}"
            self.tried[token] = account
        return token

    def acknowledge(self, token):
        position = self.mark()
        with self.lock:
            self.acknowledged[token] = position


def message(token, size):
    head = f"From: a@elsewhere.example\r\nTo: b@example.test\r\nSubject: ledger\r\nMessage-ID: <{token}@ledger>\r\n\r\n"
    line = f"{token} ".ljust(76, "x") + "\r\n"
    return (head + line * max(1, (size - len(head)) // len(line))).encode()


class Load:
    """Threads that send by SMTP, append by IMAP and expunge what they appended, until told to stop."""

    def __init__(self, bed, ledger, accounts, senders, appenders):
        self.bed, self.ledger, self.accounts = bed, ledger, accounts
        self.ended = threading.Event()
        self.context = ssl.create_default_context(cafile=bed.cafile)
        work = [self.send] * senders + [self.append] * appenders
        self.threads = [threading.Thread(target=self.loop, args=(one, i), daemon=True) for i, one in enumerate(work)]
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.ended.set()
        for thread in self.threads:
            thread.join(30)
        assert not any(thread.is_alive() for thread in self.threads), "a client hangs"

    def loop(self, work, number):
        while not self.ended.is_set():
            try:
                work(number)
            except NETWORK_ERRORS:
                self.ended.wait(0.02)

    def send(self, number):
        with smtplib.SMTP(self.bed.host, self.bed.ports["smtp"], local_hostname="client.example", timeout=20) as smtp:
            for turn in range(20):
                if self.ended.is_set():
                    return
                account = (number + turn) % self.accounts + 1
                token = self.ledger.begin(account)
                body = message(token, SIZES[(number + turn) % len(SIZES)])
                if smtp.sendmail("a@elsewhere.example", [Testbed.address(account)], body) == {}:
                    self.ledger.acknowledge(token)

    def append(self, number):
        account = number % self.accounts + 1
        with imap(self.bed, account, self.context) as session:
            for turn in range(20):
                if self.ended.is_set():
                    return
                token = self.ledger.begin(account)
                status, _ = session.append("Archive", None, None, message(token, SIZES[turn % len(SIZES)]))
                if status == "OK":
                    self.ledger.acknowledge(token)


def imap(bed, account, context=None):
    socket.setdefaulttimeout(20)
    context = context or ssl.create_default_context(cafile=bed.cafile)
    session = imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=context)
    session.login(Testbed.address(account), PASSWORD)
    return session


def scan(bed, accounts):
    """{(account, mailbox, uidvalidity, uid): token} of everything the server shows."""
    seen = {}
    for account in range(1, accounts + 1):
        with imap(bed, account) as session:
            for mailbox in ("INBOX", "Archive"):
                session.select(mailbox, readonly=True)
                validity = session.response("UIDVALIDITY")[1][0].decode()
                status, lines = session.uid("FETCH", "1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
                assert status == "OK", status
                for part in lines:
                    if isinstance(part, tuple):
                        uid = re.search(rb"UID (\d+)", part[0]).group(1).decode()
                        key = (account, mailbox, validity, int(uid))
                        assert key not in seen, f"UID twice: {key}"
                        seen[key] = re.search(rb"<(\w+)@ledger>", part[1]).group(1).decode()
    return seen
