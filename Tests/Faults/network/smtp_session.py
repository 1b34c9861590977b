"""Delivery through a bad network: ports 25, 587 and 465, with DATA and with BDAT."""
import base64

from network import book as books
from network.wire import Gone


class Session:
    def __init__(self, service, book, dice, context, password):
        self.service, self.book, self.context = service, book, context
        self.password = password
        self.chunked = dice.random() < 0.4
        self.encrypted = service != "smtp" or dice.random() < 0.5
        self.work = [book.message(dice.choice(books.SIZES), books.INBOX) for _ in range(dice.randrange(1, 4))]

    def longest(self):
        return {"up": 2_500 + sum(len(entry.text) for entry in self.work), "down": 3_500}

    async def prepare(self, direct):
        pass

    async def run(self, wire):
        await self.open(wire)
        while self.work:
            await self.send(wire, self.work[0])
            self.work.pop(0)
        await command(wire, b"QUIT", b"221")

    async def open(self, wire):
        if self.service == "submissions":
            await wire.start_tls(self.context)
        await reply(wire, b"220")
        await command(wire, b"EHLO client.example", b"250")
        if self.encrypted and self.service != "submissions":
            await command(wire, b"STARTTLS", b"220")
            await wire.start_tls(self.context)
            await command(wire, b"EHLO client.example", b"250")
        if self.service != "smtp":
            secret = base64.b64encode(f"\0{self.book.address}\0{self.password}".encode())
            await command(wire, b"AUTH PLAIN " + secret, b"235")

    async def send(self, wire, entry):
        sender = b"a@elsewhere.example" if self.service == "smtp" else self.book.address.encode()
        await command(wire, b"MAIL FROM:<%s>" % sender, b"250")
        await command(wire, b"RCPT TO:<%s>" % self.book.address.encode(), b"250")
        if self.chunked:
            half = len(entry.text) // 2
            await wire.send(b"BDAT %d\r\n" % half + entry.text[:half])
            await reply(wire, b"250")
            await self.end(wire, entry, b"BDAT %d LAST\r\n" % (len(entry.text) - half) + entry.text[half:])
        else:
            await command(wire, b"DATA", b"354")
            await self.end(wire, entry, entry.text + b".\r\n")

    async def end(self, wire, entry, data):
        self.book.sending(await wire.send(data), entry)
        await reply(wire, b"250")
        self.book.answered()


async def command(wire, line, wanted):
    await wire.send(line + b"\r\n")
    return await reply(wire, wanted)


async def reply(wire, wanted):
    while (line := await wire.line())[3:4] == b"-":
        pass
    if line.startswith(b"421"):
        raise Gone(line)
    assert line.startswith(wanted), f"{line!r}, not {wanted!r}"
    return line
