#!/usr/bin/env python3
"""Cuts the power at random places of a recorded run and looks what is left of the store.

    replay.py --log LOG --root DIR --acks FILE [--base COPY] [--cuts 200] [--seed N] [--lenient] [--ignore-syncs]
              [--mailctl PROGRAM] [--whole DIR]

LOG   made by recorder.c while the server worked in DIR; COPY is DIR as it was (and is taken to be durable) before that.
FILE  one line per acknowledgement: `POSITION stored ID ACCOUNT`, `POSITION removing ID ACCOUNT`, `POSITION removed ID
      ACCOUNT`, `POSITION kept ID ACCOUNT` (in a mailbox, or restorable), `POSITION at ID ACCOUNT` (moved there from another
      account), `POSITION moving ID ACCOUNT` (asked for: from here on in either), `POSITION made ADDRESS -`, where POSITION is the length of LOG when the client was told, ID the Message-ID
      without brackets, and ACCOUNT the id of an account. What is stored may also wait in the queue. `removing` is written
      before the client asks, so that from then on both outcomes are right; POSITION may be 0 there.

What was synced is kept. Of the rest a random part survives: 4 KiB pages of a file in any combination, some torn at a
multiple of 512 bytes, and the first so many of the waiting changes of names. Strictly (the default), fsync of a file makes
its bytes durable and fsync of a directory its names; with --lenient, fsync of a file commits all names before it, as ext4
does. --ignore-syncs is the control: it must report losses, otherwise the harness proves nothing.

Exit status 0: nothing acknowledged lost, nothing twice, every database whole, counters right, every body there, and, with
--mailctl, no finding of `PROGRAM store check` on every tenth of them. With --whole DIR, what DIR is in the end, the log played
to its end must give the same bytes: then nothing was written that the recorder did not see. Else 1.
"""
import argparse
import collections
import os
import pathlib
import random
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile

HEADER = struct.Struct("<B3xIqqq")
PAGE = 4096
SECTOR = 512
MESSAGE_ID = re.compile(rb"^message-id:[ \t\r\n]*<?([^>\r\n]+)>?", re.IGNORECASE | re.MULTILINE)
Record = collections.namedtuple("Record", "end op name file offset data")


def records(path):
    with open(path, "rb") as log:
        bytes_ = log.read()
    at = 0
    while at + HEADER.size <= len(bytes_):
        op, name_length, file, offset, length = HEADER.unpack_from(bytes_, at)
        at += HEADER.size
        name = bytes_[at:at + name_length].decode()
        at += name_length
        data = b""
        if chr(op) in "WRL":
            data = bytes_[at:at + length]
            at += length
        yield Record(at, chr(op), name, file, offset, data)


class File:
    """Durable bytes, and what was done to them since the last sync, each with its place in the log."""

    def __init__(self, content=b""):
        self.content = bytearray(content)
        self.waiting = []

    def sync(self, begun):
        keep = []
        for place, change in self.waiting:
            if place <= begun:
                apply(self.content, change)
            else:
                keep.append((place, change))
        self.waiting = keep

    def after_cut(self, chance):
        content = bytearray(self.content)
        share = chance.choice([0, 0.5, 0.9, 1])
        for _, change in self.waiting:
            if isinstance(change, int):
                if chance.random() < share:
                    apply(content, change)
                continue
            offset, data = change
            at = 0
            while at < len(data):
                step = min(len(data) - at, PAGE - (offset + at) % PAGE)
                if chance.random() < share:
                    kept = min(step, SECTOR * chance.randint(1, 8)) if chance.random() < 0.05 else step
                    apply(content, (offset + at, data[at:at + kept]))
                at += step
        return content


def apply(content, change):
    if isinstance(change, int):
        if change < len(content):
            del content[change:]
        else:
            content.extend(bytes(change - len(content)))
        return
    offset, data = change
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset:offset + len(data)] = data


