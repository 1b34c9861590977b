"""A client's end of a connection: lines in, bytes out, TLS at any time, and a count of what the network was given."""
import asyncio
import ssl

LIMIT = 1 << 16


class Gone(Exception):
    """The connection is no more, or nothing has come for too long."""


class Wire:
    """`sent`: bytes handed to the network, TLS's own among them: what the relay counts on the other side."""

    def __init__(self, socket, patience):
        self.socket, self.patience = socket, patience
        socket.setblocking(False)
        self.loop = asyncio.get_running_loop()
        self.tls = None
        self.buffer, self.sent = bytearray(), 0

    async def start_tls(self, context):
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.incoming, self.outgoing, server_hostname="localhost")
        while True:
            try:
                self.tls.do_handshake()
                return await self.flush()
            except ssl.SSLWantReadError:
                await self.flush()
                self.incoming.write(await self.receive())
            except ssl.SSLError as error:
                raise Gone(str(error)) from error

    async def send(self, data):
        """Returns the count of bytes after which the server has all of it."""
        if not self.tls:
            await self.give(data)
        else:
            try:
                self.tls.write(data)
            except ssl.SSLError as error:
                raise Gone(str(error)) from error
            await self.flush()
        return self.sent

    async def flush(self):
        while data := self.outgoing.read():
            await self.give(data)

    async def give(self, data):
        self.sent += len(data)
        await self.bounded(self.loop.sock_sendall(self.socket, data))

    async def receive(self):
        data = await self.bounded(self.loop.sock_recv(self.socket, LIMIT))
        if not data:
            raise Gone("closed")
        return data

    async def bounded(self, work):
        try:
            return await asyncio.wait_for(work, self.patience)
        except (OSError, TimeoutError) as error:
            raise Gone(repr(error)) from error

    async def more(self):
        if not self.tls:
            self.buffer += await self.receive()
            return
        while True:
            try:
                data = self.tls.read(LIMIT)
            except ssl.SSLWantReadError:
                self.incoming.write(await self.receive())
                continue
            except ssl.SSLError as error:
                raise Gone(str(error)) from error
            if not data:
                raise Gone("closed")
            self.buffer += data
            return

    async def line(self):
        while (end := self.buffer.find(b"\r\n")) < 0:
            await self.more()
        return self.cut(end + 2)[:-2]

    async def exactly(self, count):
        while len(self.buffer) < count:
            await self.more()
        return self.cut(count)

    def cut(self, count):
        data = bytes(self.buffer[:count])
        del self.buffer[:count]
        return data

    def close(self):
        self.socket.close()
