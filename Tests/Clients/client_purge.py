"""The operator's mail-purge and mailctl restore, in processes of their own, beside sessions of the running server."""
import subprocess
import time

import messages
from client_imaplib import connect, ok
from client_poplib import connect as pop_connect
from support import seed
from testbed import ROOT, Testbed

ACCOUNT = 57


def tool(bed, name, *words):
    command = [str(ROOT / f".build/release/{name}"), *words, "--config", bed.facts["config"]]
    done = subprocess.run(command, capture_output=True, timeout=60, text=True)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def uids(imap, mailbox, name):
    ok(imap.select(mailbox))
    return ok(imap.uid("SEARCH", None, "SUBJECT", name))[0].split()


def idle(imap):
    imap.send(b"x IDLE\r\n")
    assert imap.readline().startswith(b"+")


def line_with(imap, word, within):
    imap.sock.settimeout(within)
    while True:
        line = imap.readline()
        assert line, "the server hung up"
        if word in line:
            return line


def test_an_idle_session_sees_the_purge_and_the_return(bed):
    name, _ = seed(bed, ACCOUNT, messages.plain)
    with connect(bed, ACCOUNT) as imap:
        uid = uids(imap, "INBOX", name)[0]
        ok(imap._simple_command("UID", "MOVE", uid.decode(), "Trash"))
        old = uids(imap, "Trash", name)
        assert len(old) == 1
        idle(imap)
        started = time.monotonic()
        tool(bed, "mail-purge", "--account", Testbed.address(ACCOUNT), "--older-than", "0s", "--yes")
        line_with(imap, b"EXPUNGE", 2)
        print(f"      EXPUNGE {1000 * (time.monotonic() - started):.0f} ms after mail-purge was started")
        tool(bed, "mailctl", "restore", Testbed.address(ACCOUNT), "--mailbox", "Trash")
        line_with(imap, b"EXISTS", 2)
        imap.send(b"DONE\r\n")
        line_with(imap, b"x OK", 5)
        imap.sock.settimeout(None)
        new = uids(imap, "Trash", name)
        assert len(new) == 1 and int(new[0]) > int(old[0]), (old, new)


def test_what_a_user_deletes_comes_back(bed):
    address = Testbed.address(ACCOUNT)
    name, sent = seed(bed, ACCOUNT, messages.plain)
    with connect(bed, ACCOUNT) as imap:
        ok(imap.create("Purge/Folder"))
        uid = uids(imap, "INBOX", name)[0]
        ok(imap.uid("STORE", uid, "+FLAGS", r"(\Flagged $Kept)"))
        ok(imap.uid("COPY", uid, "Purge/Folder"))
        ok(imap.uid("STORE", uid, "+FLAGS", r"(\Deleted)"))
        ok(imap.expunge())
        ok(imap.close())
        ok(imap.delete("Purge/Folder"))
        tool(bed, "mailctl", "restore", address, "--yes", "--quiet")
        for mailbox in ("INBOX", "Purge/Folder"):
            found = uids(imap, mailbox, name)
            assert len(found) == 1, (mailbox, found)
            answer = ok(imap.uid("FETCH", found[0], "(FLAGS BODY.PEEK[])"))
            line = answer[0][0] + b" ".join(part for part in answer if isinstance(part, bytes))
            assert b"\\Flagged" in line and b"$Kept" in line and b"\\Deleted" not in line, line
            assert messages.same(sent, answer[0][1])


def test_what_pop3_deletes_comes_back(bed):
    address = Testbed.address(ACCOUNT)
    name, _ = seed(bed, ACCOUNT, messages.plain)
    pop = pop_connect(bed, ACCOUNT)
    for number in range(1, len(pop.list()[1]) + 1):
        pop.dele(number)
    pop.quit()
    with connect(bed, ACCOUNT) as imap:
        assert uids(imap, "INBOX", name) == []
        tool(bed, "mailctl", "restore", address, "--mailbox", "INBOX", "--quiet")
        assert len(uids(imap, "INBOX", name)) == 1
