"""Full-screen programs: `in_terminal` for one that is told everything beforehand, `Screen` for one that is led."""
import os
import pty
import select
import shlex
import subprocess
import tempfile
import time


def in_terminal(command):
    """Runs a full-screen program in a terminal of its own, with a deadline."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm"
        os.environ["LC_ALL"] = "C.UTF-8"
        os.execvp("sh", ["sh", "-c", f"stty rows 30 cols 100; exec env {command}"])
    screen, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 1)
        if ready:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                data = b""
            if not data:
                break
            screen += data
    else:
        os.kill(pid, 9)
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert status == 0, f"{command} ended with {status}\n{screen[-3000:]!r}"


class Screen:
    """A program in a tmux of its own; keys are tmux's names for them, or `text` for what is typed as it stands."""

    def __init__(self, command, rows=40, columns=120, **environment):
        self.folder = tempfile.TemporaryDirectory(prefix="posthus-screen-")
        self.socket = os.path.join(self.folder.name, "tmux")
        settings = os.path.join(self.folder.name, "tmux.conf")
        with open(settings, "w") as out:
            out.write("set -g remain-on-exit on\nset -g status off\nset -g default-terminal screen\nset -sg escape-time 0\n")
        variables = [f"{key}={value}" for key, value in {"LC_ALL": "C.UTF-8", **environment}.items()]
        self.tmux("-f", settings, "new-session", "-d", "-x", str(columns), "-y", str(rows),
                  shlex.join(["env", *variables]) + " " + command)

    def tmux(self, *arguments):
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm"}
        environment.pop("TMUX", None)
        done = subprocess.run(["tmux", "-u", "-S", self.socket, *arguments], capture_output=True, timeout=60, env=environment)
        if done.returncode:
            raise AssertionError(f"tmux {arguments} ended with {done.returncode}: {done.stderr!r}")
        return done.stdout.decode(errors="replace")

    def type(self, *keys):
        self.tmux("send-keys", *keys)

    def write(self, text):
        self.tmux("send-keys", "-l", "--", text)

    def text(self):
        return self.tmux("capture-pane", "-p")

    def wait(self, wanted, seconds=60):
        """`wanted` is what the screen must show, or a function of the screen."""
        shows = wanted if callable(wanted) else lambda text: wanted in text
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            text = self.text()
            if shows(text):
                return text
            time.sleep(0.1)
        raise AssertionError(f"no {wanted!r} within {seconds} s on\n{self.text()}")

    def wait_end(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            dead, status = self.tmux("display-message", "-p", "#{pane_dead} #{pane_dead_status}").rstrip("\n").split(" ", 1)
            if dead == "1":  # tmux does not always learn the status
                assert status in ("0", ""), f"ended with {status}\n{self.text()}"
                return
            time.sleep(0.1)
        raise AssertionError(f"still there after {seconds} s\n{self.text()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tmux("kill-server")
        self.folder.cleanup()
