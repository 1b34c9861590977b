"""One seed: one account, one kind of session, through as many bad connections as the seed says, then a good one."""
import asyncio
import random

from network import book as books
from network import imap_session, plan, pop3_session, smtp_session
from network.relay import Relay
from network.wire import Gone, Wire

SERVICES = ("smtp", "submission", "submissions", "imap", "imaps", "pop3", "pop3s")
SESSIONS = {"smtp": smtp_session, "submission": smtp_session, "submissions": smtp_session, "imap": imap_session,
            "imaps": imap_session, "pop3": pop3_session, "pop3s": pop3_session}
PATIENT, HASTY = 30, 2.5  # seconds without a byte, on a network that does no harm and on one that may be dead
AGAIN = 1  # seconds until a client tries again: by then the server has done what came through


class Trial:
    def __init__(self, seed, address, bed, context, password):
        self.seed, self.bed, self.context, self.password = seed, bed, context, password
        self.dice = random.Random(seed)
        self.service = SERVICES[seed % len(SERVICES)]
        self.book = books.Book(seed, address)
        self.session = SESSIONS[self.service].Session(self.service, self.book, self.dice, context, password)
        self.plans = [plan.draw(self.dice, self.session.longest()) for _ in range(self.dice.choice((1, 1, 2)))]
        self.connections = self.broken = 0

    async def run(self):
        direct = await self.beside()
        try:
            await self.session.prepare(direct)
            for one in [*self.plans, plan.Plan()]:
                if await self.attempt(one):
                    break
                await asyncio.sleep(AGAIN)
        finally:
            direct.wire.close()

    async def attempt(self, one):
        """Whether the session came to its end."""
        self.connections += 1
        relay = Relay(one, self.seed)
        wire = Wire(await relay.open(self.bed.host, self.bed.ports[self.service]), PATIENT if one.is_harmless else HASTY)
        try:
            await self.session.run(wire)
            return True
        except Gone as gone:
            assert not one.is_harmless, f"{one}: {gone} after {relay.passed}"
            self.broken += 1
            return False
        finally:
            wire.close()
            await relay.finish()
            self.book.broken(relay.passed["up"])

    async def beside(self):
        """An IMAP connection of the same account on a good network."""
        wire = Wire(await Relay(plan.Plan(), 0).open(self.bed.host, self.bed.ports["imaps"]), PATIENT)
        imap = imap_session.Connection(wire, self.book.address, self.password)
        await imap.open("imaps", self.context)
        return imap

    async def verify(self):
        """Holds the server to the book; returns how many copies are there that need not be."""
        found, doubles = {}, 0
        imap = await self.beside()
        for place in (books.INBOX, books.ARCHIVE):
            for _, flags, text in await imap.content(place):
                found.setdefault(books.token_of(text), []).append((place, flags, text))
        imap.wire.close()
        assert found.keys() <= self.book.entries.keys(), f"mail of nobody: {found.keys() - self.book.entries.keys()}"
        for entry in self.book.entries.values():
            doubles += self.judge(entry, found.get(entry.token, []))
        return doubles

    def judge(self, entry, copies):
        count = len(copies)
        assert count >= entry.certain, f"LOST: {entry.token} is there {count} times, acknowledged {entry.certain}"
        assert count <= entry.certain + entry.possible, f"DOUBLED: {entry.token} is there {count} times"
        for place, flags, text in copies:
            assert place in entry.places, f"{entry.token} is in {place}"
            assert entry.flags <= flags, f"{entry.token} has {flags}, acknowledged {entry.flags}"
            assert books.same(text, entry), f"{entry.token} has another text"
        return max(0, count - max(1, entry.certain))

    def __str__(self):
        return f"seed {self.seed} ({self.service}): " + "; ".join(map(str, self.plans))


async def gather(trials, width, work):
    """Runs `work` of all, some at a time; returns results, or the exceptions they ended with."""
    gate = asyncio.Semaphore(width)

    async def one(trial):
        async with gate:
            return await work(trial)

    return await asyncio.gather(*map(one, trials), return_exceptions=True)
