"""Crowds of clients in C, as child processes, and what they report."""
import json
import os
import pathlib
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent / "crowd"
SOURCES = 8  # addresses 127.0.0.1 ... from which they come


def build(folder):
    program = os.path.join(folder, "crowd")
    files = sorted(map(str, HERE.glob("*.c")))
    subprocess.run(["cc", "-O2", "-Wall", "-Werror", "-o", program, *files, "-lssl", "-lcrypto"], check=True)
    return program


class Crowd:
    def __init__(self, program, host, script):
        path = f"{program}.{id(self)}.script"
        pathlib.Path(path).write_text(script, encoding="ascii")
        self.process = subprocess.Popen([program, host, str(SOURCES), path], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def say(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def report(self):
        self.say("report")
        return json.loads(self.process.stdout.readline())

    def wait(self, seconds, is_so):
        """The first report of which `is_so` holds, or the last one before the time is over."""
        end = time.monotonic() + seconds
        while not is_so(report := self.report()) and time.monotonic() < end:
            time.sleep(0.25)
        return report

    def end(self, seconds=60):
        self.say("end")
        return self.wait(seconds, lambda report: not any(group["open"] for group in report.values()))

    def stop(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(30)
