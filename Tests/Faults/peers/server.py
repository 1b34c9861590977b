"""Postfix in front of Dovecot as one server for kill9.py and faultloop.py."""
import collections
import contextlib
import json
import os
import random
import signal
import ssl
import subprocess
import time

import audit
from peers import configuration
from servers import READY_SECONDS, SETTLE_SECONDS, greets, kill
from testbed import ROOT

Bed = collections.namedtuple("Bed", "host ports cafile")
POSTFIX = ("/usr/sbin/postfix", "-c")
MASTERS = ("dovecot/run/master.pid", "store/spool/pid/master.pid")


class Peers:
    name = "Postfix + Dovecot"
    is_judged = False  # what is lost and doubled is counted and told
    victims = ("server", "supervisor", "worker", "workers")

    def __init__(self, folder, accounts, environment=None, has_log=False):
        self.folder, self.accounts = folder, accounts
        self.environment = {**os.environ, **(environment or {})}
        os.chmod(folder, 0o755)
        library = ROOT / "scripts/lib.sh"
        subprocess.run(["bash", "-euc", 'source "$0"; make_authority "$1"', str(library), folder], check=True)
        ports = configuration.write(folder, random.randrange(31_000, 32_000), accounts, has_log)
        self.bed = Bed("127.0.0.1", ports, os.path.join(folder, "authority.pem"))
        self.started = []

    @property
    def commands(self):
        yield ["/usr/sbin/dovecot", "-F", "-c", f"{self.folder}/dovecot/dovecot.conf"]
        yield [*POSTFIX, f"{self.folder}/postfix/etc", "start-fg"]

    def start(self):
        """As an init would: what ends, because a port is still held, is started again."""
        commands = list(self.commands)
        self.started = [self.launch(command) for command in commands]
        deadline = time.monotonic() + READY_SECONDS
        while not self.greets():
            assert time.monotonic() < deadline, "Postfix or Dovecot does not greet"
            for number, command in enumerate(commands):
                if self.started[number].poll() is not None:
                    self.started[number] = self.launch(command)
            time.sleep(0.05)
        return self.bed

    def greets(self):
        context = ssl.create_default_context(cafile=self.bed.cafile)
        return all(greets(self.bed, service, context) for service in ("smtp", "imaps", "pop3s"))

    def launch(self, command):
        with open(os.path.join(self.folder, "out"), "ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, env=self.environment, start_new_session=True)

    def masters(self):
        found = []
        for name in MASTERS:
            with contextlib.suppress(OSError, ValueError), open(os.path.join(self.folder, name), encoding="ascii") as file:
                found.append(int(file.read()))
        return found

    def workers(self):
        return [child for master in self.masters() for child in offspring(master)]

    def kill(self, victim, dice):
        living, masters = self.workers(), self.masters()
        if victim == "worker":
            kill([dice.choice(living)])
        elif victim == "workers":
            kill(living)
        else:
            kill(masters + (living if victim == "server" else []))
            for process in self.started:
                process.wait(60)
        return victim in ("server", "supervisor")

    def check_killed(self):
        """No database of theirs can be checked from outside."""

    def settle(self, patience=SETTLE_SECONDS):
        subprocess.run(["/usr/sbin/postqueue", "-c", f"{self.folder}/postfix/etc", "-f"], check=False)
        deadline = time.monotonic() + patience
        while self.waiting():
            assert time.monotonic() < deadline, "the queue does not empty"
            time.sleep(0.1)

    def waiting(self):
        found = subprocess.run(
            ["/usr/sbin/postqueue", "-c", f"{self.folder}/postfix/etc", "-j"], capture_output=True, text=True)
        return [json.loads(line) for line in found.stdout.splitlines()]

    def scan(self, is_quiet=False):
        return audit.scan(self.bed, self.accounts, is_quiet)

    def check(self):
        return 0

    def stop(self):
        for master in self.masters():
            with contextlib.suppress(ProcessLookupError):
                os.kill(master, signal.SIGTERM)
        for process in self.started:
            process.wait(60)


def offspring(pid):
    """All processes below one."""
    found = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as children:
                found += [int(child) for child in children.read().split()]
    return found + [below for child in found for below in offspring(child)]
