"""Long and mixed: traffic, a fault every half minute, new certificates, a clock that jumps. Tests/Faults/run --soak 30m.

Workers are killed in the first third of the run, where nobody measures memory: a new process has a new base. The traffic is ten
times as dense there, and at its end visitors come until each worker remembers as many connections as it ever will. Of the rest,
the lower edge of each process's memory over windows of 30 s is added up and laid on a line by least squares."""
import tempfile
import time

from soak import faults, slope, traffic, visitors
from store_check import check
from testbed import Testbed

FAULT_EVERY, CERTIFICATE_EVERY = 30, 300
PAUSE = 1.0  # seconds between two messages of one client
DENSE = 0.1  # the same before memory is measured: caches that have a bound shall have reached it by then
SLOPE = 1.0  # MB per hour
SHORTEST = 1_500  # seconds of a run from which memory can be told: visitors take two minutes, and are gone before 40 % of it
SPARE_DESCRIPTORS = 24
LAST_WORDS = 90  # seconds until the last acknowledged message must have been read


def seconds(text):
    return float(text[:-1]) * {"s": 1, "m": 60, "h": 3_600}[text[-1]]


def run(length, seed):
    with tempfile.TemporaryDirectory(prefix="posthus-soak-") as folder:
        bed = Testbed(folder, "--accounts", str(traffic.POP3_ACCOUNTS[-1]))
        bed.stop()  # the store is made without faults
        bed = Testbed(folder, environment=faults.preload(folder))
        book = traffic.Book()
        try:
            sampler, done = work(bed, folder, book, length, seed)
        finally:
            bed.stop()
        databases = check(bed.facts["store"])
        report(book, done, databases, length, seed)
        judge_memory(sampler.samples, length)


def work(bed, folder, book, length, seed):
    print(f"soak: {length:.0f} s, seed {seed}", flush=True)
    started = time.monotonic()
    sampler = slope.Sampler(bed.pid, lambda: time.monotonic() - started)
    clients = traffic.Traffic(bed, book, DENSE)
    trouble = faults.Faults(bed, folder, clients, seed)
    next_certificate = CERTIFICATE_EVERY
    is_full = False
    while (now := time.monotonic() - started) < length:
        if now >= length / 3 and not is_full:
            is_full = True
            clients.pause = PAUSE
            visitors.fill(bed)
            say(started, "visitors have come", book, sampler)
        before = dict(book.done)
        time.sleep(FAULT_EVERY)
        goes_on(before, book.done, clients)
        if time.monotonic() - started > next_certificate:
            next_certificate += CERTIFICATE_EVERY
            say(started, trouble.renew(), book, sampler)
        say(started, trouble.strike(now < length / 3), book, sampler)
    sampler.stop()
    faults.set_clock(folder, 0)
    finish(clients, book)
    return sampler, trouble.count


def goes_on(before, after, clients):
    """After each fault everybody works again before the next one comes."""
    for kind in ("smtp", "append", "imap", "pop3", "idle"):
        assert after.get(kind, 0) > before.get(kind, 0), f"no {kind} for {FAULT_EVERY} s: {before}, {after}, {clients.wrong}"


def say(started, what, book, sampler):
    _, memory, descriptors = sampler.samples[-1]
    print(f"soak: {time.monotonic() - started:6.0f} s  {what:32} acknowledged={len(book.acknowledged)} read={len(book.seen)} "
          f"resident={sum(memory.values()) / (1 << 20):.1f} MB descriptors={descriptors} processes={len(memory)}", flush=True)


def finish(clients, book):
    """Nothing new comes in; reading goes on until all that was acknowledged has been read whole."""
    clients.quiet.set()
    end = time.monotonic() + LAST_WORDS
    while (missing := set(book.acknowledged) - set(book.seen)) and time.monotonic() < end:
        time.sleep(1)
    clients.stop()
    assert not clients.wrong, clients.wrong
    assert not missing, f"{len(missing)} acknowledged messages are lost, such as {sorted(missing)[:5]}"


def report(book, done, databases, length, seed):
    doubles = sum(len(places) - 1 for places in book.seen.values())
    print(f"soak: seconds={length:.0f} seed={seed} faults={sum(done.values())} ({done}) tried={len(book.tried)} "
          f"acknowledged={len(book.acknowledged)} lost=0 dup={doubles} databases={databases} work={book.done}", flush=True)


def judge_memory(samples, length):
    if length < SHORTEST:
        return print(f"soak: memory is judged from {SHORTEST} s on", flush=True)
    late = [one for one in samples if one[0] > length * 0.4]
    edge = [(time, memory / (1 << 20)) for time, memory in slope.lower_edge(late)]
    rise, error = (3_600 * value for value in slope.line(edge))
    half = len(late) // 2
    early, last = (min(count for _, _, count in part) for part in (late[:half], late[half:]))
    print(f"soak: memory {edge[0][1]:.1f} MB, at the end {edge[-1][1]:.1f} MB: {rise:+.2f} MB/h (standard error {error:.2f}) from "
          f"{len(edge)} windows; descriptors {early}, then {last}", flush=True)
    assert rise - 2 * error < SLOPE, f"{rise:.2f} MB/h"
    assert last <= early + SPARE_DESCRIPTORS, f"{last} descriptors, {early} before"