class Disk:
    def __init__(self, root, base, lenient, ignore_syncs):
        self.root, self.lenient, self.ignore_syncs = root, lenient, ignore_syncs
        self.files = {}      # number -> File
        self.now = {}        # path -> File, None for a directory: what the process sees
        self.durable = {}    # the same after a power cut
        self.waiting = []    # changes of names since: (place, kind, path, other path, File)
        if base:
            self.load(base)

    def load(self, base):
        for folder, _, names in os.walk(base):
            inside = self.root + folder[len(base):]
            self.now[inside] = None
            for name in names:
                path = os.path.join(folder, name)
                if name.endswith("-shm") or not os.path.isfile(path):
                    continue
                with open(path, "rb") as file:
                    self.now[inside + "/" + name] = File(file.read())
        self.durable = dict(self.now)

    def play(self, record):
        op, name = record.op, record.name
        if op == "O":
            self.files[record.file] = self.now.setdefault(name, File())
        elif op == "C":
            file = self.files[record.file] = File()
            self.rename(record.end, "add", name, None, file)
        elif op == "M":
            self.rename(record.end, "add", name, None, None)
        elif op == "L":
            self.rename(record.end, "add", record.data.decode(), None, self.now.get(name))
        elif op == "U":
            self.rename(record.end, "remove", name, None, None)
        elif op == "R":
            self.rename(record.end, "move", record.data.decode(), name, self.now.get(name))
        elif op == "W":
            self.files[record.file].waiting.append((record.end, (record.offset, record.data)))
        elif op == "T":
            self.files[record.file].waiting.append((record.end, record.offset))
        elif op in "SD" and not self.ignore_syncs:
            if op == "S":
                self.files[record.file].sync(record.offset)
            self.sync_names(record.offset, None if op == "S" else name)

    def rename(self, place, kind, path, other, file):
        change = (place, kind, path, other, file)
        self.change(self.now, change)
        self.waiting.append(change)

    @staticmethod
    def change(names, change):
        _, kind, path, other, file = change
        if kind == "remove":
            names.pop(path, None)
            return
        if kind == "move":
            names.pop(other, None)
        names[path] = file

    def sync_names(self, begun, directory):
        """directory None: a file was synced, which commits names only where the file system is lenient."""
        if directory is None and not self.lenient:
            return
        keep = []
        for change in self.waiting:
            where = {os.path.dirname(path) for path in change[2:4] if path}
            if change[0] <= begun and (self.lenient or directory in where):
                self.change(self.durable, change)
            else:
                keep.append(change)
        self.waiting = keep

    def after_cut(self, chance, target):
        names = dict(self.durable)
        for change in self.waiting[:chance.randint(0, len(self.waiting))]:
            self.change(names, change)
        names[self.root] = None
        written = {}
        for path in sorted(names):
            file = names[path]
            if path != self.root and names.get(os.path.dirname(path), file) is not None:
                continue
            place = target + path[len(self.root):]
            if not os.path.isdir(os.path.dirname(place)):
                continue  # its directory did not survive
            if file is None:
                os.makedirs(place, exist_ok=True)
            elif id(file) in written:
                os.link(written[id(file)], place)
            else:
                with open(place, "wb") as output:
                    output.write(file.after_cut(chance))
                written[id(file)] = place


