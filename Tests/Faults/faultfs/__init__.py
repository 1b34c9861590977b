"""faultfs.c built, and the switch in the hands of a test: which call fails next, and how many there were."""
import errno
import mmap
import os
import pathlib
import struct
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
LAYOUT = struct.Struct("=4I3Q64s256s")  # struct control
OFF, ONCE, STICKY = range(3)
OPS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "link", "unlink", "open", "mmap", "sendmsg", "mkdir")
ERRORS = {name: getattr(errno, name) for name in ("ENOSPC", "EIO", "EMFILE", "ENOMEM", "EINTR")} | {
    "SHORT": 1000, "LIE": 1001}


class Control:
    def __init__(self, folder):
        self.library = os.path.join(folder, "faultfs.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", self.library, str(HERE / "faultfs.c")], check=True)
        self.path = os.path.join(folder, "faultfs.control")
        with open(self.path, "w+b") as file:
            file.truncate(LAYOUT.size)
            self.memory = mmap.mmap(file.fileno(), LAYOUT.size)

    def environment(self, store):
        return {"LD_PRELOAD": self.library, "FF_PATH": store, "FF_CONTROL": self.path}

    def arm(self, ops, error, n, mode=ONCE, match=""):
        """n = 0 only counts; `match` occurs in the paths that count."""
        bits = sum(1 << OPS.index(op) for op in ops)
        self.memory[:] = LAYOUT.pack(OFF, bits, ERRORS[error], 0, n, 0, 0, match.encode(), b"")
        self.memory[0:4] = struct.pack("=I", mode)

    def disarm(self):
        """(calls counted, calls that failed, the first of these)"""
        self.memory[0:4] = struct.pack("=I", OFF)
        *_, calls, fired, _, what = LAYOUT.unpack(self.memory[:])
        return calls, fired, what.split(b"\0")[0].decode()
