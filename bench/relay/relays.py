"""The relays that are compared, and what is around them: names, a sink on loopback, a host that takes no connection."""
import itertools
import os
import pathlib
import re
import shutil
import signal
import subprocess
import threading

import namespace
from names_world import NamesWorld
from peer_postfix import MASTER
from posthus import UNLIMITED
from processes import Process, listens, wait
from testbed import Testbed

SINK_PORT = 2525
SINK_DOMAIN, DEAD_DOMAINS = "sink.example", [f"dead{number}.example" for number in range(1_000)]
DEAD_ADDRESS = "203.0.113.250"  # here, and nobody listens
BACKLOG = 1024

# Defaults, but for what a site of this kind sets: where mail goes, who may relay, no reverse lookup of clients on loopback, its log in a
# file. in_flow_delay = 0: its default makes clients wait when mail comes faster than it goes.
POSTFIX = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
multi_instance_name = postfix-relay
import_environment = MAIL_CONFIG TZ
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mail.example.test
mydestination =
local_transport = error:no local mail
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
transport_maps = inline:{{ {sink_domain}=smtp:[127.0.0.1]:{sink_port} }}
in_flow_delay = 0
"""


class Surroundings:
    def __init__(self, folder):
        self.folder, self.numbers = pathlib.Path(folder), itertools.count()
        self.folder.chmod(0o711)
        namespace.prepare(folder)
        self.names = NamesWorld(folder)
        for domain in DEAD_DOMAINS:
            self.names.mail(domain, f"mx.{domain}")
            self.names.host(f"mx.{domain}", DEAD_ADDRESS)
        self.names.start()

    def new_folder(self, name):
        folder = self.folder / f"{name}-{next(self.numbers)}"
        folder.mkdir(mode=0o755)
        return folder

    def stop(self):
        self.names.stop()


class CountingSink:
    """smtp-sink; `count` is how many messages it has taken."""

    def __init__(self):
        command = ["smtp-sink", "-u", "postfix", "-c", f"127.0.0.1:{SINK_PORT}", str(BACKLOG)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        self.count = 0
        threading.Thread(target=self.read, daemon=True).start()
        wait(lambda: listens("127.0.0.1", SINK_PORT), "smtp-sink does not listen")

    def read(self):
        rest = b""
        while more := self.process.stdout.read1(65_536):
            *lines, rest = (rest + more).split(b"\r")
            for line in lines[-1:]:
                self.count = int(re.search(rb"mesg=\s*(\d+)", line).group(1))

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Posthus:
    name = "posthus"

    def __init__(self, surroundings):
        self.folder = surroundings.new_folder(self.name)

    def start(self):
        settings = ['relay.trusted_networks=["127.0.0.0/8"]', f'relay.routes=["{SINK_DOMAIN}: 127.0.0.1:{SINK_PORT} tls=none"]',
                    'dns.resolver="127.0.0.1:53"', *UNLIMITED]
        self.bed = Testbed(str(self.folder), *(part for setting in settings for part in ("--set", setting)))
        self.port = self.bed.ports["smtp"]
        return self

    def pids(self):
        return self.bed.processes()

    @property
    def queue_database(self):
        return pathlib.Path(self.bed.facts["store"], "queue.db")

    def stop(self):
        self.bed.stop()


class Postfix:
    name, port = "postfix", 2611

    def __init__(self, surroundings):
        self.folder = surroundings.new_folder(self.name)
        for name in ("etc", "spool", "data"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix", "postfix")
        values = dict(folder=self.folder, address="127.0.0.1", inject=self.port, sink_domain=SINK_DOMAIN, sink_port=SINK_PORT)
        (self.folder / "etc/main.cf").write_text(POSTFIX.format(**values).lstrip())
        (self.folder / "etc/master.cf").write_text(MASTER.format(**values).lstrip())

    def start(self):
        self.process = Process(self.folder / "out", "/usr/sbin/postfix", "-c", self.folder / "etc", "start-fg")
        self.process.wait_for_port("127.0.0.1", self.port)
        return self

    @property
    def master(self):
        return int((self.folder / "spool/pid/master.pid").read_text())

    def pids(self):
        children = pathlib.Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        return [self.master, *map(int, children)]

    def stop(self):
        os.kill(self.master, signal.SIGTERM)
        self.process.stop()
        wait(lambda: not listens("127.0.0.1", self.port), "Postfix listens on")


RELAYS = {"posthus": Posthus, "postfix": Postfix}
