"""The shipped filter and jail with Debian's fail2ban, over what the real server writes when passwords are guessed."""
import base64
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess

from bed import PATIENCE, SHARE, insecure, until

FILTER = SHARE / "fail2ban/filter.d/posthus.conf"
GUESSERS = ["192.0.2.66", "2001:db8::66"]
INNOCENT = "198.51.100.7"
FORGED = ['x" reason=badpw svc=imap ip=%s ev=auth_fail reason=badpw', "x\r\ntime=2026-01-01T00:00:00Z svc=imap ip=%s ev=auth_fail reason=badpw",
          'x","svc":"imap","ip":"%s","ev":"auth_fail","reason":"badpw"', '{"time":"2026-01-01T00:00:00Z","level":"info","svc":"imap","ip":"%s","ev":"auth_fail","reason":"badpw"',
          "host mail-serve[1]: svc=imap ip=%s ev=auth_fail reason=badpw"]
SETTINGS = ["proxy_protocol.trusted=127.0.0.1", "identity.failure_delay=0"]


def proxy_header(source, port):
    """PROXY protocol, version 2."""
    family, kind, own = (socket.AF_INET6, 0x21, "::1") if ":" in source else (socket.AF_INET, 0x11, "127.0.0.1")
    addresses = socket.inet_pton(family, source) + socket.inet_pton(family, own) + struct.pack(">HH", 40000, port)
    return b"\r\n\r\n\0\r\nQUIT\n" + bytes([0x21, kind]) + struct.pack(">H", len(addresses)) + addresses


class Guess:
    """One connection that comes, as the PROXY protocol says, from somewhere else."""

    def __init__(self, bed, service, source):
        plain = socket.create_connection(("127.0.0.1", bed.ports[service]), timeout=PATIENCE)
        plain.sendall(proxy_header(source, bed.ports[service]))
        self.wire = insecure().wrap_socket(plain)
        self.file = self.wire.makefile("rb")
        self.file.readline()

    def say(self, data, until_prefix):
        self.wire.sendall(data)
        while line := self.file.readline():
            if line.startswith(until_prefix):
                return line
        return b""

    def close(self):
        self.file.close()
        self.wire.close()


@contextlib.contextmanager
def guess(bed, service, source):
    connection = Guess(bed, service, source)
    try:
        yield connection
    finally:
        connection.close()


def by_imap(bed, source, name):
    with guess(bed, "imaps", source) as wire:
        assert b"NO" in wire.say(b"a LOGIN {%d+}\r\n%s wrong\r\n" % (len(name), name), b"a ")


def by_pop3(bed, source, name):
    plain = base64.b64encode(b"\0" + name + b"\0wrong")
    with guess(bed, "pop3s", source) as wire:
        assert wire.say(b"AUTH PLAIN " + plain + b"\r\n", (b"-ERR", b"+OK")).startswith(b"-ERR")


def by_smtp(bed, source, name):
    plain = base64.b64encode(b"\0" + name + b"\0wrong")
    with guess(bed, "submissions", source) as wire:
        wire.say(b"EHLO there\r\n", b"250 ")
        assert wire.say(b"AUTH PLAIN " + plain + b"\r\n", (b"5", b"4", b"235")).startswith(b"5")


GUESSES = [by_imap, by_pop3, by_smtp]


