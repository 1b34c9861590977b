"""A maildrop through a bad network: what is fetched is whole, and QUIT deletes all that was marked or nothing."""
from network import book as books
from network.wire import Gone

MESSAGES = 4


class Session:
    def __init__(self, service, book, dice, context, password):
        self.service, self.book, self.context = service, book, context
        self.password = password
        self.drop = [book.message(dice.choice(books.SIZES[:4]), books.INBOX) for _ in range(MESSAGES)]
        self.doomed = set(dice.sample([entry.token for entry in self.drop], dice.randrange(1, MESSAGES + 1)))
        self.may_be_done = False

    def longest(self):
        return {"up": 2_000, "down": 4_500 + sum(len(entry.text) for entry in self.drop)}

    async def prepare(self, direct):
        for entry in self.drop:
            entry.uid = await direct.append(books.INBOX, entry.text)
            entry.certain = 1

    async def run(self, wire):
        await self.open(wire)
        present = await self.fetch_all(wire)
        self.all_or_nothing(set(present.values()))
        for number, token in present.items():
            if token in self.doomed:
                await command(wire, b"DELE %d" % number)
        self.book.tell(await wire.send(b"QUIT\r\n"), self.deleted, self.perhaps_deleted)
        await reply(wire)
        self.book.answered()

    async def open(self, wire):
        if self.service == "pop3s":
            await wire.start_tls(self.context)
        await reply(wire)
        if self.service == "pop3":
            await command(wire, b"STLS")
            await wire.start_tls(self.context)
        await command(wire, b"USER " + self.book.address.encode())
        await command(wire, b"PASS " + self.password.encode())

    async def fetch_all(self, wire):
        """{number: token}; every message must be there whole."""
        count = int((await command(wire, b"STAT")).split()[1])
        present = {}
        for number in range(1, count + 1):
            await command(wire, b"RETR %d" % number)
            text = await body(wire)
            present[number] = books.token_of(text)
            assert text == self.book.entries[present[number]].text, f"another text: {text[:300]!r}"
        return present

    def all_or_nothing(self, present):
        kept = {entry.token for entry in self.drop} - self.doomed
        assert kept <= present, f"kept messages are gone: {kept - present}"
        if not self.may_be_done:
            assert self.doomed <= present, f"deleted without QUIT: {self.doomed - present}"
        assert self.doomed <= present or not self.doomed & present, f"deleted in part: {self.doomed & present} remain"

    def deleted(self):
        for token in self.doomed:
            self.book.entries[token].certain = self.book.entries[token].possible = 0

    def perhaps_deleted(self):
        self.may_be_done = True
        for token in self.doomed:
            self.book.entries[token].certain, self.book.entries[token].possible = 0, 1


async def command(wire, line):
    await wire.send(line + b"\r\n")
    return await reply(wire)


async def reply(wire):
    line = await wire.line()
    if not line.startswith(b"+OK"):
        raise Gone(line)
    return line


async def body(wire):
    lines = []
    while (line := await wire.line()) != b".":
        lines.append(line[1:] if line.startswith(b".") else line)
    return b"".join(line + b"\r\n" for line in lines)
