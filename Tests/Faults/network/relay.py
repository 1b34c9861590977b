"""A network between one client and the server: passes bytes on as its plan says, until the plan's event comes."""
import asyncio
import contextlib
import random
import socket
import struct

from network import plan as plans

PATIENCE = 14  # seconds that a dead network is kept up towards the server, longer than its own timeouts before login
AFTERMATH = 5  # seconds for the other side's last words when one side has said it is done
MERGE_SECONDS, MERGE_BYTES = 0.02, 16_384
RECEIVE = 65_536


class Relay:
    """`passed`: the bytes that have really gone on, by direction; what came after the event has not."""

    def __init__(self, plan, seed):
        self.plan, self.dice = plan, random.Random(seed)
        self.passed = {"up": 0, "down": 0}
        self.fired = False
        self.dead = asyncio.Event()
        self.loop = asyncio.get_running_loop()

    async def open(self, host, port):
        """Connects to the server and returns the socket for the client."""
        self.server = socket.socket()
        self.server.setblocking(False)
        self.server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.loop.sock_connect(self.server, (host, port))
        self.client, other = socket.socketpair()
        self.client.setblocking(False)
        self.task = self.loop.create_task(self.run())
        return other

    async def run(self):
        ways = [self.loop.create_task(self.pump("up", self.client, self.server)),
                self.loop.create_task(self.pump("down", self.server, self.client))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            if self.plan.event == "hole" and self.fired:
                await asyncio.wait(ways, timeout=PATIENCE)
            elif not self.dead.is_set():
                await asyncio.wait(ways, timeout=AFTERMATH)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self.client.close()
            self.server.close()

    async def finish(self):
        """Waits until nothing more can pass: from then on `passed` is final."""
        await self.task

    async def pump(self, direction, source, sink):
        with contextlib.suppress(OSError):
            while data := await self.take(direction, source):
                for piece in plans.pieces(self.plan.shape(direction), data, self.passed[direction], self.dice):
                    await self.send(direction, piece, sink)
                    if self.dead.is_set():
                        return
            if not self.is_hole(direction):
                sink.shutdown(socket.SHUT_WR)

    async def take(self, direction, source):
        data = await self.loop.sock_recv(source, RECEIVE)
        if data and self.plan.shape(direction) == "merged":
            await asyncio.sleep(MERGE_SECONDS)
            with contextlib.suppress(BlockingIOError):
                while len(data) < MERGE_BYTES and (more := source.recv(RECEIVE)):
                    data += more
        return data

    def is_hole(self, direction):
        return self.fired and self.plan.event == "hole" and self.plan.direction == direction

    async def send(self, direction, piece, sink):
        if self.fired and self.plan.event in ("hole", "half") and direction == self.plan.direction:
            return
        before = self.plan.at - self.passed[direction]
        if self.fired or self.plan.event == "nothing" or direction != self.plan.direction or before > len(piece):
            return await self.give(direction, piece, sink)
        await self.give(direction, piece[:before], sink)
        self.fired = True
        await self.happen(sink)
        if self.plan.event == "stall":
            await self.give(direction, piece[before:], sink)

    async def give(self, direction, piece, sink):
        if piece:
            await self.loop.sock_sendall(sink, piece)
            self.passed[direction] += len(piece)
            await asyncio.sleep(0)

    async def happen(self, sink):
        event = self.plan.event
        if event == "stall":
            await asyncio.sleep(self.plan.seconds)
        elif event == "half":
            sink.shutdown(socket.SHUT_WR)
        elif event in ("reset", "cut"):
            if event == "reset":
                self.server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.dead.set()
