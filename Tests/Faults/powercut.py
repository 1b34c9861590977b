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
from crossing import Crossings
from traffic import Load
from servers import MAILCTL, MAIL_PURGE
from testbed import Testbed

HERE = pathlib.Path(__file__).resolve().parent / "powercut"
PURGED = 24  # accounts that mail-purge goes through
ACCOUNTS = 4  # of which the last takes no mail: what is sent to it waits in the queue


def record(folder, seconds):
    """Runs clients against a recorded server and returns what replay.py needs as arguments."""
    recorder = build(folder)
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
    crossings = Crossings(ACCOUNTS - 1, book.mark)
    crossings.prepare(bed)
    load = Load(bed, book, ACCOUNTS, senders=4, appenders=2, expungers=1, others=[(crossings.carry, 2)])
    made = administer(book, store, environment, time.monotonic() + seconds)
    load.stop()
    bed.stop()  # its last writes are cut at too
    acks = os.path.join(folder, "acks")
    write_acknowledgements(acks, book, ids, made, crossings.history)
    assert crossings.moved > 2, f"only {crossings.moved} moved: the load is no load"
    assert len(book.acknowledged) > 20, f"only {len(book.acknowledged)} acknowledged: the load is no load"
    assert made, "mailctl made nothing"
    return ["--log", log, "--root", store, "--base", base, "--acks", acks, "--mailctl", MAILCTL, "--whole", store]


def build(folder):
    recorder = os.path.join(folder, "recorder.so")
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O2", "-o", recorder, str(HERE / "recorder.c"), "-ldl", "-lpthread"], check=True)
    return recorder


def record_purge(folder):
    """The same for mail-purge: some accounts one by one, each with a process and an end of its own, the others at once."""
    recorder = build(folder)
    store = os.path.join(folder, "store")
    run(MAILCTL, "store", "init", "--test", "--now", "2026-01-01", "example.test", store=store)
    names = [f"p{number}@example.test" for number in range(PURGED)]
    for name in names:
        mail = pathlib.Path(folder, "mbox")
        mail.write_text("".join(
            f"From a@b Thu Jan  1 00:00:01 1970\nMessage-ID: <{name.split('@')[0]}-{number}@ledger>\n\n{'x' * 900}\n\n"
            for number in range(4)))
        run(MAILCTL, "account", "add", "--no-password", name, store=store)
        run(MAILCTL, "import", name, str(mail), "--mailbox", "Trash", "--now", "2026-03-01", store=store)
    base, log, acks = (os.path.join(folder, name) for name in ("base", "log", "acks"))
    shutil.copytree(store, base, ignore=shutil.ignore_patterns("*.bell"))
    environment = {"LD_PRELOAD": recorder, "POWERCUT_DIR": store, "POWERCUT_LOG": log}
    told = {}
    for chosen in [[name] for name in names[:PURGED // 2]] + [names[PURGED // 2:]]:
        which = [word for name in chosen for word in ("--account", name)]
        run(MAIL_PURGE, "--now", "2026-03-20", "--yes", "--max-delete", "100%", *which, store=store, environment=environment)
        told.update({name: os.path.getsize(log) for name in chosen})
    ids = account_ids(store)
    with open(acks, "w", encoding="ascii") as out:
        for name, place in told.items():
            for number in range(4):
                what = f"{name.split('@')[0]}-{number}@ledger {ids[name]}"
                out.write(f"0 kept {what}\n{place} removed {what}\n")
    return ["--log", log, "--root", store, "--base", base, "--acks", acks, "--mailctl", MAILCTL, "--whole", store]


def run(*command, store, environment=()):
    done = subprocess.run(
        [*command, "--store", store], env={**os.environ, **dict(environment)}, capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stdout, done.stderr)


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


def write_acknowledgements(path, book, ids, made, moves):
    def lines(verb, positions):
        for token, place in positions.items():
            for account in book.tried[token]:
                yield f"{place} {verb} {token}@ledger {ids[Testbed.address(account)]}\n"
    with open(path, "w", encoding="ascii") as out:
        out.writelines(lines("stored", book.acknowledged))
        out.writelines(lines("removing", book.removing))
        out.writelines(lines("removed", book.removed))
        out.writelines(f"{place} made {address} -\n" for address, place in made.items())
        out.writelines(
            f"{place} {verb} {token}@ledger {ids[Testbed.address(account)]}\n" for place, verb, token, account in moves)


def replay(arguments, cuts, seed, *more):
    return subprocess.run(
        [sys.executable, str(HERE / "replay.py"), *arguments, "--cuts", str(cuts), "--seed", str(seed), *more],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def cuts(count, seed, seconds=2.0):
    with tempfile.TemporaryDirectory(prefix="posthus-powercut-") as folder:
        kept(record(folder, seconds), count, seed)


def cuts_of_a_purge(count, seed):
    with tempfile.TemporaryDirectory(prefix="posthus-powercut-") as folder:
        kept(record_purge(folder), count, seed)


def kept(arguments, count, seed):
    for more in ((), ("--lenient",)):
        result = replay(arguments, count, seed, *more)
        print(result.stdout.strip(), flush=True)
        assert result.returncode == 0, f"replay.py {more} found damage"


def control(seed):
    """The same with every sync ignored must lose mail, or the harness proves nothing."""
    with tempfile.TemporaryDirectory(prefix="posthus-powercut-") as folder:
        lossy(record(folder, 1.0), seed)
    with tempfile.TemporaryDirectory(prefix="posthus-powercut-") as folder:
        lossy(record_purge(folder), seed)


def lossy(arguments, seed):
    result = replay(arguments, 5, seed, "--ignore-syncs")
    assert result.returncode == 1, f"no loss was reported although no sync counted\n{result.stdout}"
