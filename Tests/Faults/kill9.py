"""kill -9 under load: nothing acknowledged is lost, nothing appears twice, UIDs never change their message."""
import os
import random
import shutil
import signal
import tempfile
import time

import ledger as books
from store_check import check
from testbed import Testbed

ACCOUNTS = 6
READY_SECONDS = 50  # ten times the five that the scorecard asks for


def rounds(count, seed, senders=8, appenders=4):
    dice = random.Random(seed)
    print(f"kill9: {count} rounds, seed {seed}", flush=True)
    known, slowest = {}, 0.0
    with tempfile.TemporaryDirectory(prefix="posthus-kill9-") as folder:
        all_books = []
        for number in range(count):
            bed, waited = start(folder)
            slowest = max(slowest, waited)
            book = books.Ledger(f"r{number:04d}x")
            all_books.append(book)
            load = books.Load(bed, book, ACCOUNTS, senders, appenders)
            time.sleep(dice.uniform(0.2, 1.5))
            bed.stop(signal.SIGKILL)
            load.stop()
            check_copy(bed.facts["store"], folder)
        bed, _ = start(folder)
        try:
            known = verify(bed, all_books)
        finally:
            bed.stop()
        databases = check(bed.facts["store"])
    acknowledged = sum(len(book.acknowledged) for book in all_books)
    assert acknowledged > 10 * count, f"only {acknowledged} acknowledged: the load is no load"
    print(
        f"kill9: rounds={count} acknowledged={acknowledged} tried={sum(len(b.tried) for b in all_books)} "
        f"found={len(known)} lost=0 dup=0 databases={databases} slowest_start={slowest:.2f}s", flush=True)


def check_copy(store, folder):
    """SQLite's integrity check after each kill, on a copy: the server itself shall find its logs as they are."""
    copy = os.path.join(folder, "copy")
    shutil.copytree(store, copy, ignore=shutil.ignore_patterns("*.sock", "*-shm"))
    try:
        check(copy)
    finally:
        shutil.rmtree(copy)


def start(folder):
    started = time.monotonic()
    bed = Testbed(folder, "--accounts", str(ACCOUNTS))
    waited = time.monotonic() - started
    assert waited < READY_SECONDS, f"ready after {waited:.1f} s"
    return bed, waited


def verify(bed, all_books):
    seen = books.scan(bed, ACCOUNTS)
    tokens = list(seen.values())
    assert len(set(tokens)) == len(tokens), "a message appears twice"
    acknowledged = {token for book in all_books for token in book.acknowledged}
    lost = acknowledged - set(tokens)
    assert not lost, f"{len(lost)} acknowledged messages are lost, such as {sorted(lost)[:5]}"
    return seen