class Store:
    """What a store holds after a cut: (account, Message-ID) pairs, and what is wrong with it."""

    def __init__(self, root):
        self.present = collections.Counter()  # (account or "queue", Message-ID)
        self.restorable = collections.Counter()
        self.addresses = set()
        self.problems = []
        for folder, _, names in os.walk(root):
            for name in names:
                if name == "db" or name.endswith(".db"):
                    self.look(os.path.join(folder, name), folder)

    def look(self, path, folder):
        try:
            database = sqlite3.connect(path)
            state = database.execute("PRAGMA integrity_check").fetchone()[0]
            if state != "ok":
                self.problems.append(f"{path}: {state}")
                return
            tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")}
            if "mailbox_message" in tables:
                self.account(database, folder)
            elif "queue_entry" in tables:
                self.queue(database, folder)
            elif "address" in tables:
                self.addresses = {row[0] for row in database.execute("SELECT address FROM address")}
            database.close()
        except sqlite3.DatabaseError as error:
            self.problems.append(f"{path}: {error}")

    def account(self, database, folder):
        counted = database.execute("SELECT coalesce(sum(size),0), count(*) FROM mailbox_message").fetchone()
        known = database.execute("SELECT bytes_used, message_count FROM account_state").fetchone()
        if counted != known:
            self.problems.append(f"{folder}: usage {known}, messages {counted}")
        wrong = database.execute(
            """SELECT b.name FROM mailbox b LEFT JOIN mailbox_message m ON m.mailbox_id=b.id GROUP BY b.id HAVING
               b.total<>count(m.uid) OR b.unseen<>coalesce(sum(m.flags&1=0),0) OR b.bytes<>coalesce(sum(m.size),0)
               OR b.deleted<>coalesce(sum((m.flags&8)/8),0) OR b.uidnext<=coalesce(max(m.uid),0)
               OR b.highestmodseq<coalesce(max(m.modseq),0)""").fetchall()
        self.problems += [f"{folder}: counters of {row[0]}" for row in wrong]
        for table, found in (("mailbox_message", self.present), ("message_gc", self.restorable)):
            rows = database.execute(
                f"""SELECT b.size, b.file_name, d.data FROM {table} mm LEFT JOIN message m ON m.id=mm.message_id
                   LEFT JOIN blob b ON b.id=m.blob_id LEFT JOIN blob_data d ON d.id=b.id
                   {"WHERE mm.keep_until>0" * (table == "message_gc")}""")
            for size, name, data in rows:
                self.body(os.path.basename(folder), folder + "/files", size, name, data, found)

    def queue(self, database, folder):
        rows = database.execute(
            "SELECT e.size, e.file_name, b.data FROM queue_entry e LEFT JOIN queue_body b ON b.id=e.id")
        for size, name, data in rows:
            self.body("queue", folder + "/queue", size, name, data, self.present)

    def body(self, owner, files, size, name, data, place):
        if name:
            try:
                with open(f"{files}/{name[:2]}/{name}", "rb") as file:
                    data = file.read()
            except OSError:
                data = None
        if data is None or len(data) != size:
            self.problems.append(f"{owner}: a message without its whole body")
            return
        found = MESSAGE_ID.search(data[:65536])
        if found:
            place[(owner, found.group(1).decode(errors="replace").strip())] += 1


def ledger(path):
    with open(path) as lines:
        for line in lines:
            position, verb, identifier, account = line.split()
            yield int(position), verb, (account, identifier)


def judge(store, acknowledged, cut):
    told = collections.defaultdict(set)
    for position, verb, what in acknowledged:
        if verb == "removing" or position <= cut:
            told[verb].add(what)
    waiting = {identifier for owner, identifier in store.present if owner == "queue"}
    lost = {what for what in told["stored"] - told["removing"] - set(store.present) if what[1] not in waiting}
    lost |= told["kept"] - set(store.present) - set(store.restorable)
    lost |= {what for what in told["made"] if what[1] not in store.addresses}
    astray, doubled = crossed(store, acknowledged, cut)
    lost |= astray
    back = told["removed"] & set(store.present)
    twice = sorted({key for key, count in store.present.items() if count > 1} | doubled)
    return lost, back, twice


