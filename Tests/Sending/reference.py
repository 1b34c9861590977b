"""Postfix as the server that is tested, for a harness that can be believed: what it is known to do, the cases must find."""
import itertools
import json
import os
import pathlib
import shutil
import signal
import subprocess

import peer_postfix
from peer import read
from processes import Process
from server import DOMAIN, Server, account

ACCOUNTS = 30
PORTS = itertools.count(2600)

MORE = """
multi_instance_name = postfix-{name}
mynetworks = {trusted}
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = texthash:{folder}/etc/mailboxes
smtpd_recipient_limit = 1000
delay_warning_time = 4h
"""


class Reference(Server):
    def __init__(self, folder, address, trusted, pair, authorities, name):
        self.folder, self.address, self.trusted = pathlib.Path(folder), address, trusted
        self.pair, self.authorities, self.name, self.process = pair, authorities, name, None

    def start(self):
        for name in ("etc", "spool", "data", "mail"):
            (self.folder / name).mkdir(parents=True)
        self.folder.chmod(0o755)
        shutil.chown(self.folder / "data", "postfix", "postfix")
        os.chown(self.folder / "mail", peer_postfix.MAIL_ID, peer_postfix.MAIL_ID)
        values = dict(folder=self.folder, host=self.host, domain=DOMAIN, address=self.address, inject=next(PORTS), key=self.pair.key,
                      chain=self.pair.chain, mail_id=peer_postfix.MAIL_ID, authorities=self.authorities, trusted=self.trusted,
                      name=self.name)
        main = "".join(line + "\n" for line in peer_postfix.MAIN.splitlines() if line.split(" = ")[0] not in MORE)
        for name, text in (("main.cf", main + MORE), ("master.cf", peer_postfix.MASTER)):
            (self.folder / "etc" / name).write_text(text.format(**values).lstrip())
        boxes = [f"{account(number)} mail/u{number:05d}/\n" for number in range(1, ACCOUNTS + 1)]
        (self.folder / "etc/mailboxes").write_text("".join(boxes))
        self.process = Process(self.folder / "out", "/usr/sbin/postfix", "-c", self.folder / "etc", "start-fg")
        self.process.wait_for_port(self.address, 25)
        return self

    def stop(self):
        if self.process:
            os.kill(int((self.folder / "spool/pid/master.pid").read_text()), signal.SIGTERM)
            self.process.stop()

    def inbox(self, number):
        new = self.folder / f"mail/u{number:05d}/new"
        return [read(file.read_bytes()).data for file in sorted(new.iterdir())] if new.exists() else []

    def waiting(self):
        done = subprocess.run(["postqueue", "-c", self.folder / "etc", "-j"], capture_output=True, text=True)
        entries = [json.loads(line) for line in done.stdout.splitlines()]
        return {each["address"]: each.get("delay_reason", "") for entry in entries for each in entry["recipients"]}

    def flush(self):
        subprocess.run(["postqueue", "-c", self.folder / "etc", "-f"], check=True)

    def words(self):
        return "".join(path.read_text(errors="replace")[-1200:] for path in (self.folder / "out", self.folder / "log")
                       if path.exists())
