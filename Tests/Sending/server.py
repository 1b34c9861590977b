"""The server that is tested, as cases see it: who may send to it, whose inboxes it has, what waits in its queue."""
import abc
import smtplib
import time

import mail
from report import Report

DOMAIN = "example.test"


def account(number):
    return f"u{number:05d}@{DOMAIN}"


class Server(abc.ABC):
    """`trusted` is an address from which it relays without a login."""
    host = f"mail.{DOMAIN}"
    address = trusted = ""
    # Whether it is the one that all of this is about, with more than every mail server has.
    is_posthus = False

    def connect(self, source="", port=25):
        return smtplib.SMTP(self.address, port, local_hostname="client.example", timeout=60, source_address=(source or self.trusted, 0))

    def send(self, sender, recipients, data, source="", options=(), recipient_options=()):
        """From a trusted address; returns {recipient: (code, text)} of those that were refused."""
        recipients = [recipients] if isinstance(recipients, str) else recipients
        with self.connect(source) as session:
            session.ehlo()
            return session.sendmail(sender, recipients, data, mail_options=list(options), rcpt_options=list(recipient_options))

    def post(self, recipient, sender=account(1), **how):
        """Sends a plain message on its way; returns its token."""
        token = mail.new_token()
        self.send(sender, recipient, mail.compose(token, sender=sender, to=recipient), **how)
        return token

    @abc.abstractmethod
    def inbox(self, number):
        """All messages in an account's inbox."""

    @abc.abstractmethod
    def waiting(self):
        """{recipient: why} of everything in the queue."""

    @abc.abstractmethod
    def flush(self):
        """Everything in the queue is due now."""

    @abc.abstractmethod
    def words(self):
        """The end of its log."""

    def find(self, number, token):
        return [message for message in self.inbox(number) if mail.token_of(message) == token]

    def wait_for(self, number, token, seconds=30):
        return self.until(lambda: self.find(number, token), seconds, f"message {token} in the inbox of {number}")

    def reports(self, number, token):
        """Delivery status notifications in an inbox about that message."""
        found = [Report.read(message) for message in self.inbox(number)]
        return [report for report in found if report and report.token == token]

    def wait_for_report(self, number, token, seconds=30):
        return self.until(lambda: self.reports(number, token), seconds, f"report about {token}")[0]

    def wait_until_waiting(self, recipient, seconds=30):
        """Why it waits, once it has been tried."""
        return self.until(lambda: self.waiting().get(recipient), seconds, f"attempt for {recipient}")

    def until(self, check, seconds, what):
        end = time.monotonic() + seconds
        while not (found := check()):
            assert time.monotonic() < end, f"no {what} within {seconds} s; waiting: {str(self.waiting())[:800]}; log: {self.words()}"
            time.sleep(0.1)
        return found
