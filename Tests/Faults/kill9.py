"""kill -9 under load: nothing acknowledged is lost, what was expunged stays away, UIDs never change their message."""
import collections
import random
import tempfile
import time

import ledger as books
from audit import MAILBOXES, Audit
from crossing import HOME, SHARED, Crossings
from traffic import Load
from servers import Posthus, wait_until_ready

ACCOUNTS = 6
BATCH = 20  # rounds on one store, so that a look at all of it does not get ever longer


def rounds(count, seed, senders=20, appenders=10, expungers=4, movers=0, server=Posthus):
    dice = random.Random(seed)
    print(f"kill9: {server.name}, {count} rounds, seed {seed}", flush=True)
    totals = collections.Counter()
    for first in range(0, count, BATCH):
        with tempfile.TemporaryDirectory(prefix="posthus-kill9-") as folder:
            batch(server(folder, ACCOUNTS), min(BATCH, count - first), dice, (senders, appenders, expungers, movers), totals)
        print("kill9: " + " ".join(f"{key}={value}" for key, value in totals.items()), flush=True)
    assert totals["acknowledged"] > 10 * count, f"only {totals['acknowledged']} acknowledged: the load is no load"
    return totals


def rate(server, seconds=20, clients=(20, 10, 4)):
    """Messages acknowledged per second while nobody is killed."""
    book = books.Ledger("l")
    load = Load(server.start(), book, ACCOUNTS, *clients)
    time.sleep(seconds)
    count = len(book.acknowledged)
    load.stop()
    server.stop()
    return count / seconds


def batch(server, count, dice, clients, totals):
    book, crossings = books.Ledger("k"), Crossings(ACCOUNTS)
    audit = Audit(book)
    *clients, movers = clients
    bed = server.start()
    if movers:
        crossings.prepare(bed)
        server.mailboxes = (*MAILBOXES, HOME, SHARED)
    load = Load(bed, book, ACCOUNTS, *clients, others=[(crossings.carry, movers)])
    try:
        for number in range(count):
            time.sleep(dice.uniform(0.2, 1.5))
            victim = dice.choice(server.victims)
            seconds = hurt(server, victim, dice, load)
            totals[f"{victim}s_killed"] += 1
            totals["slowest_ms"] = max(totals["slowest_ms"], int(seconds * 1000))
            if number % 5 == 4:
                audit.take(server.scan())  # UIDs and UIDVALIDITY on the way, beside the load
        time.sleep(0.3)
        load.stop()
        server.settle()
        seen = server.scan(is_quiet=True)
        audit.take(seen)
    finally:
        load.ended.set()
        server.stop()
    totals["databases"] += server.check()
    finish(audit, totals, server.is_judged)
    if movers:
        finish_crossings(crossings, seen, movers, totals)


def hurt(server, victim, dice, load):
    """Kills, starts again where nobody else does; the seconds until all services greet."""
    if not server.kill(victim, dice):
        return wait_until_ready(server.bed)
    load.pause()
    if victim == "server":
        server.check_killed()
    started = time.monotonic()
    bed = server.start()
    seconds = time.monotonic() - started
    load.go_on(bed)
    return seconds


def finish(audit, totals, is_judged):
    book = audit.ledger
    totals["tried"] += len(book.tried)
    totals["acknowledged"] += len(book.acknowledged)
    totals["expunged"] += len(book.removed)
    totals["lost"] += len(audit.lost)
    totals["back"] += len(audit.back)
    totals["dup"] += audit.doubled
    if is_judged:
        audit.verify()


def finish_crossings(crossings, seen, movers, totals):
    totals["moved"] += crossings.moved
    totals["unanswered"] += crossings.doubts
    totals["in_both"] += crossings.verify(seen)
    assert crossings.moved > movers, f"only {crossings.moved} moved: the load is no load"
