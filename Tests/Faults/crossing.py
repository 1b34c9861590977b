"""MOVE between two accounts under faults: clients that carry mail into a mailbox that another account shares with them, and
back. What was moved is in one place; what nobody answered for is in at least one of the two, and never twice in one."""
import collections
import random
import re
import threading

from ledger import SIZES, imap, message
from testbed import Testbed

HOME, SHARED = "Moving", "Shared"
TURNS = 10  # times that one connection carries something
FRESH, MOST = 2, 6  # new messages for each turn, and how many are carried at most


class Crossings:
    """Where each token is: the account that has it, or None from the moment when a MOVE is asked for until it is answered.

    Every account lends its mailbox to the one before it. `history` is for replay.py: (position, verb, token, account)."""

    def __init__(self, accounts, mark=lambda: 0):
        self.accounts, self.mark = accounts, mark
        self.lock = threading.Lock()
        self.places, self.movers, self.history = {}, {}, []
        self.moved = self.count = 0

    def owner(self, account):
        return account % self.accounts + 1

    def prepare(self, bed):
        for account in range(1, self.accounts + 1):
            with imap(bed, account) as session:
                for name in (HOME, SHARED):
                    assert session.create(name)[0] == "OK"
                guest = next(guest for guest in range(1, self.accounts + 1) if self.owner(guest) == account)
                status, reply = session.setacl(SHARED, Testbed.address(guest), "lrswite")
                assert status == "OK", reply

    def begin(self, number):
        with self.lock:
            self.count += 1
            token = f"x{self.count:07d}"
            self.movers[token] = number
        return token

    def note(self, verb, token, account):
        with self.lock:
            self.history.append((self.mark(), verb, token, account))
            self.places[token] = account if verb == "at" else None

    def here(self, number, account):
        """What this mover knows to be there: nobody else moves it."""
        with self.lock:
            return {token for token, place in self.places.items() if place == account and self.movers[token] == number}

    # MARK: a client

    def carry(self, load, number):
        """Work for traffic.Load."""
        account = number % self.accounts + 1
        owner = self.owner(account)
        there = f'"Other Users/{Testbed.address(owner)}/{SHARED}"'
        with imap(load.bed, account, load.context) as session:
            for turn in range(TURNS):
                if load.is_over:
                    return
                for _ in range(FRESH):
                    self.add(session, account, number, turn)
                self.move(session, number, (account, HOME), (owner, there))
                self.move(session, number, (owner, there), (account, HOME))

    def add(self, session, account, number, turn):
        token = self.begin(number)
        if session.append(HOME, None, None, message(token, SIZES[(number + turn) % len(SIZES)]))[0] == "OK":
            self.note("at", token, account)

    def move(self, session, number, source, target):
        status, reply = session.select(source[1])
        assert status == "OK", (source, reply)
        known = self.here(number, source[0])
        uids = {uid: token for uid, token in listed(session) if token in known}
        missing = known - set(uids.values())
        assert not missing, f"{sorted(missing)} are not in {source}"
        # Some stay, so that both places are never empty.
        chosen = random.sample(sorted(uids), min(MOST, len(uids)))
        if not chosen:
            return
        for uid in chosen:
            self.note("moving", uids[uid], target[0])
        status, reply = session.uid("MOVE", ",".join(map(str, chosen)), target[1])
        if status == "OK":
            gone = moved_uids(session)
            assert gone == set(chosen), f"asked for {sorted(chosen)}, COPYUID names {sorted(gone)}"
            for uid in chosen:
                self.note("at", uids[uid], target[0])
            self.moved += len(chosen)

    # MARK: at the end

    def verify(self, seen):
        """`seen` as audit.scan has it; returns how many are in both places after a MOVE that nobody answered."""
        found = collections.defaultdict(collections.Counter)
        for (account, _, _, _), token in seen.items():
            found[token][account] += 1
        lost = [token for token in self.places if not found[token]]
        assert not lost, f"{len(lost)} messages are in neither account, such as {sorted(lost)[:5]}"
        wrong = {token: dict(found[token]) for token, place in self.places.items() if place and found[token] != {place: 1}}
        assert not wrong, f"{len(wrong)} are not just where they were moved to, such as {list(wrong.items())[:5]}"
        often = [token for token, places in found.items() if token in self.places and max(places.values()) > 1]
        assert not often, f"twice in one mailbox: {sorted(often)[:5]}"
        return sum(len(found[token]) - 1 for token in self.places)

    @property
    def doubts(self):
        return sum(1 for place in self.places.values() if place is None)


def listed(session):
    """(UID, token) of each message."""
    status, lines = session.uid("FETCH", "1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
    for head, header in (part for part in lines if isinstance(part, tuple)):
        yield int(re.search(rb"UID (\d+)", head).group(1)), re.search(rb"<(\w+)@ledger>", header).group(1).decode()


def moved_uids(session):
    """The sources that COPYUID names."""
    found = set()
    for code in session.response("COPYUID")[1]:
        for part in (code or b"0 0 0").split()[1].split(b","):
            first, _, last = part.partition(b":")
            found.update(range(int(first), int(last or first) + 1))
    return found - {0}


