"""Everybody at once: idle and active IMAP sessions, SMTP, slow clients on all ports; and whoever comes new is served."""
import contextlib
import dataclasses
import pathlib
import tempfile
import time

import ledger as books
from load import crowds, scripts
from testbed import Testbed
from watch import Watch, descriptors, resident, tree

BIG, BIG_COUNT = 4_000_000, 5  # what those who never read ask for
SETTLE = 8  # seconds: databases of idle accounts are closed, and their memory is given back
BACK = 60


@dataclasses.dataclass(frozen=True)
class Size:
    idle: int
    active: int
    smtp: int
    slow: int
    seconds: int
    noop: float  # what p99 may be, and what a new client may wait at its p99
    new: float


SMALL = Size(300, 20, 50, 150, 6, 5.0, 10.0)
LARGE = Size(10_000, 200, 1_000, 2_000, 120, 0.5, 1.0)


def run(size):
    with tempfile.TemporaryDirectory(prefix="posthus-load-") as folder:
        program = crowds.build(folder)
        bed = Testbed(folder, "--accounts", str(max(size.idle, 1_200)))
        try:
            fill(bed)
            measure(bed, program, size)
        except BaseException:
            lines = pathlib.Path(bed.log.name).read_text(errors="replace").splitlines()
            print(*[line for line in lines if "ev=log" not in line][-20:], sep="\n", flush=True)
            raise
        finally:
            bed.stop()


def fill(bed):
    with books.imap(bed, 1) as session:
        for number in range(BIG_COUNT):
            assert session.append("INBOX", None, None, books.message(f"big{number}", BIG))[0] == "OK"


def measure(bed, program, size):
    watch = Watch(bed)
    with crowd(program, bed, scripts.idle(bed.ports, size.idle, rate=250)) as idlers:
        started = time.monotonic()
        ready = idlers.wait(60 + size.idle / 25, lambda report: report["idle"]["now_ready"] + report["idle"]["failed"] >= size.idle)
        assert ready["idle"]["now_ready"] == size.idle, ready
        ramp = time.monotonic() - started
        time.sleep(SETTLE)
        idle_memory = watch.now()["resident"] - watch.base["resident"]
        busy, memory, most = at_work(bed, program, size)
        idle = idlers.end()["idle"]
    watch.nobody_died()
    after = watch.is_back(BACK, 1 << 40)
    show(size, idle, busy, ramp)
    print(f"load: memory {watch.base['resident'] >> 20} MB at rest, {idle_memory / size.idle / 1024:.1f} KB per idle session, "
          f"{memory >> 20} MB under all of it with {most} descriptors, {after['resident'] >> 20} MB after", flush=True)
    judge(size, idle, busy)


def at_work(bed, program, size):
    script = (scripts.active(bed.ports, size.active) + scripts.smtp(bed.ports, size.smtp)
              + scripts.slow(bed.ports, size.slow) + scripts.new(bed.ports))
    with crowd(program, bed, script) as workers:
        workers.wait(60, lambda report: all(report[name]["now_ready"] == report[name]["count"] for name in STEADY))
        time.sleep(size.seconds)
        pids = tree(bed.pid)
        memory, most = resident(pids), descriptors(pids)
        assert workers.report()["active"]["now_ready"] == size.active, workers.report()
        return workers.end(), memory, most


STEADY = ("active", "smtp", "submission", "submissions")
NEW = ("new-smtp", "new-imap", "new-pop3")


def show(size, idle, busy, ramp):
    slow = [group for name, group in busy.items() if name.startswith("slow")]
    noop = busy["active"]["clocks"]["noop"]
    print(f"load: {idle['served']} of {size.idle} idle sessions served (all logged in after {ramp:.0f} s), "
          f"{busy['active']['served']} of {size.active} active, {sum(busy[name]['served'] for name in STEADY[1:])} of "
          f"{size.smtp} SMTP, {sum(group['count'] for group in slow)} slow ({sum(group['opened'] for group in slow)} opened, "
          f"{sum(group['closed'] for group in slow)} thrown out)", flush=True)
    print(f"load: NOOP {noop['n']} times, p50 {noop['p50'] * 1e3:.1f} ms, p99 {noop['p99'] * 1e3:.1f} ms, "
          f"most {noop['max'] * 1e3:.0f} ms; messages {sum(busy[n]['clocks']['message']['n'] for n in STEADY[1:])}, "
          f"p99 {busy['smtp']['clocks']['message']['p99'] * 1e3:.0f} ms", flush=True)
    print("load: new clients " + ", ".join(
        f"{name[4:]} {c['n']} times p50 {c['p50'] * 1e3:.0f} p99 {c['p99'] * 1e3:.0f} most {c['max'] * 1e3:.0f} ms"
        for name in NEW for c in [busy[name]["clocks"]["session"]]), flush=True)


def judge(size, idle, busy):
    """Everybody served: nobody refused, nobody cut off, nobody late."""
    assert idle["served"] == size.idle and not idle["failed"], idle
    for name in STEADY:
        assert busy[name]["served"] == busy[name]["count"] and not busy[name]["failed"], (name, busy[name])
    for name, group in busy.items():
        assert not group["failed"], (name, group)
    assert busy["active"]["clocks"]["noop"]["p99"] < size.noop, busy["active"]["clocks"]
    for name in NEW:
        assert busy[name]["clocks"]["session"]["p99"] < size.new, (name, busy[name]["clocks"])


@contextlib.contextmanager
def crowd(program, bed, script):
    one = crowds.Crowd(program, bed.host, script)
    try:
        yield one
    finally:
        one.stop()
