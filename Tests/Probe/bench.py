"""Runs rows: a fixture for each, the probe against it, the judgement."""
import copy
import dataclasses
import json
import os
import pathlib
import shlex
import subprocess
import threading
import time
import traceback

import namespace
from behaviour import PASSWORD
from certificates import INTERCEPTOR
from discovery_faults import autoconfig
from faults import start
from rows import LOGIN, NEVER, ONCE
from real_servers import REAL
from table import judge, judge_secrets
from usage_rows import NO_NETWORK
from world import World

# A probe that does not end by itself is ended: its own deadline is part of what is judged.
PATIENCE = 60
FORMS = {"json": ["--json"], "nagios": ["--nagios"], "human": []}
SPEED, ATTEMPTS = 1.0, 3


@dataclasses.dataclass
class Result:
    exit: int
    stdout: str
    stderr: str
    seconds: float
    values: dict

    def filled(self, text):
        return text.format(**self.values)


class Bench:
    def __init__(self, folder, probe, slack):
        self.folder, self.probe, self.slack = pathlib.Path(folder), probe, slack
        self.world = World(folder)
        self.password = self.folder / "password"
        self.password.write_text(PASSWORD + "\n")
        self.password.chmod(0o600)
        certificates = self.world.certificates
        stranger = certificates.authority(INTERCEPTOR, None)
        self.real, self.real_lock = {}, threading.Lock()
        self.wrong = self.folder / "wrong"
        self.wrong.write_text("not this one\n")
        self.wrong.chmod(0o600)
        self.with_interceptor = certificates.bundle(certificates.authorities, stranger.certificate)

    def of(self, probe):
        """The same bench for another probe."""
        other = copy.copy(self)
        other.probe = probe
        return other

    def run(self, row):
        """(what is wrong, seconds of the longest run, what the probe said)."""
        started = time.monotonic()
        try:
            return self.judged(row)
        except Exception:
            return [traceback.format_exc()], time.monotonic() - started, ""

    def judged(self, row):
        fixture = self.fixture(row)
        try:
            result, problems = self.once(row, fixture, row.command, row.login == ONCE)
            seconds, words = result.seconds, said(result)
            if row.login == NEVER:
                again, more = self.once(row, fixture, f"-v {LOGIN} {row.command}", True)
                problems += [f"with a login: {each}" for each in more]
                seconds, words = max(seconds, again.seconds), words + said(again) * bool(more)
            problems += fixture.errors if fixture else []
        finally:
            if fixture and row.fault not in REAL:
                fixture.stop()
        return problems, seconds, words

    def fixture(self, row):
        """One for each row; the real servers are there for all of theirs."""
        if row.fault in ("", NO_NETWORK):
            return None
        if row.fault not in REAL:
            return start(self.world, row.fault, row.domain)
        with self.real_lock:
            if row.fault not in self.real:
                self.real[row.fault] = REAL[row.fault](self.world)
            return self.real[row.fault]

    def stop(self):
        for server in self.real.values():
            server.stop()

    def once(self, row, fixture, command, with_password):
        result = self.probed(row, fixture, command)
        if fixture:
            fixture.settle()
        conversations = fixture.log.take() if fixture else []
        return result, [*judge(row, result, self.slack), *judge_secrets(row, result, conversations, with_password)]

    def probed(self, row, fixture, command):
        values = self.values(row, fixture)
        before = namespace.without_network(self.folder) if row.fault == NO_NETWORK else []
        begun = time.monotonic()
        done = subprocess.run([*before, str(self.probe), *self.common(row, command), *shlex.split(command.format(**values))],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=PATIENCE,
                              env={**os.environ, "LC_ALL": "C.UTF-8"})
        return Result(done.returncode, done.stdout, done.stderr, time.monotonic() - begun, values)

    def common(self, row, command):
        options = ["--no-input", *FORMS[row.form]]
        authorities = self.real[row.fault].cafile if row.fault in REAL else self.world.certificates.authorities
        options += [] if "--ca-file" in command else ["--ca-file", authorities]
        if row.resolver and row.fault not in ("", NO_NETWORK):
            options += ["--resolver", namespace.NAME_SERVER]
        return options + (["--settings-from", str(self.folder / f"{row.domain}.documented")] if row.documented else [])

    def values(self, row, fixture):
        values = {"host": "mail.uni.example", "domain": "uni.example", "address": namespace.SWALLOWED,
                  "password": str(self.password), "wrong": str(self.wrong), "interceptor": self.with_interceptor}
        if fixture:
            values |= {"host": fixture.host, "domain": fixture.domain, "address": (fixture.addresses or [""])[0]}
        if row.fault in REAL:
            values["secret"] = str(fixture.folder / "secret")
        values["settings"] = str(self.folder / f"{row.domain}.settings")
        self.write(values["settings"], row.settings or {}, values)
        if row.documented == "autoconfig":
            pathlib.Path(self.folder, f"{row.domain}.documented").write_text(autoconfig(fixture))
        elif row.documented:
            self.write(self.folder / f"{row.domain}.documented", row.documented, values)
        return values

    def write(self, file, settings, values):
        lines = [f"{key}={value}".format(**values) for key, value in settings.items()]
        pathlib.Path(file).write_text("".join(line + "\n" for line in lines))

    def judge_speed(self):
        """Alone, the best of some attempts: a host with four services."""
        fixture = start(self.world, "healthy", "speed")
        command = [str(self.probe), "--json", "--ca-file", self.world.certificates.authorities,
                   "--resolver", namespace.NAME_SERVER, fixture.host]
        best = SPEED * 100
        for _ in range(ATTEMPTS):
            begun = time.monotonic()
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
            best = min(best, time.monotonic() - begun)
        fixture.stop()
        targets = {json.loads(line).get("target") for line in done.stdout.splitlines()} - {None}
        if done.returncode or len(targets) < 4:
            yield f"ended with {done.returncode} over {sorted(targets)}"
        if best > SPEED:
            yield f"took {best:.2f} s"


def said(result):
    return f"--- ended with {result.exit} after {result.seconds:.1f} s\n{result.stdout}{result.stderr}"
