"""Runs the tools on the fixture of a case, one after the other, and notes how each ended."""
import os
import pathlib
import signal
import subprocess
import time

import leaks
import signs
from behaviour import PASSWORD
from cases import RIGHT, WRONG
from faults import start
from tools import HEAVY, NOT_THIS, TOOLS, Place
from world import World

PATIENCE = 45


class Comparison:
    def __init__(self, folder, options, tools, heavy):
        self.folder, self.options, self.tools, self.heavy = pathlib.Path(folder), options, tools, heavy
        self.world = World(folder)
        self.passwords = {RIGHT: self.secret("right", PASSWORD), WRONG: self.secret("wrong", NOT_THIS)}

    def secret(self, name, text):
        path = self.folder / name
        path.write_text(text + "\n")
        path.chmod(0o600)
        return str(path)

    def run(self, case):
        fixture = start(self.world, case.fixture, case.key)
        place = Place(fixture.host, fixture.domain, self.world.certificates.authorities, self.passwords, self.options.probe,
                      self.options.sslyze)
        results = [self.one(case, tool, TOOLS[tool](case, place), fixture) for tool in self.tools]
        fixture.stop()
        return results

    def one(self, case, tool, command, fixture):
        result = {"case": case.key, "tool": tool, "verdict": "-"}
        if command is None:
            return result
        if tool in HEAVY:
            with self.heavy:
                exit_code, seconds, output = bounded(command)
        else:
            exit_code, seconds, output = bounded(command)
        fixture.settle()
        # The fixtures are called by their faults: these names must not count as words of the tool.
        text = output.replace(fixture.domain, "uni.example")
        told = f"$ {' '.join(command)}\n{output}\n[exit {exit_code}, {seconds:.1f} s]\n"
        (self.options.out / f"{case.key}.{tool}.txt").write_text(told)
        return {**result, "exit": exit_code, "seconds": round(seconds, 2), "command": command, "text": text,
                **secrets(fixture.log.take())}


def judge(results):
    """What each tool did, by what it said: again from what is kept, when signs.py has changed."""
    for each in results:
        if "text" in each:
            each["verdict"] = verdict(each["case"], each["tool"], each["exit"], each["text"])


def verdict(case, tool, exit_code, text):
    if signs.names(case, tool, text):
        return "named"
    if exit_code is None:
        return "hangs"
    return "says OK" if exit_code == 0 and not signs.complains(tool, text) else "not named"


def confusions(results):
    """Where a tool says of another case what counts as naming this one: (tool, this case, the other case)."""
    said = {(each["tool"], each["case"]): each["text"] for each in results if "text" in each}
    for each in results:
        if each["verdict"] == "named":
            for (tool, other), text in said.items():
                if tool == each["tool"] and other != each["case"] and signs.names(each["case"], tool, text):
                    yield tool, each["case"], other


def secrets(conversations):
    """Whether the right password came to the fixture, and whether anybody on the way could have read it."""
    return {"password_in_clear": any(leaks.is_in(bytes(each.raw)) or leaks.is_in(bytes(each.in_clear)) for each in conversations),
            "password_in_tls": any(leaks.is_in(bytes(each.in_tls)) for each in conversations)}


# Where no password may be sent, since nobody knows who reads it.
BAD_CONNECTIONS = ("expired", "name", "self-signed", "untrusted", "intermediate", "old", "plain-on-ssl", "ssl-on-starttls",
                   "starttls-missing", "starttls-refused", "injection", "wrong-protocol")


def careless(results):
    """(tool, case) where the password came over a bad connection."""
    for each in results:
        if each["case"] in BAD_CONNECTIONS and (each.get("password_in_tls") or each.get("password_in_clear")):
            yield each["tool"], each["case"]


def bounded(command):
    """(exit code or None, seconds, output of both streams): what does not end by itself is killed with its children."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               errors="replace", start_new_session=True, env={**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "160"})
    try:
        output, _ = process.communicate(timeout=PATIENCE)
        return process.returncode, time.monotonic() - begun, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        return None, time.monotonic() - begun, output
