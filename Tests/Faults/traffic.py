"""Clients that work until they are told to stop: senders that try again as an MTA does, appenders, expungers."""
import functools
import random
import re
import smtplib
import ssl
import threading

from ledger import NETWORK_ERRORS, SIZES, imap, message
from testbed import Testbed

PAUSE = 0.02  # between two attempts to reach a server that is not there
TURNS = 20  # messages per connection


class Load:
    def __init__(self, bed, ledger, accounts, senders, appenders, expungers=0, others=()):
        """`others`: further kinds of clients, as (work, count); work(load, number) until `is_over`."""
        self.bed, self.ledger, self.accounts = bed, ledger, accounts
        self.ended, self.running = threading.Event(), threading.Event()
        self.running.set()
        self.context = ssl.create_default_context(cafile=bed.cafile)
        self.again = {}  # sender or appender -> what it did not get an answer to
        self.troubles = []
        self.threads = [
            threading.Thread(target=self.loop, args=(work, number), daemon=True)
            for work, count in ((self.send, senders), (self.append, appenders), (self.expunge, expungers),
                                *((functools.partial(work, self), count) for work, count in others))
            for number in range(count)]
        for thread in self.threads:
            thread.start()

    def pause(self):
        self.running.clear()

    def go_on(self, bed):
        self.bed = bed
        self.running.set()

    def stop(self):
        self.ended.set()
        self.running.set()
        for thread in self.threads:
            thread.join(30)
        assert not any(thread.is_alive() for thread in self.threads), "a client hangs"
        assert not self.troubles, self.troubles

    def loop(self, work, number):
        while not self.ended.is_set():
            try:
                self.running.wait()
                work(number)
            except NETWORK_ERRORS:
                self.ended.wait(PAUSE)
            except Exception as error:
                self.troubles.append(repr(error))
                return

    @property
    def is_over(self):
        return self.ended.is_set() or not self.running.is_set()

    def attempt(self, who, accounts, turn, put):
        """One message, or the one that nobody answered to: put(accounts, bytes) returns its UID or True, or None when it
        was refused. Without an answer it stays in doubt and is tried again."""
        token, accounts = known = self.again.pop(who, None) or (self.ledger.begin(*accounts), accounts)
        try:
            done = put(accounts, message(token, SIZES[turn % len(SIZES)]))
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
            return  # a clear answer
        except NETWORK_ERRORS:
            self.ledger.doubt(token)
            self.again[who] = known
            raise
        if done:
            self.ledger.acknowledge(token, None if done is True else done)

    def send(self, number):
        with smtplib.SMTP(self.bed.host, self.bed.ports["smtp"], local_hostname="client.example", timeout=20) as smtp:
            def put(accounts, body):
                to = [Testbed.address(account) for account in accounts]
                return smtp.sendmail("a@elsewhere.example", to, body) == {}
            for turn in range(TURNS):
                if self.is_over:
                    return
                first = (number + turn) % self.accounts + 1
                second = first % self.accounts + 1
                self.attempt(("sender", number), (first, second) if turn % 5 == 4 else (first,), number + turn, put)

    def append(self, number):
        account = number % self.accounts + 1
        with imap(self.bed, account, self.context) as session:
            def put(accounts, body):
                status, data = session.append("Archive", None, None, body)
                found = re.search(rb"APPENDUID (\d+) (\d+)", data[0]) if status == "OK" else None
                if status != "OK":
                    return None
                return (account, "Archive", int(found.group(1)), int(found.group(2))) if found else True
            for turn in range(TURNS):
                if self.is_over:
                    return
                self.attempt(("appender", number), (account,), turn, put)

    def expunge(self, number):
        account = number % self.accounts + 1
        with imap(self.bed, account, self.context) as session:
            session.select("Archive")
            for _ in range(TURNS // 4):
                if self.is_over:
                    return
                self.expunge_some(session)

    def expunge_some(self, session):
        uids = session.uid("SEARCH", "ALL")[1][0].split()
        chosen = b",".join(random.sample(uids, min(3, len(uids)))).decode()
        if not chosen:
            return self.ended.wait(PAUSE)
        _, lines = session.uid("FETCH", chosen, "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
        found = {}
        for part in (line for line in lines if isinstance(line, tuple)):
            token = re.search(rb"<(\w+)@ledger>", part[1]).group(1).decode()
            found[token] = re.search(rb"UID (\d+)", part[0]).group(1).decode()
        tokens = self.ledger.begin_removal(found)
        if tokens:
            chosen = ",".join(found[token] for token in tokens)
            if session.uid("STORE", chosen, "+FLAGS.SILENT", r"(\Deleted)")[0] == "OK":
                if session.uid("EXPUNGE", chosen)[0] == "OK":
                    self.ledger.remove(tokens)
