"""Debian's Dovecot and Postfix, and our own server, on their documented ports: what is true of fixtures is true of these.

Dovecot's users differ in what is wrong with their mailboxes: anna, nothing; prefix, a namespace of Courier's kind; full."""
import base64
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

from behaviour import DOCUMENTED, PASSWORD, PORTS
from namespace import REMOTE
from wire import Log

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "Tests" / name) for name in ("Faults", "Clients")]
from peers import configuration  # noqa: E402
from testbed import PASSWORD as TESTBED_PASSWORD, Testbed  # noqa: E402

READY_SECONDS = 30
DOVECOT = """
base_dir = {folder}/dovecot/run
state_dir = {folder}/dovecot/state
instance_name = posthus-probe
protocols = imap pop3 lmtp
listen = {stranger}
log_path = {folder}/dovecot/log
auth_mechanisms = plain login
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
mail_location = sdbox:~/sdbox
first_valid_uid = 500
mail_plugins = quota
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = {folder}/dovecot/users
}}
userdb {{
  driver = passwd-file
  args = {folder}/dovecot/users
  default_fields = uid={mail_id} gid={mail_id} home={folder}/store/mail/%n
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Trash {{
    special_use = \\Trash
    auto = subscribe
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Drafts {{
    special_use = \\Drafts
    auto = subscribe
  }}
  mailbox Junk {{
    special_use = \\Junk
    auto = subscribe
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  unix_listener auth-postfix {{
    mode = 0600
    user = postfix
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
protocol imap {{
  mail_plugins = quota imap_quota
}}
plugin {{
  quota = count:User quota
  quota_vsizes = yes
}}
"""
# Debian's defaults take TLS 1.0 and servers without a certificate, which only mail between servers has a use for.
HARDENED = """
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_tls_mandatory_exclude_ciphers = aNULL
"""
# user: what his entry says besides.
USERS = {"anna": "userdb_quota_rule=*:storage=500M",
         "prefix": "userdb_namespace/inbox/prefix=INBOX. userdb_namespace/inbox/separator=.",
         "full": "userdb_quota_rule=*:storage=500M"}
FULL = "userdb_quota_rule=*:storage=50K"


class Real:
    """Looks like a fixture to the bench; what arrives there stays there."""

    def __init__(self, world, name, number):
        self.name, self.domain, self.log, self.errors = name, f"{name}.example", Log(), []
        self.host, self.addresses = f"mail.{self.domain}", [f"{REMOTE}.{number}"]
        self.folder = pathlib.Path(world.folder, name)
        self.folder.mkdir(mode=0o755)
        world.names.address(self.host, *self.addresses)
        self.cafile = world.certificates.authorities

    def settle(self):
        """Nothing of what they were told is looked at."""

    def wait(self, ports):
        deadline = time.monotonic() + READY_SECONDS
        for port in ports:
            while not greets(self.addresses[0], port):
                if time.monotonic() > deadline:
                    raise RuntimeError(f"{self.name} does not listen on {port}: {self.words()}")
                time.sleep(0.05)


def greets(address, port):
    with contextlib.suppress(OSError), socket.create_connection((address, port), timeout=2):
        return True
    return False


