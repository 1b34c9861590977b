"""Another mail server as next hop and as sender: a domain, an address, one maildir for all of its recipients."""
import abc
import pathlib
import smtplib
import time

import mail
from mail import Received

# What a maildir keeps of the envelope, in the order of who says it best.
RECIPIENT_FIELDS = (b"x-original-to", b"envelope-to", b"delivered-to")


class Peer(abc.ABC):
    """`start`, then it takes mail for anybody of its domain but `unknown` on its address, and relays what comes to `inject`."""
    name = ""
    inject_port = 0
    takes_smtputf8 = True

    def __init__(self, stage):
        self.stage, self.domain, self.host = stage, f"{self.name}.example", f"mx.{self.name}.example"
        self.folder = pathlib.Path(stage.folder, self.name)
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.address = stage.new_address()
        self.pair = stage.certificates.pair("good", self.host)
        stage.names.host(self.host, self.address)
        stage.names.mail(self.domain, self.host)
        stage.names.text(self.domain, "v=spf1 mx -all")
        self.process = None

    @abc.abstractmethod
    def start(self):
        """Writes its configuration and starts it."""

    @property
    @abc.abstractmethod
    def maildir(self):
        """Where its mail arrives."""

    @abc.abstractmethod
    def words(self):
        """The end of its log."""

    def stop(self):
        if self.process:
            self.process.stop()

    def wait_until_ready(self):
        self.process.wait_for_port(self.address, 25)
        self.process.wait_for_port("127.0.0.1", self.inject_port)

    def send(self, sender, recipients, data, options=(), recipient_options=()):
        """Hands it a message as its own user would."""
        with smtplib.SMTP("127.0.0.1", self.inject_port, timeout=30) as session:
            session.sendmail(sender, recipients, data, mail_options=list(options), rcpt_options=list(recipient_options))

    def received(self):
        new = self.maildir / "new"
        return [read(file.read_bytes()) for file in sorted(new.iterdir())] if new.exists() else []

    def wait_for(self, token, count=1, seconds=40):
        end = time.monotonic() + seconds
        while len(found := [each for each in self.received() if each.token == token]) < count:
            assert time.monotonic() < end, f"{len(found)} of {count} arrived at {self.name}: {self.words()}"
            time.sleep(0.1)
        return found


def read(data):
    """Maildirs have LF, and the envelope in fields of their own."""
    data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    recipient = next((found for name in RECIPIENT_FIELDS if (found := mail.header(data, name))), b"")
    sender = mail.header(data, b"return-path") or b""
    return Received(sender.decode().strip("<>"), recipient.decode().strip("<>"), data)
