"""What the server holds: its processes, their memory and descriptors, and the sockets of its ports."""
import collections
import contextlib
import os
import re
import time


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as names:
            return [int(name) for name in names.read().split()]
    except OSError:
        return []


def tree(pid):
    """The process and all below it, each with the time it was started: the same numbers mean the same processes."""
    found, waiting = {}, [pid]
    while waiting:
        one = waiting.pop()
        try:
            with open(f"/proc/{one}/stat", encoding="utf-8", errors="replace") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if fields[0] != "Z":
            found[one] = int(fields[19])
        waiting += children(one)
    return found


def settled(pid):
    """The tree once it stays as it is: a helper of the start that is about to end is no part of it."""
    before = tree(pid)
    for _ in range(60):
        time.sleep(0.5)
        now = tree(pid)
        if now == before:
            return now
        before = now
    raise AssertionError(f"the processes below {pid} change all the time")


def resident(pids):
    """Bytes of memory of these processes' own, and each its part of what they share; pages of files are everybody's."""
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as lines:
                total += sum(int(line.split()[1]) << 10 for line in lines if line.startswith(("Pss_Anon:", "Pss_Shmem:")))
        except OSError:
            continue
    return total


def descriptors(pids):
    total = 0
    for pid in pids:
        try:
            total += len(os.listdir(f"/proc/{pid}/fd"))
        except OSError:
            continue
    return total


def open_files(pids):
    """What kinds of files they are, the most frequent first."""
    kinds = collections.Counter()
    for pid in pids:
        with contextlib.suppress(OSError):
            for number in os.listdir(f"/proc/{pid}/fd"):
                with contextlib.suppress(OSError):
                    kinds[re.sub(r"\d+", "N", os.path.basename(os.readlink(f"/proc/{pid}/fd/{number}")))] += 1
    return kinds.most_common(6)


def sockets(ports):
    """Open sockets of the server's side on these ports. What the kernel alone still holds (FIN_WAIT, TIME_WAIT) has no inode."""
    return len(socket_lines(ports))


def socket_lines(ports):
    listening = "0A"
    found = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table, encoding="ascii") as lines:
            next(lines)
            for line in lines:
                fields = line.split(None, 10)
                port = int(fields[1].rsplit(":", 1)[1], 16)
                if port in ports and fields[3] != listening and fields[9] != "0":
                    found.append(" ".join(fields[1:5]))
    return found


class Watch:
    """The base of a server at rest, and the wait until it is there again."""

    def __init__(self, bed):
        self.pid, self.ports = bed.pid, set(bed.ports.values())
        self.born = settled(self.pid)
        self.base = self.now()

    def now(self):
        pids = tree(self.pid)
        return {"sockets": sockets(self.ports), "descriptors": descriptors(pids), "resident": resident(pids)}

    def nobody_died(self):
        now = tree(self.pid)
        assert now == self.born, f"the processes were {self.born}, and are {now}"

    def is_back(self, seconds, memory, spare=32):
        """Waits until sockets and descriptors are at the base (a few may be files just open) and memory is near it."""
        end = time.monotonic() + seconds
        while True:
            now = self.now()
            if (now["sockets"] <= self.base["sockets"] and now["descriptors"] <= self.base["descriptors"] + spare
                    and now["resident"] <= self.base["resident"] + memory):
                return now
            assert time.monotonic() < end, (f"after {seconds} s the server holds {now}, before {self.base}; sockets (local, "
                                            f"remote, state, queues): {socket_lines(self.ports)}; files: {open_files(tree(self.pid))}")
            time.sleep(0.5)
