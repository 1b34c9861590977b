"""A throw-away server for client tests, by scripts/testbed."""
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build" / os.environ.get("POSTHUS_BUILD", "release")
PASSWORD = "secret"
ADMIN = "mailto:postmaster@example.test"  # what /shared/admin says to the clients


class Testbed:
    """One running server; `ports`, `cafile`, `store`, `config`, `pid` as its JSON line says."""

    def __init__(self, directory, *options, environment=None):
        self.log = open(os.path.join(directory, "testbed.log"), "ab")
        command = [str(ROOT / "scripts/testbed"), os.path.join(directory, "bed"), *options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self.log,
            env={**os.environ, **(environment or {})})
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"scripts/testbed ended with {self.process.wait()}; its log is {self.log.name}")
        self.facts = json.loads(line)
        self.host, self.ports, self.cafile = self.facts["host"], self.facts["ports"], self.facts["cafile"]
        self.pid = self.facts["pid"]

    def status(self):
        """What mail-serve --status --json says."""
        command = [str(BUILD / "mail-serve"), "--config", self.facts["config"], "--status", "--json"]
        done = subprocess.run(command, capture_output=True, timeout=30)
        if done.returncode:
            raise RuntimeError(done.stderr.decode(errors="replace"))
        return json.loads(done.stdout)

    def workers(self):
        """Process ids of the workers that live now."""
        try:
            children = pathlib.Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
            return [int(pid) for pid in children if b"\0--worker\0" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()]
        except OSError:
            return []

    def processes(self):
        """The supervisor and its workers; one process where the server is only one."""
        return [self.pid, *self.workers()]

    def stop(self, how=signal.SIGTERM):
        """SIGKILL is for all of its processes at once, as when the machine stops."""
        workers = self.workers() if how == signal.SIGKILL else []
        if self.process.poll() is None:
            os.kill(self.process.pid, how)
        for pid in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
        self.process.stdout.close()
        status = self.process.wait(90)
        self.log.close()
        return status

    @staticmethod
    def address(number):
        return f"u{number:05d}@example.test"


@contextlib.contextmanager
def running(*options):
    with tempfile.TemporaryDirectory(prefix="posthus-clients-") as directory:
        bed = Testbed(directory, *options)
        try:
            yield bed
        except BaseException:
            print(pathlib.Path(bed.log.name).read_text(errors="replace")[-4000:])
            raise
        finally:
            bed.stop()
