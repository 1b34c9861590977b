"""What is measured; each returns {relay: {figure: [one value a round]}}."""
import contextlib
import pathlib
import smtplib
import sqlite3
import statistics
import subprocess
import threading
import time

from processes import wait
from relays import DEAD_DOMAINS, SINK_DOMAIN, SINK_PORT, CountingSink
from sink import Sink

SIZE, SESSIONS = 5_120, 20
SMALL = 600
PATIENCE = 1_800
SINGLES = 100
# Destinations of the deferred mail.
FILLED = 50
SETTLE_SECONDS, WATCH_SECONDS = 3, 60
SENDER = "sender@client.example"


@contextlib.contextmanager
def running(made):
    made.start()
    try:
        yield made
    finally:
        made.stop()


@contextlib.contextmanager
def counting():
    sink = CountingSink()
    try:
        yield sink
    finally:
        sink.stop()


def source(port, count, recipient, sessions=SESSIONS, size=SIZE):
    """Sessions that send one message after the other over their connection, until so many are acknowledged."""
    subprocess.run(["smtp-source", "-d", "-s", str(sessions), "-m", str(count), "-l", str(size), "-f", SENDER, "-t", recipient,
                    f"127.0.0.1:{port}"], check=True, stdin=subprocess.DEVNULL)


def through(relay, count):
    """Messages per second end to end, and how long the sender took."""
    with counting() as sink:
        begun = time.monotonic()
        source(relay.port, count, f"r@{SINK_DOMAIN}")
        taken = time.monotonic() - begun
        wait(lambda: sink.count >= count, lambda: f"the sink has {sink.count} of {count}", PATIENCE, pause=0.005)
        return count / (time.monotonic() - begun), count / taken


def rate(surroundings, relays, options):
    results = {name: {"messages/s end to end": [], "messages/s accepted": []} for name in relays}
    for number in range(options.rounds):
        for name, make in list(relays.items())[::1 if number % 2 else -1]:
            with running(make(surroundings)) as relay:
                through(relay, max(options.messages // 10, 100))
                for figure, value in zip(results[name], through(relay, options.messages)):
                    results[name][figure].append(value)
                latest = ", ".join(f"{values[-1]:.0f} {figure}" for figure, values in results[name].items())
                print(f"round {number} {name}: {latest}", flush=True)
    return results


def deferred(surroundings, relays, options):
    """Fresh mail beside a queue of deferred mail: the ratio to an empty queue, round by round in the same server."""
    results = {name: {"rate beside deferred / alone": [], "latency ms alone": [], "latency ms beside deferred": []} for name in relays}
    for name, make in relays.items():
        with running(make(surroundings)) as relay:
            through(relay, options.messages // 10)
            alone = [through(relay, options.messages)[0] for _ in range(options.rounds)]
            latencies = [latency(relay) for _ in range(options.rounds)]
            fill(relay, options.deferred)
            beside = [through(relay, options.messages)[0] for _ in range(options.rounds)]
            slower = [latency(relay) for _ in range(options.rounds)]
            middle = statistics.median(alone)
            for figure, values in zip(results[name], ([each / middle for each in beside], latencies, slower)):
                results[name][figure] = values
            print(f"{name}: alone {alone}, beside {options.deferred} deferred {beside}", flush=True)
    return results


def fill(relay, count):
    """Mail to hosts that take no connection, by as many sessions as there are domains."""
    share = count // FILLED

    def one(domains):
        for domain in domains:
            source(relay.port, share, f"nobody@{domain}", sessions=4)
    begun = time.monotonic()
    threads = [threading.Thread(target=one, args=(DEAD_DOMAINS[number:FILLED:5],)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{relay.name}: {count} messages to dead hosts accepted in {time.monotonic() - begun:.0f} s", flush=True)


def latency(relay, count=SINGLES):
    """Median milliseconds from the 250 for a single message to the moment when the next hop has it."""
    sink = Sink("sink.example", "127.0.0.1", port=SINK_PORT)
    try:
        with smtplib.SMTP("127.0.0.1", relay.port, timeout=60) as session:
            return statistics.median(one_message(session, sink, number) for number in range(count))
    finally:
        sink.stop()


def one_message(session, sink, number):
    token = f"latency{time.monotonic_ns()}"
    data = f"From: {SENDER}\r\nSubject: {number}\r\nMessage-ID: <{token}@client.example>\r\n\r\n{'x' * 70}\r\n"
    session.sendmail(SENDER, [f"r@{SINK_DOMAIN}"], data)
    begun = time.monotonic()
    with sink.changed:
        sink.changed.wait_for(lambda: sink.received and sink.received[-1].token == token, PATIENCE)
    return (time.monotonic() - begun) * 1_000


def memory(pids):
    """Proportional set size in MB."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1_024


def million(surroundings, relays, options):
    """A start with so many queued messages, all of them due: until it greets, until fresh mail has gone through, and the most memory."""
    figures = {"seconds until it greets": [], "seconds until fresh mail is through": [], "MB at most": []}
    relay = relays["posthus"](surroundings)
    with running(relay):
        source(relay.port, 1, f"nobody@{DEAD_DOMAINS[0]}", sessions=1, size=SMALL)
        time.sleep(SETTLE_SECONDS)
    begun = time.monotonic()
    multiply(relay.queue_database, options.queued)
    print(f"{options.queued} messages written in {time.monotonic() - begun:.0f} s, {relay.queue_database.stat().st_size >> 20} MB", flush=True)
    for _ in range(options.rounds):
        begun = time.monotonic()
        with running(relay):
            figures["seconds until it greets"].append(time.monotonic() - begun)
            latency(relay, 1)
            figures["seconds until fresh mail is through"].append(time.monotonic() - begun)
            figures["MB at most"].append(most_memory(relay))
    return {"posthus": figures}


def most_memory(relay):
    most, end = 0, time.monotonic() + WATCH_SECONDS
    while time.monotonic() < end:
        most = max(most, memory(relay.pids()))
        time.sleep(0.2)
    return most


def multiply(database, count):
    """The only queued message as often as that, for many destinations, all due since long ago."""
    with contextlib.closing(sqlite3.connect(database)) as queue, queue:
        queue.execute("PRAGMA synchronous = OFF")
        first, = queue.execute("SELECT max(id) FROM queue_entry").fetchone()
        queue.execute("CREATE TEMP TABLE numbers AS "
                      "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?) SELECT n FROM n", (count,))
        domains = f"'dead' || (n % {len(DEAD_DOMAINS)}) || '.example'"
        recipient = {"entry_id": "entry_id + n", "destination": domains, "address": f"'r' || n || '@' || {domains}",
                     "next_attempt_at": "1", "lease_until": "0", "state": "0"}
        tables = {"queue_entry": {"id": "id + n"}, "queue_body": {"id": "id + n"}, "queue_recipient": recipient}
        for table, changes in tables.items():
            columns = [row[1] for row in queue.execute(f"PRAGMA table_info({table})")]
            key = "entry_id" if "entry_id" in columns else "id"
            values = ", ".join(changes.get(column, column) for column in columns)
            queue.execute(f"INSERT INTO {table} ({', '.join(columns)}) "
                          f"SELECT {values} FROM {table}, numbers WHERE {key} = ?", (first,))
        queue.execute("UPDATE queue_state SET next_id = next_id + ?", (count,))
