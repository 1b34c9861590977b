"""Whether something grows: samples, their lower edge, and a line through it by least squares."""
import collections
import threading

from watch import descriptors, resident, tree

EVERY = 2  # seconds between samples
WINDOW = 30  # of each window and process the least: what is free again after traffic and malloc_trim, which each does in its own time


class Sampler(threading.Thread):
    """`samples`: (seconds, {process: resident bytes}, descriptors), from the start of the run."""

    def __init__(self, pid, clock):
        super().__init__(daemon=True)
        self.pid, self.clock = pid, clock
        self.samples, self.ended = [], threading.Event()
        self.start()

    def run(self):
        while not self.ended.wait(EVERY):
            pids = tree(self.pid)
            self.samples.append((self.clock(), {pid: resident([pid]) for pid in pids}, descriptors(pids)))

    def stop(self):
        self.ended.set()
        self.join()


def lower_edge(samples):
    """(seconds, bytes) for each window: what its processes held at the least, each at its own moment."""
    windows = collections.defaultdict(dict)
    for time, memory, _ in samples:
        least = windows[time // WINDOW]
        for pid, size in memory.items():
            least[pid] = min(size, least.get(pid, size))
    return [((number + 0.5) * WINDOW, sum(least.values())) for number, least in sorted(windows.items())]


def line(points):
    """Slope per second of the least-squares line, and its standard error."""
    count = len(points)
    mean_x = sum(x for x, _ in points) / count
    mean_y = sum(y for _, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    rest = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    return slope, (rest / max(1, count - 2) / spread) ** 0.5
