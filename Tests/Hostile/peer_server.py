"""Postfix and Dovecot under the same attacks.

Their words are their own: where ours must be a certain refusal, theirs may be any, or the end of the connection; and where a
case says what must not happen, that alone is asked."""
import pathlib
import re

import harness
import watch
from peers import configuration
from peers.server import Peers

# They ask for keys of ours, for files where ours are, or for lines of our log.
OURS = ("limits: ", "tls: reload", "log: ", "slow: SIGTERM", "slow: what never ends", "login: guessing ends")
OTHERS = ("limits: strangers", "limits: who does not read")
# Processes come and go by design, but not so.
DEATHS = re.compile(r"killed (with|by) signal|Panic:|dumped core|fatal: master|Fatal: master")


def is_for_peers(name):
    return not name.startswith(OURS) or name.startswith(OTHERS)


# Ours in a pattern, theirs instead: taken is taken, refused is refused, whatever the number and the words behind it.
WORDS = [(rb"(250 2\\\.0\\\.0 )?OK id|250 2\\\.0\\\.0 OK", rb"queued as"),
         (rb" \d\\\.\d\\\.\d[A-Za-z ]*", rb""),
         (rb" \\\[[A-Z]+(\\\])?", rb""),
         (rb"(?<!\d)[45](\d|\\d|\[01\]){2}", rb"[45]\\d\\d")]


def in_their_words(pattern):
    for ours, theirs in WORDS:
        pattern = re.sub(ours, theirs, pattern)
    return pattern + rb"|\A\Z|221 2\.7\.0|BYE" if re.search(rb"\[45\]|BAD", pattern) else pattern


class PeerServer(harness.Server):
    def __init__(self, directory, accounts):
        self.peers = Peers(directory, accounts, has_log=True)
        self.bed = self
        bed = self.peers.start()
        self.directory, self.host, self.ports, self.number = directory, configuration.STRANGER, bed.ports, 0
        self.born, self.deaths = self.start_times(), 0

    def stop(self):
        self.peers.stop()
        return 0

    def words(self, expected, forbidden):
        return (b"", in_their_words(forbidden)) if forbidden else (in_their_words(expected), None)

    def start_times(self):
        return {pid: pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19] for pid in self.peers.masters()}

    def is_alive(self):
        try:
            return self.start_times() == self.born
        except OSError:
            return False

    def is_well(self):
        """A case in which one of their many processes crashed has failed; the next one begins anew."""
        deaths, self.deaths = self.deaths, len(DEATHS.findall(self.log()))
        assert deaths == self.deaths, [line for line in self.log().splitlines() if DEATHS.search(line)][-1]
        super().is_well()

    def log(self):
        found = [pathlib.Path(self.directory, name) for name in ("dovecot/log", "postfix/log")]
        return "".join(path.read_text(errors="replace") for path in found if path.exists())

    def processes(self):
        return self.peers.masters() + self.peers.workers()

    def resident_mb(self):
        return watch.resident(self.processes()) / (1 << 20)

    def descriptors(self):
        return watch.descriptors(self.processes())

    def deliver(self, address, message, expected=b"250", options=b""):
        answer = super().deliver(address, message, expected, options)
        self.peers.settle(30)
        return answer
