"""sd_notify(3) and the watchdog, against a socket of our own."""
import contextlib
import os
import signal
import time

from bed import GREETINGS, greeting, until

SECOND = 1_000_000


def ready_means_ready(bed):
    server = bed.start(ready=False)
    message = server.notify.wait("READY")
    for service, words in GREETINGS.items():
        assert greeting(service, bed.ports[service], timeout=5).startswith(words), service
    assert message.get("STATUS"), message


def end_is_announced(bed):
    server = bed.start()
    os.kill(server.pid, signal.SIGTERM)
    server.notify.wait("STOPPING")
    assert server.process.wait(20) == 0


def reload_is_announced(bed):
    server = bed.start()
    before = time.clock_gettime(time.CLOCK_MONOTONIC)
    os.kill(server.pid, signal.SIGHUP)
    message = server.notify.wait("RELOADING")
    assert before <= int(message["MONOTONIC_USEC"]) / SECOND <= time.clock_gettime(time.CLOCK_MONOTONIC)
    server.notify.wait("READY")


def refused_reload_ends_too(bed):
    """Else systemd would wait for it for ever, and then kill a server that serves."""
    server = bed.start()
    config = open(bed.config).read()
    try:
        with open(bed.config, "a") as file:
            file.write("\nnonsense\n")
        os.kill(server.pid, signal.SIGHUP)
        server.notify.wait("RELOADING")
        server.notify.wait("READY")
    finally:
        with open(bed.config, "w") as file:
            file.write(config)
    assert greeting("imaps", bed.ports["imaps"]).startswith(GREETINGS["imaps"])


def watchdog_is_fed(bed):
    server = bed.start(watchdog=SECOND)
    for _ in range(6):
        server.notify.wait("WATCHDOG", 1)


def stopped_supervisor_starves_it(bed):
    server = bed.start(watchdog=SECOND)
    server.notify.wait("WATCHDOG", 1)
    os.kill(server.pid, signal.SIGSTOP)
    try:
        time.sleep(0.2)
        server.notify.drain()
        assert server.notify.next(3) is None, "a stopped process cannot be alive"
    finally:
        os.kill(server.pid, signal.SIGCONT)
    server.notify.wait("WATCHDOG", 2)


def missing_role_starves_it(bed):
    """A role whose workers die at once, again and again, is waiting for its next try when the watchdog asks."""
    server = bed.start(watchdog=SECOND)
    killed = set()
    while len(killed) < 7:  # by then it waits for some seconds
        worker = until(lambda: server.workers().get("pop3"), "pop3")[0]
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        killed.add(worker)
    until(lambda: not server.workers().get("pop3"), "the gap")
    server.notify.drain()
    assert server.notify.next(1.5) is None, "a server without POP3 says that all is well"
    until(lambda: server.workers().get("pop3"), "pop3 again")
    server.notify.wait("WATCHDOG", 3)


CASES = [
    ("notify: ready means ready", ready_means_ready), ("notify: stopping", end_is_announced),
    ("notify: reloading", reload_is_announced), ("notify: a refused reload", refused_reload_ends_too),
    ("notify: watchdog", watchdog_is_fed), ("notify: watchdog of a stopped supervisor", stopped_supervisor_starves_it),
    ("notify: watchdog without a role", missing_role_starves_it),
]
