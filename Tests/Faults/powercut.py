"""Power cuts over the whole server: a recorded run of SMTP and IMAP clients, cut at random places (powercut/replay.py)."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import ledger as books
from testbed import Testbed

HERE = pathlib.Path(__file__).resolve().parent / "powercut"
ACCOUNTS = 4


def record(folder, seconds):
    """Runs clients against a recorded server and returns what replay.py needs as arguments."""
    recorder = os.path.join(folder, "recorder.so")
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O2", "-o", recorder, str(HERE / "recorder.c"), "-ldl", "-lpthread"], check=True)
    bed = Testbed(folder, "--accounts", str(ACCOUNTS))
    store = bed.facts["store"]
    bed.stop()
    base = os.path.join(folder, "base")
    shutil.copytree(store, base)
    log = os.path.join(folder, "log")
    bed = Testbed(
        folder, environment={"LD_PRELOAD": recorder, "POWERCUT_DIR": store, "POWERCUT_LOG": log})
    book = books.Ledger("p", mark=lambda: os.path.getsize(log))
    load = books.Load(bed, book, ACCOUNTS, senders=4, appenders=2)
    time.sleep(seconds)
    bed.stop(signal.SIGKILL)
    load.stop()
    acks = os.path.join(folder, "acks")
    with open(acks, "w", encoding="ascii") as out:
        out.writelines(f"{place} stored {token}@ledger\n" for token, place in book.acknowledged.items())
    assert len(book.acknowledged) > 20, f"only {len(book.acknowledged)} acknowledged: the load is no load"
    return ["--log", log, "--root", store, "--base", base, "--acks", acks]


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