def found_addresses(log):
    result = subprocess.run(["fail2ban-regex", "-o", "ip", log, str(FILTER)], capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    return sorted(result.stdout.split())


def guessed(bed, form, names):
    """Every way of guessing from every address; the log of it."""
    server = bed.start(*SETTINGS, f"log.format={form}")
    for source in GUESSERS:
        for way in GUESSES:
            for name in names:
                way(bed, source, name)
    until(lambda: server.log().count("auth_fail") >= len(GUESSERS) * len(GUESSES) * len(names), "the log")
    server.stop()
    return server


def filter_finds_guessers(form):
    def case(bed):
        server = guessed(bed, form, [b"u00001@example.test", b"nobody@example.test"])
        assert found_addresses(server.log_path) == sorted(GUESSERS * len(GUESSES) * 2)
    return case


def names_ban_nobody_else(form):
    def case(bed):
        names = [(forged % INNOCENT).encode() for forged in FORGED]
        server = guessed(bed, form, names)
        assert INNOCENT in server.log(), "the names should be in the log"
        found = found_addresses(server.log_path)
        assert set(found) == set(GUESSERS) and len(found) == len(GUESSERS) * len(GUESSES) * len(names), found
    return case


def journal_lines_match(bed):
    """As fail2ban's own reader of the journal hands them over: host, program and pid before what the server wrote."""
    lines = [f"mail mail-serve[4711]: svc=imaps ip={GUESSERS[0]} ev=auth_fail reason=badpw mech=PLAIN user=\"a b\"",
             f"mail mail-serve[4711]: svc=imaps ip={INNOCENT} ev=auth_fail reason=unavailable mech=PLAIN",
             f"mail mail-serve[4711]: svc=imaps ip={INNOCENT} ev=login user=a",
             f"mail mail-serve[4711]: svc=https ip={INNOCENT} ev=auth_fail reason=provider way=oidc cause=\"reason=badpw\"",
             f"mail other[1]: svc=imaps ip={INNOCENT} ev=auth_fail reason=badpw",
             f'mail mail-serve[4711]: {{"time":"2026-01-01T00:00:00Z","level":"info","svc":"https","ip":"{GUESSERS[1]}",'
             '"ev":"auth_fail","reason":"badpw"}']
    log = pathlib.Path(bed.directory) / "journal.log"
    log.write_text("".join(f"2026-01-01T00:00:00Z {line}\n" for line in lines))
    result = subprocess.run(["fail2ban-regex", "-o", "ip", "-d", "^%Y-%m-%dT%H:%M:%S%z ", str(log), str(FILTER)],
                            capture_output=True, text=True, timeout=60)
    assert sorted(result.stdout.split()) == sorted(GUESSERS), result.stdout + result.stderr


def configuration(bed, log, bans):
    """Debian's configuration, our filter and our jail, and an action that writes down whom it would ban."""
    folder = pathlib.Path(bed.directory) / "fail2ban"
    shutil.copytree("/etc/fail2ban", folder)
    for old in (folder / "jail.d").iterdir():
        old.unlink()
    shutil.copy(FILTER, folder / "filter.d")
    shutil.copy(SHARE / "fail2ban/jail.d/posthus.conf", folder / "jail.d")
    (folder / "action.d/note.conf").write_text(f"[Definition]\nactionban = echo <ip> >> {bans}\nactionunban =\n")
    (folder / "jail.d/zz-test.conf").write_text(
        f"[posthus]\nbackend = polling\nlogpath = {log}\nmaxretry = 3\nignoreself = false\nignoreip =\naction = note\n")
    (folder / "fail2ban.local").write_text(
        f"[Definition]\nlogtarget = {folder}/fail2ban.log\ndbfile = None\nsocket = {folder}/socket\npidfile = {folder}/pid\n")
    return folder


def real_one_bans(bed):
    server = bed.start(*SETTINGS)
    bans = pathlib.Path(bed.directory) / "bans"
    bans.touch()
    folder = configuration(bed, server.log_path, bans)
    fail2ban = subprocess.Popen(["fail2ban-server", "-f", "-c", folder], stdout=subprocess.DEVNULL)
    try:
        client = ["fail2ban-client", "-c", folder, "status", "posthus"]
        until(lambda: subprocess.run(client, capture_output=True).returncode == 0, "fail2ban")
        for source in GUESSERS:
            for way in GUESSES:
                way(bed, source, (FORGED[0] % INNOCENT).encode())
        by_imap(bed, INNOCENT, b"u00001@example.test")  # once is a slip of the finger
        until(lambda: len(bans.read_text().split()) >= len(GUESSERS), "the bans")
        status = subprocess.run(client, capture_output=True, text=True).stdout
        assert sorted(bans.read_text().split()) == sorted(GUESSERS), bans.read_text()
        assert "Currently banned:\t2" in status, status
    finally:
        fail2ban.send_signal(signal.SIGTERM)
        fail2ban.wait(PATIENCE)
    assert os.path.exists(folder / "fail2ban.log")


CASES = [
    ("fail2ban: guessers in the text log", filter_finds_guessers("text")),
    ("fail2ban: guessers in the JSON log", filter_finds_guessers("json")),
    ("fail2ban: forged names in the text log", names_ban_nobody_else("text")),
    ("fail2ban: forged names in the JSON log", names_ban_nobody_else("json")),
    ("fail2ban: journal", journal_lines_match), ("fail2ban: the real one bans", real_one_bans),
]