def crossed(store, acknowledged, cut):
    """Of what is carried between accounts: (what is nowhere, or not where it was moved to; what is still elsewhere too)."""
    owners = collections.defaultdict(set)
    for owner, identifier in store.present:
        owners[identifier].add(owner)
    latest = {}
    for position, verb, (account, identifier) in acknowledged:
        if verb in ("at", "moving") and position <= cut:
            latest[identifier] = (verb, account)
    lost = {(account, identifier) for identifier, (verb, account) in latest.items()
            if not owners[identifier] or verb == "at" and account not in owners[identifier]}
    twice = {(owner, identifier) for identifier, (verb, account) in latest.items() if verb == "at"
             for owner in owners[identifier] - {account}}
    return lost, twice


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--log", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("--acks", required=True)
    parser.add_argument("--base")
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randint(1, 1 << 30))
    parser.add_argument("--lenient", action="store_true")
    parser.add_argument("--ignore-syncs", action="store_true")
    parser.add_argument("--mailctl")
    parser.add_argument("--whole")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    acknowledged = list(ledger(options.acks))
    ends = [record.end for record in records(options.log)]
    first = min((position for position, verb, _ in acknowledged if verb in ("stored", "kept", "at")), default=None)
    if first is None or not ends:
        sys.exit("replay: no acknowledgement or an empty log: nothing is proved")
    places = [end for end in ends if end >= first]
    cuts = set(chance.sample(places, min(options.cuts, len(places))))
    tenth = set(sorted(cuts)[::10]) if options.mailctl else set()
    disk = Disk(options.root.rstrip("/"), options.base, options.lenient, options.ignore_syncs)
    totals = collections.Counter(cuts=len(cuts), acknowledged=sum(1 for a in acknowledged if a[1] in ("stored", "kept", "at")))
    for record in records(options.log):
        disk.play(record)
        if record.end in cuts:
            with tempfile.TemporaryDirectory(prefix="powercut-", dir=memory()) as target:
                disk.after_cut(chance, target)
                examine(target, acknowledged, record.end, totals, options.mailctl if record.end in tenth else None)
    if options.whole:
        totals["unseen"] = unseen(disk, options.whole)
    print(f"replay: seed={options.seed} strict={not options.lenient} syncs={'ignored' if options.ignore_syncs else 'kept'} "
          + " ".join(f"{key}={totals[key]}" for key in
                     ("cuts", "acknowledged", "present", "checked", "bad_cuts", "lost", "back", "twice", "problems", "unseen")))
    sys.exit(1 if totals["bad_cuts"] or totals["unseen"] or not totals["present"] else 0)


def unseen(disk, root):
    """How many files differ from what the log says of them."""
    count = 0
    for path, file in disk.now.items():
        place = root + path[len(disk.root):]
        if file is None or path.endswith((".sock", "/run/supervisor.lock")):  # what only a running server needs
            continue
        content = bytearray(file.content)
        for _, change in file.waiting:
            apply(content, change)
        there = os.path.isfile(place) and pathlib.Path(place).read_bytes()
        if there != content:
            count += 1
            print(f"replay: {path} is not what was recorded ({len(content)} bytes)")
    return count + sum(
        1 for folder, _, names in os.walk(root) for name in names
        if os.path.isfile(os.path.join(folder, name)) and not name.endswith("-shm")
        and disk.root + os.path.join(folder, name)[len(root):] not in disk.now)


def memory():
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def examine(target, acknowledged, cut, totals, mailctl):
    store = Store(target)
    if mailctl:
        totals["checked"] += 1
        found = subprocess.run([mailctl, "store", "check", "--store", target], capture_output=True, text=True)
        if found.returncode != 0:
            store.problems.append(f"mailctl store check: {found.returncode} {found.stdout} {found.stderr}")
    lost, back, twice = judge(store, acknowledged, cut)
    totals["present"] += len(store.present)
    totals["lost"] += len(lost)
    totals["back"] += len(back)
    totals["twice"] += len(twice)
    totals["problems"] += len(store.problems)
    if lost or back or twice or store.problems:
        totals["bad_cuts"] += 1
        if totals["bad_cuts"] <= 5:
            print(f"replay: cut at {cut}: lost {sorted(lost)[:3]} back {sorted(back)[:3]} twice {twice[:3]} "
                  f"problems {[p[len(target):] if p.startswith(target) else p for p in store.problems[:3]]}")


if __name__ == "__main__":
    main()
