"""Another process of the store, as far as the server can tell: a socket in run/notify that is told of every change."""
import contextlib
import os
import socket
import struct


class Neighbour:
    def __init__(self, store):
        self.path = os.path.join(store, "run/notify", f"{os.getpid()}-1.sock")
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.setblocking(False)

    def heard(self):
        """Account ids since the last call; 0 stands for the mark that something was missed."""
        accounts = set()
        with contextlib.suppress(BlockingIOError):
            while True:
                accounts.add(struct.unpack("<qq", self.socket.recv(16))[0])
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path + ".missed")
            accounts.add(0)
        return accounts

    def close(self):
        self.socket.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)
