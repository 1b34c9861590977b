"""Failing system calls under Postfix and Dovecot: the same work, the same questions, but for what only we can look into."""
import collections
import os
import random
import re
import signal
import tempfile

from answers import Answers
from faultloop import FaultLoop
from peers.server import Peers

PATIENCE = 20  # seconds for what waits in Postfix's queue
PARTS = ("delivery", "imap", "pop3")


class PeerAnswers(Answers):
    """Dovecot calls a failed call an internal error."""

    clean_no = re.compile(r"\[(UNAVAILABLE|INUSE|SERVERBUG|LIMIT)\]|Internal error|Failed to|Temporary")
    clean_err = re.compile(r"-ERR (\[(SYS/TEMP|IN-USE)\]|Internal error|.*nternal)")


class PeerLoop(FaultLoop):
    answers = PeerAnswers()

    def prepare(self, accounts):
        os.chmod(self.control.path, 0o666)
        self.server = Peers(self.folder, accounts)
        return os.path.join(self.folder, "store")

    def launch(self):
        self.server.environment = {**os.environ, **self.environment}
        return self.server.start()

    def start(self):
        super().start()
        self.script.arrived = lambda: self.server.settle(PATIENCE)

    def stop(self, how=signal.SIGTERM):
        self.control.disarm()
        if how == signal.SIGKILL:
            self.server.kill("server", None)
        else:
            self.server.stop()

    def heard(self):
        """Asked before each fault too: by then what was sent for it has to be there."""
        self.server.settle(PATIENCE)

    def queued(self, account):
        return collections.Counter()

    def look_inside(self, account):
        pass

    def compare(self, account):
        """Postfix has taken what Dovecot has to take: given time, it arrives, and twice where an answer was missed."""
        self.server.settle(PATIENCE)
        for box in account.expected.values():
            account.refused.update(box.keys())
        super().compare(account)


def measure(seed, loops, places):
    """Some places in each loop; the totals, and what went wrong how often."""
    dice, wrong = random.Random(seed), collections.Counter()
    with tempfile.TemporaryDirectory(prefix="posthus-peers-") as folder:
        server = PeerLoop(folder, 2_000)
        try:
            for part, ops, error, mode in loops:
                if part in PARTS:
                    calls, _ = server.once(part, ops, error, 0)
                    for n in dice.sample(range(1, calls + 1), min(calls, places)):
                        attempt(server, wrong, part, ops, error, n, mode)
        finally:
            server.stop()
    return server.totals, wrong


def attempt(server, wrong, *case):
    try:
        server.once(*case)
    except AssertionError as trouble:
        kind = "lost" if "lacks" in str(trouble) else "unclean"
        wrong[kind] += 1
        print(f"peers: {kind}: {trouble}", flush=True)
