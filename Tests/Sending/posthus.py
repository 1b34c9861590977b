"""Our server by scripts/testbed, on the real ports of an address of its own."""
import contextlib
import json
import os
import pathlib
import signal
import smtplib
import socket
import ssl
import subprocess

from processes import wait
from server import Server, account
from support import fetch_all
from testbed import PASSWORD, ROOT, Testbed

BIN = ROOT / ".build/release"
SECRET = PASSWORD
# One host sends for all of a run's tests.
UNLIMITED = [f"sending.host_{what}_per_{span}=0" for what in ("messages", "recipients") for span in ("hour", "day")]
UNLIMITED += ["sending.host_new_recipients_per_day=0"]


class Posthus(Server):
    is_posthus = True

    def __init__(self, folder, address, trusted, settings=(), accounts=40):
        self.folder, self.address, self.trusted = pathlib.Path(folder), address, trusted
        self.folder.mkdir(exist_ok=True)
        listening = [f'listen.{service}.addresses=["{address}"]' for service in ("smtp", "submission", "submissions")]
        listening += [f"listen.{service}.port={port}" for service, port in (("smtp", 25), ("submission", 587), ("submissions", 465))]
        self.settings = [*listening, 'dns.resolver="127.0.0.1:53"', f'relay.trusted_networks=["{trusted}/32"]']
        # The list that is given, not a copy: what it holds when the server starts.
        self.more, self.accounts, self.bed = settings, accounts, None

    def start(self):
        options = [part for setting in [*self.settings, *self.more] for part in ("--set", setting)]
        try:
            self.bed = Testbed(str(self.folder), "--accounts", str(self.accounts), *options)
        except RuntimeError as error:
            raise RuntimeError(f"{error}: {(self.folder / 'testbed.log').read_text(errors='replace')[-2000:]}") from error
        self.context = ssl.create_default_context(cafile=self.bed.cafile)
        # By its address: all servers of a stage have the same name.
        self.context.check_hostname = False
        return self

    def hurt(self, dice):
        """Kills a worker, all of them, or the supervisor, and waits until port 25 greets again; who it was."""
        victim = dice.choice(("worker", "worker", "worker", "workers", "supervisor", "all"))
        living = self.bed.workers()
        pids = {"worker": [dice.choice(living)] if living else [], "workers": living, "supervisor": [self.bed.pid],
                "all": [*living, self.bed.pid]}[victim]
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if victim in ("supervisor", "all"):
            self.bed.process.wait(30)
            self.bed.process.stdout.close()
            self.start()
        wait(lambda: greets(self.address), "port 25 does not greet")
        return victim if pids else None

    def stop(self):
        if self.bed:
            self.bed.stop()

    @property
    def store(self):
        return self.bed.facts["store"]

    def mailctl(self, *arguments, ok=(0,), input=None):
        """What it prints."""
        done = subprocess.run([BIN / "mailctl", *arguments, "--store", self.store], capture_output=True, text=True, input=input,
                              timeout=60, env={**os.environ, "LC_ALL": "C.UTF-8"})
        assert done.returncode in ok, f"mailctl {' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout

    def records(self, *arguments):
        """What a command that lists prints, as a list of objects."""
        text = self.mailctl(*arguments, "--format", "json").strip()
        if text.startswith("["):
            return json.loads(text)
        return [json.loads(line) for line in text.splitlines()]

    def submit(self, number, recipients, data, port=587, sender=None, options=(), recipient_options=()):
        """As a logged-in user; {recipient: (code, text)} of those refused."""
        with self.login(number, port) as session:
            return session.sendmail(sender or account(number), recipients, data, mail_options=list(options),
                                    rcpt_options=list(recipient_options))

    def login(self, number, port=587, password=SECRET):
        if port == 465:
            session = smtplib.SMTP_SSL(self.address, port, local_hostname="client.example", timeout=60, context=self.context)
        else:
            session = smtplib.SMTP(self.address, port, local_hostname="client.example", timeout=60)
            session.starttls(context=self.context)
        session.ehlo()
        session.login(account(number), password)
        return session

    def inbox(self, number, mailbox="INBOX"):
        return fetch_all(self.bed, number, mailbox)

    def traced(self, event, *filter):
        """What mailctl trace has of one kind, once it has something: the trail is written a moment later."""
        def look():
            return [line for line in self.records("trace", *filter) if line["event"] == event]
        return self.until(look, 10, f"{event} in the trail ({' '.join(filter)})")

    def queue(self):
        return self.records("queue", "list")

    def waiting(self):
        return {line["recipient"]: line["last_error"] for line in self.queue()}

    def flush(self):
        self.mailctl("queue", "flush")

    def words(self):
        return pathlib.Path(self.bed.log.name).read_text(errors="replace")[-4000:]


def greets(address):
    with contextlib.suppress(OSError), socket.create_connection((address, 25), timeout=10) as connection:
        return connection.recv(3) == b"220"
