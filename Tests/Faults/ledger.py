"""The unit of truth: what clients were told, written down before and after each message."""
import collections
import imaplib
import itertools
import os
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
    """Tokens and the accounts they go to: tried, acknowledged, in doubt (no answer came), on their way out and out.

    `mark` is called at the moment of each acknowledgement."""

    def __init__(self, prefix, mark=lambda: 0):
        self.lock = threading.Lock()
        self.numbers = itertools.count()
        self.prefix, self.mark = prefix, mark
        self.tried, self.acknowledged = {}, {}
        self.doubts = collections.Counter()  # attempts of which nobody knows what became
        self.removing, self.removed = {}, {}
        self.uids = {}  # (account, mailbox, uidvalidity, uid) -> token, as APPENDUID told it

    def begin(self, *accounts):
        with self.lock:
            token = f"{self.prefix}{next(self.numbers):07d}"
            self.tried[token] = accounts
        return token

    def acknowledge(self, token, uid=None):
        position = self.mark()
        with self.lock:
            self.acknowledged[token] = position
            if uid:
                assert self.uids.setdefault(uid, token) == token, f"UID {uid} was given twice"

    def doubt(self, token):
        with self.lock:
            self.doubts[token] += 1

    def begin_removal(self, tokens):
        """Those of them that may be removed: certain ones, so that one message is all there is."""
        position = self.mark()
        with self.lock:
            certain = [token for token in tokens if token in self.acknowledged and not self.doubts[token]]
            self.removing.update((token, position) for token in certain if token not in self.removing)
        return certain

    def remove(self, tokens):
        position = self.mark()
        with self.lock:
            self.removed.update((token, position) for token in tokens)

    @property
    def kept(self):
        """What has to be there: {token: accounts}."""
        return {token: self.tried[token] for token in self.acknowledged if token not in self.removing}


def message(token, size):
    head = f"From: a@elsewhere.example\r\nTo: b@example.test\r\nSubject: ledger\r\nMessage-ID: <{token}@ledger>\r\n\r\n"
    line = f"{token} ".ljust(76, "x") + "\r\n"
    return (head + line * max(1, (size - len(head)) // len(line))).encode()


def imap(bed, account, context=None):
    socket.setdefaulttimeout(20)
    context = context or ssl.create_default_context(cafile=bed.cafile)
    session = imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=context)
    session.login(Testbed.address(account), PASSWORD)
    return session
