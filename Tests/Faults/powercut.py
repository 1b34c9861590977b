"""Power cuts over the whole server: a recorded run of SMTP and IMAP clients and of mailctl, cut at random places
(powercut/replay.py). Recorded are all processes and the whole store: accounts, bodies, spool, queue.db, directory.db."""
import contextlib
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

import ledger as books
from traffic import Load
from servers import MAILCTL
from testbed import Testbed

HERE = pathlib.Path(__file__).resolve().parent / "powercut"
ACCOUNTS = 4  # of which the last takes no mail: what is sent to it waits in the queue


def record(folder, seconds):
    """Runs clients against a recorded server and returns what replay.py needs as arguments."""
    recorder = os.path.join(folder, "recorder.so")
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O2", "-o", recorder, str(HERE / "recorder.c"), "-ldl", "-lpthread"], check=True)
    bed = Testbed(folder, "--accounts", str(ACCOUNTS))
    store = bed.facts["store"]
    bed.stop()
    ids = account_ids(store)
    block(store, ids[Testbed.address(ACCOUNTS)])
    base = os.path.join(folder, "base")
    shutil.copytree(store, base, ignore=shutil.ignore_patterns("*.bell"))
    log = os.path.join(folder, "log")
    environment = {"LD_PRELOAD": recorder, "POWERCUT_DIR": store, "POWERCUT_LOG": log}
    bed = Testbed(folder, environment=environment)
    book = books.Ledger("p", mark=lambda: os.path.getsize(log))
    load = Load(bed, book, ACCOUNTS, senders=4, appenders=2, expungers=1)
    made = administer(book, store, environment, time.monotonic() + seconds)
    load.stop()
    bed.stop()  # its last writes are cut at too
    acks = os.path.join(folder, "acks")
    write_acknowledgements(acks, book, ids, made)
    assert len(book.acknowledged) > 20, f"only {len(book.acknowledged)} acknowledged: the load is no load"
    assert made, "mailctl made nothing"
    return ["--log", log, "--root", store, "--base", base, "--acks", acks, "--mailctl", MAILCTL, "--whole", store]


def account_ids(store):
    with contextlib.closing(sqlite3.connect(os.path.join(store, "directory.db"))) as directory:
        return dict(directory.execute("SELECT address, id FROM account"))


def block(store, account):
    """A plain file where the account's folder would be."""
    folder = os.path.join(store, "accounts", f"{account & 255:02x}")
    os.makedirs(folder, mode=0o700, exist_ok=True)
    pathlib.Path(folder, str(account)).touch()


def administer(book, store, environment, end):
    """mailctl makes accounts beside the load until the time is over; {address: position of its acknowledgement}."""
    made = {}
    while time.monotonic() < end:
        address = f"new{len(made)}@example.test"
        done = subprocess.run(
            [MAILCTL, "account", "add", "--no-password", address, "--store", store], env={**os.environ, **environment},
            capture_output=True)
        if done.returncode == 0:
            made[address] = book.mark()
    return made


def write_acknowledgements(path, book, ids, made):
    def lines(verb, positions):
        for token, place in positions.items():
            for account in book.tried[token]:
                yield f"{place} {verb} {token}@ledger {ids[Testbed.address(account)]}\n"
    with open(path, "w", encoding="ascii") as out:
        out.writelines(lines("stored", book.acknowledged))
        out.writelines(lines("removing", book.removing))
        out.writelines(lines("removed", book.removed))
        out.writelines(f"{place} made {address} -\n" for address, place in made.items())


def replay(arguments, cuts, seed, *more):
    return subprocess.run(
        [sys.executable, str(HERE / "replay.py"), *arguments, "--cuts", str(cuts), "--seed", str(seed), *more],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def cuts(count, seed, seconds=2.0):
    with tempfile.TemporaryDirectory(prefix="posthus-powercut-") as folder:
        arguments = record(folder, seconds)
        for more in ((), ("--lenient",)):
            result = replay(arguments, count, seed, *more)
            print(result.stdout.strip(), flush=True)
            assert result.returncode == 0, f"replay.py {more} found damage"


def control(seed):
    """The same with every sync ignored must lose mail, or the harness proves nothing."""
    with tempfile.TemporaryDirectory(prefix="posthus-powercut-") as folder:
        result = replay(record(folder, 1.0), 5, seed, "--ignore-syncs")
        assert result.returncode == 1, f"no loss was reported although no sync counted\n{result.stdout}"
