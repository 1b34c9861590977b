"""A mailbox through a bad network: APPEND, FETCH, STORE, UID EXPUNGE, MOVE and IDLE, in any order."""
import re

from network import book as books
from network.wire import Gone

PREPARED = 4


class Connection:
    """Commands and their answers; also what the harness uses beside the bad network."""

    def __init__(self, wire, address, password):
        self.wire, self.address, self.password = wire, address, password
        self.number = 0

    async def open(self, service, context):
        if service == "imaps":
            await self.wire.start_tls(context)
        await self.wire.line()
        if service == "imap":
            await self.command("STARTTLS")
            await self.wire.start_tls(context)
        await self.command(f"LOGIN {self.address} {self.password}")

    def tag(self):
        self.number += 1
        return f"t{self.number}"

    async def command(self, text, literal=None):
        tag = self.tag()
        await self.wire.send(f"{tag} {text}\r\n".encode() if literal is None else
                             f"{tag} {text} {{{len(literal)}+}}\r\n".encode() + literal + b"\r\n")
        return await self.answer(tag)

    async def answer(self, tag):
        """Untagged lines with their literals; the tagged one must say OK and comes last."""
        lines = []
        while True:
            line = await self.part()
            if line.startswith(b"* BYE"):
                raise Gone(line)
            lines.append(line)
            if line.startswith(tag.encode() + b" "):
                assert line.startswith(tag.encode() + b" OK"), line
                return lines

    async def part(self):
        line = await self.wire.line()
        while found := re.search(rb"\{(\d+)\}$", line):
            line += b"\r\n" + await self.wire.exactly(int(found.group(1))) + await self.wire.line()
        return line

    async def append(self, mailbox, text):
        last = (await self.command(f"APPEND {mailbox}", literal=text))[-1]
        return int(re.search(rb"APPENDUID \d+ (\d+)", last).group(1))

    async def content(self, mailbox):
        """[(uid, flags, text)] of a mailbox."""
        await self.command(f"SELECT {mailbox}")
        found = []
        for line in await self.command("UID FETCH 1:* (UID FLAGS BODY.PEEK[])"):
            if match := re.match(rb"\* \d+ FETCH \(", line):
                head, _, rest = line.partition(b"BODY[] {")
                size, _, rest = rest.partition(b"}\r\n")
                facts = head[match.end():] + rest[int(size):]
                flags = set(re.search(rb"FLAGS \(([^)]*)\)", facts).group(1).decode().split())
                found.append((int(re.search(rb"UID (\d+)", facts).group(1)), flags, rest[:int(size)]))
        return found


class Session:
    def __init__(self, service, book, dice, context, password):
        self.service, self.book, self.context = service, book, context
        self.password = password
        self.there = [book.message(dice.choice(books.SIZES), books.INBOX) for _ in range(PREPARED)]
        self.fresh = [book.message(dice.choice(books.SIZES), books.ARCHIVE) for _ in range(2)]
        self.synchronizing = dice.random() < 0.5
        self.work = [(self.append, self.fresh[0]), (self.append, self.fresh[1]), (self.fetch, None),
                     (self.flag, self.there[0]), (self.expunge, self.there[1]), (self.move, self.there[2]),
                     (self.idle, None)]
        dice.shuffle(self.work)

    def longest(self):
        return {"up": 3_000 + sum(len(entry.text) for entry in self.fresh),
                "down": 6_000 + sum(len(entry.text) for entry in self.there)}

    async def prepare(self, direct):
        self.direct = direct
        for entry in self.there:
            entry.uid = await direct.append(books.INBOX, entry.text)
            entry.certain = 1

    async def run(self, wire):
        imap = Connection(wire, self.book.address, self.password)
        await imap.open(self.service, self.context)
        await imap.command("SELECT INBOX")
        while self.work:
            step, entry = self.work[0]
            await step(imap, entry)
            self.work.pop(0)
        await imap.command("NOOP")
        await imap.wire.send(b"bye LOGOUT\r\n")
        while not (await wire.line()).startswith(b"bye OK"):
            pass

    async def told(self, imap, text, kept, unknown):
        tag = imap.tag()
        self.book.tell(await imap.wire.send(f"{tag} {text}\r\n".encode()), kept, unknown)
        await imap.answer(tag)
        self.book.answered()

    async def append(self, imap, entry):
        tag = imap.tag()
        if self.synchronizing:
            await imap.wire.send(f"{tag} APPEND Archive {{{len(entry.text)}}}\r\n".encode())
            while not (await imap.wire.line()).startswith(b"+"):
                pass
            self.book.sending(await imap.wire.send(entry.text + b"\r\n"), entry)
        else:
            head = f"{tag} APPEND Archive {{{len(entry.text)}+}}\r\n".encode()
            self.book.sending(await imap.wire.send(head + entry.text + b"\r\n"), entry)
        await imap.answer(tag)
        self.book.answered()

    async def fetch(self, imap, _):
        await imap.command("NOOP")
        for _, _, text in await imap.content("INBOX"):
            assert books.same(text, self.book.entries[books.token_of(text)]), f"another text: {text[:300]!r}"

    async def flag(self, imap, entry):
        await self.told(imap, f"UID STORE {entry.uid} +FLAGS (\\Flagged $Seed)",
                        lambda: entry.flags.update({"\\Flagged", "$Seed"}), lambda: None)

    async def expunge(self, imap, entry):
        def gone():
            entry.certain = entry.possible = 0

        def perhaps():
            entry.certain, entry.possible = 0, 1

        await imap.command(f"UID STORE {entry.uid} +FLAGS.SILENT (\\Deleted)")
        await self.told(imap, f"UID EXPUNGE {entry.uid}", gone, perhaps)

    async def move(self, imap, entry):
        """In one of the two places, at each moment."""
        def moved():
            entry.places = {books.ARCHIVE}

        def perhaps():
            entry.places = {books.INBOX, books.ARCHIVE}

        await self.told(imap, f"UID MOVE {entry.uid} Archive", moved, perhaps)

    async def idle(self, imap, _):
        tag = imap.tag()
        await imap.wire.send(f"{tag} IDLE\r\n".encode())
        while not (await imap.wire.line()).startswith(b"+"):
            pass
        entry = self.book.message(1_000, books.INBOX)
        await self.direct.append(books.INBOX, entry.text)
        entry.certain = 1
        while b" EXISTS" not in await imap.wire.line():
            pass
        await imap.wire.send(b"DONE\r\n")
        await imap.answer(tag)
