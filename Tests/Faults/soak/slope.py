"""Whether something grows: samples, their lower edge, and a line through it by least squares."""
import threading

from watch import descriptors, resident, tree

EVERY = 2  # seconds between samples
WINDOW = 30  # of each window the least: what is free again after traffic and malloc_trim


class Sampler(threading.Thread):
    """`samples`: (seconds, resident bytes, descriptors, processes), from the start of the run."""

    def __init__(self, pid, clock):
        super().__init__(daemon=True)
        self.pid, self.clock = pid, clock
        self.samples, self.ended = [], threading.Event()
        self.start()

    def run(self):
        while not self.ended.wait(EVERY):
            pids = tree(self.pid)
            self.samples.append((self.clock(), resident(pids), descriptors(pids), len(pids)))

    def stop(self):
        self.ended.set()
        self.join()


def lower_edge(points):
    """The least of each window, at the time it was seen."""
    windows = {}
    for time, value in points:
        number = int(time // WINDOW)
        if number not in windows or value < windows[number][1]:
            windows[number] = (time, value)
    return [windows[number] for number in sorted(windows)]


def line(points):
    """Slope per second of the least-squares line, and its standard error."""
    count = len(points)
    mean_x = sum(x for x, _ in points) / count
    mean_y = sum(y for _, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    rest = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    return slope, (rest / max(1, count - 2) / spread) ** 0.5
