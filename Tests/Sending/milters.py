"""Filter programs beside a server: the real rspamd and opendkim from Debian, and some that misbehave."""
import base64
import contextlib
import pathlib
import socket
import struct
import subprocess
import threading
import time

import dkim

from processes import Process, listens, wait

# Messages with one of these lines are what rspamd makes of them (https://rspamd.com/doc/other/gtube_patterns.html).
GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
GTUBE_MARKED = "YJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
GTUBE_SUBJECT = "ZJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"

RSPAMD = """
.include "$CONFDIR/common.conf"
options {{
    pidfile = "{folder}/rspamd.pid";
    .include "$CONFDIR/options.inc"
    dns {{ nameserver = ["127.0.0.1"]; timeout = 1s; retransmits = 1; }}
    enable_test_patterns = true;
    control_socket = "{folder}/control.sock mode=0600";
    hs_cache_dir = "{folder}/db";
}}
logging {{ type = "console"; level = "notice"; }}
worker "rspamd_proxy" {{
    bind_socket = "127.0.0.1:{port}";
    milter = yes;
    timeout = 60s;
    count = 1;
    spam_header = "X-Spam";
    upstream "local" {{ default = yes; self_scan = yes; }}
}}
"""


class Rspamd:
    """In milter mode, without Redis: the proxy scans by itself."""

    def __init__(self, folder, port):
        self.folder, self.port, self.process = pathlib.Path(folder), port, None
        self.setting = f"inet:127.0.0.1:{port}"

    def start(self):
        for name in ("db", "local.d"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "rspamd.conf").write_text(RSPAMD.format(folder=self.folder, port=self.port))
        (self.folder / "local.d/milter_headers.conf").write_text(
            'use = ["x-spamd-result", "x-spam-status"];\nskip_local = false;\nskip_authenticated = false;\n')
        paths = {"LOCAL_CONFDIR": self.folder, "DBDIR": self.folder / "db", "RUNDIR": self.folder, "LOGDIR": self.folder}
        self.process = Process(
            self.folder / "rspamd.log", "rspamd", "-f", "-i", "-u", "root", "-g", "root", "-c", self.folder / "rspamd.conf",
            *[f"--var={name}={path}" for name, path in paths.items()])
        return self

    def wait(self):
        wait(lambda: not self.process.is_alive or listens("127.0.0.1", self.port), self.process.words, seconds=120)
        assert self.process.is_alive, self.process.words()

    def stop(self):
        if self.process:
            self.process.stop()


class OpenDKIM:
    """Verifies what comes in; the resolver is the system's."""

    def __init__(self, folder, authserv_id):
        self.folder, self.name, self.process = pathlib.Path(folder), authserv_id, None
        self.socket = self.folder / "opendkim.sock"
        self.setting = f"unix:{self.socket}"

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)
        (self.folder / "opendkim.conf").write_text(
            f"Mode v\nSyslog no\nUMask 000\nSocket local:{self.socket}\nPidFile {self.folder}/opendkim.pid\n"
            f"AuthservID {self.name}\nAlwaysAddARHeader yes\nNameservers 127.0.0.1\nRequireSafeKeys no\nBackground no\n")
        self.process = Process(self.folder / "opendkim.log", "opendkim", "-f", "-x", self.folder / "opendkim.conf")
        return self

    def wait(self):
        wait(self.socket.exists, "opendkim's socket does not come")

    def stop(self):
        if self.process:
            self.process.stop()


# The industry's test file, which every scanner calls a virus (https://www.eicar.org); in halves, or this file were one.
EICAR = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class ClamAV:
    """clamd and clamav-milter with one signature of our own: the real ones come from the network."""

    def __init__(self, folder):
        self.folder, self.processes = pathlib.Path(folder), []
        self.socket = self.folder / "milter.sock"
        self.setting = f"unix:{self.socket}"

    def start(self):
        (self.folder / "db").mkdir(parents=True)
        self.folder.chmod(0o755)
        (self.folder / "db/test.ndb").write_text(f"Eicar-Test:0:*:{EICAR.encode().hex()}\n")
        common = "Foreground yes\nUser root\n"
        (self.folder / "clamd.conf").write_text(
            f"{common}DatabaseDirectory {self.folder}/db\nLocalSocket {self.folder}/clamd.sock\n")
        (self.folder / "milter.conf").write_text(
            f"{common}MilterSocket unix:{self.socket}\nMilterSocketMode 666\nClamdSocket unix:{self.folder}/clamd.sock\n"
            "OnInfected Reject\nRejectMsg Infected: %v\nAddHeader Replace\n")
        self.processes = [Process(self.folder / "clamd.log", "clamd", "-c", self.folder / "clamd.conf")]
        # It looks for clamd now and then only, and defers mail until it has found it.
        wait((self.folder / "clamd.sock").exists, self.processes[0].words)
        self.processes += [Process(self.folder / "milter.log", "clamav-milter", "-c", self.folder / "milter.conf")]
        return self

    def wait(self):
        wait(self.socket.exists, self.processes[-1].words)

    def stop(self):
        for process in self.processes:
            process.stop()


class BadMilter:
    """One that agrees to everything and then does something else at the end of the message: `hang`, `close`, `nonsense`, or what a
    function of the connection does."""

    def __init__(self, port, manner):
        self.port, self.manner = port, manner
        self.setting = f"inet:127.0.0.1:{port}"
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", port))
        self.listener.listen(16)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.converse, args=(connection,), daemon=True).start()

    def converse(self, connection):
        with connection:
            while packet := read_packet(connection):
                letter = packet[:1]
                self.hear(packet)
                if letter == b"O":
                    send_packet(connection, b"O" + struct.pack(">III", 6, 0x1FF, 0))
                elif letter == b"E":
                    if not self.misbehave(connection):
                        return
                elif letter not in b"DAQ":
                    send_packet(connection, b"c")

    def hear(self, packet):
        """For those who want to know."""

    def misbehave(self, connection):
        if self.manner == "hang":
            time.sleep(60)
        elif self.manner == "nonsense":
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        elif callable(self.manner):
            self.manner(connection)
            return True
        return False

    def stop(self):
        """Also for the thread that waits for the next connection."""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class Listener(BadMilter):
    """One that lets everything pass and remembers what it was told."""

    def __init__(self, port):
        self.heard = []
        super().__init__(port, self.agree)

    def agree(self, connection):
        send_packet(connection, b"c")

    def hear(self, packet):
        self.heard.append(packet)

    def told(self, letter):
        return [packet[1:].split(b"\0")[:-1] for packet in self.heard if packet[:1] == letter]

    def macros(self):
        found = {}
        for words in self.told(b"D"):
            found.update(zip([words[0][1:], *words[2::2]], words[1::2]))
        return found


def send_packet(connection, content):
    connection.sendall(struct.pack(">I", len(content)) + content)


def read_packet(connection):
    header = read(connection, 4)
    return read(connection, struct.unpack(">I", header)[0]) if header else None


def read(connection, count):
    data = b""
    while len(data) < count:
        try:
            part = connection.recv(count - len(data))
        except OSError:
            return None
        if not part:
            return None
        data += part
    return data


def sign(folder, domain, selector, data):
    """The message with a signature of opendkim's own, and the TXT record that verifies it."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "key.pem"
    if not key.exists():
        subprocess.run(["openssl", "genrsa", "-traditional", "-out", key, "2048"], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-in", key, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout
    record = "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode()
    return dkim.sign(data, selector.encode(), domain.encode(), key.read_bytes()) + data, record
