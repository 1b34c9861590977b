import contextlib
import mailbox
import os
import signal
import subprocess

import messages
from support import fetch_all, find, folders, home, run, search, seed, token, until
from testbed import PASSWORD, Testbed

ACCOUNT, WAITING = 43, 44
CONFIG = """
[general]
accounts = bed
metadata = {folder}/metadata
maxsyncaccounts = 1
socktimeout = 60

[Account bed]
localrepository = local
remoterepository = remote
{account}

[Repository local]
type = Maildir
localfolders = {folder}/mail
sep = /

[Repository remote]
type = IMAP
remotehost = localhost
remoteport = {port}
remoteuser = {user}
remotepass = {password}
ssl = yes
sslcacertfile = {cafile}
ssl_version = tls1_2
maxconnections = 2
{remote}
"""


def write_config(bed, folder, number, account="", remote=""):
    path = os.path.join(folder, "offlineimaprc")
    os.makedirs(os.path.join(folder, "mail"), exist_ok=True)
    with open(path, "w") as out:
        out.write(CONFIG.format(
            port=bed.ports["imaps"], user=Testbed.address(number), password=PASSWORD, cafile=bed.cafile, folder=folder,
            account=account, remote=remote))
    return path


def sync(bed, folder, number):
    run("offlineimap", "-c", write_config(bed, folder, number), "-o", "-u", "basic", env={"HOME": folder}, timeout=120)


def local(folder, name="INBOX", create=False):
    return mailbox.Maildir(os.path.join(folder, "mail", name), create=create)


def test_two_way_sync_of_messages_flags_folders_and_deletion(bed):
    sent = dict(seed(bed, ACCOUNT, make) for make in messages.KINDS)
    victim, flagged, answered = list(sent)[:3]
    with home() as folder:
        sync(bed, folder, ACCOUNT)
        box = local(folder)
        received = {key: box.get_bytes(key) for key in box.keys()}
        assert len(received) == len(sent), len(received)
        for name, original in sent.items():
            assert messages.same_text(original, find(received.values(), name)), name
        assert os.path.isdir(os.path.join(folder, "mail", "Trash"))

        change_locally(box, received, victim, {flagged: "FS", answered: "RS"})
        new = token()
        draft = messages.eight_bit(new, "me@example.test", "you@example.test").replace(b"\r\n", b"\n")
        local(folder, "Drafts").add(draft)
        local(folder, "Projects", create=True).add(draft)
        sync(bed, folder, ACCOUNT)
        for name in "Drafts", "Projects":
            assert messages.same_text(draft, find(fetch_all(bed, ACCOUNT, name), new)), name
        assert "Projects" in folders(bed, ACCOUNT)
        assert not search(bed, ACCOUNT, "SUBJECT", victim), "a deletion did not reach the server"
        assert search(bed, ACCOUNT, "FLAGGED", "SEEN", "UNANSWERED", "SUBJECT", flagged)
        assert search(bed, ACCOUNT, "ANSWERED", "SEEN", "UNFLAGGED", "SUBJECT", answered)
        # What is in step stays as it is: nothing is fetched or stored twice.
        before = {name: search(bed, ACCOUNT, "ALL", mailbox=name) for name in ("INBOX", "Drafts", "Projects")}
        sync(bed, folder, ACCOUNT)
        assert before == {name: search(bed, ACCOUNT, "ALL", mailbox=name) for name in before}


def change_locally(box, received, victim, flags):
    for key, content in received.items():
        if victim.encode() in content:
            box.remove(key)
        for name, letters in flags.items():
            if name.encode() in content:
                message = box[key]
                message.set_subdir("cur")
                message.set_flags(letters)
                box[key] = message


@contextlib.contextmanager
def staying(bed, folder, number):
    options = "idlefolders = ['INBOX']\nkeepalive = 60\nholdconnectionopen = yes\n"
    path = write_config(bed, folder, number, account="autorefresh = 60", remote=options)
    with open(os.path.join(folder, "log"), "wb") as log:
        process = subprocess.Popen(
            ["offlineimap", "-c", path, "-u", "basic"], stdout=log, stderr=log, env={**os.environ, "HOME": folder})
    try:
        yield lambda: open(os.path.join(folder, "log")).read()
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def test_is_told_of_mail_while_it_idles(bed):
    sent = dict([seed(bed, WAITING, messages.plain)])
    with home() as folder, staying(bed, folder, WAITING) as log:
        until(lambda: "Finished account" in log(), 60, "first sync: " + log())
        before = len(local(folder)) - len(sent)
        # It says nowhere that it idles now: what arrives before is only told with what arrives after.
        for _ in range(12):
            sent.update([seed(bed, WAITING, messages.dots)])
            with contextlib.suppress(AssertionError):
                until(lambda: len(local(folder)) - before == len(sent), 5)
                break
        box = local(folder)
        received = [box.get_bytes(key) for key in box.keys()]
    for name, original in sent.items():
        assert messages.same_text(original, find(received, name)), name
