"""A server that kill9.py can start, hurt and look into: Posthus here, the others in peers/."""
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import time

import audit
from store_check import check
from testbed import ROOT, Testbed

SETTLE_SECONDS = 180
DRAIN_SECONDS = 90
READY_SECONDS = 50  # ten times the five that the scorecard asks for
MAILCTL = str(ROOT / ".build/release/mailctl")
MAIL_PURGE = str(ROOT / ".build/release/mail-purge")


def workers(pid):
    """The worker processes of a supervisor, oldest first."""
    found = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for task in os.listdir(f"/proc/{pid}/task"):
            found += map(int, pathlib.Path(f"/proc/{pid}/task/{task}/children").read_text().split())
    return sorted(child for child in found if b"--worker" in command_line(child))


def command_line(pid):
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return []


def kill(pids):
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def wait_until_ready(bed, services=("smtp", "imaps", "pop3s")):
    """Seconds until every service has greeted."""
    context = ssl.create_default_context(cafile=bed.cafile)
    started = time.monotonic()
    for service in services:
        while not greets(bed, service, context):
            assert time.monotonic() - started < READY_SECONDS, f"{service} does not greet"
            time.sleep(0.01)
    return time.monotonic() - started


def greets(bed, service, context):
    try:
        with socket.create_connection(("127.0.0.1", bed.ports[service]), timeout=5) as raw:
            with contextlib.ExitStack() as stack:
                if service.endswith("s"):
                    raw = stack.enter_context(context.wrap_socket(raw, server_hostname="localhost"))
                return raw.recv(1) in (b"2", b"*", b"+")
    except OSError:
        return False


class Posthus:
    name = "Posthus"
    is_judged = True
    mailboxes = audit.MAILBOXES

    def __init__(self, folder, accounts):
        self.folder, self.accounts = folder, accounts
        self.bed, self.environment, self.orphans = None, {}, []

    def start(self):
        """Starts it, or starts it again, and waits until it greets."""
        self.bed = Testbed(self.folder, "--accounts", str(self.accounts), environment=self.environment)
        wait_until_ready(self.bed)
        return self.bed

    def stop(self):
        """Also of the workers that have lost their supervisor nobody is left when their last client is gone."""
        self.bed.stop()
        deadline = time.monotonic() + DRAIN_SECONDS
        while any(b"--worker" in command_line(pid) for pid in self.orphans):
            assert time.monotonic() < deadline, "workers whose supervisor was killed do not end"
            time.sleep(0.1)

    @property
    def victims(self):
        """What can be killed by itself."""
        return ("server", "supervisor", "worker", "workers") if workers(self.bed.pid) else ("server",)

    def kill(self, victim, dice):
        """True when it has to be started again, False when it mends itself."""
        living = workers(self.bed.pid)
        if victim in ("worker", "workers"):
            kill([dice.choice(living)] if victim == "worker" else living)
            return False
        self.orphans += living if victim == "supervisor" else []
        kill([self.bed.pid] + (living if victim == "server" else []))
        self.bed.stop(signal.SIGKILL)
        return True

    def check_killed(self):
        """SQLite's integrity check after a kill, on a copy: the server itself shall find its logs as they are."""
        copy = os.path.join(self.folder, "copy")
        shutil.copytree(self.bed.facts["store"], copy, ignore=shutil.ignore_patterns("*.sock", "*.bell", "*-shm", "spool", "new-*"))
        try:
            return check(copy)
        finally:
            shutil.rmtree(copy)

    def settle(self):
        """Returns when nothing waits in the queue; what does is made due now."""
        with contextlib.closing(sqlite3.connect(os.path.join(self.bed.facts["store"], "queue.db"), timeout=30)) as queue:
            if queue.execute("SELECT count(*) FROM sqlite_master WHERE name = 'queue_recipient'").fetchone() == (0,):
                return
            with queue:
                queue.execute("UPDATE queue_recipient SET next_attempt_at = 0, lease_until = 0 WHERE state = 0")
            deadline = time.monotonic() + SETTLE_SECONDS
            while queue.execute("SELECT count(*) FROM queue_recipient WHERE state IN (0, 4)").fetchone() != (0,):
                assert time.monotonic() < deadline, "the queue does not empty"
                time.sleep(0.2)

    def check(self):
        return check(self.bed.facts["store"])

    def scan(self, is_quiet=False):
        return audit.scan(self.bed, self.accounts, is_quiet, self.mailboxes)
