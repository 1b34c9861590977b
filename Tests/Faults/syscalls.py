"""Fails the n-th system call of real work on the store, for n = 1, 2, ... until a run is over before its n-th call.

After each fault: every answer was a success or a clean temporary failure, what was acknowledged is there, what was refused
is not, SQLite finds nothing wrong, and the same server goes on without a restart. After each loop: kill -9, start, look again.
"""
import itertools
import random
import sqlite3
import tempfile

from faultfs import ONCE, STICKY
from faultloop import FaultLoop

PARTS = ("delivery", "imap", "pop3", "administration")
ENDLESS = 3_000  # no part makes so many calls: a loop that gets there does not end
# Which calls fail with what. EINTR of fsync and of open happens on network file systems.
ONE_CALL = [
    (("write", "pwrite64"), ("ENOSPC", "EIO", "EINTR", "SHORT")),
    (("fsync", "fdatasync"), ("EIO", "ENOSPC", "EINTR")),
    (("ftruncate",), ("EIO", "ENOSPC")),
    (("rename", "link", "mkdir"), ("ENOSPC", "EIO")),
    (("unlink",), ("EIO",)),
    (("open",), ("EMFILE", "ENOSPC", "EIO", "EINTR")),
    (("mmap",), ("ENOMEM",)),
    (("sendmsg",), ("ENOMEM", "EINTR", "EIO")),
]
# From the n-th on all of them fail, until the work is over.
ALL_CALLS = [
    (("write", "pwrite64", "ftruncate", "link", "mkdir"), ("ENOSPC", "EIO")),
    (("fsync", "fdatasync"), ("EIO",)),
    (("open",), ("EMFILE",)),
]
# What went wrong once: a database made from a draft whose last pages were not written; a refused expunge that a
# reopened log brought about; a change that nobody heard of.
FOUND = [
    ("delivery", ("write", "pwrite64"), "EIO", 10, ONCE, "/new-"),
    ("pop3", ("fsync", "fdatasync"), "EIO", 1, STICKY, "db-wal"),
    ("pop3", ("sendmsg",), "EINTR", 1, ONCE, ""),
]


def loops():
    """Every (part, calls, error, mode)."""
    for part in PARTS:
        for mode, table in ((ONCE, ONE_CALL), (STICKY, ALL_CALLS)):
            for ops, errors in table:
                for error in errors:
                    yield part, ops, error, mode


def every(seed):
    """All of it: some 2,500 faults."""
    return run(seed, accounts=20_000, numbers=lambda calls, dice: range(1, ENDLESS))


def sample(seed):
    """One or two places in each loop."""
    return run(seed, accounts=2_000, numbers=lambda calls, dice: dice.sample(range(1, calls + 1), min(calls, 2)))


def run(seed, accounts, numbers):
    dice = random.Random(seed)
    print(f"system calls: seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="posthus-syscalls-") as folder:
        server = FaultLoop(folder, accounts)
        try:
            for case in FOUND:
                assert server.once(*case)[1], f"{case} was not reached"
            for part, group in itertools.groupby(loops(), key=lambda loop: loop[0]):
                for _, ops, error, mode in group:
                    calls, _ = server.once(part, ops, error, 0)
                    for n in numbers(calls, dice):
                        assert n < ENDLESS - 1, f"{part}: no end of calls"
                        if not server.once(part, ops, error, n, mode)[1]:
                            break
                    print(f"system calls: {part}: {','.join(ops)} {error}{' from then on' * (mode == STICKY)}, {calls} calls; "
                          f"injected={server.totals['injected']} survived={server.totals['survived']}", flush=True)
                server.crash()
        finally:
            server.stop()
    print("system calls: " + " ".join(f"{key}={server.totals[key]}" for key in (
        "injected", "survived", "acknowledged", "dup")) + " lost=0", flush=True)
    return server.totals


def control():
    """Writes that are confirmed and not done must be found out, or the loops prove nothing."""
    with tempfile.TemporaryDirectory(prefix="posthus-syscalls-") as folder:
        server = FaultLoop(folder, 100)
        try:
            server.once("delivery", ("write", "pwrite64"), "LIE", 20, STICKY)
            server.crash()
        except (AssertionError, sqlite3.Error):
            return
        finally:
            server.stop()
    raise AssertionError("nothing was noticed although nothing was written")
