"""A store with accounts, made once; servers on it, started as each case wants."""
import contextlib
import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import time

from testbed import PASSWORD, ROOT, Testbed

MAIL_SERVE = ROOT / ".build/release/mail-serve"
SHARE = ROOT / "share"
GREETINGS = {"smtp": b"220 ", "submission": b"220 ", "submissions": b"220 ", "imap": b"* OK", "imaps": b"* OK",
             "pop3": b"+OK", "pop3s": b"+OK"}
IMPLICIT = {"submissions", "imaps", "pop3s"}
PATIENCE = 20


def insecure():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def until(condition, what, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.05)
    return result


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def greeting(service, port, host="127.0.0.1", timeout=PATIENCE):
    with socket.create_connection((host, port), timeout=timeout) as plain:
        with insecure().wrap_socket(plain) if service in IMPLICIT else contextlib.nullcontext(plain) as wire:
            return wire.recv(512)


class NotifySocket:
    """What systemd would listen on."""

    def __init__(self, directory):
        self.path = os.path.join(directory, "notify.sock")
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        os.chmod(self.path, 0o777)

    def next(self, seconds):
        self.socket.settimeout(seconds)
        try:
            text = self.socket.recv(4096).decode()
        except TimeoutError:
            return None
        return dict(line.split("=", 1) for line in text.split("\n"))

    def wait(self, key, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            message = self.next(left)
            if message and key in message:
                return message
        raise AssertionError(f"no {key} in {seconds} s")

    def drain(self):
        while self.next(0.001):
            pass


class Running:
    """A started server; `pid` is the supervisor's."""

    def __init__(self, bed, process, log, notify):
        self.bed, self.process, self.log_path, self.notify, self.pid = bed, process, log, notify, process.pid

    def log(self):
        return pathlib.Path(self.log_path).read_text(errors="replace")

    def status(self):
        result = subprocess.run([MAIL_SERVE, "--config", self.bed.config, "--status", "--json"],
                                capture_output=True, text=True, timeout=PATIENCE)
        return json.loads(result.stdout) if result.returncode == 0 else None

    def workers(self):
        """role -> list of pids of those that live."""
        status = self.status()
        found = {}
        for worker in (each for each in (status["workers"] if status else []) if each["pid"]):
            found.setdefault(worker["role"], []).append(worker["pid"])
        return found

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


class Bed:
    def __init__(self, directory):
        self.directory = directory
        bed = Testbed(directory, "--accounts", "3", "--set", "server.drain=2", "--set", "identity.failure_delay=0")
        assert bed.stop() == 0
        self.ports, self.config, self.store, self.cafile = bed.ports, bed.facts["config"], bed.facts["store"], bed.cafile
        self.running = []

    @property
    def password(self):
        return PASSWORD

    def start(self, *settings, before=(), environment=None, watchdog=None, ready=True):
        """`before`: a command that in turn starts the server. Returns once it has said READY=1."""
        notify = NotifySocket(self.directory)
        log = os.path.join(self.directory, f"serve-{len(self.running)}.log")
        options = [part for setting in settings for part in ("--set", setting)]
        variables = {**os.environ, "NOTIFY_SOCKET": notify.path, **(environment or {})}
        if watchdog:
            variables["WATCHDOG_USEC"] = str(watchdog)
        with open(log, "wb") as output:
            process = subprocess.Popen([*before, MAIL_SERVE, "--config", self.config, *options], env=variables,
                                       stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        server = Running(self, process, log, notify)
        self.running.append(server)
        if ready:
            notify.wait("READY")
        return server

    def last_log(self):
        return self.running[-1].log()[-4000:] if self.running else ""

    def stop_all(self):
        for server in self.running:
            server.stop()
