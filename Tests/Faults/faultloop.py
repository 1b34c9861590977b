"""One server under faultfs, and what must be true after a call of it has failed."""
import collections
import os
import signal
import sqlite3
import time

import answers
import mailboxes
from faultfs import ONCE, Control
from mailboxes import SMALL
from neighbour import Neighbour
from script import Script
from servers import READY_SECONDS, kill, workers
from store_check import check_account
from testbed import Testbed


class FaultLoop:
    answers = answers.Answers()

    def __init__(self, folder, accounts):
        self.folder, self.control = folder, Control(folder)
        self.environment = self.control.environment(self.prepare(accounts))
        self.totals = collections.Counter()
        self.script, self.touched, self.after = None, [], 0
        self.start()

    def prepare(self, accounts):
        """Makes the store before anything is armed; where it is."""
        bed = Testbed(self.folder, "--accounts", str(accounts))
        self.store = bed.facts["store"]
        bed.stop()
        with sqlite3.connect(os.path.join(self.store, "directory.db")) as directory:
            self.ids = dict(directory.execute("SELECT address, id FROM account"))
        return self.store

    def start(self):
        started = time.monotonic()
        self.bed = self.launch()
        assert time.monotonic() - started < READY_SECONDS
        used, ready = (self.script.used, self.script.ready) if self.script else (0, [])
        self.script = Script(self.bed, self.answers, {**os.environ, **self.environment}, used, ready)

    def launch(self):
        bed = Testbed(self.folder, environment=self.environment)
        self.neighbour = Neighbour(self.store)
        return bed

    def stop(self, how=signal.SIGTERM):
        self.control.disarm()
        self.neighbour.close()
        living = workers(self.bed.pid)
        self.bed.stop(how)
        if how == signal.SIGKILL:
            kill(living)

    def crash(self):
        """kill -9, another start, and everything touched since the last time is looked at again."""
        self.stop(signal.SIGKILL)
        self.start()
        for account in self.touched:
            self.compare(account)
        self.touched = []

    def once(self, part, ops, error, n, mode=ONCE, match=""):
        """Does `part` with one fault. Returns (calls there were, whether the fault was reached)."""
        work = getattr(self.script, part)()
        accounts = next(work)
        self.heard()
        self.control.arm(ops, error, n, mode, match)
        trouble, afterwards = None, None
        try:
            afterwards = next(work, None)
        except AssertionError as found:
            trouble = found
        calls, fired, what = self.control.disarm()
        self.totals["injected"] += fired > 0
        try:
            if trouble:
                raise trouble
            self.check(accounts, afterwards)
        except AssertionError as found:
            place = "at" if mode == ONCE else "from"
            raise AssertionError(f"{part}: {error} {place} call {n} of {','.join(ops)} ({what}): {found}") from found
        self.totals["survived"] += fired > 0
        return calls, fired > 0

    def check(self, accounts, afterwards):
        if afterwards:
            afterwards()
        heard = self.heard()
        for account in accounts:
            self.compare(account)
            told = heard is None or {0, self.ids[Testbed.address(account.number)]} & heard
            assert told or self.queued(account) or not account.is_changed, f"nobody was told of account {account.number}"
            self.goes_on(account)
            self.totals["acknowledged"] += sum(box.total() for box in account.expected.values())
        self.touched += accounts

    def compare(self, account):
        found, flagged = mailboxes.look(self.bed, account.number, self.script.context)
        self.totals["dup"] += account.compare(found, flagged, self.queued(account))
        self.look_inside(account)

    def goes_on(self, account):
        """The fault is over: the same server takes the next message."""
        self.after += 1
        token = f"go{self.after}"
        self.script.send([account], token, SMALL)
        account.expected["INBOX"][token] += 1
        self.compare(account)

    def heard(self):
        """The ids of accounts of whose changes other processes were told; None when that cannot be seen."""
        return self.neighbour.heard()

    def queued(self, account):
        return queued(self.store, account.number)

    def look_inside(self, account):
        """The account's database beside the running server."""
        number = self.ids[Testbed.address(account.number)]
        path = os.path.join(self.store, "accounts", f"{number & 255:02x}", str(number), "db")
        if not os.path.exists(path):
            return
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok", path
            check_account(database, path)


def queued(store, number):
    """Tokens that wait in the queue for an account."""
    path = os.path.join(store, "queue.db")
    if not os.path.exists(path):
        return collections.Counter()
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        if database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'queue_recipient'").fetchone() == (0,):
            return collections.Counter()
        rows = database.execute(
            "SELECT e.file_name, b.data FROM queue_recipient r JOIN queue_entry e ON e.id = r.entry_id "
            "LEFT JOIN queue_body b ON b.id = e.id WHERE r.state = 0 AND r.address = ?",
            (Testbed.address(number),)).fetchall()
    return collections.Counter(mailboxes.whole(data or body_file(store, name)) for name, data in rows)


def body_file(store, name):
    with open(os.path.join(store, "queue", name[:2], name), "rb") as file:
        return file.read()
