"""A store is lost and comes back from a backup, while clients remember what was done after it."""
import imaplib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import client_mbsync
import messages
from client_imaplib import connect, ok
from support import home, seed
from testbed import ROOT, Testbed

ACCOUNT = client_mbsync.ACCOUNT
imaplib.Commands.setdefault("ENABLE", ("AUTH",))


def mailctl(bed, *words):
    done = subprocess.run([ROOT / ".build/release/mailctl", *words, "--config", bed.facts["config"]],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, (words, done)
    return done.stdout


def uids(imap):
    return [int(uid) for uid in ok(imap.uid("SEARCH", None, "ALL"))[0].split()]


def number(imap, name):
    return int(imap.response(name)[1][0])


def state(imap):
    ok(imap.enable("QRESYNC"))
    ok(imap.select("INBOX"))
    return number(imap, "UIDVALIDITY"), number(imap, "HIGHESTMODSEQ"), uids(imap)


def change(imap, bed):
    """What the backup does not know: three new messages, one gone, one flagged."""
    first, second = uids(imap)[:2]
    for _ in range(3):
        seed(bed, ACCOUNT, messages.plain)
    ok(imap.uid("STORE", str(first), "+FLAGS", r"(\Flagged)"))
    ok(imap.uid("STORE", str(second), "+FLAGS", r"(\Deleted)"))
    ok(imap.expunge())
    return first, second


def resynchronise(bed, validity, modseq, seen):
    """What a client with QRESYNC is told (RFC 7162 §3.2.5): UIDs that vanished, and every message's flags."""
    with connect(bed, ACCOUNT) as imap:
        ok(imap.enable("QRESYNC"))
        imap.send(f"q SELECT INBOX (QRESYNC ({validity} {modseq} {min(seen)}:{max(seen)}))\r\n".encode())
        lines = []
        while not (line := imap.readline()).startswith(b"q "):
            lines.append(line)
        assert line.startswith(b"q OK"), line
        text = b"".join(lines).decode()
        vanished = re.search(r"VANISHED \(EARLIER\) (\S+)", text)
        gone = set()
        for part in vanished[1].split(",") if vanished else []:
            low, _, high = part.partition(":")
            gone |= set(range(int(low), int(high or low) + 1)) & set(seen)
        flags = {int(uid): flags for uid, flags in re.findall(r"FETCH \(UID (\d+) FLAGS \(([^)]*)\)", text)}
        assert f"UIDVALIDITY {validity}" in text, text
        return gone, flags


def and_clients_that_saw_more():
    with tempfile.TemporaryDirectory(prefix="posthus-restored-") as directory, home() as folder:
        bed = Testbed(directory, "--accounts", str(ACCOUNT))
        for _ in range(5):
            seed(bed, ACCOUNT, messages.plain)
        with connect(bed, ACCOUNT) as imap:
            _, _, saved = state(imap)
        backup = os.path.join(directory, "backup")
        mailctl(bed, "store", "backup", backup)
        with connect(bed, ACCOUNT) as imap:
            state(imap)
            flagged, expunged = change(imap, bed)
        client_mbsync.sync(bed, folder)
        with connect(bed, ACCOUNT) as imap:
            validity, modseq, seen = state(imap)
        assert bed.stop() == 0

        store = pathlib.Path(bed.facts["store"])
        shutil.move(store, store.with_name("lost"))
        mailctl(bed, "store", "restore", backup)
        bed = Testbed(directory, "--accounts", str(ACCOUNT))
        try:
            gone, flags = resynchronise(bed, validity, modseq, [*seen, expunged])
            lost = set(seen) - set(saved)
            assert len(lost) == 3 and lost <= gone, (lost, gone)
            assert set(flags) == set(saved) and "Flagged" not in flags[flagged], flags
            seed(bed, ACCOUNT, messages.plain)
            with connect(bed, ACCOUNT) as imap:
                now = state(imap)[2]
            assert max(now) > max(seen) + 1_000 and set(now) - {max(now)} == set(saved), (now, seen)
            client_mbsync.sync(bed, folder)
            local = client_mbsync.local(folder)
            # The message deleted after the backup is back on the server alone: mbsync fetches no UID below its highest.
            assert len(local.keys()) == len(now) - 1, f"mbsync has {len(local.keys())} messages, the server {len(now)}"
        finally:
            bed.stop()
    print(f"      {len(lost)} lost UIDs told as gone, {len(flags)} flags told anew, mbsync agrees")
