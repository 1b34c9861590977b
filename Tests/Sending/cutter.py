"""A network between us and a next hop that breaks: each connection may be cut after so many bytes of one direction."""
import random
import socket
import struct
import threading

PIECE = 4_096
SPARED = 0.3
# Bytes of a conversation with some messages of some kB; replies are far fewer than commands and text.
UP_TO = {"up": 30_000, "down": 1_200}


class Cutter:
    """Listens as a next hop and passes on to `target`; `cuts` counts what it broke."""

    def __init__(self, address, target, seed, port=25):
        self.target, self.dice, self.cuts = target, random.Random(seed), 0
        self.is_cutting = True
        self.server = socket.create_server((address, port), backlog=256)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            way = self.dice.choice(("up", "down"))
            at = None if self.dice.random() < SPARED or not self.is_cutting else self.dice.randrange(UP_TO[way])
            threading.Thread(target=self.join, args=(client, way, at, self.dice.random() < 0.5), daemon=True).start()

    def join(self, client, way, at, with_reset):
        try:
            server = socket.create_connection(self.target, timeout=30)
        except OSError:
            return client.close()
        ends = {"up": (client, server), "down": (server, client)}
        for each, (source, target) in ends.items():
            limit = at if each == way else None
            threading.Thread(target=self.pump, args=(source, target, limit, (client, server), with_reset), daemon=True).start()

    def pump(self, source, target, at, both, with_reset):
        """Until an end of it, or until `at` bytes have passed: then nothing more passes in either direction."""
        passed = 0
        try:
            while piece := source.recv(PIECE):
                if at is not None and passed + len(piece) > at:
                    target.sendall(piece[:at - passed])
                    self.cuts += 1
                    return cut(both, with_reset)
                target.sendall(piece)
                passed += len(piece)
        except OSError:
            pass
        cut(both, False)

    def stop_cutting(self):
        self.is_cutting = False

    def stop(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()


def cut(ends, with_reset):
    """The other pump still waits inside `recv`, which keeps a closed socket alive: shutting down for reading wakes it up."""
    for end in ends:
        try:
            if with_reset:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.shutdown(socket.SHUT_RD if with_reset else socket.SHUT_RDWR)
            end.close()
        except OSError:
            pass
