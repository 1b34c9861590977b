"""Changes as fast as a client can make them: every one reaches the session that idles, and no session ends."""
import concurrent.futures
import random
import re
import tempfile
import time

from slow_reader import Client
from testbed import Testbed
from watch import Watch

ACCOUNTS = 12
SECONDS = 10
HEARD = 5  # seconds until a change is heard: it takes milliseconds, and one that is lost never comes
PAUSE = 0.01  # at most, in half of the turns: so changes meet the idling session in each of its states


def changes(seed):
    with tempfile.TemporaryDirectory(prefix="posthus-storm-") as folder:
        bed = Testbed(folder, "--accounts", str(ACCOUNTS))
        try:
            run(bed, seed)
        finally:
            bed.stop()


def run(bed, seed):
    watch = Watch(bed)
    until = time.monotonic() + SECONDS
    with concurrent.futures.ThreadPoolExecutor(ACCOUNTS) as pool:
        turns = list(pool.map(lambda number: storm(bed, number, seed, until), range(1, ACCOUNTS + 1)))
    assert min(turns) > 0, turns
    watch.nobody_died()
    print(f"storm: {3 * sum(turns)} changes in {SECONDS} s for {ACCOUNTS} sessions that idle, seed {seed}")


def storm(bed, number, seed, until):
    chance, turns = random.Random(f"{seed} {number}"), 0
    writer, idler = Client(bed, number), Idler(bed, number)
    writer.ask(b"a SELECT INBOX")
    while time.monotonic() < until:
        turn(writer, idler, chance)
        turns += 1
        if chance.random() < 0.1:
            idler.done()
            idler.begin()
    idler.done()
    writer.ask(b"z NOOP")
    return turns


def turn(writer, idler, chance):
    """A message comes, is flagged, and goes."""
    writer.ask(b"b APPEND INBOX {8+}\r\nx: y\r\n\r\n")
    idler.hear(rb"\* 1 EXISTS")
    pause(chance)
    writer.ask(rb"c STORE 1 +FLAGS (\Flagged)")
    idler.hear(rb"\* 1 FETCH .*\\Flagged")
    pause(chance)
    writer.ask(rb"d STORE 1 +FLAGS (\Deleted)")
    writer.ask(b"e EXPUNGE")
    idler.hear(rb"\* 1 EXPUNGE")


def pause(chance):
    if chance.random() < 0.5:
        time.sleep(chance.random() * PAUSE)


class Idler:
    def __init__(self, bed, number):
        self.client = Client(bed, number)
        self.client.ask(b"a SELECT INBOX")
        self.client.socket.settimeout(HEARD)
        self.begin()

    def begin(self):
        self.client.say(b"i IDLE")
        self.hear(rb"\+ ")

    def done(self):
        self.client.say(b"DONE")
        self.hear(b"i OK")

    def hear(self, wanted):
        """Up to the line that is wanted; the others tell of the same change, or of one before."""
        end, heard = time.monotonic() + HEARD, []
        while not (heard and re.match(wanted, heard[-1])):
            assert time.monotonic() < end, f"{wanted} has not come: {heard}"
            try:
                heard.append(self.client.reader.readline())
            except TimeoutError:
                raise AssertionError(f"{wanted} has not come: {heard}") from None
            assert heard[-1] and not heard[-1].startswith(b"* BYE"), f"the session has ended: {heard}"
