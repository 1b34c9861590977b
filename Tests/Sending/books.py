"""What both ends wrote down: every recipient of every acknowledged message was delivered, or bounced, or waits still."""
import collections
import random
import smtplib
import threading
import time

import mail
from report import Report

ERRORS = (OSError, smtplib.SMTPException)
PAUSE = 0.05
SIZES = (1_000, 5_000, 40_000)
SETTLE_SECONDS = 120


class Books:
    """`tried`: {token: recipients}; `acknowledged` of them; `doubts`: attempts of which nobody knows what became."""

    def __init__(self):
        self.lock = threading.Lock()
        self.tried, self.acknowledged, self.doubts = {}, set(), collections.Counter()

    def begin(self, recipients):
        with self.lock:
            token = mail.new_token()
            self.tried[token] = recipients
        return token

    def acknowledge(self, token):
        with self.lock:
            self.acknowledged.add(token)

    def doubt(self, token):
        with self.lock:
            self.doubts[token] += 1

    def owed(self):
        return {(token, recipient) for token in self.acknowledged for recipient in self.tried[token]}


class Load:
    """Sessions that send one message after the other, each with recipients of its own, and again what got no answer."""

    def __init__(self, server, books, sessions, choose, sender, seed):
        self.server, self.books, self.choose, self.sender = server, books, choose, sender
        self.ended, self.troubles = threading.Event(), []
        self.threads = [threading.Thread(target=self.run, args=(random.Random(f"{seed} {number}"),), daemon=True)
                        for number in range(sessions)]
        for thread in self.threads:
            thread.start()

    def run(self, dice):
        again = []
        while not self.ended.is_set():
            try:
                with self.server.connect() as session:
                    session.ehlo()
                    while not self.ended.is_set():
                        self.send_one(session, dice, again)
            except ERRORS:
                self.ended.wait(PAUSE)
            except Exception as error:
                self.troubles.append(repr(error))
                return

    def send_one(self, session, dice, again):
        token = again.pop() if again else self.books.begin(self.choose(dice))
        recipients = self.books.tried[token]
        data = mail.compose(token, sender=self.sender, to="a:;", size=dice.choice(SIZES))
        try:
            refused = session.sendmail(self.sender, recipients, data)
        except smtplib.SMTPResponseException:
            again.append(token)  # A clear no; it may come again.
            raise
        except ERRORS:
            self.books.doubt(token)
            again.append(token)
            raise
        assert not refused, refused
        self.books.acknowledge(token)

    def stop(self):
        self.ended.set()
        for thread in self.threads:
            thread.join(90)
        assert not any(thread.is_alive() for thread in self.threads), "a sender hangs"
        assert not self.troubles, self.troubles


class Judgement:
    """The books against what next hops have, what was reported, and what waits."""

    def __init__(self, books, delivered, bounced, waiting):
        self.books = books
        self.copies = collections.Counter((each.token, each.recipient) for each in delivered)
        self.owed = books.owed()
        self.lost = sorted(self.owed - set(self.copies) - set(bounced) - set(waiting))
        self.doubled = {key: count - 1 for key, count in self.copies.items() if count > 1 + books.doubts[key[0]]}
        self.both = sorted(set(self.copies) & set(bounced))
        self.bounced, self.waiting = set(bounced), set(waiting)

    @property
    def duplicates(self):
        """Copies that no second attempt of a sender explains."""
        return sum(count - self.books.doubts[token] for (token, _), count in self.doubled.items())

    def words(self):
        return (f"{len(self.books.acknowledged)} acknowledged to {len(self.owed)} recipients: "
                f"{len(self.owed & set(self.copies))} delivered, "
                f"{len(self.owed & self.bounced)} bounced, {len(self.owed & self.waiting)} waiting, {len(self.lost)} lost; "
                f"{self.duplicates} duplicates")


def settle(server, seconds=SETTLE_SECONDS):
    """Everything is tried until nothing waits, or for so long."""
    end = time.monotonic() + seconds
    while server.waiting() and time.monotonic() < end:
        server.flush()
        time.sleep(0.5)


def bounces(server, number):
    """{(token, recipient)} of the failures reported to an account."""
    reports = [Report.read(message) for message in server.inbox(number)]
    return {(report.token, recipient) for report in reports if report for recipient, fields in report.recipients.items()
            if fields["action"] == "failed"}
