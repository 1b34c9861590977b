"""What is done to the server while it works. Each fault says in a few words what it did."""
import os
import pathlib
import random
import signal
import struct
import subprocess
import threading
import time

from watch import tree

STOPPED, FULL = 4, 4  # seconds that a process is stopped, and the disk is full
JUMPS = (3_600, -7_200, 86_400, 0, -600, 0)  # seconds from the true time; it comes back each time round
REPLACED = 20  # seconds for a new worker to be there


class Faults:
    def __init__(self, bed, folder, traffic, seed):
        self.bed, self.folder, self.traffic = bed, folder, traffic
        self.dice = random.Random(seed)
        self.deck, self.jumps, self.count = [], 0, {}

    def strike(self, may_kill):
        """One fault, each kind in turn in any order; workers are killed only where `may_kill`."""
        if not self.deck:
            self.deck = [self.cut, self.fill, self.stop, self.jump]
            if may_kill and self.workers():
                self.deck.append(self.kill)
            self.dice.shuffle(self.deck)
        fault = self.deck.pop()
        self.count[fault.__name__] = self.count.get(fault.__name__, 0) + 1
        return fault()

    def workers(self):
        return sorted(set(tree(self.bed.pid)) - {self.bed.pid})

    def cut(self):
        self.traffic.cut()
        return "cut all connections"

    def fill(self):
        flag = full_flag(self.folder)
        flag.touch()
        time.sleep(FULL)
        flag.unlink()
        return f"disk full for {FULL} s"

    def stop(self):
        pid = self.dice.choice(sorted(tree(self.bed.pid)))
        os.kill(pid, signal.SIGSTOP)
        threading.Event().wait(STOPPED)
        os.kill(pid, signal.SIGCONT)
        return f"process {pid} stopped for {STOPPED} s"

    def jump(self):
        seconds = JUMPS[self.jumps % len(JUMPS)]
        self.jumps += 1
        set_clock(self.folder, seconds)
        return f"clock {seconds:+d} s"

    def kill(self):
        before = self.workers()
        pid = self.dice.choice(before)
        os.kill(pid, signal.SIGKILL)
        end = time.monotonic() + REPLACED
        while pid in (now := self.workers()) or len(now) < len(before):
            assert time.monotonic() < end, f"worker {pid} is not replaced: {before}, now {now}"
            time.sleep(0.1)
        return f"worker {pid} killed"

    def renew(self):
        """A new certificate under the same names; new connections must get it."""
        new_certificate(self.bed)
        wanted = fingerprint(self.bed)
        os.kill(self.bed.pid, signal.SIGHUP)
        end = time.monotonic() + REPLACED
        while shown(self.bed) != wanted:
            assert time.monotonic() < end, "the new certificate is not shown"
            time.sleep(0.2)
        self.count["renew"] = self.count.get("renew", 0) + 1
        return "new certificate"


def full_flag(folder):
    return pathlib.Path(folder, "disk-is-full")


def set_clock(folder, seconds):
    """In place: the processes have mapped the file."""
    with open(os.open(os.path.join(folder, "clock"), os.O_RDWR | os.O_CREAT), "r+b") as file:
        file.write(struct.pack("<q", seconds))


def preload(folder):
    """The environment of a server whose disk can be full and whose clock can jump."""
    here = pathlib.Path(__file__).resolve().parent
    for name, source in (("clock", here / "clock.c"), ("full", here.parent / "diskfull/full.c")):
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", os.path.join(folder, f"{name}.so"), source, "-ldl"], check=True)
    set_clock(folder, 0)
    return {"LD_PRELOAD": f"{folder}/clock.so:{folder}/full.so", "CLOCK_SHIFT": f"{folder}/clock",
            "DISKFULL_DIR": os.path.join(folder, "bed/store"), "DISKFULL_FLAG": str(full_flag(folder))}


def openssl(*arguments, **more):
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True, **more).stdout


def new_certificate(bed):
    folder = pathlib.Path(bed.cafile).parent
    names = "subjectAltName=DNS:localhost,DNS:mail.example.test,IP:127.0.0.1,IP:::1"
    key, request, fresh = folder / "new.key", folder / "new.csr", folder / "new.pem"
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=mail.example.test",
            "-keyout", key, "-out", request)
    openssl("x509", "-req", "-in", request, "-CA", bed.cafile, "-CAkey", folder / "authority.key", "-days", "825",
            "-CAcreateserial", "-extfile", "/dev/stdin", "-out", fresh, input=names.encode())
    os.replace(key, folder / "server.key")
    os.replace(fresh, folder / "server.pem")


def fingerprint(bed):
    return openssl("x509", "-noout", "-fingerprint", "-in", pathlib.Path(bed.cafile).parent / "server.pem")


def shown(bed):
    """Of whichever worker answers: asked of all services in turn until one still shows another."""
    prints = set()
    for service in ("imaps", "imaps", "pop3s", "submissions"):
        got = subprocess.run(["openssl", "s_client", "-connect", f"{bed.host}:{bed.ports[service]}"], input=b"",
                             capture_output=True).stdout
        prints.add(subprocess.run(["openssl", "x509", "-noout", "-fingerprint"], input=got, capture_output=True).stdout)
    return prints.pop() if len(prints) == 1 else None
