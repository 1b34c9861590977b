"""Processes that one run starts: each writes into a file of its own, and is ended by its number, with what it has started."""
import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import time

READY_SECONDS = 30
ENDING_SECONDS = 20


class Process:
    def __init__(self, log, *command, **how):
        self.log = pathlib.Path(log)
        with open(self.log, "ab") as out:
            self.process = subprocess.Popen(
                [str(part) for part in command], stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True, **how)

    @property
    def pid(self):
        return self.process.pid

    @property
    def is_alive(self):
        return self.process.poll() is None

    def words(self):
        return self.log.read_text(errors="replace")[-4000:]

    def stop(self, how=signal.SIGTERM):
        """The process, and then whoever of its session stayed behind."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(how)
        try:
            self.process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for pid in of_session(self.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def wait_for_port(self, address, port):
        wait(lambda: not self.is_alive or listens(address, port), f"nobody listens on {address} {port}")
        if not self.is_alive:
            raise RuntimeError(f"{self.process.args[0]} has ended: {self.words()}")


def of_session(session):
    """Everybody of a session, its leader excepted."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if os.getsid(int(entry.name)) == session and int(entry.name) != session:
                found.append(int(entry.name))
    return found


def listens(address, port):
    with contextlib.suppress(OSError), socket.create_connection((address, port), timeout=2):
        return True
    return False


def wait(condition, problem, seconds=READY_SECONDS, pause=0.05):
    """What the condition says as soon as that is something; `problem`, or what it returns, tells why not."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"{problem() if callable(problem) else problem} (waited {seconds} s)")
        time.sleep(pause)
    return found