class DovecotAndPostfix(Real):
    def __init__(self, world):
        super().__init__(world, "dovecot", 1)
        os.chmod(world.folder, 0o711)
        pair = world.certificates.pair("good", self.host)
        shutil.copy(pair.chain, self.folder / "server.pem")
        shutil.copy(pair.key, self.folder / "server.key")
        self.configure()
        self.processes = [self.launch("/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot/dovecot.conf"),
                          self.launch("/usr/sbin/postfix", "-c", self.folder / "postfix/etc", "start-fg")]
        self.wait(PORTS[service] for service in DOCUMENTED)
        self.fill()

    def configure(self):
        for name in ("dovecot/run", "dovecot/state", "store/mail", "store/spool", "postfix/data", "postfix/etc"):
            (self.folder / name).mkdir(parents=True)
        os.chown(self.folder / "store/mail", configuration.MAIL_ID, configuration.MAIL_ID)
        shutil.chown(self.folder / "postfix/data", "postfix", "postfix")
        values = dict(PORTS, lmtp=24, folder=self.folder, stranger=self.addresses[0], environment="", mail_id=configuration.MAIL_ID)
        main = (configuration.POSTFIX_MAIN + configuration.POSTFIX_LOG).replace("mail.example.test", self.host)
        main = main.replace("example.test", self.domain) + HARDENED
        for name, text in (("dovecot/dovecot.conf", DOVECOT), ("postfix/etc/main.cf", main),
                           ("postfix/etc/master.cf", configuration.POSTFIX_MASTER)):
            (self.folder / name).write_text(text.format(**values).lstrip())
        (self.folder / "postfix/etc/mailboxes").write_text("".join(f"{user}@{self.domain} it\n" for user in USERS))
        self.write_users(USERS)

    def write_users(self, users):
        secret = base64.b64encode(PASSWORD.encode()).decode()
        lines = [f"{user}@{self.domain}:{{PLAIN.b64}}{secret}::::::{more}\n" for user, more in users.items()]
        (self.folder / "dovecot/users").write_text("".join(lines))

    def fill(self):
        """More than the quota holds: stored first, limited afterwards."""
        message = b"Subject: large\r\n\r\n" + b"x" * 76 + b"\r\n" * 1
        message += b"".join(b"y" * 76 + b"\r\n" for _ in range(1000))
        self.doveadm("save", "-u", f"full@{self.domain}", input=message)
        self.write_users(USERS | {"full": FULL})
        # Dovecot reads the file again when its time has changed, in seconds.
        later = time.time() + 2
        os.utime(self.folder / "dovecot/users", (later, later))
        while b"50" not in self.doveadm("quota", "get", "-u", f"full@{self.domain}").split():
            time.sleep(0.1)

    def doveadm(self, *arguments, input=b""):
        command = ["doveadm", "-c", self.folder / "dovecot/dovecot.conf", *arguments]
        return subprocess.run(command, input=input, check=True, capture_output=True).stdout

    def launch(self, *command):
        with open(self.folder / "out", "ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)

    def words(self):
        found = [self.folder / name for name in ("out", "dovecot/log", "postfix/log")]
        return "".join(path.read_text(errors="replace")[-2000:] for path in found if path.exists())

    def stop(self):
        for name in ("dovecot/run/master.pid", "store/spool/pid/master.pid"):
            with contextlib.suppress(OSError, ValueError):
                os.kill(int((self.folder / name).read_text()), signal.SIGTERM)
        for process in self.processes:
            process.wait(READY_SECONDS)


class Posthus(Real):
    """scripts/testbed, and its services on the documented ports."""

    def __init__(self, world):
        super().__init__(world, "posthus", 2)
        settings = [setting for service, port in PORTS.items()
                    for setting in (f'listen.{service}.addresses=["{self.addresses[0]}"]', f"listen.{service}.port={port}")]
        self.bed = Testbed(str(self.folder), *(part for setting in settings for part in ("--set", setting)))
        self.host, self.domain, self.cafile = "mail.example.test", "example.test", self.bed.cafile
        world.names.address(self.host, *self.addresses)
        (self.folder / "secret").write_text(TESTBED_PASSWORD + "\n")
        (self.folder / "secret").chmod(0o600)
        self.wait(PORTS.values())
        self.prepare()

    def prepare(self):
        """u00003 has more than he may; u00004 is suspended; nopassword has yet to choose his."""
        mailbox = self.folder / "full.mbox"
        mailbox.write_text("From x@y.z Mon Nov 23 00:00:00 2026\nFrom: x@y.z\nSubject: large\n\n" + ("x" * 70 + "\n") * 3000)
        self.tool("mailctl", "import", "u00003@example.test", str(mailbox), "--quiet")
        self.tool("mail-quota", "set", "u00003@example.test", "100kB", "--grace", "0")
        self.tool("mailctl", "account", "suspend", "u00004@example.test")
        self.tool("mailctl", "account", "add", "nopassword@example.test")

    def tool(self, name, *arguments):
        done = subprocess.run([ROOT / ".build/release" / name, *arguments, "--store", self.bed.facts["store"]],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise RuntimeError(f"{name} {' '.join(arguments)}: {done.stderr}")

    def words(self):
        return pathlib.Path(self.bed.log.name).read_text(errors="replace")[-2000:]

    def stop(self):
        self.bed.stop()


REAL = {"dovecot": DovecotAndPostfix, "posthus": Posthus}
